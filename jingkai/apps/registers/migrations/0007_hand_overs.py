import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from jingkai.apps.accounts.wall import ForceZonePolicy


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_row_level_security"),
        ("registers", "0006_saved_views"),
    ]

    operations = [
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(max_length=60, verbose_name='移交人')),
                ('to', models.CharField(max_length=60, verbose_name='接手人')),
                ('everything', models.BooleanField(default=False, verbose_name='含已办结')),
                ('reason', models.CharField(max_length=300, verbose_name='移交原因')),
                ('counts', models.JSONField(default=dict)),
                ('by', models.CharField(max_length=60, verbose_name='办理人')),
                ('at', models.DateTimeField(verbose_name='办理时间')),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True, verbose_name='签收时间')),
                ('zone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.zone', verbose_name='园区')),
            ],
            options={
                'verbose_name': '工作移交',
                'verbose_name_plural': '工作移交',
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['zone', '-id'], name='hand_over_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('before', models.F('to')), _negated=True), name='hand_over_to_another'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hand_over_with_a_reason'), models.CheckConstraint(condition=models.Q(('acknowledged_at__isnull', True), ('acknowledged_at__gte', models.F('at')), _connector='OR'), name='hand_over_signed_for_afterwards')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
        ForceZonePolicy("HandOver"),
    ]
