import json

import pytest

from rulebook import Finding, Outcome, Verdict, accepted, not_yet, with_tutor
from rulebook.messages import gettext, ngettext

YES = accepted(gettext("There."))
MISSING = not_yet(ngettext("One more.", "%(count)s more.", 2))
WAITS = with_tutor(gettext("A tutor reads it."))


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ((), Outcome.ACCEPTED),
        ((YES, YES), Outcome.ACCEPTED),
        ((YES, WAITS), Outcome.WITH_TUTOR),
        ((YES, MISSING), Outcome.NOT_YET),
        ((WAITS, MISSING), Outcome.NOT_YET),
    ],
)
def test_what_is_missing_weighs_most_then_what_waits(
    findings: tuple[Finding, ...], outcome: Outcome
) -> None:
    assert Verdict(findings).outcome is outcome


def test_a_verdict_tells_present_from_missing_in_order() -> None:
    verdict = Verdict((MISSING, YES, WAITS, MISSING))
    assert verdict.missing == (MISSING, MISSING)
    assert verdict.present == (YES,)


def test_the_nearest_verdict_lacks_least_and_then_has_most() -> None:
    near = Verdict((YES, YES, MISSING))
    nearer_still = Verdict((YES, WAITS))
    far = Verdict((YES, MISSING))
    farthest = Verdict((YES, YES, YES, MISSING, MISSING))
    verdicts = [farthest, far, near, nearer_still]
    assert sorted(verdicts, key=lambda verdict: verdict.distance) == [
        nearer_still,
        near,
        far,
        farthest,
    ]


def test_a_verdict_survives_storage() -> None:
    verdict = Verdict((YES, MISSING, WAITS))
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict
