"""Doors of a challenge that its own page doesn't open."""

from django.urls import path

from challenges.views import sharing

app_name = "challenges"
urlpatterns = [
    path("<int:pk>/", sharing.share, name="share"),
]
