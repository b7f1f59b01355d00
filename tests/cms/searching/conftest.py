"""A house with something of every kind to find, about herons."""

from dataclasses import dataclass

import pytest
from django.db.models import F

from cms.models import LexiconPage, PortraitIndexPage, PortraitPage, TermPage
from cms.searching.keeping import index
from curation.models import Item
from microblog.models import Post, PostHashtag
from tests.builders import NOON
from tests.cms.conftest import House, a_challenge, a_post
from tests.curation.passing.building import a_pick, an_item, shelve_all


@dataclass
class Everything:
    house: House
    term: TermPage
    portrait: PortraitPage
    challenge: object
    item: Item
    post: Post


def a_tagged_post(user, text: str, **fields) -> Post:
    names = [word[1:].casefold() for word in text.split() if word.startswith("#")]
    post = a_post(user, text, hashtags=names, **fields)
    PostHashtag.objects.bulk_create(PostHashtag.of(post, name) for name in names)
    return post


def index_all() -> None:
    """As the pipeline does, once the rooms above have looked at the posts."""
    Post.objects.update(answered_fingerprint=F("fingerprint"))
    while index(NOON):
        pass
    shelve_all()


@pytest.fixture
def everything(house, nia) -> Everything:
    home, french = house.home, house.home.locale
    lexicon = home.add_child(instance=LexiconPage(title="Lexique", locale=french))
    term = lexicon.add_child(
        instance=TermPage(
            title="Héron",
            variants="échassier\nHerons",
            short="Un oiseau qui attend.",
            locale=french,
        )
    )
    portraits = home.add_child(instance=PortraitIndexPage(title="Portraits", locale=french))
    portrait = portraits.add_child(
        instance=PortraitPage(
            title="Nia et le héron", lead="Elle en a vu.", person=nia.participant, locale=french
        )
    )
    challenge = a_challenge(house.challenges, "Dessine un héron")
    item = an_item("Le héron cendré", summary="Ce qu’on en sait.", text="Il vit près de l’eau.")
    a_pick(item, "Pour qui aime attendre.")
    post = a_tagged_post(nia, "Mon premier héron <b>gras</b> ! #Envol", language="fr")
    index_all()
    return Everything(house, term, portrait, challenge, item, post)
