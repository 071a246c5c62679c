"""盘活: the board, disposals, measures side by side, inefficient land, the stock."""

from django.urls import path

from . import views

urlpatterns = [
    path("z/<slug:zone>/reuse/", views.board, name="reuse"),
    path(
        "z/<slug:zone>/parcels/<int:pk>/measures/", views.parcel_measures, name="parcel-measures"
    ),
    path("z/<slug:zone>/plants/<int:pk>/measures/", views.plant_measures, name="plant-measures"),
    path("z/<slug:zone>/disposals/<int:pk>/page/", views.disposal, name="disposal"),
    path("z/<slug:zone>/disposals/<int:pk>/step/", views.step, name="disposal-step"),
    path("z/<slug:zone>/disposals/<int:pk>/change/", views.change, name="disposal-change"),
    path("z/<slug:zone>/disposals/<int:pk>/finish/", views.finish, name="disposal-finish"),
    path("z/<slug:zone>/disposals/<int:pk>/withdraw/", views.withdraw, name="disposal-withdraw"),
    path("z/<slug:zone>/inefficient/", views.inefficient, name="inefficient"),
    path("z/<slug:zone>/inefficient/appraise/", views.appraise, name="inefficient-appraise"),
    path("z/<slug:zone>/inefficient/draft/", views.draft, name="inefficient-draft"),
    path(
        "z/<slug:zone>/inefficiency-standards/<int:pk>/publish/",
        views.publish,
        name="standard-publish",
    ),
    path(
        "z/<slug:zone>/inefficiency-criteria/<int:pk>/confirm/",
        views.confirm,
        name="criterion-confirm",
    ),
    path("z/<slug:zone>/inefficiency-criteria/<int:pk>/drop/", views.drop, name="criterion-drop"),
    path("z/<slug:zone>/stock/", views.stock, name="stock"),
    path("z/<slug:zone>/stock-targets/<int:pk>/page/", views.stock_target, name="stock-target"),
    path("z/<slug:zone>/stock-targets/<int:pk>/take/", views.take_stock, name="stock-take"),
]
