"""What a person was told."""

from django.urls import path

from . import views

urlpatterns = [
    path("z/<slug:zone>/notices/", views.index, name="notices"),
    path("z/<slug:zone>/notices/read/", views.read_all, name="notices-read"),
    path("z/<slug:zone>/notices/preferences/", views.preferences, name="notice-preferences"),
    path("z/<slug:zone>/notices/<int:pk>/", views.follow, name="notice"),
]
