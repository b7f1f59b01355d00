"""The logbook: what I did, what lies ahead. Rooms above enter their own panels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.models import AccountLink, LearningEvent, Participant

Kind = LearningEvent.Kind


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the logbook: a template, and what it shows for a person (constant queries)."""

    name: str
    template: str
    context: Callable[[Participant], Mapping[str, Any]]


ORDER = ("tutor", "sky", "challenges", "live", "curation", "texts", "badges", "people")
_panels: dict[str, Panel] = {}


def enter_panel(panel: Panel) -> None:
    """Raises ValueError for a name that ORDER doesn't hold."""
    if panel.name not in ORDER:
        raise ValueError(f"{panel.name!r} has no place in the logbook's order")
    _panels[panel.name] = panel


def panels_for(person: Participant) -> list[dict[str, Any]]:
    return [
        {"name": name, "template": _panels[name].template, **_panels[name].context(person)}
        for name in ORDER
        if name in _panels
    ]


@dataclass(frozen=True, slots=True)
class Skill:
    """A gesture of microblogging, its place in the sky (of 900 by 300), and what it grows from."""

    kind: LearningEvent.Kind
    label: str | Promise
    x: int
    y: int
    after: LearningEvent.Kind | None = None


SKILLS = (
    Skill(Kind.FIRST_POST, _("first post"), 70, 200),
    Skill(Kind.FIRST_HASHTAG, _("hashtag"), 185, 120, Kind.FIRST_POST),
    Skill(Kind.FIRST_REPLY, _("reply"), 205, 245, Kind.FIRST_POST),
    Skill(Kind.FIRST_MENTION, _("mention"), 320, 180, Kind.FIRST_REPLY),
    Skill(Kind.CONVERSED, _("conversation"), 450, 245, Kind.FIRST_REPLY),
    Skill(Kind.FIRST_PHOTO, _("photo"), 330, 65, Kind.FIRST_HASHTAG),
    Skill(Kind.FIRST_DESCRIBED_PHOTO, _("described photo"), 470, 100, Kind.FIRST_PHOTO),
    Skill(Kind.FIRST_LINK, _("link"), 560, 180, Kind.FIRST_MENTION),
    Skill(Kind.FIRST_BOOST, _("boost"), 600, 50, Kind.FIRST_DESCRIBED_PHOTO),
    Skill(Kind.FIRST_THREAD, _("thread"), 690, 130, Kind.FIRST_LINK),
    Skill(Kind.LIVE_TWEETED, _("live-tweet"), 820, 75, Kind.FIRST_THREAD),
    Skill(Kind.HELPED, _("helping"), 790, 225, Kind.CONVERSED),
)


def read_sky(person: Participant) -> dict[str, Any]:
    """Each gesture with its state: "mastered", "begun" (what it grows from is there) or "ahead"."""
    done = set(
        person.learning_events.standing()
        .filter(kind__in=[skill.kind for skill in SKILLS])
        .values_list("kind", flat=True)
        .distinct()
    )
    places = {skill.kind: skill for skill in SKILLS}
    stars = [{"skill": skill, "state": _state(skill, done)} for skill in SKILLS]
    paths = [
        {"from": places[skill.after], "to": skill} for skill in SKILLS if skill.after is not None
    ]
    counts = {state: sum(star["state"] == state for star in stars) for state in STATES}
    return {"stars": stars, "paths": paths, "counts": counts}


STATES = ("mastered", "begun", "ahead")


def _state(skill: Skill, done: set[str]) -> str:
    if skill.kind in done:
        return "mastered"
    return "begun" if skill.after is None or skill.after in done else "ahead"


def read_people(person: Participant) -> dict[str, Any]:
    """Who I met, helped and brought; only people who agreed to be shown are named."""
    others = (
        Participant.objects.filter(
            pk__in=person.learning_events.standing()
            .filter(kind__in=[Kind.CONVERSED, Kind.HELPED])
            .values("other")
        )
        .prefetch_related(
            Prefetch("links", AccountLink.objects.select_related("account").order_by("pk"))
        )
        .order_by("name")
    )
    met = list(others[:50])
    return {
        "met": [other for other in met if other.shows],
        "met_count": len(met),
        "brought_count": person.brought.count(),
    }


enter_panel(Panel("sky", "community/panels/sky.html", read_sky))
enter_panel(Panel("people", "community/panels/people.html", read_people))
