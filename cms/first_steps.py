"""What an organiser does first, on an installation where nothing is yet: said on the first page of
the administration until it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from challenges.models import ChallengePage, Launch
from cms.models import HomePage
from community.models import MoocSettings
from microblog.models import Connection

RIGHT = "community.change_moocsettings"
UNNAMED = MoocSettings._meta.get_field("name").default


@dataclass(frozen=True, slots=True)
class Step:
    """`command`: what somebody types on the server; `url`: where somebody clicks."""

    name: str | Promise
    text: str | Promise
    is_done: bool
    command: str = ""
    url: str = ""


def steps() -> list[Step]:
    """Four questions to the database, each answered by the first row."""
    return [
        Step(
            _("Lay out the pages"),
            _(
                "First pages, tutorials, challenges and badges in both languages, and a voice on "
                "the practice timeline. All of it is yours to rewrite. On the server:"
            ),
            HomePage.objects.exists(),
            command="manage.py load_demo",
        ),
        Step(
            _("Say who you are"),
            _("The name of your MOOC, its hashtags, its colours, whom to write to."),
            MoocSettings.objects.exclude(name=UNNAMED).exists(),
            url=reverse("wagtailsettings:edit", args=["community", "moocsettings"]),
        ),
        Step(
            _("Give it a voice"),
            _("An account through which it hears and answers on a network. On the server:"),
            Connection.objects.enabled().exists(),
            command="manage.py connect",
        ),
        Step(
            _("Launch a challenge"),
            _("Read what it will say, then let it go out. People answer whenever they like."),
            Launch.objects.exists(),
            url=reverse("challenge_desk") if ChallengePage.objects.exists() else "",
        ),
    ]


class FirstStepsPanel(Component):
    name = "envol_first_steps"
    template_name = "cms/admin/first_steps.html"
    order = 5

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"steps": steps()}


def is_new(request: HttpRequest) -> bool:
    """For those who may do something about it, until a first challenge has gone out."""
    return bool(request.user.has_perm(RIGHT)) and not Launch.objects.exists()
