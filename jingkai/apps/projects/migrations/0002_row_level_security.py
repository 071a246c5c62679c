from django.db import migrations

from jingkai.apps.accounts.wall import ForceZonePolicy


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]

    operations = [
        ForceZonePolicy("Project"),
        ForceZonePolicy("Transition"),
        ForceZonePolicy("Evidence"),
        ForceZonePolicy("OfficerAssignment"),
        ForceZonePolicy("FundsReceipt"),
    ]
