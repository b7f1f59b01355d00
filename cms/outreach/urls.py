"""Addresses for machines; no language in them."""

from django.urls import path

from cms.outreach import views

app_name = "outreach"
urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-<str:section>.xml", views.sitemap_section, name="sitemap_section"),
    path("card/<str:signed>.png", views.card, name="card"),
    path("manifest-<str:language>.webmanifest", views.manifest, name="manifest"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("worker.js", views.worker, name="worker"),
]
