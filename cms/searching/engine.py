"""One door to full text: SQLite (FTS5) and PostgreSQL (tsvector, each row in its own language).

Words are stored bare, without accents or case, beside the rows that they stand for; who may see
these is asked of the rows (cms.searching.reading). Two tables, for there are few pages, of which
the best are wanted, and many posts, of which the newest are.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from community.moocs import bare_words
from curation.searching import FEWEST_LETTERS, LONGEST, terms_of

MOST = 400
"""So many matches are weighed."""
LONGEST_WORD = 200
"""Characters; no word of ours is longer, and PostgreSQL stumbles over the longest."""
CONFIGURATIONS = {"fr": "french", "en": "english"}
"""How PostgreSQL reads a language; the others are taken word by word."""
PLAIN = "simple"


class Kind(StrEnum):
    """What words are of; also the name of their table."""

    PAGES = "cms_page_words"
    POSTS = "cms_post_words"


@dataclass(frozen=True, slots=True)
class Words:
    """Of one page or post. `marks` are found as a whole only, see `mark_of_site`."""

    pk: int
    title: str
    text: str
    language: str
    marks: Sequence[str] = ()

    @property
    def configuration(self) -> str:
        return CONFIGURATIONS.get(self.language[:2].lower(), PLAIN)

    @property
    def bare_title(self) -> str:
        return _short(bare_words(self.title))

    @property
    def bare_text(self) -> str:
        return _short(bare_words(self.text[:LONGEST]))


def _short(words: str) -> str:
    return " ".join(word for word in words.split() if len(word) <= LONGEST_WORD)


def mark_of_site(site_id: int) -> str:
    """A word that nobody says: posts of one MOOC are found without reading those of others."""
    return f"qz{site_id}zq"


def put_words(kind: Kind, rows: Sequence[Words]) -> None:
    """In the place of what was known of these."""
    if not rows:
        return
    forget_words(kind, [row.pk for row in rows])
    statement = _saying().insert.format(table=kind.value)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_values(row) for row in rows])


def _values(row: Words) -> Mapping[str, int | str]:
    return {
        "pk": row.pk,
        "title": row.bare_title,
        "text": row.bare_text,
        "marks": " ".join(row.marks),
        "configuration": row.configuration,
    }


def forget_words(kind: Kind, pks: Sequence[int]) -> None:
    if pks:
        wanted = json.dumps(list(pks)) if connection.vendor == "sqlite" else list(pks)
        with connection.cursor() as cursor:
            cursor.execute(_saying().forget.format(table=kind.value), [wanted])


def best(kind: Kind, query: str, *, is_typed: bool = False) -> list[int]:
    """Ids, what fits best first. `is_typed`: however short the last word is, it goes on."""
    return _search(kind, _saying().best, query, (), is_typed=is_typed)


def newest(kind: Kind, query: str, *, marks: Iterable[str]) -> list[int]:
    """Ids of what bears all `marks`, the latest first."""
    return _search(kind, _saying().newest, query, marks)


def nearest(kind: Kind, query: str) -> list[int]:
    """Ids of what has some of the words, what has most of them first."""
    say, wanted = _saying(), _looked_for(query)
    if not wanted:
        return []
    asked = {f"term{number}": term for number, term in enumerate(wanted)}
    holds = say.holds.format(table=kind.value, wanted=_WANTED)
    held = " + ".join(holds.replace("%(wanted)s", f"%({term})s") for term in asked)
    statement = say.nearest.format(table=kind.value, wanted=_WANTED, held=held)
    with connection.cursor() as cursor:
        cursor.execute(statement, {**asked, "wanted": say.either.join(wanted), "most": MOST})
        return [row[0] for row in cursor.fetchall()]


def _looked_for(query: str, *, is_typed: bool = False) -> list[str]:
    terms = terms_of(query, is_typed=is_typed)
    if not terms:
        return []
    say = _saying()
    goes_on = [len(term) >= FEWEST_LETTERS for term in terms[:-1]]
    goes_on.append(is_typed or len(terms[-1]) >= FEWEST_LETTERS)
    return [
        (say.begins if begins else say.whole).format(term)
        for term, begins in zip(terms, goes_on, strict=True)
    ]


def _search(
    kind: Kind, statement: str, query: str, marks: Iterable[str], *, is_typed: bool = False
) -> list[int]:
    say, wanted = _saying(), _looked_for(query, is_typed=is_typed)
    if not wanted:
        return []
    borne = [say.whole.format(mark) for mark in marks]
    asked: dict[str, int | str] = {
        "wanted": say.glue.join(wanted),
        "marks": say.glue.join(borne),
        "both": say.glue.join([*wanted, *borne]),
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=kind.value, wanted=_WANTED, marked=_MARKED), asked)
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Saying:
    """How one kind of database is told. `begins`, `whole`: a word to look for; `glue`: and;
    `either`: or; `holds`: 1 where what was found has that word, else 0."""

    insert: str
    forget: str
    best: str
    newest: str
    nearest: str
    begins: str
    whole: str
    glue: str
    either: str
    holds: str


_WANTED = """(
    to_tsquery('french', %(wanted)s) || to_tsquery('english', %(wanted)s)
    || to_tsquery('simple', %(wanted)s)
)"""
_MARKED = "CASE WHEN %(marks)s = '' THEN true ELSE words @@ to_tsquery('simple', %(marks)s) END"

SAYINGS = {
    "sqlite": Saying(
        insert="""
INSERT INTO {table} (rowid, title, text, marks) VALUES (%(pk)s, %(title)s, %(text)s, %(marks)s)
""",
        forget="DELETE FROM {table} WHERE rowid IN (SELECT value FROM json_each(%s))",
        best="""
SELECT rowid FROM {table} WHERE {table} MATCH %(both)s
ORDER BY bm25({table}, 10.0, 1.0, 0.0), rowid LIMIT %(most)s
""",
        newest="""
SELECT rowid FROM {table} WHERE {table} MATCH %(both)s ORDER BY rowid DESC LIMIT %(most)s
""",
        nearest="""
SELECT found.pk FROM (
    SELECT rowid AS pk, bm25({table}, 10.0, 1.0, 0.0) AS score FROM {table}
    WHERE {table} MATCH %(wanted)s ORDER BY score LIMIT %(most)s
) found ORDER BY {held} DESC, found.score, found.pk
""",
        begins='"{}"*',
        whole='"{}"',
        glue=" ",
        either=" OR ",
        holds="EXISTS (SELECT 1 FROM {table} WHERE rowid = found.pk AND {table} MATCH %(wanted)s)",
    ),
    "postgresql": Saying(
        insert="""
INSERT INTO {table} (id, words) VALUES (
    %(pk)s,
    setweight(to_tsvector(%(configuration)s::regconfig, %(title)s), 'A')
    || setweight(to_tsvector(%(configuration)s::regconfig, %(text)s), 'D')
    || to_tsvector('simple', %(marks)s)
)
""",
        forget="DELETE FROM {table} WHERE id = ANY(%s)",
        best="""
SELECT id FROM {table} WHERE words @@ {wanted} AND {marked}
ORDER BY ts_rank(words, {wanted}) DESC, id LIMIT %(most)s
""",
        newest="""
SELECT id FROM {table} WHERE words @@ {wanted} AND {marked} ORDER BY id DESC LIMIT %(most)s
""",
        nearest="""
SELECT id FROM {table} WHERE words @@ {wanted}
ORDER BY {held} DESC, ts_rank(words, {wanted}) DESC, id LIMIT %(most)s
""",
        begins="{}:*",
        whole="{}",
        glue=" & ",
        either=" | ",
        holds="(words @@ {wanted})::int",
    ),
}


def _saying() -> Saying:
    return SAYINGS[connection.vendor]
