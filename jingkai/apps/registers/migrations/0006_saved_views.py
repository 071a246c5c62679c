"""Saved views of lists, and the superiors' forms that lists fill in."""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from jingkai.apps.accounts.wall import ForceZonePolicy


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_row_level_security'),
        ('registers', '0005_state_of_earlier_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='FiledForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=60, verbose_name='表样名称')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('by', models.CharField(max_length=60, verbose_name='上传人')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('zone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.zone', verbose_name='园区')),
            ],
            options={
                'verbose_name': '上级表样',
                'verbose_name_plural': '上级表样',
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
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=40, verbose_name='视图名称')),
                ('query', models.CharField(blank=True, max_length=2000)),
                ('owner', models.CharField(max_length=60, verbose_name='所有人')),
                ('audience', models.CharField(choices=[('owner', '仅自己'), ('role', '同一角色'), ('zone', '全园区')], default='owner', max_length=10, verbose_name='共享范围')),
                ('role', models.CharField(blank=True, choices=[('leader', '管委会领导'), ('investment', '招商专员'), ('services', '服务专员'), ('land', '土地管理'), ('planning', '规划建设'), ('policy', '政策服务'), ('finance', '财政金融'), ('safety', '安全监管'), ('discipline', '纪检监察'), ('auditor', '审计'), ('administrator', '系统管理员'), ('department_liaison', '部门联络员'), ('enterprise', '企业用户'), ('guest', '访客')], max_length=20, verbose_name='共享角色')),
                ('changed_at', models.DateTimeField(verbose_name='更新时间')),
                ('zone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.zone', verbose_name='园区')),
            ],
            options={
                'verbose_name': '列表视图',
                'verbose_name_plural': '列表视图',
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
            name='DefaultView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('person', models.CharField(max_length=60)),
                ('zone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.zone', verbose_name='园区')),
                ('view', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registers.savedview')),
            ],
            options={
                'verbose_name': '默认视图',
                'verbose_name_plural': '默认视图',
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name='filedform',
            constraint=models.UniqueConstraint(fields=('zone', 'kind', 'name'), name='form_name_once_a_zone'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('zone', 'kind', 'owner', 'name'), name='view_name_once_a_person'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('audience', 'role'), ('role', ''), _connector='XOR'), name='view_names_a_role_exactly_when_shared_with_one'),
        ),
        migrations.AddConstraint(
            model_name='defaultview',
            constraint=models.UniqueConstraint(fields=('zone', 'kind', 'person'), name='one_default_view_a_person'),
        ),
        ForceZonePolicy("SavedView"),
        ForceZonePolicy("DefaultView"),
        ForceZonePolicy("FiledForm"),
    ]
