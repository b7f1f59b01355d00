"""Addresses that documents name: without a language, and for ever."""

from django.urls import path

from badges.views import hosted

app_name = "openbadges"
urlpatterns = [
    path("issuer.json", hosted.issuer, name="issuer"),
    path("classes/<slug:slug>.json", hosted.badge_class, name="class"),
    path("classes/<slug:slug>.png", hosted.class_image, name="class_image"),
    path("classes/<slug:slug>/", hosted.class_page, name="class_page"),
    path("assertions/<uuid:pk>.json", hosted.assertion, name="assertion"),
    path("assertions/<uuid:pk>/badge.png", hosted.award_image, name="award_image"),
    path("assertions/<uuid:pk>/", hosted.award_page, name="award_page"),
]
