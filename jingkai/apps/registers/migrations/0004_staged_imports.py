import django.core.serializers.json
import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from jingkai.apps.accounts.wall import ForceZonePolicy

ZONE = {
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": "accounts.zone",
    "verbose_name": "园区",
}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("registers", "0003_fields_of_a_zone"),
    ]

    operations = [
        migrations.RenameField("importrun", "mapping", "reading"),
        migrations.AddField(
            "importrun",
            "state",
            models.CharField(
                choices=[
                    ("unmapped", "待对应列"),
                    ("checking", "校验中"),
                    ("refused", "有错误"),
                    ("ready", "待确认"),
                    ("imported", "已导入"),
                    ("undone", "已撤销"),
                ],
                default="checking",
                max_length=10,
            ),
        ),
        migrations.AddField(
            "importrun",
            "signature",
            models.CharField(blank=True, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "importrun",
            "source",
            models.CharField(blank=True, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "importrun",
            "undone_at",
            models.DateTimeField(blank=True, null=True, verbose_name="撤销时间"),
        ),
        migrations.AlterField("importrun", "report", models.JSONField(default=dict)),
        migrations.AddIndex(
            "importrun",
            models.Index(fields=["zone", "kind", "sha256"], name="importrun_same_file"),
        ),
        migrations.AddConstraint(
            "importrun",
            models.CheckConstraint(
                condition=models.Q(
                    ("undone_at__isnull", True), ("imported_at__isnull", False), _connector="OR"
                ),
                name="importrun_undone_after_import",
            ),
        ),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("sheet", models.CharField(blank=True, max_length=40, verbose_name="工作表")),
                ("row", models.PositiveIntegerField(verbose_name="行号")),
                ("key", models.CharField(blank=True, max_length=200)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("created", "新增"),
                            ("changed", "更新"),
                            ("unchanged", "没有变化"),
                            ("refused", "有错误"),
                            ("absent", "文件中没有"),
                        ],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                (
                    "values",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "before",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("version", models.PositiveIntegerField(blank=True, null=True)),
                ("errors", models.JSONField(default=list)),
                ("chosen", models.BooleanField(default=False)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="registers.importrun",
                    ),
                ),
                ("zone", models.ForeignKey(**ZONE)),
            ],
            options={
                "verbose_name": "待导入的行",
                "verbose_name_plural": "待导入的行",
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["run", "outcome", "position"], name="stagedrow_outcome")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "position"), name="stagedrow_once_a_place"
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("source", models.CharField(max_length=64)),
                ("reading", models.JSONField(default=dict)),
                ("by", models.CharField(max_length=60, verbose_name="更新人")),
                ("at", models.DateTimeField(verbose_name="更新时间")),
                ("zone", models.ForeignKey(**ZONE)),
            ],
            options={
                "verbose_name": "列对应关系",
                "verbose_name_plural": "列对应关系",
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("zone", "kind", "source"), name="importmapping_once_a_source"
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
                ("objects", django.db.models.manager.Manager()),
            ],
        ),
        ForceZonePolicy("StagedRow"),
        ForceZonePolicy("ImportMapping"),
    ]
