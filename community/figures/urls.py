from django.urls import path

from community.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("network/", views.network, name="network"),
    path("network/<int:part>/", views.network, name="network"),
    path("data.csv", views.as_table, name="csv"),
    path("data.json", views.as_json, name="json"),
]
