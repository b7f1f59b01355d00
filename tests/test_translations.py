"""The French catalogue: whole, in step with the code, and typeset as French is."""

import gettext
import re
import shutil
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from badges.rules import words as badge_words
from challenges.rules import RULES, PostFacts
from community.models import MoocSettings
from community.moocs import bare_words
from community.wishes import wish_of
from config.borrowed import SENTENCES
from rulebook import Message

CATALOGUE = settings.ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"
ROOMS = (
    "config", "cms", "challenges", "badges", "curation", "community", "microblog", "rulebook",
    "templates",
)  # fmt: skip
SOURCES = frozenset({".py", ".html", ".txt"})
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|%%|\{\w*\}")
TAG = re.compile(r"<[^>]*>")
ENGLISH_SPACING = re.compile(
    r"[^\s\u202f][?!;»](?=\s|$)|[ \u00a0][?!;»]|«[^\u202f]|[^\u00a0]:(?=\s|$)|[ \u202f]:"
)
JUDGING = re.compile(r"\b(échec|échoué|erreur|faux|fausse|invalide|incorrect)", re.IGNORECASE)
FORMAL = re.compile(r"\b(vous|votre|vos)\b", re.IGNORECASE)


def identity(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def texts(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def placeholders(text):
    return set(PLACEHOLDER.findall(text))


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


@pytest.fixture
def compiled(tmp_path, catalogue):
    file = tmp_path / "django.mo"
    catalogue.save_as_mofile(str(file))
    with file.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_every_sentence_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue if not all(map(str.strip, texts(entry)))] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def test_the_header_names_no_person(catalogue):
    assert "@" not in catalogue.header + "".join(catalogue.metadata.values())
    assert catalogue.metadata["Plural-Forms"] == "nplurals=2; plural=(n > 1);"


def test_placeholders_agree(catalogue):
    """The form of zero and one may say "one" in words; the other says what English says."""
    for entry in catalogue:
        *singular, last = texts(entry)
        allowed = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
        assert placeholders(last) == placeholders(entry.msgid_plural or entry.msgid), entry.msgid
        assert all(placeholders(text) <= allowed for text in singular), entry.msgid


def test_markup_agrees(catalogue):
    for entry in catalogue:
        for text in texts(entry):
            assert TAG.findall(text) == TAG.findall(entry.msgid), entry.msgid


def test_it_is_typeset_as_french_is(catalogue):
    wrong = [
        text
        for entry in catalogue
        for text in (TAG.sub("", text) for text in texts(entry))
        if "'" in text or "..." in text or '"' in text or ENGLISH_SPACING.search(text)
    ]
    assert wrong == []


def test_it_neither_judges_nor_stands_on_ceremony(catalogue):
    """But for the bot of a MOOC that chose the formal tone: there it says vous."""
    said = [text for entry in catalogue for text in texts(entry)]
    assert [text for text in said if JUDGING.search(text)] == []
    familiar = [text for one in catalogue if one.msgctxt != "formal" for text in texts(one)]
    assert [text for text in familiar if FORMAL.search(text)] == []


@pytest.fixture
def extracted(tmp_path, monkeypatch):
    """The code as makemessages reads it today, from a copy: it writes beside what it reads."""
    if shutil.which("xgettext") is None:
        pytest.skip("GNU gettext is not installed")
    for room in ROOMS:
        for source in (settings.ROOT / room).rglob("*"):
            if source.suffix in SOURCES:
                copy = tmp_path / source.relative_to(settings.ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, copy)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [str(tmp_path / "locale")])
    (tmp_path / "locale").mkdir()
    call_command("makemessages", locale=["fr"], extensions=["html,txt,py"], verbosity=0)
    return polib.pofile(str(Path("locale/fr/LC_MESSAGES/django.po").resolve()))


def test_it_is_in_step_with_the_code(catalogue, extracted):
    assert {identity(entry) for entry in catalogue} == {identity(entry) for entry in extracted}


def said_by_rules():
    """What the rules say beforehand, and about a post with nothing in it."""
    for rule in RULES:
        for params in ({}, {"count": 2, "words": ["mer", "ciel"], "hashtags": ["a", "b"]}):
            yield rule.summary(params)
            yield rule.judge(PostFacts(""), params).explanation
    for words in (badge_words.ANYTHING, *badge_words.WORDS.values()):
        yield from (words.asking, words.having, words.lacking)


def test_every_rule_speaks_french(catalogue):
    known = {(entry.msgid, entry.msgid_plural) for entry in catalogue}
    said: list[Message] = list(said_by_rules())
    assert len(said) > len(list(RULES)) * 4
    assert [m for m in said if (m.singular, m.plural) not in known and m.plural] == []
    singulars = {singular for singular, _plural in known}
    assert [m for m in said if m.singular not in singulars] == []


def test_it_compiles_and_counts(compiled):
    one, several = "%(count)s new post", "%(count)s new posts"
    assert compiled.ngettext(one, several, 0) == "%(count)s nouveau message"
    assert compiled.ngettext(one, several, 2) == "%(count)s nouveaux messages"


def test_a_sentence_used_with_and_without_a_number_is_found_both_ways(compiled, catalogue):
    for entry in catalogue:
        if entry.msgid_plural and not entry.msgctxt:
            assert compiled.gettext(entry.msgid) == entry.msgstr_plural[0]


def test_the_words_that_french_pages_suggest_are_understood(compiled):
    """Pages say "write this to us": the bot has to know it in the language of the page."""
    phrases = MoocSettings._meta.get_field("embark_phrases").default.splitlines()
    suggested = compiled.gettext("I want to embark")
    assert bare_words(suggested) in {bare_words(phrase) for phrase in phrases}

    sentence = next(text for text in compiled._catalog.values() if "compte seulement" in text)
    quoted = re.search("«\u202f(.+?)\u202f»", sentence)
    assert quoted and wish_of(quoted[1]) is not None


def test_borrowed_sentences_are_what_the_libraries_say(compiled):
    """A library that rewords a sentence would speak in its own voice again."""
    libraries = [Path(library.__file__).parent for library in (allauth, django)]
    files = [file for folder in libraries for file in folder.rglob("locale/fr/**/django.mo")]
    theirs = {entry.msgid for file in files for entry in polib.mofile(str(file))}
    with translation.override(None):
        ours = {str(sentence) for sentence in SENTENCES}
    assert len(ours) > 50
    assert ours - theirs == set()


def test_the_catalogue_in_use_is_this_one(compiled):
    if not CATALOGUE.with_suffix(".mo").exists():
        pytest.skip("not compiled yet: `make messages` and `make run` do it")
    with translation.override("fr"):
        assert translation.gettext("Challenges") == compiled.gettext("Challenges")
