from django.db import migrations

from jingkai.apps.accounts.wall import ForceZonePolicy


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [
        ForceZonePolicy("Target"),
        ForceZonePolicy("Freeze"),
        ForceZonePolicy("FrozenFigure"),
    ]
