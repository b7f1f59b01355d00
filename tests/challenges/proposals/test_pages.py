"""The doors for people with an idea: who may pass, and what the form says."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from challenges.models import PhotoRiddlePage, Proposal
from challenges.proposals.proposing import propose
from tests.badges.builders import a_png
from tests.challenges.building import a_site
from tests.challenges.proposals.test_proposing import WINDOW
from tests.challenges.story import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(db):
    a_site("en")
    with translation.override("en"):
        yield


def fields(**more: object) -> dict[str, object]:
    return {
        "ticket": str(uuid4()),
        "kind": "mini",
        "title": "My window",
        "intro": "Show us what you see.",
        "licence": "CC-BY-SA-4.0",
        **more,
    }


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("lamp.png", a_png(), "image/png")


def test_strangers_sign_in_first(client):
    assert client.get(reverse("proposals:ideas")).status_code == 302
    assert client.post(reverse("proposals:ideas"), fields()).status_code == 302
    assert not Proposal.objects.exists()


def test_an_idea_is_sent_and_followed(client, nia):
    client.force_login(nia)
    answer = client.post(reverse("proposals:ideas"), fields(rules=["photo"]), follow=True)
    html = answer.content.decode()
    assert "My window" in html and "waits for an organiser" in html
    assert Proposal.objects.get().page.specific.locale.language_code == "en"


def test_a_riddle_without_photo_or_answer_says_what_is_missing(client, nia):
    client.force_login(nia)
    html = client.post(reverse("proposals:ideas"), fields(kind="riddle")).content.decode()
    assert "A photo riddle needs its photo." in html
    assert "Tell us the answer" in html
    assert "My window" in html, "what was written stays in the form"


def test_a_photo_is_described_and_may_be_shared(client, nia):
    client.force_login(nia)
    sent = fields(kind="riddle", answers="lamp", photo=photo())
    html = client.post(reverse("proposals:ideas"), sent).content.decode()
    assert "Describe the photo" in html and "you may share" in html
    assert not Proposal.objects.exists()


def test_a_riddle_is_sent_with_its_photo(client, nia):
    client.force_login(nia)
    sent = fields(
        kind="riddle", answers="lamp", photo=photo(), alt_text="A disc", may_share="on", hints="Hot"
    )
    client.post(reverse("proposals:ideas"), sent)
    page = PhotoRiddlePage.objects.get()
    assert (page.photo.alt_text, page.photo.credit) == ("A disc", "Nia")


def test_what_is_no_photo_is_refused_kindly(client, nia):
    client.force_login(nia)
    fake = SimpleUploadedFile("lamp.png", b"<script>", "image/png")
    sent = fields(kind="riddle", answers="x", photo=fake, alt_text="A disc", may_share="on")
    assert (
        "can&#x27;t be read as a photo"
        in client.post(reverse("proposals:ideas"), sent).content.decode()
    )


def test_nobody_touches_somebody_elses_idea(client, nia, tomas):
    theirs = propose(WINDOW, by=tomas.participant, ticket=uuid4())
    Proposal.objects.update(state="returned")
    client.force_login(nia)
    for name in ("again", "take_back"):
        assert client.post(reverse(f"proposals:{name}", args=[theirs.pk])).status_code == 404
    assert Proposal.objects.get().state == "returned"


def test_what_came_back_is_shown_with_the_organisers_word(client, nia, olga):
    mine = propose(WINDOW, by=nia.participant, ticket=uuid4())
    task = mine.page.specific.current_workflow_task_state
    if task is None:
        pytest.fail("the draft is under review by the site's own workflow")
    task.reject(user=olga, comment="Add an example, please")
    run("propose")
    client.force_login(nia)
    assert "Add an example, please" in client.get(reverse("proposals:ideas")).content.decode()
    address = reverse("proposals:again", args=[mine.pk])
    assert "Ma fenêtre" in client.get(address).content.decode()
    client.post(address, fields(title="My window, again"))
    run("propose")
    assert (Proposal.objects.get().state, Proposal.objects.get().title) == (
        "waiting",
        "My window, again",
    )


def test_ideas_of_a_day_are_counted(client, nia):
    client.force_login(nia)
    for _click in range(11):
        client.post(reverse("proposals:ideas"), fields())
    assert Proposal.objects.count() == 10


def test_the_page_costs_the_same_whatever_the_number_of_ideas(client, nia, count_queries):
    client.force_login(nia)
    costs = []
    for number in (1, 8):
        for _idea in range(number):
            propose(WINDOW, by=nia.participant, ticket=uuid4())
        client.get(reverse("proposals:ideas"))
        costs.append(count_queries(lambda: client.get(reverse("proposals:ideas"))))
    assert costs[0] == costs[1]
