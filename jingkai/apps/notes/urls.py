"""What is one person's own: follow-ups, bookmarks, what was opened last."""

from django.urls import path

from . import views

urlpatterns = [
    path("z/<slug:zone>/follow-ups/", views.follow_ups, name="follow-ups"),
    path("z/<slug:zone>/follow-ups/<int:pk>/done/", views.finish, name="follow-up-finish"),
    path("z/<slug:zone>/bookmarks/", views.bookmarks, name="bookmarks"),
    path("z/<slug:zone>/recent/", views.recent, name="recent"),
]
