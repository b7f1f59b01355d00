"""Has other badges; and: somebody gives it."""

from badges.rules.asking import Params
from badges.rules.book import RULES
from badges.rules.facts import EventFacts
from rulebook import Finding, Message, accepted, not_yet, with_tutor
from rulebook.messages import gettext as _
from rulebook.messages import ngettext


def badges_asked(params: Params) -> list[int]:
    numbers = [number for number in params.get("badges") or [] if isinstance(number, int)]
    return list(dict.fromkeys(numbers))


def _badges_summary(params: Params) -> Message:
    number = len(badges_asked(params))
    return ngettext("Have another badge", "Have %(count)s other badges", number)


@RULES.rule("badges", summary=_badges_summary)
def badges(facts: EventFacts, params: Params) -> Finding:
    asked = badges_asked(params)
    missing = [number for number in asked if number not in facts.held]
    reach = {"done": len(asked) - len(missing), "wanted": len(asked)}
    if not asked:
        return with_tutor(_("Somebody of the team gives this badge."))
    if not missing:
        return accepted(_("You have the badges that it builds on.", **reach))
    names = ", ".join(facts.names.get(number, "…") for number in missing)
    return not_yet(
        ngettext(
            "It builds on a badge still ahead of you: %(names)s.",
            "It builds on badges still ahead of you: %(names)s.",
            len(missing),
            names=names,
            **reach,
        )
    )


def _by_hand_summary(params: Params) -> Message:
    return _("Somebody of the team gives it to you.")


@RULES.rule("by_hand", summary=_by_hand_summary)
def by_hand(facts: EventFacts, params: Params) -> Finding:
    return with_tutor(_("Somebody of the team gives this badge."))
