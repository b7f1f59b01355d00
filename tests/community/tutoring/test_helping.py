"""What is a help, and what confirms it: tables of cases."""

from datetime import timedelta

import pytest

from community.helping import (
    GESTURES,
    Advice,
    Remark,
    Said,
    counts_between,
    gestures_of,
    is_applied,
    judge_remark,
)
from tests.builders import NOON

HOUR = timedelta(hours=1)
TIP = "Touche « ALT » sous la photo pour la décrire"

TOPICS = [
    # what was answered, the reply, where, what it is about
    ("Comment décrit-on une photo ?", TIP, {}, "question"),
    ("How does one describe a photo?", "Tap the ALT button below it", {}, "question"),
    ("Mon chat dort", TIP, {}, None),
    ("Mon chat dort", TIP, {"at_work": True}, "challenge"),
    ("Mon chat dort", TIP, {"at_work": True, "missing": {"description"}}, "missing"),
    ("Mon chat dort", TIP, {"at_work": True, "missing": {"hashtag"}}, "challenge"),
    ("Mon chat dort", TIP, {"at_work": True, "missing": {"description"}, "shows": {"description"}},
     "challenge"),
    ("Mon chat dort", "Joli, et que fait-il la nuit ?", {"at_work": True}, None),
    ("Est-ce un fruit ?", "Est-ce que ça se mange ?", {"at_work": True}, None),
    ("Ça commence", "Cite bien la personne qui parle", {"is_live": True}, "live"),
    ("Ça commence", "Super boulot", {"is_live": True}, None),
    ("Bonjour", "Voici comment je fais moi-même", {"uses_tip": True}, "tip"),
    ("Bonjour", "Voici comment je fais moi-même", {}, None),
    ("Qui sait ?", "Facile", {}, None),
    ("Qui sait ?", "Moi !", {}, None),
    ("Qui sait ?", "Merci de poser la question", {}, None),
    ("Une photo, ça va ?", "Merci pour ta photo ! Ajoute une description avec ALT", {}, "question"),
    ("Voir https://x.example/?a=1", "Je regarde cela dès ce soir", {}, None),
    ("Qui sait ?", "https://x.example/une/longue/adresse/avec/des/mots", {}, None),
    ("Qui sait ?", "@nia @tomas @olga @rex", {}, None),
    ("Qui sait ?", "Tu as essayé ? Il suffit de toucher le bouton", {}, "question"),
]  # fmt: skip


@pytest.mark.parametrize("answered, text, where, topic", TOPICS)
def test_what_a_reply_is_about(answered, text, where, topic):
    where = {
        key: frozenset(value) if isinstance(value, set) else value for key, value in where.items()
    }
    about = judge_remark(Remark(text=text, answered=answered, **where))
    assert (about.topic if about else None) == topic


SPOKEN = [
    ("Ajoute un hashtag à ton message", {"hashtag"}),
    ("Mets #envol à la fin du message", {"hashtag"}),
    ("Écris un texte alternatif pour l’image", {"description", "photo"}),
    ("Mentionne la personne avec une arobase", {"mention"}),
    ("Tu peux en faire un fil de trois", {"thread"}),
    ("Un avertissement serait gentil ici", {"warning"}),
    ("Add a link to your source there", {"link"}),
    ("Respire, ça va bien se passer", set()),
]


@pytest.mark.parametrize("text, gestures", SPOKEN)
def test_what_a_reply_speaks_of(text, gestures):
    about = judge_remark(Remark(text=text, answered="Comment ?"))
    assert set(about.gestures) == gestures


def test_what_is_there_already_needs_no_telling():
    remark = Remark(text="Ton hashtag est parfait, ajoute un lien", shows=frozenset({"hashtag"}))
    about = judge_remark(Remark(text=remark.text, answered="Et là ?", shows=remark.shows))
    assert about.gestures == ("link",)


APPLIED = [
    # which post it is, what it shows, when said, when edited, whether the tip was applied
    ("next", {"description"}, HOUR, None, True),
    ("next", {"hashtag"}, HOUR, None, False),
    ("next", {"description"}, -HOUR, None, False),
    ("other", {"description"}, HOUR, None, False),
    ("about", {"description"}, -HOUR, HOUR, True),
    ("about", {"description"}, -HOUR, None, False),
    ("about", {"description"}, -2 * HOUR, -HOUR, False),
    ("about", {"photo"}, -HOUR, HOUR, False),
]


@pytest.mark.parametrize("which, shows, said, edited, applied", APPLIED)
def test_the_tip_was_applied_in_the_next_post_or_an_edit(which, shows, said, edited, applied):
    advice = Advice(frozenset({"description"}), said_at=NOON, about=1, next_post=2)
    post = Said(
        {"about": 1, "next": 2, "other": 3}[which],
        frozenset(shows),
        NOON + said,
        NOON + edited if edited else None,
    )
    assert is_applied(advice, post) is applied


def test_advice_on_nothing_in_particular_cannot_be_seen_applied():
    advice = Advice(frozenset(), said_at=NOON, about=1, next_post=2)
    assert not is_applied(advice, Said(2, frozenset(GESTURES), NOON + HOUR))


BETWEEN = [
    ([], 0, True),
    ([0, 1], 2, True),
    ([0, 1, 2], 3, False),
    ([0, 1, 2], 29, False),
    ([0, 1, 2], 30, True),
    ([20, 21, 22], 0, False),
]


@pytest.mark.parametrize("days, day, counts", BETWEEN)
def test_three_between_two_people_in_thirty_days(days, day, counts):
    moments = [NOON + timedelta(days=number) for number in days]
    assert counts_between(moments, NOON + timedelta(days=day), most=3, days=30) is counts


def test_gestures_of_a_post():
    nothing = gestures_of(images=[], hashtags=[], mentions=0, links=[], goes_on=False, warning=" ")
    assert nothing == frozenset()
    half = gestures_of(
        images=["un phare", ""], hashtags=[], mentions=0, links=[], goes_on=False, warning=""
    )
    assert half == {"photo"}
    everything = gestures_of(
        images=["un phare"], hashtags=["a"], mentions=1, links=["b"], goes_on=True, warning="c"
    )
    assert everything == set(GESTURES)
