from django.db import migrations

from jingkai.apps.accounts.wall import ForceZonePolicy
from jingkai.apps.registers.spatial import SpatialIndex


class Migration(migrations.Migration):
    dependencies = [("land", "0001_initial")]

    operations = [
        SpatialIndex("Parcel"),
        SpatialIndex("Plant"),
        ForceZonePolicy("LandApproval"),
        ForceZonePolicy("Parcel"),
        ForceZonePolicy("GrantContract"),
        ForceZonePolicy("WorksProgress"),
        ForceZonePolicy("Delay"),
        ForceZonePolicy("Plant"),
        ForceZonePolicy("Hall"),
        ForceZonePolicy("Lease"),
        ForceZonePolicy("StandardObligation"),
        ForceZonePolicy("ParcelChange"),
        ForceZonePolicy("ParcelChangePart"),
    ]
