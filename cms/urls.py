from django.urls import path

from cms import views

app_name = "cms"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("style/", views.style, name="style"),
    path("live/<slug:slug>/article/", views.live_article, name="live_article"),
]
