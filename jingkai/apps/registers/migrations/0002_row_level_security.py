from django.db import migrations

from jingkai.apps.accounts.wall import ForceZonePolicy


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]

    operations = [
        ForceZonePolicy("ImportRun"),
    ]
