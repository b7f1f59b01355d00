"""What only a person can judge."""

from challenges.rules.book import RULES
from challenges.rules.facts import PostFacts
from challenges.rules.fields import Params, string
from rulebook import Finding, Message, with_tutor
from rulebook.messages import gettext as _


def _person_decides_summary(params: Params) -> Message:
    criterion = string(params, "criterion")
    if criterion:
        return _("A tutor reads your post and looks at this: %(criterion)s", criterion=criterion)
    return _("A tutor reads your post and answers you.")


@RULES.rule("person_decides", summary=_person_decides_summary)
def person_decides(_facts: PostFacts, params: Params) -> Finding:
    """`criterion` (str = ""): what the tutor looks at, shown to learners."""
    criterion = string(params, "criterion")
    if criterion:
        return with_tutor(
            _("A tutor will read your post and look at this: %(criterion)s", criterion=criterion)
        )
    return with_tutor(_("A tutor will read your post and answer you."))
