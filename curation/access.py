"""Who may sit at the review desk, and what each may do there."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, OuterRef, Subquery
from wagtail.models import Site

from community.models import LearningEvent, Participant, User
from community.tutoring.access import may_tutor
from curation.models import CurationSettings, Trust

Somebody = AbstractBaseUser | AnonymousUser
TAKEN_UP = (LearningEvent.Kind.FOUND, LearningEvent.Kind.CURATED)


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person may do at the desk of one MOOC."""

    pick: bool = False
    drop: bool = False
    decide: bool = False  # publish, snooze, sort, edit, and approve what others proposed
    appears: bool = False  # their picks need nobody's approval

    def __bool__(self) -> bool:
        return self.pick or self.drop or self.decide


NOTHING = Rights()
EVERYTHING = Rights(pick=True, drop=True, decide=True, appears=True)


def rights_of(user: Somebody, site: Site | int) -> Rights:
    """Organisers, editors and tutors do everything; moderators set aside; trusted members do
    everything too, unless this MOOC wants to see their picks first."""
    if not isinstance(user, User) or not user.is_active:
        return NOTHING
    if user.has_perm("curation.review_item"):
        return EVERYTHING
    if may_tutor(user):
        return EVERYTHING
    if by_trust := _rights_by_trust(user, site):
        return by_trust
    return Rights(drop=True) if user.has_perm("curation.drop_item") else NOTHING


def may_curate(user: Somebody, site: Site | int) -> bool:
    """Whether their picks are welcome."""
    return rights_of(user, site).pick


def may_review(user: Somebody) -> bool:
    """Whether what waits is theirs to work off, wherever they are: by a right or as a tutor."""
    if not isinstance(user, User) or not user.is_active:
        return False
    named = user.has_perm("curation.review_item") or user.has_perm("curation.drop_item")
    return named or may_tutor(user)


def _rights_by_trust(user: User, site: Site | int) -> Rights | None:
    """By an organiser's word, which counts before all; or by the links that others took up. One
    query."""
    its = CurationSettings.objects.filter(site=site)
    word = Trust.objects.filter(site=site, participant=OuterRef("pk"))
    taken = LearningEvent.objects.standing().filter(participant=OuterRef("pk"), kind__in=TAKEN_UP)
    number = taken.order_by().values("participant").annotate(n=Count("pk")).values("n")
    found = (
        Participant.objects.filter(user=user)
        .exclude(embarked_at=None)
        .values_list(
            Subquery(word.values("is_trusted")[:1]),
            Subquery(number),
            Subquery(its.values("trust_after")[:1]),
            Subquery(its.values("trusted_appear_at_once")[:1]),
        )
        .first()
    )
    if found is None:
        return None
    named, times, after, at_once = found
    if after is None:
        settings = CurationSettings()
        after, at_once = settings.trust_after, settings.trusted_appear_at_once
    is_trusted = named if named is not None else bool(after) and (times or 0) >= after
    if not is_trusted:
        return None
    return EVERYTHING if at_once else Rights(pick=True)
