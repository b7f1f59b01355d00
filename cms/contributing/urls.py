"""Where members write."""

from django.urls import path

from cms.contributing import edit_views, views

app_name = "write"
urlpatterns = [
    path("", views.texts, name="texts"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/edit/", edit_views.edit, name="edit"),
    path("<int:pk>/preview/", edit_views.show_preview, name="preview"),
    path("<int:pk>/send/", views.send, name="send"),
    path("<int:pk>/agree/", views.go_on, name="agree"),
    path("<int:pk>/take-back/", views.withdraw, name="take_back"),
    path("<int:pk>/versions/<int:draft>/", views.version, name="version"),
]
