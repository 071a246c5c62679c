"""The statuses of parcels, the board, a case's page with what can be done there."""

from django.urls import path

from . import views

urlpatterns = [
    path("z/<slug:zone>/idle/", views.index, name="idle"),
    path("z/<slug:zone>/idle/board/", views.board, name="idle-board"),
    path("z/<slug:zone>/idle/authority/", views.authority, name="idle-authority"),
    path("z/<slug:zone>/idle/warnings/", views.warnings, name="idle-warnings"),
    path("z/<slug:zone>/idle/parcels/<int:pk>/open/", views.open_case, name="idle-open"),
    path("z/<slug:zone>/idle/parcels/<int:pk>/reading/", views.read_anew, name="idle-reading"),
    path(
        "z/<slug:zone>/idle/readings/<int:pk>/withdraw/",
        views.withdraw_reading,
        name="idle-reading-withdraw",
    ),
    path("z/<slug:zone>/idle/cases/<int:pk>/", views.case, name="idle-case"),
    path("z/<slug:zone>/idle/cases/<int:pk>/describe/", views.describe, name="idle-describe"),
    path("z/<slug:zone>/idle/cases/<int:pk>/end/", views.end, name="idle-end"),
    path(
        "z/<slug:zone>/idle/cases/<int:pk>/end-despite/",
        views.end_despite,
        name="idle-end-despite",
    ),
    path("z/<slug:zone>/idle/cases/<int:pk>/suspend/", views.suspend, name="idle-suspend"),
    path("z/<slug:zone>/idle/cases/<int:pk>/steps/<slug:code>/", views.record, name="idle-record"),
    path(
        "z/<slug:zone>/idle/cases/<int:pk>/steps/<slug:code>/force/",
        views.force,
        name="idle-force",
    ),
    path("z/<slug:zone>/idle/cases/<int:pk>/papers/<slug:kind>/", views.draft, name="idle-paper"),
    path("z/<slug:zone>/idle/steps/<int:pk>/approve/", views.approve, name="idle-approve"),
    path("z/<slug:zone>/idle/steps/<int:pk>/serve/", views.serve, name="idle-serve"),
    path("z/<slug:zone>/idle/steps/<int:pk>/withdraw/", views.withdraw, name="idle-withdraw"),
    path("z/<slug:zone>/idle/steps/<int:pk>/revoke/", views.revoke, name="idle-revoke"),
    path("z/<slug:zone>/idle/suspensions/<int:pk>/resume/", views.resume, name="idle-resume"),
    path("z/<slug:zone>/idle/papers/<int:pk>/file/", views.file, name="idle-paper-file"),
    path("z/<slug:zone>/idle/papers/<int:pk>/word/", views.paper_file, name="idle-paper-word"),
]
