"""The rule that asks for a riddle's answer is offered where there is one."""

import pytest
from django.urls import reverse

from challenges.models import MiniChallengePage
from tests.challenges.building import a_mini_challenge, a_riddle

pytestmark = pytest.mark.django_db


def editor(client, page) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_riddles_alone_offer_to_solve_the_riddle(client, olga):
    client.force_login(olga)
    assert "solves_riddle" in editor(client, a_riddle())
    assert "solves_riddle" not in editor(client, a_mini_challenge())


def test_levels_of_a_mini_challenge_are_kept_by_its_form(olga):
    page = a_mini_challenge()
    form_class = MiniChallengePage.get_edit_handler().get_form_class()
    form = form_class(instance=page, for_user=olga)
    state = form.fields["levels"].block.get_form_state(form.initial["levels"])
    assert state[0]["value"]["rules"][0]["type"] == "hashtags"
