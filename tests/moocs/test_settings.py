"""How organisers set up their MOOC in the admin."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.booklet.composing import compose
from cms.models import WelcomeKitPage
from curation.digest.writing import write_mail
from curation.models import Digest, Subscriber
from tests.builders import NOON
from tests.challenges.building import a_photo
from tests.cms.house.building import below

pytestmark = pytest.mark.django_db


def typed(mooc, **fields) -> dict[str, object]:
    """What the form sends where nothing is changed."""
    row = mooc.settings
    names = ("name", "hashtags", "embark_phrases", "proposal_hashtags", "tone", "palette")
    numbers = ("answers_per_person_per_day", "answers_per_hour", "helps_per_pair")
    kept = {name: getattr(row, name) for name in (*names, *numbers, "helps_per_pair_days")}
    return kept | {"networks": [one.pk for one in row.networks.all()]} | fields


@pytest.fixture
def save(client, olga, two):
    client.force_login(olga)

    def post(mooc, **fields):
        path = reverse("wagtailsettings:edit", args=["community", "moocsettings", mooc.site.pk])
        assert client.get(path).status_code == 200
        return client.post(path, typed(mooc, **fields))

    return post


def test_each_mooc_has_its_own(save, two):
    logo = a_photo("Logo", size=(400, 400))
    answer = save(
        two.b, tone="formal", accent="#552200", languages=["fr"], character_limit=300, logo=logo.pk
    )
    assert answer.status_code == 302
    changed, other = two.b.settings, two.a.settings
    assert (changed.tone, changed.colour, changed.spoken) == ("formal", "#552200", ["fr"])
    assert (changed.character_limit, changed.logo_id) == (300, logo.pk)
    assert (other.tone, other.accent, list(other.spoken)) == ("warm", "", ["fr", "en"])


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"accent": "#ffd700"}, "4,5"),
        ({"accent": "gold"}, "#1f3a5f"),
        ({"hashtags": "aubé"}, "Aube"),
        ({"hashtags": " # "}, ""),
        ({"character_limit": 20}, "140"),
    ],
)
def test_what_would_do_harm_is_refused_with_the_reason(save, two, fields, word):
    before = two.b.settings
    answer = save(two.b, **fields)
    assert answer.status_code == 200 and word in answer.text
    after = two.b.settings
    assert (after.accent, after.hashtags) == (before.accent, before.hashtags)
    assert after.character_limit == before.character_limit


def test_machines_and_phones_are_told_its_own_logo(client, two):
    def asked(address: str):
        return client.get(address, headers={"host": "b.example"})

    card = re.search(r'og:image" content="http://b.example([^"]+)', asked("/fr/style/").text)[1]
    with_the_bird = asked(card).content
    assert "bird" in asked("/manifest-fr.webmanifest").text
    two.b.change(logo=a_photo("Logo", size=(400, 300)))
    assert asked(card).content != with_the_bird
    home = asked(two.b.site.root_page.url.removeprefix("https://b.example")).text
    facts = json.loads(re.search(r'ld\+json">(.*?)</script>', home)[1])
    logo = facts["publisher"]["logo"]
    assert logo.startswith("https://b.example/") and logo.endswith(".png")
    icons = asked("/manifest-fr.webmanifest").json()["icons"]
    assert [one["sizes"] for one in icons] == ["192x192", "300x300"], "as large as they really are"
    assert "bird" not in home + str(icons)


def test_its_letter_booklet_and_list_wear_its_name_colour_and_logo(client, two):
    two.b.change(accent="#552200", logo=a_photo("Logo", size=(400, 400)), logo_alt="Une baleine")
    home = Page.objects.get(pk=two.b.site.root_page_id)
    booklet = compose(
        below(home, WelcomeKitPage, "Kit", lead="."), lessons=[], words=[], charter=None, guide=None
    )
    assert (booklet["site"], booklet["colours"]["first"]) == ("Baleine", "#552200")
    letter = Digest(site=two.b.site, language="fr", week=date(2026, 3, 2), title="Semaine 10")
    letter.composed_at = letter.leaves_at = NOON
    letter.save()
    reader = Subscriber(site=two.b.site, email="ada@mail.example", language="fr")
    reader.confirmed_at = NOON
    reader.save()
    mail = write_mail(letter, reader, connection=None).alternatives[0].content
    assert "color:#552200" in mail and "#1f3a5f" not in mail and "#bb3c25" not in mail
    assert 'src="https://b.example/' in mail and 'alt="Une baleine"' in mail
    listed = client.get("/fr/curation/embed/", headers={"host": "b.example"}).text
    colours = re.search(r'href="(/[^"]*552200[^"]*)"', listed)[1]
    assert "--on-light:#552200" in client.get(colours).text
    plain = client.get("/fr/curation/embed/", headers={"host": "a.example"}).text
    assert plain.count("stylesheet") == 1


def test_a_logo_is_icon_and_picture_of_links(client, two):
    two.b.change(logo=a_photo("Logo", size=(400, 400)), logo_alt="Une baleine")
    page = client.get("/fr/style/", headers={"host": "b.example"}).text
    assert 'alt="Une baleine"' in page and 'type="image/png"' in page
    assert '<meta property="og:image" content="http://b.example/card/' in page
