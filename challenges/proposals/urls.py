"""Where people propose challenges."""

from django.urls import path

from challenges.proposals import views

app_name = "proposals"
urlpatterns = [
    path("", views.ideas, name="ideas"),
    path("<int:pk>/", views.again, name="again"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
]
