"""The pages of an event while it is told, and of what remains of it."""

from django.urls import path

from community.live import archive_views, room_views, wall_views

urlpatterns = [
    path("<slug:slug>/room/", room_views.room, name="room"),
    path("<slug:slug>/room/posts/", room_views.room_posts, name="room_posts"),
    path("<slug:slug>/wall/", wall_views.wall, name="wall"),
    path("<slug:slug>/wall/posts/", wall_views.wall_posts, name="wall_posts"),
    path("<slug:slug>/wall/moderate/", wall_views.moderate, name="moderate"),
    path("<slug:slug>/wall/decide/", wall_views.decide_view, name="decide"),
    path("<slug:slug>/archive/", archive_views.show, name="archive"),
]
