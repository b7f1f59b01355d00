"""So many deeds of a kind: every time, with different people, or in different challenges."""

from badges.rules.asking import Ask, Params, counted
from badges.rules.book import RULES
from badges.rules.facts import EventFacts
from badges.rules.words import words_for
from rulebook import Finding, Message, accepted, not_yet, with_tutor
from rulebook.messages import gettext as _


def _summary(params: Params) -> Message:
    ask = Ask.read(params)
    if not ask.kinds:
        return _("Somebody of the team looks at what you did.")
    return words_for(ask).asked(ask.count, tag=ask.tag)


@RULES.rule("events", summary=_summary)
def events(facts: EventFacts, params: Params) -> Finding:
    """Its explanation's parameters `done` and `wanted` say how far it is."""
    ask = Ask.read(params)
    if not ask.kinds:
        return with_tutor(_("Somebody of the team will look at what you did."))
    done = min(sum(1 for _deed in counted(facts.deeds, ask)), ask.count)
    words = words_for(ask)
    if done >= ask.count:
        return accepted(words.done(done, tag=ask.tag, done=done, wanted=ask.count))
    return not_yet(words.ahead(ask.count - done, tag=ask.tag, done=done, wanted=ask.count))
