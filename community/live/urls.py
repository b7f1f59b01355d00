"""Live events: the pages of each, and what they ask for."""

from django.urls import include, path

app_name = "live"
urlpatterns = [
    path("", include("community.live.event_urls")),
    path("", include("community.live.room_urls")),
    path("", include("community.live.chat_urls")),
]
