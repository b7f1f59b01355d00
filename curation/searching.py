"""Full text, without accents or endings that differ in writing alone: one door to what SQLite
(FTS5) and PostgreSQL (tsvector) each do their own way.

The words of an item are put there by curation.shelving. What is found comes the newest first, among
the MOST newest the best first: no search sorts a million rows.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from community.moocs import bare_words

TABLE = "curation_words"
MOST = 500
"""Of what matches, so many of the newest are weighed."""
NEAR = 20_000
"""Of all items, so many of the newest are looked at first."""
LONGEST = 20_000
"""Characters of a page that are searched."""
FEWEST_LETTERS = 4
"""Of a word that is looked for by its beginning, without the ending of a plural."""
MOST_TERMS = 8
_SMALL = """
a an and are at by do for from how i in is it its me my of on or that the this to what with you your
au aux avec c ce ces cet cette d dans de des du en est et il ils je l la le les leur leurs ma mes
mon n ne nos notre nous ou par pas pour qu que qui s sa ses sur t ta tes un une vos votre vous y
"""
SMALL = frozenset(_SMALL.split())
"""Words that nobody looks for: left out where others are there."""


@dataclass(frozen=True, slots=True)
class Words:
    """Of one item, from what weighs most to what weighs least."""

    pk: int
    title: str
    sentence: str
    summary: str
    body: str

    def bare(self) -> tuple[str, str, str, str]:
        parts = (self.title, self.sentence, self.summary, self.body[:LONGEST])
        title, sentence, summary, body = (bare_words(part) for part in parts)
        return title, sentence, summary, body


def put_words(rows: Sequence[Words]) -> None:
    """In the place of what was known of these items."""
    forget_words([row.pk for row in rows])
    with connection.cursor() as cursor:
        cursor.executemany(_say().insert, [(row.pk, *row.bare()) for row in rows])


def forget_words(pks: Sequence[int]) -> None:
    if pks:
        wanted = json.dumps(list(pks)) if connection.vendor == "sqlite" else list(pks)
        with connection.cursor() as cursor:
            cursor.execute(_say().forget, [wanted])


def search(query: str, *, site_id: int, language: str = "", some: bool = False) -> list[int]:
    """Ids of what one MOOC shows, the best first; MOST at most. "" finds nothing. `language`: in
    this one, or in none that is known; "" is any. `some`: what has most of the words, not all."""
    terms = terms_of(query)
    if not terms:
        return []
    say = _say()
    wanted = [
        (say.begins if len(term) >= FEWEST_LETTERS else say.whole).format(term) for term in terms
    ]
    held = " + ".join(say.holds.format(number=number) for number in range(len(terms)))
    asked: dict[str, int | str] = {
        "wanted": (say.either if some else say.glue).join(wanted),
        "site": site_id,
        "most": MOST,
        "near": NEAR,
        "spoken": f"{language.lower()}%",
        **{f"term{number}": term for number, term in enumerate(wanted)},
    }
    # "1" alone would mean the first column.
    with connection.cursor() as cursor:
        cursor.execute(say.search.replace("{held}", held if some else "0 + 1"), asked)
        return [pk for pk, *_scores in cursor.fetchall()]


def terms_of(query: str, *, is_typed: bool = False) -> list[str]:
    """Bare words, without the small ones; long ones without the s or x of a plural. `is_typed`:
    the last may be the beginning of a longer one."""
    said = bare_words(query).split()
    last = said[-1:] if is_typed else []
    words = [word for word in said if word not in SMALL] or said
    words = (words if words[-1:] == last or not last else [*words, *last])[:MOST_TERMS]
    return [(word.rstrip("sx") or word) if len(word) > FEWEST_LETTERS else word for word in words]


IS_SHOWN = """
item.site_id = %(site)s AND item.state = 'published' AND item.united_with_id IS NULL
AND item.shown_at IS NOT NULL AND (item.language = '' OR LOWER(item.language) LIKE %(spoken)s)
"""


@dataclass(frozen=True, slots=True)
class Saying:
    """How one kind of database is told. `begins`, `whole`: a word to look for; `glue`: and;
    `either`: or; `holds`: 1 where what was found has the word of that number, else 0.

    PostgreSQL can't guess how many rows hold the beginning of a word: left alone, it sorts all rows
    for a common one, and walks through all for a rare one. So it looks through the NEAR newest
    first, and asks its index only for what isn't common among them.
    """

    insert: str
    forget: str
    search: str
    begins: str
    whole: str
    glue: str
    either: str
    holds: str


SAYINGS = {
    "sqlite": Saying(
        insert="""
INSERT INTO curation_words (rowid, title, sentence, summary, body) VALUES (%s, %s, %s, %s, %s)
""",
        forget="DELETE FROM curation_words WHERE rowid IN (SELECT value FROM json_each(%s))",
        search=f"""
SELECT found.pk, found.score FROM (
    SELECT item.id AS pk, bm25(curation_words, 10.0, 6.0, 4.0, 1.0) AS score
    FROM curation_words CROSS JOIN curation_item item ON item.id = curation_words.rowid
    WHERE curation_words MATCH %(wanted)s AND {IS_SHOWN}
    ORDER BY curation_words.rowid DESC LIMIT %(most)s
) found ORDER BY {{held}} DESC, found.score, found.pk DESC
""",  # noqa: S608 - of our own words
        begins='"{}"*',
        whole='"{}"',
        glue=" ",
        either=" OR ",
        holds="""EXISTS (
    SELECT 1 FROM curation_words WHERE rowid = found.pk AND curation_words MATCH %(term{number})s
)""",
    ),
    "postgresql": Saying(
        insert="""
INSERT INTO curation_words (item_id, words) VALUES (
    %s,
    setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')
    || setweight(to_tsvector('simple', %s), 'C') || setweight(to_tsvector('simple', %s), 'D')
)
""",
        forget="DELETE FROM curation_words WHERE item_id = ANY(%s)",
        search=f"""
WITH near AS MATERIALIZED (
    SELECT item.id AS pk
    FROM (SELECT item_id, words FROM curation_words ORDER BY item_id DESC LIMIT %(near)s) recent
    JOIN curation_item item ON item.id = recent.item_id
    WHERE recent.words @@ to_tsquery('simple', %(wanted)s) AND {IS_SHOWN}
    ORDER BY recent.item_id DESC LIMIT %(most)s
), matching AS MATERIALIZED (
    SELECT item_id FROM curation_words
    WHERE words @@ to_tsquery('simple', %(wanted)s) AND (SELECT count(*) FROM near) < %(most)s
), far AS (
    SELECT matching.item_id AS pk
    FROM matching CROSS JOIN LATERAL (
        SELECT 1 FROM curation_item item WHERE item.id = matching.item_id AND {IS_SHOWN} OFFSET 0
    ) shown
    ORDER BY matching.item_id DESC LIMIT %(most)s
), newest AS (SELECT pk FROM near UNION SELECT pk FROM far ORDER BY pk DESC LIMIT %(most)s)
SELECT newest.pk, ts_rank(words.words, to_tsquery('simple', %(wanted)s)) AS score,
    {{held}} AS held
FROM newest JOIN curation_words words ON words.item_id = newest.pk
ORDER BY held DESC, score DESC, newest.pk DESC
""",  # noqa: S608 - of our own words
        begins="'{}':*",
        whole="'{}'",
        glue=" & ",
        either=" | ",
        holds="(words.words @@ to_tsquery('simple', %(term{number})s))::int",
    ),
}


def _say() -> Saying:
    return SAYINGS[connection.vendor]
