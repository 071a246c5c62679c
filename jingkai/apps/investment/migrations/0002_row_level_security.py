from django.db import migrations

from jingkai.apps.accounts.wall import ForceZonePolicy


class Migration(migrations.Migration):
    dependencies = [("investment", "0001_initial")]

    operations = [
        ForceZonePolicy("Investor"),
        ForceZonePolicy("Lead"),
        ForceZonePolicy("LeadAssessment"),
        ForceZonePolicy("MaturityCard"),
        ForceZonePolicy("Visit"),
        ForceZonePolicy("Negotiation"),
        ForceZonePolicy("Signing"),
        ForceZonePolicy("Obligation"),
    ]
