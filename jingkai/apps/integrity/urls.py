"""The trail of a zone."""

from django.urls import path

from . import views

app_name = "integrity"

urlpatterns = [
    path("z/<slug:zone>/trail/", views.index, name="trail"),
    path("z/<slug:zone>/trail/export/", views.export, name="export"),
    path("z/<slug:zone>/trail/verify/", views.verify, name="verify"),
    path("z/<slug:zone>/trail/<int:sequence>/", views.event, name="event"),
]
