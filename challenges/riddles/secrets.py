"""What a riddle keeps to itself until the reveal."""

from challenges.catalogue import Challenge
from challenges.levels import SOLVES_RIDDLE


def secret_of(challenge: Challenge) -> tuple[list[str], list[str]]:
    """Its answers and its look-alikes, of all its languages, as they are written."""
    specs = [
        spec
        for level in challenge.editions[0].levels
        for spec in level.specs
        if spec.key == SOLVES_RIDDLE
    ]
    answers = dict.fromkeys(answer for spec in specs for answer in spec.params["answers"])
    near_misses = dict.fromkeys(miss for spec in specs for miss in spec.params["near_misses"])
    return list(answers), list(near_misses)
