from django.urls import path

from community import views

app_name = "community"
urlpatterns = [
    path("embark/", views.embark_view, name="embark"),
    path("embark/<slug:code>/", views.invitation, name="invitation"),
    path("logbook/", views.logbook, name="logbook"),
    path("logbook/settings/", views.settings_view, name="settings"),
    path("logbook/settings/link/", views.link_code, name="link_code"),
    path("logbook/settings/export/", views.export, name="export"),
    path("logbook/settings/delete/", views.delete, name="delete"),
]
