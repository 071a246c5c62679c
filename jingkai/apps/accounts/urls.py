"""Log-in, zones and roles."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("language/", views.choose_language, name="set_language"),
    path("password/", views.password, name="password"),
    path("z/<slug:zone>/people/", views.people, name="people"),
    path("z/<slug:zone>/people/tokens/", views.people_tokens, name="people-tokens"),
    path(
        "z/<slug:zone>/people/tokens/<int:pk>/revoke/",
        views.revoke_persons_token,
        name="people-token-revoke",
    ),
    path("z/<slug:zone>/people/new/", views.new_person, name="person-new"),
    path("z/<slug:zone>/departments/new/", views.new_department, name="department-new"),
    path("z/<slug:zone>/people/<int:pk>/role/", views.new_role, name="role-new"),
    path("z/<slug:zone>/people/<int:pk>/password/", views.reset_password, name="password-reset"),
    path("z/<slug:zone>/people/<int:pk>/end/", views.end_role, name="role-end"),
    path("z/<slug:zone>/roles/", views.roles, name="roles"),
    path("z/<slug:zone>/tokens/", views.tokens, name="tokens"),
    path("z/<slug:zone>/tokens/new/", views.new_token, name="token-new"),
    path("z/<slug:zone>/tokens/<int:pk>/revoke/", views.revoke_token, name="token-revoke"),
]
