from django.db import migrations

from jingkai.apps.accounts.wall import ForceZonePolicy


class Migration(migrations.Migration):
    dependencies = [("idle", "0001_initial")]

    operations = [
        ForceZonePolicy("IdleCase"),
        ForceZonePolicy("CaseStep"),
        ForceZonePolicy("Suspension"),
        ForceZonePolicy("Paper"),
        ForceZonePolicy("IdleStatus"),
        ForceZonePolicy("Mark"),
        ForceZonePolicy("Warned"),
        ForceZonePolicy("WarningPlan"),
        ForceZonePolicy("Authority"),
        ForceZonePolicy("Reading"),
    ]
