"""Workbench, dashboard, figures, frozen periods, the year-end report."""

from django.urls import path

from . import views

urlpatterns = [
    path("z/<slug:zone>/", views.workbench, name="workbench"),
    path("z/<slug:zone>/dashboard/", views.dashboard, name="dashboard"),
    path("z/<slug:zone>/figures/", views.figures, name="figures"),
    path("z/<slug:zone>/figures/<slug:code>/", views.figure, name="figure"),
    path("z/<slug:zone>/figures/<slug:code>/export/", views.figure_export, name="figure-export"),
    path("z/<slug:zone>/periods/", views.periods, name="periods"),
    path("z/<slug:zone>/periods/freeze/", views.freeze, name="freeze"),
    path("z/<slug:zone>/periods/<int:pk>/", views.period, name="period"),
    path("z/<slug:zone>/report/<int:year>/", views.year_end, name="year-end"),
    path(
        "z/<slug:zone>/report/<int:year>/<slug:suffix>/",
        views.year_end_file,
        name="year-end-file",
    ),
]
