"""The answer of a riddle. Nothing said here may give it away, nor how near a guess came."""

from challenges.rules import guesses, wording
from challenges.rules.book import RULES, nothing_written, unfinished, unfinished_summary
from challenges.rules.facts import PostFacts
from challenges.rules.fields import Params, strings
from rulebook import Finding, Message, accepted, not_yet
from rulebook.messages import gettext as _


def _solves_riddle_summary(params: Params) -> Message:
    if not strings(params, "answers"):
        return unfinished_summary()
    return _("Solve the riddle: say what you think it is, or ask.")


@RULES.rule("solves_riddle", summary=_solves_riddle_summary)
def solves_riddle(facts: PostFacts, params: Params) -> Finding:
    """`answers` (list[str]): any of them; `near_misses` (list[str] = []): look-alikes that aren't.

    Case, accents, articles, the plural and a slip of the keyboard don't matter; a question counts,
    a denial doesn't. A denied answer gets the same words as any other guess, lest they tell.
    """
    answers = guesses.answers(strings(params, "answers"))
    if not answers:
        return unfinished()
    text = wording.prose(facts)
    if not wording.words(text):
        return nothing_written()
    if guesses.is_guessed(text, answers, guesses.answers(strings(params, "near_misses"))):
        return accepted(_("You found it!"))
    return not_yet(
        _("That isn't it yet: look again, ask a question, and guess as often as you like.")
    )
