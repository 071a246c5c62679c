"""Jobs."""

from django.urls import path

from . import views

urlpatterns = [
    path("z/<slug:zone>/jobs/", views.index, name="jobs"),
    path("z/<slug:zone>/jobs/<int:pk>/", views.job, name="job"),
    path("z/<slug:zone>/jobs/<int:pk>/cancel/", views.cancel, name="job-cancel"),
    path("z/<slug:zone>/jobs/<int:pk>/repeat/", views.repeat, name="job-repeat"),
]
