"""Somebody else's words, and whose they are."""

import regex

from challenges.rules import wording
from challenges.rules.book import RULES
from challenges.rules.facts import PostFacts
from challenges.rules.fields import Params
from rulebook import Finding, Message, accepted, not_yet
from rulebook.messages import gettext as _

_QUOTATION = regex.compile(
    r"«[^«»]+»|“[^“”„]+”|„[^„“”]+[“”]|‹[^‹›]+›|\"[^\"]+\"|(?<!\p{L})‘[^‘\n]+’(?!\p{L})"
    r"|^[ \t]*>[ \t]+[^\n]+(?:\n[ \t]*>[^\n]*)*",
    regex.MULTILINE,
)
_DASH_SOURCE = regex.compile(r"(?:^|[\s\p{P}])(?:[—–―]|--|-(?=\s))\s*\p{L}", regex.MULTILINE)
_BRACKETED_SOURCE = regex.compile(r"[(\[][^()\[\]]*\p{L}[^()\[\]]*[)\]]")


def _quotation_summary(_params: Params) -> Message:
    return _("Quote somebody's words, in quotation marks, and say where they come from.")


@RULES.rule("quotation_with_source", summary=_quotation_summary)
def quotation_with_source(facts: PostFacts, _params: Params) -> Finding:
    """No fields. Marks « » “ ” " ", a line that begins with "> ", or the network's own quoting.

    A source is a name after a dash that follows the quotation, something in brackets, a link or
    a mention.
    """
    if facts.quote_uri:
        return accepted(_("You quote a post, and its source comes with it."))
    text = wording.composed(facts.text)
    quotations = [match for match in _QUOTATION.finditer(text) if wording.lettered(match[0])]
    if not quotations:
        return not_yet(
            _("There is no quotation yet: put somebody's words between « and », or “ and ”.")
        )
    if _has_source(facts, text, quotations):
        return accepted(_("You quote somebody and say where the words come from."))
    return not_yet(
        _("The quotation is there. Now say whose words these are, after a dash: — and the name.")
    )


def _has_source(facts: PostFacts, text: str, quotations: list["regex.Match[str]"]) -> bool:
    if any(facts.links) or any(not mention.is_ours for mention in facts.mentions):
        return True
    own_words = _QUOTATION.sub(" ", text)
    if _BRACKETED_SOURCE.search(own_words):
        return True
    return any(_DASH_SOURCE.search(text[match.end() :]) for match in quotations) or any(
        _DASH_SOURCE.search(match[0]) for match in quotations if match[0].lstrip().startswith(">")
    )
