from django.urls import path

from curation.links import views

urlpatterns = [path("", views.add, name="add")]
