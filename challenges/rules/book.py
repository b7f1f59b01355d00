"""The rulebook of challenges, and the two answers that several of its rules share."""

from challenges.rules.facts import PostFacts
from rulebook import Finding, Message, Rulebook, not_yet, with_tutor
from rulebook.messages import gettext as _

RULES: Rulebook[PostFacts] = Rulebook()


def nothing_written() -> Finding:
    """Hashtags, mentions, links and emoji don't make a text."""
    return not_yet(_("There are no words of your own in this post yet: write your text in it."))


def unfinished() -> Finding:
    """For a rule that its organiser left without the field it needs: nobody passes by accident."""
    return with_tutor(_("A tutor will read this part of your post."))


def unfinished_summary() -> Message:
    return _("A tutor reads your post.")
