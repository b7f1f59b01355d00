"""Doors of a challenge that its own page doesn't open."""

from django.urls import path

from challenges.bank.views import calendar, opinions
from challenges.views import sharing

app_name = "challenges"
urlpatterns = [
    path("coming/", calendar.coming, name="coming"),
    path("<int:pk>/", sharing.share, name="share"),
    path("<int:pk>/opinion/", opinions.rate_challenge, name="rate"),
]
