"""The letter of the week: its archive, its readers."""

from django.urls import path, register_converter

from curation.digest import views
from curation.digest.weeks import MondayConverter

register_converter(MondayConverter, "monday")

app_name = "digest"
urlpatterns = [
    path("", views.archive, name="archive"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("asked/", views.asked, name="asked"),
    path("confirm/<str:key>/", views.confirm_view, name="confirm"),
    path("leave/<str:key>/", views.leave_view, name="leave"),
    path("left/", views.left, name="left"),
    path("<monday:week>/", views.letter, name="letter"),
]
