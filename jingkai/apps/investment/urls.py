"""Investment promotion, beyond its registers."""

from django.urls import path

from . import views

urlpatterns = [
    path("z/<slug:zone>/funnel/", views.funnel, name="funnel"),
    path("z/<slug:zone>/leads/<int:pk>/assign/", views.assign, name="lead-assign"),
    path("z/<slug:zone>/leads/<int:pk>/lose/", views.lose, name="lead-lose"),
    path("z/<slug:zone>/leads/<int:pk>/revive/", views.revive, name="lead-revive"),
    path("z/<slug:zone>/signings/<int:pk>/track/", views.track, name="signing-track"),
]
