"""Every URL of the product, area by area."""

from django.urls import URLPattern, URLResolver, include, path

from jingkai.apps.accounts import access
from jingkai.web.views import gallery

from . import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jingkai.apps.accounts.urls")),
    path("", include("jingkai.apps.reporting.urls")),
    path("", include("jingkai.apps.projects.urls")),
    path("", include("jingkai.apps.investment.urls")),
    path("", include("jingkai.apps.idle.urls")),
    path("", include("jingkai.apps.reuse.urls")),
    path("", include("jingkai.apps.land.urls")),
    path("", include("jingkai.apps.atlas.urls")),
    path("", include("jingkai.apps.integrity.urls")),
    path("", include("jingkai.apps.registers.urls")),
    path("", include("jingkai.apps.work.urls")),
    path("", include("jingkai.apps.notices.urls")),
    path("", include("jingkai.apps.notes.urls")),
    path("", include("jingkai.apps.calendar.urls")),
    path(f"{api.PREFIX}/", include(api.patterns())),
    path("gallery/", access.page()(gallery), name="gallery"),
]

handler400 = api.bad_request
handler403 = api.permission_denied
handler404 = api.page_not_found
handler500 = api.server_error
