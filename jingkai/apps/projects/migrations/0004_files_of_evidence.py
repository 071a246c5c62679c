from typing import Any

from django.db import migrations


def attach(apps: Any, _editor: Any) -> None:
    """Keep each file of evidence in the zone's store, attached to its evidence."""
    evidence = apps.get_model("projects", "Evidence").everywhere
    stored = apps.get_model("files", "StoredFile").everywhere
    attachments = apps.get_model("files", "Attachment").everywhere
    for row in evidence.exclude(file="").select_related("project").order_by("pk"):
        file, _made = stored.get_or_create(
            zone_id=row.zone_id,
            sha256=row.sha256,
            defaults={
                "name": row.file_name,
                "media_type": row.file_type,
                "size_bytes": row.file_bytes,
                "path": str(row.file),
                "kept_at": row.changed_at,
                "kept_by": row.changed_by,
            },
        )
        attachments.create(
            zone_id=row.zone_id,
            file=file,
            kind="project-evidence",
            object_id=str(row.pk),
            label=f"{row.project.code} · {row.title}"[:200],
            title=row.title,
            at=row.changed_at,
            by=row.changed_by,
        )


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("projects", "0003_custom_fields")]

    operations = [migrations.RunPython(attach, migrations.RunPython.noop)]
