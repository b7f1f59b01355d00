"""The veille: what everybody reads, and the rooms of those who make it."""

from django.urls import include, path

from curation import page_views
from curation.syndication import views as syndication

app_name = "curation"
urlpatterns = [
    path("my-blog/", include("curation.feeds.urls")),
    path("", page_views.page, name="page"),
    path("<int:pk>/", page_views.item, name="item"),
    path("review/", include("curation.sifting.urls")),
    path("add/", include("curation.links.urls")),
    path("shelves/", page_views.shelves, name="shelves"),
    path("feed.<str:format>", syndication.feed, name="feed"),
    path("sources.opml", syndication.sources, name="opml"),
    path("embed/", syndication.embed, name="embed"),
    path("embed/code/", syndication.embed_code, name="embed_code"),
]
