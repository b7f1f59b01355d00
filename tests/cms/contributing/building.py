"""A house with a place for every kind of text, and texts as members leave them."""

from dataclasses import replace
from uuid import uuid4

from wagtail.models import Site

from cms.contributing.content import Content, Part
from cms.contributing.drafting import begin, latest_content, save_version
from cms.contributing.sending import send_in
from cms.models import ArticleIndexPage, Contribution, PortraitIndexPage, TutorialIndexPage
from microblog.steps import get_step
from tests.builders import NOON
from tests.challenges.building import a_site

ARTICLE = Content(
    title="Ma première semaine",
    summary="Sept jours, sept messages.",
    body="## Lundi\n\nJ'ai **osé** [écrire](https://envol.example/).\n\n- un\n- deux\n\n> Merci !",
)
TUTORIAL = Content(
    title="Citer ses sources",
    summary="Dire d'où l'on tient ce que l'on dit.",
    parts=(
        Part(heading="Trouve l'adresse", text="Copie-la *en entier*."),
        Part(heading="Mets-la", text="À la fin.", tip="Relis-toi."),
    ),
)
PORTRAIT = Content(
    title="Nia, les hérons et le fil",
    summary="Elle compte les oiseaux.",
    parts=(Part(heading="Qui es-tu ?", text="Je regarde passer les hérons."),),
    agrees=True,
)
CONTENTS = {"article": ARTICLE, "tutorial": TUTORIAL, "portrait": PORTRAIT}


def a_house(language: str = "fr") -> None:
    home = a_site(language).get_parent()
    for kind in (ArticleIndexPage, TutorialIndexPage, PortraitIndexPage):
        home.add_child(instance=kind(title=kind.__name__, locale=home.locale))


def a_text(user, kind: str = "article", *, now=NOON, **fields) -> Contribution:
    """A draft of this person, saved once."""
    text = begin(
        user.participant,
        kind=kind,
        site=Site.objects.get(is_default_site=True),
        language="fr",
        ticket=uuid4(),
        now=now,
    )
    base = replace(CONTENTS[kind], language="fr", name=latest_content(text).name)
    save_version(text, replace(base, **fields), seen=text.version, now=now)
    return text


def a_sent_text(user, kind: str = "article", *, now=NOON, **fields) -> Contribution:
    return send_in(a_text(user, kind, now=now, **fields), by=user, now=now)


def decide(text: Contribution, by, *, approve: bool, comment: str = "", now=NOON) -> None:
    """As an editor does in Wagtail's admin."""
    page = text.page.specific
    task = page.current_workflow_task_state
    if approve:
        task.approve(user=by, comment=comment)
    else:
        task.reject(user=by, comment=comment)
    settle(now)
    text.refresh_from_db()


def settle(now=NOON) -> int:
    moved, last = 0, 1
    while last:
        last = get_step("contribute").run(now)
        moved += last
    return moved
