"""The calendar, and the page of each event."""

from django.urls import path

from community.live import calendar_views, event_views, propose_views

urlpatterns = [
    path("", event_views.listing, name="list"),
    path("propose/", propose_views.propose_view, name="propose"),
    path("calendar.ics", calendar_views.calendar, name="calendar"),
    path("<slug:slug>/", event_views.event, name="event"),
    path("<slug:slug>/event.ics", calendar_views.one_event, name="event_calendar"),
    path("<slug:slug>/sign-up/", event_views.sign_up, name="sign_up"),
]
