from django.db import migrations

from jingkai.apps.accounts.wall import ForceZonePolicy


class Migration(migrations.Migration):
    dependencies = [("reuse", "0001_initial")]

    operations = [
        ForceZonePolicy("Disposal"),
        ForceZonePolicy("DisposalStep"),
        ForceZonePolicy("DisposalMoney"),
        ForceZonePolicy("Assumption"),
        ForceZonePolicy("InefficiencyStandard"),
        ForceZonePolicy("InefficiencyCriterion"),
        ForceZonePolicy("ParcelOutput"),
        ForceZonePolicy("Appraisal"),
        ForceZonePolicy("StockTarget"),
        ForceZonePolicy("StockItem"),
    ]
