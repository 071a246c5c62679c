"""Log-in, zones and roles."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("language/", views.choose_language, name="set_language"),
    path("z/<slug:zone>/roles/", views.roles, name="roles"),
]
