from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0008_batches")]

    operations = [
        migrations.AddField(
            model_name="stagedrow",
            name="findings",
            field=models.JSONField(default=list),
        ),
    ]
