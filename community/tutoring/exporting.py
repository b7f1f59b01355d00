"""What is kept about a person as a tutor and as somebody who waited for one, for the file of all
that is kept about them. Others are named in it as far as they agree to be."""

from typing import Any

from community.models import (
    Claim,
    Help,
    Mentorship,
    Need,
    Participant,
    Praise,
    Tip,
    Tutoring,
    TutorRequest,
)


def tutoring_of(person: Participant) -> dict[str, Any]:
    """By section."""
    return {
        "helps_given": [
            _help(row) | {"helped": _named(row.helped)}
            for row in Help.objects.filter(helper=person).select_related("helped", "reply")
        ],
        "helps_received": [
            _help(row) | {"helper": _named(row.helper)}
            for row in Help.objects.filter(helped=person).select_related("helper", "reply")
        ],
        "needs": _needs(person),
        "claims": list(
            Claim.objects.filter(tutor=person)
            .order_by("claimed_at")
            .values("claimed_at", "ended_at", "ending", "need__post__url", "answer__url")
        ),
        "tips": list(
            Tip.objects.filter(created_by=person).values(
                "title_fr", "text_fr", "title_en", "text_en", "created_at"
            )
        ),
        "tutoring": list(
            Tutoring.objects.filter(participant=person).values(
                "load",
                "languages",
                "topics",
                "away_from",
                "away_until",
                "volunteered_at",
                "stopped_at",
                "paused_at",
            )
        ),
        "wishes_for_a_tutor": list(
            TutorRequest.objects.filter(participant=person).values(
                "asked_at", "answered_at", "later_at"
            )
        ),
        "warm_words": list(
            Praise.objects.filter(tutor=person).values("was_said", "answered_at", "event__kind")
        ),
        **_mentorships(person),
    }


def _help(row: Help) -> dict[str, Any]:
    return {
        "about": row.topic,
        "reply": row.reply.url,
        "noticed_at": row.noticed_at,
        "confirmed_at": row.confirmed_at,
        "confirmed_by": row.confirmed_by,
        "undone_at": row.undone_at,
    }


def _needs(person: Participant) -> list[dict[str, Any]]:
    needs = Need.objects.filter(person=person).prefetch_related("reasons").order_by("since")
    return [
        {
            "since": need.since,
            "closed_at": need.closed_at,
            "ending": need.ending,
            "reasons": [reason.kind for reason in need.reasons.all()],
        }
        for need in needs
    ]


def _mentorships(person: Participant) -> dict[str, Any]:
    rows = Mentorship.objects.select_related("tutor", "mentee").order_by("started_at")
    return {
        "mentees": [
            _mentorship(row) | {"mentee": _named(row.mentee)} for row in rows.filter(tutor=person)
        ],
        "tutors": [
            _mentorship(row) | {"tutor": _named(row.tutor)} for row in rows.filter(mentee=person)
        ],
        "offered_mentees": list(rows.filter(offered_to=person).values("offered_at")),
    }


def _mentorship(row: Mentorship) -> dict[str, Any]:
    return {
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "ending": row.ending,
        "shares_progress": row.shares_progress,
    }


def _named(other: Participant) -> str | None:
    return other.name if other.shows else None
