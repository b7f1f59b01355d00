"""Addresses that never change, whatever the reader's language."""

from django.urls import path

from microblog.views import permalinks

app_name = "permalinks"
urlpatterns = [
    path("@<str:handle>", permalinks.profile, name="profile"),
    path("@<str:handle>/<str:number>", permalinks.post, name="post"),
    path("tags/<str:name>", permalinks.hashtag, name="hashtag"),
]
