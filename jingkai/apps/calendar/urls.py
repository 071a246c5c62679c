"""The statutory calendar of a zone."""

from django.urls import path

from . import views

urlpatterns = [
    path("z/<slug:zone>/calendar/", views.year, name="calendar"),
    path("z/<slug:zone>/calendar/notices/new/", views.enter, name="calendar-enter"),
    path("z/<slug:zone>/calendar/notices/<int:pk>/", views.notice, name="calendar-notice"),
    path(
        "z/<slug:zone>/calendar/notices/<int:pk>/confirm/", views.confirm, name="calendar-confirm"
    ),
    path(
        "z/<slug:zone>/calendar/notices/<int:pk>/withdraw/",
        views.withdraw,
        name="calendar-withdraw",
    ),
]
