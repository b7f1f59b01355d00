"""Where people stand so that those who answer each other stand together: networkx's one door."""

from collections.abc import Mapping, Sequence

import networkx

SEED = 20140901
ROUNDS = 120
WIDTH, HEIGHT = 1000.0, 640.0
MARGIN = 24.0
GRAVITY = 6.0

Pair = tuple[int, int]


def place(people: Sequence[int], ties: Mapping[Pair, int]) -> dict[int, tuple[float, float]]:
    """By person, inside WIDTH × HEIGHT. The same people and ties always give the same picture.

    ForceAtlas2: ties pull, people push, and a weak gravity keeps islands in sight.
    """
    graph = networkx.Graph()
    graph.add_nodes_from(sorted(people))
    graph.add_weighted_edges_from(
        (one, other, _pull(n)) for (one, other), n in sorted(ties.items())
    )
    if graph.number_of_nodes() < 2:
        return dict.fromkeys(graph, (WIDTH / 2, HEIGHT / 2))
    found = networkx.forceatlas2_layout(
        graph, max_iter=ROUNDS, seed=SEED, weight="weight", strong_gravity=False, gravity=GRAVITY
    )
    return _fitted({person: (float(x), float(y)) for person, (x, y) in found.items()})


def _pull(posts: int) -> float:
    """Two who answer each other all day long are not a hundred times closer."""
    return 1.0 + min(posts, 16) / 8


def _fitted(found: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Stretched to the frame; by rank halfway, so that a crowd opens and the rim comes closer."""
    across = _spread([x for x, _y in found.values()])
    down = _spread([y for _x, y in found.values()])
    return {
        person: (
            round(MARGIN + across[x] * (WIDTH - 2 * MARGIN), 1),
            round(MARGIN + down[y] * (HEIGHT - 2 * MARGIN), 1),
        )
        for person, (x, y) in found.items()
    }


def _spread(values: Sequence[float]) -> dict[float, float]:
    least, most = min(values), max(values)
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)))}
    last, width = max(1, len(ranks) - 1), (most - least) or 1.0
    return {
        value: ((value - least) / width + ranks[value] / last) / 2 if width else 0.5
        for value in values
    }
