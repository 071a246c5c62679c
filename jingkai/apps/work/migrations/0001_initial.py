import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from jingkai.apps.accounts.wall import ForceZonePolicy


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_row_level_security'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('body', models.CharField(max_length=64)),
                ('status', models.PositiveSmallIntegerField(default=0)),
                ('headers', models.JSONField(default=dict)),
                ('content', models.BinaryField(default=bytes)),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': '表单幂等键',
                'verbose_name_plural': '表单幂等键',
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('due_at', models.DateTimeField()),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('holder', models.CharField(blank=True, max_length=32)),
                ('last_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': '定时任务',
                'verbose_name_plural': '定时任务',
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=100, verbose_name='作业类型')),
                ('key', models.CharField(max_length=200, verbose_name='幂等键')),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='作业')),
                ('payload', models.JSONField(default=dict)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('state', models.CharField(choices=[('waiting', '等待执行'), ('running', '正在执行'), ('done', '已完成'), ('failed', '未完成'), ('cancelled', '已取消')], default='waiting', max_length=10, verbose_name='状态')),
                ('done', models.PositiveBigIntegerField(default=0, verbose_name='已处理')),
                ('total', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='总数')),
                ('checkpoint', models.JSONField(default=dict)),
                ('result', models.JSONField(default=dict)),
                ('result_url', models.CharField(blank=True, max_length=500)),
                ('error', models.TextField(blank=True, verbose_name='原因')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='尝试次数')),
                ('due_at', models.DateTimeField()),
                ('holder', models.CharField(blank=True, max_length=32)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('cancel_asked', models.BooleanField(default=False)),
                ('by', models.CharField(max_length=150, verbose_name='提交人')),
                ('at', models.DateTimeField(verbose_name='提交时间')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='开始时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('zone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.zone', verbose_name='园区')),
            ],
            options={
                'verbose_name': '后台作业',
                'verbose_name_plural': '后台作业',
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['due_at', 'id'], name='job_open'), models.Index(fields=['zone', 'by', '-id'], name='job_of_a_person')],
                'constraints': [models.UniqueConstraint(fields=('zone', 'kind', 'key'), name='job_once_a_key'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('holder', ''), ('lease_until__isnull', True)), _connector='OR'), name='job_is_held_while_it_runs'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state__in', ['waiting', 'running'])), models.Q(('finished_at__isnull', False), ('state__in', ['done', 'failed', 'cancelled'])), _connector='OR'), name='job_has_ended_at_an_instant')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
        ForceZonePolicy("Job"),
    ]
