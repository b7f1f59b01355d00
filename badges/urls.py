"""Pages for people, under their language."""

from django.urls import path

from badges.views import pages, verify

app_name = "badges"
urlpatterns = [
    path("", pages.badge_list, name="list"),
    path("verify/", verify.verify, name="verify"),
    path("<uuid:pk>/", pages.award, name="award"),
    path("<uuid:pk>/visibility/", pages.visibility, name="visibility"),
    path("<slug:slug>/", pages.badge, name="badge"),
]
