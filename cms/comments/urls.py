"""Where people answer a page."""

from django.urls import path

from cms.comments import views

app_name = "replies"
urlpatterns = [path("<int:pk>/", views.reply, name="reply")]
