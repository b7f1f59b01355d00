"""Who may sit at the review desk, and what each may do there."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
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


def rights_of(user: Somebody, site: Site) -> Rights:
    """Organisers, editors and tutors do everything; moderators set aside; trusted members do
    everything too, unless this MOOC wants to see their picks first."""
    if not isinstance(user, User) or not user.is_active:
        return NOTHING
    if user.has_perm("curation.review_item"):
        return EVERYTHING
    if may_tutor(user):
        return EVERYTHING
    settings = CurationSettings.for_site(site)
    if is_trusted(user, site, settings):
        at_once = settings.trusted_appear_at_once
        return EVERYTHING if at_once else Rights(pick=True)
    return Rights(drop=True) if user.has_perm("curation.drop_item") else NOTHING


def may_curate(user: Somebody, site: Site) -> bool:
    """Whether their picks are welcome."""
    return rights_of(user, site).pick


def may_review(user: Somebody) -> bool:
    """Whether what waits is theirs to work off, wherever they are: by a right or as a tutor."""
    if not isinstance(user, User) or not user.is_active:
        return False
    named = user.has_perm("curation.review_item") or user.has_perm("curation.drop_item")
    return named or may_tutor(user)


def is_trusted(user: User, site: Site, settings: CurationSettings) -> bool:
    """By an organiser's word, which counts before all; or by the links that others took up."""
    person = Participant.objects.filter(user=user).exclude(embarked_at=None).first()
    if person is None:
        return False
    word = Trust.objects.filter(site=site, participant=person).first()
    if word is not None:
        return word.is_trusted
    if not settings.trust_after:
        return False
    taken = person.learning_events.standing().filter(kind__in=TAKEN_UP)
    return taken.count() >= settings.trust_after
