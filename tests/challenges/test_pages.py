import pytest
from django.test import Client
from tests.challenges.building import a_level, a_mini_challenge, a_riddle, translated

pytestmark = pytest.mark.django_db


def read(page, client=None, **query):
    return (client or Client()).get(page.url, query)


def test_a_riddle_page_shows_question_photo_levels_and_two_doors():
    response = read(a_riddle())

    html = response.content.decode()
    assert response.status_code == 200
    assert "What shines up there?" in html
    assert "A golden disc on blue" in html
    assert "/take-part/" in html
