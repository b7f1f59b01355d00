"""Whether a picture or an address that somebody holds is a badge of ours, whole and valid."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from badges.addresses import assertion_address
from badges.baking import NothingBaked, UnfitImage, unbake
from badges.identity import belongs_to
from badges.models import Award

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class State(StrEnum):
    VALID = "valid"
    REVOKED = "revoked"
    CHANGED = "changed"
    NOT_OURS = "not_ours"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Answer:
    """`theirs`: whether it was issued to the address given; None where none was given."""

    state: State
    award: Award | None = None
    theirs: bool | None = None


def verify_image(image: bytes, *, claim: str = "") -> Answer:
    """A picture: the document inside must be the one that we keep, to the letter."""
    try:
        document = unbake(image)
    except UnfitImage:
        return Answer(State.UNREADABLE)
    except NothingBaked:
        return Answer(State.EMPTY)
    answer = verify_address(str(document.get("id", "")), claim=claim)
    if answer.state is State.VALID and answer.award and document != answer.award.assertion:
        return Answer(State.CHANGED, answer.award)
    return answer


def verify_address(address: str, *, claim: str = "") -> Answer:
    """The address of an award's document or page, or its number alone."""
    numbers = _UUID.findall(address)
    award = _issued(UUID(numbers[-1])) if numbers else None
    if award is None or not _is_here(address):
        return Answer(State.NOT_OURS)
    theirs = belongs_to(award, claim) if claim else None
    return Answer(State.REVOKED if award.revoked_at else State.VALID, award, theirs)


def _issued(number: UUID) -> Award | None:
    awards = Award.objects.exclude(issued_at=None).select_related("badge_class", "recipient")
    return awards.filter(pk=number).first()


def _is_here(address: str) -> bool:
    """An assertion of another site may bear the same number as one of ours."""
    if "://" not in address:
        return True
    ours = assertion_address(UUID(int=0)).partition("/badges/")[0]
    return address.startswith(f"{ours}/")


@dataclass(frozen=True, slots=True)
class Checks:
    """What the page of an award checks, live, on what we keep."""

    is_issued: bool
    is_whole: bool
    is_valid: bool


def check_award(award: Award) -> Checks:
    """Reads the baked picture; compares what it carries with the stored document."""
    if award.issued_at is None:
        return Checks(is_issued=False, is_whole=False, is_valid=award.revoked_at is None)
    try:
        with award.baked.open("rb") as file:
            whole = unbake(file.read()) == award.assertion
    except (OSError, UnfitImage, NothingBaked):
        whole = False
    return Checks(is_issued=True, is_whole=whole, is_valid=award.revoked_at is None)
