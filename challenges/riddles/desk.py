"""What this room tells the dashboard: answers and questions that wait, and what goes out next."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import page_permission_policy

from challenges.belonging import of_mooc
from challenges.models import Launch, Question
from challenges.reviewing import answers_to_review, may_review
from challenges.riddles.answering import may_answer
from challenges.riddles.planning import planned_steps
from microblog.waiting import Planned, Waiting, enter_planned, enter_waiting


def _may_conduct(user: Any) -> bool:
    """Who publishes pages launches and reveals challenges."""
    return bool(page_permission_policy.user_has_any_permission(user, {"publish"}))


def _answers_waiting(now: datetime, site_id: int | None) -> int:
    return answers_to_review(site_id).count()


def _oldest_answer(now: datetime, site_id: int | None) -> datetime | None:
    waiting = answers_to_review(site_id).values_list("judged_at", flat=True)
    found: datetime | None = waiting.first()
    return found


def _questions_waiting(now: datetime, site_id: int | None) -> int:
    return Question.objects.open().filter(of_mooc(site_id)).count()


def _oldest_question(now: datetime, site_id: int | None) -> datetime | None:
    found = Question.objects.open().filter(of_mooc(site_id)).order_by("asked_at")
    return found.values_list("asked_at", flat=True).first()


def _launches(now: datetime, most: int, site_id: int | None) -> Iterable[Planned]:
    """With the connections by name; none chosen means all."""
    waiting = Launch.objects.waiting().filter(of_mooc(site_id)).select_related("challenge")
    for launch in waiting.prefetch_related("connections").order_by("due_at", "id")[:most]:
        yield Planned(
            at=launch.due_at,
            what=_("Launch"),
            title=launch.challenge.title,
            where=", ".join(one.name for one in launch.connections.all()),
            url=reverse("challenge_desk"),
        )


def _hints_and_reveals(now: datetime, most: int, site_id: int | None) -> Iterable[Planned]:
    for step in planned_steps(now, site_id=site_id)[:most]:
        what = _("Hint %(number)s") % {"number": step.number} if step.number else _("Reveal")
        yield Planned(
            at=step.at,
            what=what,
            title=step.page.title,
            url=reverse("wagtailadmin_pages:edit", args=[step.page.pk]),
        )


enter_waiting(
    Waiting(
        "answers",
        gettext_lazy("Answers to read"),
        may_review,
        "review:waiting",
        _answers_waiting,
        _oldest_answer,
    )
)
enter_waiting(
    Waiting(
        "questions",
        gettext_lazy("Questions about riddles"),
        may_answer,
        "review:questions",
        _questions_waiting,
        _oldest_question,
    )
)
enter_planned("launches", permission=_may_conduct, upcoming=_launches)
enter_planned("hints", permission=_may_conduct, upcoming=_hints_and_reveals)
