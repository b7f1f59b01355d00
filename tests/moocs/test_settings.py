"""How organisers set up their MOOC in the admin."""

import pytest
from django.urls import reverse

from tests.challenges.building import a_photo

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


def test_a_logo_is_icon_and_picture_of_links(client, two):
    two.b.change(logo=a_photo("Logo", size=(400, 400)), logo_alt="Une baleine")
    page = client.get("/fr/style/", headers={"host": "b.example"}).text
    assert 'alt="Une baleine"' in page and 'type="image/png"' in page
    assert '<meta property="og:image" content="http://b.example/card/' in page
