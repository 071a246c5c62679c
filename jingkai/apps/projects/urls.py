"""The board, the 六未, and a project's page with what can be done there."""

from django.urls import path

from . import views

urlpatterns = [
    path("z/<slug:zone>/board/", views.board, name="board"),
    path("z/<slug:zone>/stalls/", views.stalls, name="stalls"),
    path("z/<slug:zone>/projects/<int:pk>/page/", views.project, name="project"),
    path("z/<slug:zone>/projects/<int:pk>/move/", views.move, name="project-move"),
    path("z/<slug:zone>/projects/<int:pk>/status/", views.status, name="project-status"),
    path(
        "z/<slug:zone>/projects/<int:pk>/evidence/",
        views.add_evidence,
        name="project-add-evidence",
    ),
    path("z/<slug:zone>/projects/<int:pk>/officer/", views.officer, name="project-officer"),
    path(
        "z/<slug:zone>/projects/assignments/<int:pk>/acknowledge/",
        views.acknowledge,
        name="project-acknowledge",
    ),
]
