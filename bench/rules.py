"""How many posts a rule judges in a second, beside a rule that looks at nothing."""

from collections.abc import Mapping
from functools import partial

from bench.measuring import Effort, Row, per_second
from challenges.rules import RULES, MediaFacts, MentionFacts, PostFacts
from rulebook import Finding, Rulebook, RuleSpec, accepted
from rulebook.messages import gettext
from rulebook.registry import Params

POST = PostFacts(
    text=(
        "Ce matin, au bout de la jetée, la mer fumait comme une soupe. J’ai pensé à « l’homme "
        "libre, toujours tu chériras la mer » — merci @tomas pour l’idée ! #photoDevinette #Envol "
        "https://exemple.org/baudelaire"
    ),
    hashtags=("photodevinette", "envol"),
    mentions=(MentionFacts("tomas"), MentionFacts("envol", is_ours=True)),
    links=("https://exemple.org/baudelaire",),
    media=(MediaFacts("image", "Une jetée de bois dans la brume, une mouette au bout."),),
    language="fr",
    is_reply=True,
    parent_is_ours=True,
    thread=("Un fil sur la mer du Nord. 1/2", "Ce matin, au bout de la jetée. 2/2"),
)
ASKED: Mapping[str, Params] = {
    "hashtags": {"hashtags": ["photoDevinette"]},
    "contains_words": {"words": ["la mer", "jetée"]},
    "avoids_words": {"words": ["océan", "plage", "sable"]},
    "language": {"language": "fr"},
    "lipogram": {"letters": "e"},
    "acrostic": {"word": "envol"},
    "solves_riddle": {"answers": ["un phare", "lighthouse"], "near_misses": ["fard"]},
}
"""Rules that aren't named here are asked with their own defaults."""


def measure(effort: Effort) -> list[Row]:
    empty: Rulebook[PostFacts] = Rulebook()

    @empty.rule("nothing", summary=lambda _params: gettext("Anything counts."))
    def nothing(_facts: PostFacts, _params: Params) -> Finding:
        return accepted(gettext("That counts."))

    return [_row(rule.key, empty, effort) for rule in RULES]


def _row(key: str, empty: Rulebook[PostFacts], effort: Effort) -> Row:
    """Both within the same moment: a machine is not equally busy all the time."""
    nothing, speed = _speed(empty, "nothing", effort), _speed(RULES, key, effort)
    return Row(f"rule: {key}", speed, "judgements/s", "an empty rule", nothing)


def _speed(book: Rulebook[PostFacts], key: str, effort: Effort) -> float:
    specs = (RuleSpec(key, ASKED.get(key, {})),)
    judge = partial(book.judge, POST, specs)
    return per_second(judge, rounds=effort.choose(5, 3), at_least=effort.choose(20, 5) / 1000)
