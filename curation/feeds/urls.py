"""Within the namespace of curation.urls."""

from django.urls import path

from curation.feeds import views

urlpatterns = [
    path("", views.my_blog, name="my_blog"),
    path("<int:pk>/pause/", views.pause, name="pause_blog"),
    path("<int:pk>/resume/", views.resume, name="resume_blog"),
    path("<int:pk>/remove/", views.remove, name="remove_blog"),
]
