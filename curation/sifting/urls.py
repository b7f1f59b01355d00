"""The review desk, in the namespace "curation"."""

from django.urls import path

from curation.sifting import decision_views, views

urlpatterns = [
    path("", views.desk, name="review"),
    path("decisions/", views.decisions, name="decisions"),
    path("decide/", decision_views.decide, name="decide"),
    path("undo/", decision_views.undo, name="undo"),
    path("<int:pk>/", views.in_view, name="in_view"),
    path("<int:pk>/pick/", decision_views.pick, name="pick"),
    path("<int:pk>/take-back/", decision_views.take_back_pick, name="take_back"),
    path("<int:pk>/edit/", decision_views.edit, name="edit"),
    path("<int:pk>/part/", decision_views.part, name="part"),
    path("<int:pk>/off/", decision_views.off, name="off"),
]
