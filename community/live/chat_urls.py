"""The pages of a tweetchat, and of replaying an event alone."""

from django.urls import path, re_path

from community.live import replay_views
from community.live.chat import views

urlpatterns = [
    path("<slug:slug>/questions/", views.questions, name="questions"),
    path("<slug:slug>/questions/<int:number>/", views.question, name="question"),
    path("<slug:slug>/transcript/", views.transcript, name="transcript"),
    re_path(
        r"^(?P<slug>[-\w]+)/transcript\.(?P<form>txt|json)$",
        views.transcript,
        name="transcript_file",
    ),
    path("<slug:slug>/replay/", replay_views.replay, name="replay"),
    path("<slug:slug>/replay/start/", replay_views.start, name="replay_start"),
]
