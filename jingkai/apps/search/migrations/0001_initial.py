"""
The index: entries, and beside them the tokens that the ORM does not know.

FTS5 keeps no positions (detail=none): they would double the index, and a pair of characters needs
none. A trigger takes the tokens of an entry with it, however the entry goes.
"""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from jingkai.apps.accounts.wall import ForceZonePolicy

INSTALL = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_text USING fts5(tokens, detail=none, tokenize='ascii')",
        "CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry "
        "BEGIN DELETE FROM search_text WHERE rowid = old.id; END",
    ),
    "postgresql": (
        "ALTER TABLE search_entry ADD COLUMN tokens tsvector NOT NULL",
        "CREATE INDEX search_entry_tokens ON search_entry USING gin (tokens)",
    ),
}
REMOVE = {
    "sqlite": ("DROP TRIGGER search_entry_gone", "DROP TABLE search_text"),
    "postgresql": ("ALTER TABLE search_entry DROP COLUMN tokens",),
}


def install(apps, schema_editor):
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_row_level_security'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=100)),
                ('object_id', models.BigIntegerField()),
                ('text', models.TextField()),
                ('zone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.zone', verbose_name='园区')),
            ],
            options={
                'verbose_name': '检索条目',
                'verbose_name_plural': '检索条目',
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
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('change', models.PositiveBigIntegerField(default=0)),
                ('make', models.CharField(blank=True, max_length=64)),
                ('left', models.JSONField(default=dict)),
                ('zone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.zone', verbose_name='园区')),
            ],
            options={
                'verbose_name': '检索进度',
                'verbose_name_plural': '检索进度',
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('zone',), name='mark_once_a_zone')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunPython(install, remove),
        ForceZonePolicy("Entry"),
        ForceZonePolicy("Mark"),
    ]
