from django.urls import path

from cms import booklet_views, lesson_views, views
from cms.outreach import views as outreach
from cms.searching import views as searching

app_name = "cms"

urlpatterns = [
    path("feeds/<str:name>.<str:format>", outreach.feed, name="feed"),
    path("offline/", outreach.offline, name="offline"),
    path("search/", searching.search, name="search"),
    path("search/suggest/", searching.suggest, name="suggest"),
    path("style/", views.style, name="style"),
    path("lessons/<int:pk>/try/", lesson_views.try_it, name="try_it"),
    path("lessons/<int:pk>/clear/", lesson_views.clear, name="clear"),
    path("kits/<int:pk>/booklet.pdf", booklet_views.booklet, name="booklet"),
    path("live/<slug:slug>/article/", views.live_article, name="live_article"),
    path("curation/<int:pk>/challenge/", views.challenge_of_item, name="challenge_of_item"),
]
