from django.urls import path

from curation.websub import views

app_name = "websub"
urlpatterns = [path("<slug:token>/", views.callback, name="callback")]
