import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from jingkai.apps.accounts.wall import ForceZonePolicy


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_row_level_security"),
        ("registers", "0002_row_level_security"),
    ]

    operations = [
        migrations.CreateModel(
            name='ColumnSecrecy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('column', models.CharField(max_length=60, verbose_name='字段')),
                ('secrecy', models.CharField(choices=[('personal', '个人信息'), ('confidential', '商业秘密')], max_length=12, verbose_name='密级')),
            ],
            options={
                'verbose_name': '字段密级',
                'verbose_name_plural': '字段密级',
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CustomField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('code', models.CharField(max_length=20, verbose_name='代码')),
                ('label', models.CharField(max_length=40, verbose_name='字段名称')),
                ('label_en', models.CharField(blank=True, max_length=60, verbose_name='英文名称')),
                ('unit', models.CharField(blank=True, max_length=20, verbose_name='计量单位')),
                ('options', models.JSONField(default=list, verbose_name='可选项')),
                ('hint', models.CharField(blank=True, max_length=200, verbose_name='填写说明')),
                ('is_required', models.BooleanField(default=False, verbose_name='必填')),
                ('is_searchable', models.BooleanField(default=False, verbose_name='可搜索')),
                ('is_listed', models.BooleanField(default=False, verbose_name='列表中显示')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
                ('added_at', models.DateTimeField(verbose_name='登记时间')),
                ('added_by', models.CharField(max_length=60, verbose_name='登记人')),
                ('retired_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
                ('retired_by', models.CharField(blank=True, max_length=60, verbose_name='停用人')),
            ],
            options={
                'verbose_name': '自定义字段',
                'verbose_name_plural': '自定义字段',
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='FieldRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('column', models.CharField(max_length=60, verbose_name='字段')),
                ('effect', models.CharField(choices=[('required', '必填'), ('hidden', '不显示'), ('read-only', '只读')], max_length=10, verbose_name='要求')),
                ('when', models.CharField(blank=True, max_length=60, verbose_name='条件字段')),
                ('among', models.JSONField(default=list, verbose_name='条件取值')),
                ('added_at', models.DateTimeField(verbose_name='登记时间')),
                ('added_by', models.CharField(max_length=60, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '字段规则',
                'verbose_name_plural': '字段规则',
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Fitting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('stamp', models.CharField(max_length=32)),
                ('numbered', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'verbose_name': '台账设置',
                'verbose_name_plural': '台账设置',
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='columnsecrecy',
            name='zone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.zone', verbose_name='园区'),
        ),
        migrations.AddField(
            model_name='customfield',
            name='zone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.zone', verbose_name='园区'),
        ),
        migrations.AddField(
            model_name='fieldrule',
            name='zone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.zone', verbose_name='园区'),
        ),
        migrations.AddField(
            model_name='fitting',
            name='zone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.zone', verbose_name='园区'),
        ),
        migrations.AddConstraint(
            model_name='columnsecrecy',
            constraint=models.UniqueConstraint(fields=('zone', 'kind', 'column'), name='secrecy_once_a_column'),
        ),
        migrations.AddConstraint(
            model_name='customfield',
            constraint=models.UniqueConstraint(fields=('zone', 'kind', 'code'), name='custom_field_code_once_a_register'),
        ),
        migrations.AddConstraint(
            model_name='customfield',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retired_at__isnull', True), ('retired_by', '')), models.Q(('retired_at__isnull', False), models.Q(('retired_by', ''), _negated=True)), _connector='OR'), name='custom_field_retired_by_whom_and_when'),
        ),
        migrations.AddIndex(
            model_name='fieldrule',
            index=models.Index(fields=['zone', 'kind'], name='fieldrule_of_register'),
        ),
        migrations.AddConstraint(
            model_name='fitting',
            constraint=models.UniqueConstraint(fields=('zone', 'kind'), name='fitting_once_a_register'),
        ),
        ForceZonePolicy("Fitting"),
        ForceZonePolicy("CustomField"),
        ForceZonePolicy("FieldRule"),
        ForceZonePolicy("ColumnSecrecy"),
    ]
