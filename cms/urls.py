from django.urls import path

from cms import views

app_name = "cms"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("style/", views.style, name="style"),
    path("live/<slug:slug>/article/", views.live_article, name="live_article"),
    path("curation/<int:pk>/challenge/", views.challenge_of_item, name="challenge_of_item"),
]
