"""The veille: what everybody reads, and the rooms of those who make it."""

from django.urls import include, path

from curation import page_views

app_name = "curation"
urlpatterns = [
    path("", page_views.page, name="page"),
    path("<int:pk>/", page_views.item, name="item"),
    path("review/", include("curation.sifting.urls")),
    path("shelves/", page_views.shelves, name="shelves"),
]
