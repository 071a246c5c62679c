"""一地一档, the page of a plant, and the split and merger of parcels."""

from django.urls import path

from . import views

urlpatterns = [
    path("z/<slug:zone>/parcels/<int:pk>/page/", views.parcel, name="parcel"),
    path("z/<slug:zone>/parcels/<int:pk>/split/", views.split, name="parcel-split"),
    path("z/<slug:zone>/parcels/<int:pk>/merge/", views.merge, name="parcel-merge"),
    path(
        "z/<slug:zone>/parcels/<int:pk>/change/undo/",
        views.undo_change,
        name="parcel-change-undo",
    ),
    path("z/<slug:zone>/plants/<int:pk>/page/", views.plant, name="plant"),
]
