from django.db import migrations


def tell_state(apps, _schema_editor):
    """Let the imports before this release say how far they came; what waits is checked anew."""
    runs = apps.get_model("registers", "ImportRun")._base_manager
    runs.filter(imported_at__isnull=False).update(state="imported")


class Migration(migrations.Migration):
    dependencies = [("registers", "0004_staged_imports")]

    operations = [migrations.RunPython(tell_state, migrations.RunPython.noop)]
