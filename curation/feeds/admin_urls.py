"""The rooms of sources in the admin."""

from django.urls import path

from curation.feeds import desk, lists_desk

app_name = "sources"
urlpatterns = [
    path("", desk.index, name="index"),
    path("add/", desk.add, name="add"),
    path("bring/", lists_desk.bring, name="bring"),
    path("bring/keep/", lists_desk.keep, name="keep"),
    path("sources.opml", lists_desk.take, name="take"),
    path("<int:pk>/", desk.source, name="source"),
    *(
        path(f"<int:pk>/{action}/", desk.act, kwargs={"action": action}, name=action)
        for action in ("pause", "resume", "read", "remove")
    ),
]
