"""This room's place in the organisers' menu."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from community import people_desk
from community.live import planned, proposals_desk  # noqa: F401 - entered
from community.live.chat import desk as chat_desk
from community.live.desk import LiveEventViewSet
from community.people_desk import PeopleViewSet
from community.tutoring import desk

register_snippet(LiveEventViewSet)


@hooks.register("register_admin_viewset")
def people() -> PeopleViewSet:
    return PeopleViewSet()


@hooks.register("register_admin_urls")
def people_urls() -> list[URLPattern]:
    return [
        path("people/<int:pk>/join/", people_desk.merge, name="people_merge"),
        path("people/joined/<int:pk>/part/", people_desk.unmerge, name="people_unmerge"),
    ]


@hooks.register("register_admin_viewset")
def tutors_and_helps() -> list[ModelViewSet]:
    return [desk.TutorViewSet(), desk.HelpViewSet()]


@hooks.register("register_admin_urls")
def tutoring_urls() -> list[URLPattern]:
    return desk.desk_urls()


@hooks.register("register_log_actions")
def tutoring_log(actions: LogActionRegistry) -> None:
    for action, (label, message) in desk.ACTIONS.items():
        actions.register_action(action, label, message)


@hooks.register("register_admin_urls")
def live_urls() -> list[URLPattern]:
    return proposals_desk.URLS


@hooks.register("register_admin_urls")
def chat_urls() -> list[URLPattern]:
    return chat_desk.URLS


hooks.register("register_snippet_listing_buttons", chat_desk.listing_buttons)
