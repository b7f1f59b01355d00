"""The translation editor speaks our French: what it says in ours, it really asks for."""

import re
from pathlib import Path

import polib
import pytest
import wagtail_localize
from django.conf import settings

from cms.borrowed_words import SENTENCES
from config.borrowed import SENTENCES as OF_LEARNERS

LIBRARY = Path(wagtail_localize.__file__).parent / "locale"
OURS = settings.ROOT / "locale" / "fr" / "LC_MESSAGES" / "djangojs.po"


def asked_for(domain: str) -> set[str]:
    """Its English catalogue lags behind the French one."""
    files = [LIBRARY / code / "LC_MESSAGES" / f"{domain}.po" for code in ("en", "fr")]
    return {entry.msgid for file in files for entry in polib.pofile(file)}


def test_each_sentence_is_one_that_the_library_still_says():
    plain = {one for one in SENTENCES if isinstance(one, str)}
    assert plain <= asked_for("django")
    assert plain.isdisjoint(one for one in OF_LEARNERS if isinstance(one, str))


def test_its_scripts_say_what_our_catalogue_holds():
    ours = polib.pofile(OURS)
    assert {entry.msgid for entry in ours} <= asked_for("djangojs")
    for entry in ours:
        assert sorted(re.findall(r"%\w", entry.msgid)) == sorted(re.findall(r"%\w", entry.msgstr))
        assert entry.msgid.endswith(" ") == entry.msgstr.endswith(" "), "words are put together"


@pytest.mark.django_db
@pytest.mark.skipif(not OURS.with_suffix(".mo").exists(), reason="`make run` compiles it")
def test_they_reach_the_editor(client, olga):
    client.force_login(olga)
    said = client.get("/admin/localize/jsi18n/", headers={"accept-language": "fr"}).text
    assert '"Publish in ": "Publier en "' in said
