"""
What a Django product in NetBox's manner does with the same table of visits.

django-filter reads the query string, django-tables2 draws the page, django-import-export moves
workbooks; each is used as its manual shows, with the columns that our list has.
"""

from typing import Any

import django_filters
import django_tables2
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from import_export import fields, resources, widgets

from jingkai.apps.accounts.models import Zone
from jingkai.apps.investment.models import Investor, Visit

APPS = ("django_tables2", "django_filters", "import_export")
LENGTH = 50
SHOWN = (
    "code",
    "visited_on",
    "direction",
    "delegation",
    "investor__name",
    "lead",
    "people",
    "level",
    "purpose",
    "follow_up_on",
    "officer",
)
_FIELDS = (
    "code",
    "visited_on",
    "direction",
    "delegation",
    "people",
    "level",
    "purpose",
    "result",
    "follow_up_on",
    "followed_up_on",
    "source",
)


class VisitTable(django_tables2.Table):
    """The table of a page."""

    code = django_tables2.Column(linkify=lambda record: f"/visits/{record.pk}/")
    investor__name = django_tables2.Column()

    class Meta:
        model = Visit
        fields = SHOWN
        template_name = "django_tables2/bootstrap5.html"


class VisitFilter(django_filters.FilterSet):
    """The filters of a list; ``q`` is NetBox's quick search."""

    q = django_filters.CharFilter(method="search")
    direction = django_filters.ChoiceFilter(choices=Visit.Direction.choices)
    level = django_filters.ChoiceFilter(choices=Visit.Level.choices)
    visited_on = django_filters.DateFromToRangeFilter()

    def search(self, rows: QuerySet[Visit], _name: str, text: str) -> QuerySet[Visit]:
        """Return the rows that hold the text."""
        return rows.filter(
            Q(code__icontains=text)
            | Q(delegation__icontains=text)
            | Q(purpose__icontains=text)
            | Q(investor__name__icontains=text)
        )


class VisitResource(resources.ModelResource):
    """The columns of a workbook."""

    investor = fields.Field(
        attribute="investor",
        column_name="investor",
        widget=widgets.ForeignKeyWidget(Investor, "code"),
    )

    class Meta:
        model = Visit
        fields = (*_FIELDS, "investor")
        import_id_fields = ("code",)
        use_bulk = True
        batch_size = 1_000

    def __init__(self, zone: Zone, at: Any) -> None:
        """Write into the zone."""
        super().__init__()
        self._zone, self._at = zone, at

    def get_queryset(self) -> QuerySet[Visit]:
        """Return the zone's visits."""
        return Visit.everywhere.filter(zone=self._zone)

    def init_instance(self, row: Any = None) -> Visit:
        """Return a visit of the zone, with who recorded it and when."""
        del row
        by = {"recorded_by": "peer", "changed_by": "peer"}
        return Visit(zone=self._zone, recorded_at=self._at, changed_at=self._at, **by)


def installed() -> Any:
    """Return the surroundings in which the peers' templates are found."""
    from django.conf import settings  # noqa: PLC0415 - laid by the benchmark first

    return override_settings(INSTALLED_APPS=[*settings.INSTALLED_APPS, *APPS])


def page(zone: Zone, query: str) -> str:
    """Return one page of the list: the table alone, without the frame around it."""
    request: HttpRequest = RequestFactory().get(f"/visits/?{query}")
    rows = Visit.everywhere.filter(zone=zone).select_related("investor", "lead", "officer")
    found = VisitFilter(request.GET, queryset=rows).qs
    table = VisitTable(found, order_by=request.GET.get("sort", "-visited_on"))
    asked = {"page": int(request.GET.get("page", "1")), "per_page": LENGTH}
    table.paginate(**asked)
    return str(table.as_html(request))
