"""Build the index of a zone anew, or of every zone."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone

from ... import index


class Command(BaseCommand):
    """`jingkai reindex [--zone gangcheng]`."""

    help = "重建检索索引 / Build the search index anew"

    def add_arguments(self, parser):
        """Take the zone's code."""
        parser.add_argument("--zone", default="")

    def handle(self, *, zone, **_options):
        """Build it, zone by zone."""
        found = Zone.objects.filter(level=Zone.Level.ZONE).order_by("pk")
        zones = [one for one in found if not zone or one.code == zone]
        if not zones:
            raise CommandError(_("没有这个园区：%(code)s") % {"code": zone})
        for one in zones:
            if not index.rebuild(one):
                raise CommandError(
                    _("园区 %(code)s 的索引正由另一进程更新，请稍候再试") % {"code": one.code}
                )
            self.stdout.write(_("已重建园区 %(code)s 的检索索引") % {"code": one.code})
