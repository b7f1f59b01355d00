"""Builds challenges as an organiser would write them; everything that isn't said is ordinary."""

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.images import ImageFile
from django.utils import translation
from django.utils.text import slugify
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from challenges.launching import launch_challenge, promise_launches
from challenges.models import (
    ChallengeIndexPage,
    MiniChallengePage,
    PhotoRiddlePage,
    Screening,
    Submission,
)
from cms.models import HomePage
from community.models import User
from microblog.gateways.base import HeardAccount
from microblog.models import Account, Connection, OutboxPost, Post, Sighting
from microblog.recording import record_posts
from rulebook import accepted, not_yet
from rulebook.messages import gettext
from tests.builders import NOON, heard_post, said

Rules = list[tuple[str, dict[str, Any]]]
ANY_HASHTAG: Rules = [("hashtags", {"hashtags": []})]


def a_level(title: str = "Say it", *, rules: Rules | None = None, **fields: Any) -> dict[str, Any]:
    """A level as the StreamField keeps it; `rules` are pairs of a key and its fields."""
    return {
        "type": "level",
        "id": fields.pop("id", None) or str(uuid4()),
        "value": {
            "title": title,
            "task": fields.pop("task", "<p>Write <b>something</b>.</p>"),
            "tip": fields.pop("tip", ""),
            "rules": [
                {"type": key, "value": params, "id": str(uuid4())}
                for key, params in (ANY_HASHTAG if rules is None else rules)
            ],
        },
    }


def a_photo(title: str = "A lamp", *, alt_text: str = "A golden disc on blue", **fields: Any):
    file = BytesIO()
    Image.new("RGB", fields.pop("size", (1200, 900)), "#27507d").save(file, "JPEG")
    file.seek(0)
    return get_image_model().objects.create(
        title=title,
        file=ImageFile(file, name=f"{slugify(title)}.jpg"),
        alt_text=alt_text,
        credit="Envol",
        **fields,
    )


def a_site(language: str = "fr") -> ChallengeIndexPage:
    """The list of challenges in this language, with its home page; made once."""
    locale = Locale.objects.get_or_create(language_code=language)[0]
    found = ChallengeIndexPage.objects.filter(locale=locale).first()
    if found:
        return found
    source = ChallengeIndexPage.objects.first()
    home = _a_home(locale, source.get_parent().specific if source else None)
    index = ChallengeIndexPage(title="Défis", slug="defis", locale=locale)
    if source:
        index.translation_key = source.translation_key
    return home.add_child(instance=index)


def _a_home(locale: Locale, source: HomePage | None) -> HomePage:
    home = HomePage(title="Envol", slug=f"home-{locale}", headline="Envol", lead=".", locale=locale)
    if source:
        home.translation_key = source.translation_key
    Page.get_first_root_node().add_child(instance=home)
    if not source:
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        site.hostname, site.port, site.root_page = "localhost", 80, home
        site.save()
    return home


def a_riddle(
    title: str = "What shines up there?", *, language: str = "fr", **fields: Any
) -> PhotoRiddlePage:
    """One level that asks for the answer, a lighthouse; not launched."""
    fields.setdefault("photo", None)
    page = PhotoRiddlePage(
        title=title,
        slug=fields.pop("slug", slugify(title)),
        locale=Locale.objects.get_or_create(language_code=language)[0],
        intro=fields.pop("intro", "Look closely."),
        question=fields.pop("question", title),
        answers=fields.pop("answers", "phare\nlighthouse"),
        hashtags=fields.pop("hashtags", "photoDevinette"),
        levels=fields.pop("levels", [a_level("Find it", rules=[("solves_riddle", {})])]),
        photo=fields.pop("photo") or a_photo(),
        **fields,
    )
    a_site(language).add_child(instance=page)
    return page


def a_mini_challenge(
    title: str = "Without an e", *, language: str = "fr", **fields: Any
) -> MiniChallengePage:
    """One level that any hashtag passes; not launched."""
    page = MiniChallengePage(
        title=title,
        slug=fields.pop("slug", slugify(title)),
        locale=Locale.objects.get_or_create(language_code=language)[0],
        intro=fields.pop("intro", "A whole post without it."),
        hashtags=fields.pop("hashtags", "defiSansE"),
        levels=fields.pop("levels", [a_level()]),
        **fields,
    )
    a_site(language).add_child(instance=page)
    return page


def translated(page, language: str, **fields: Any):
    """The same challenge in another language, published."""
    a_site(language)
    copy = page.copy_for_translation(Locale.objects.get(language_code=language))
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.live = True
    copy.save()
    return copy


def french(sentence: str, **params: object) -> str:
    """What a French page or post says for an English sentence."""
    with translation.override("fr"):
        return translation.gettext(sentence) % params if params else translation.gettext(sentence)


FINDINGS = {
    "accepted": accepted(gettext("You found it.")),
    "not_yet": not_yet(gettext("Not the answer yet.")),
}


def an_answer(
    page,
    text: str,
    *,
    by: User,
    on: Connection,
    outcome: str = "accepted",
    at: datetime = NOON,
    rule: str = "solves_riddle",
    rule_found: str = "",
) -> Post:
    """A post on the practice timeline, as the pipeline leaves it: heard, screened and judged."""
    account = Account.objects.get(user=by)
    author = HeardAccount(
        uri=account.uri,
        handle=account.handle,
        display_name=account.display_name,
        url=account.url,
    )
    heard = heard_post(text, by=author, at=at)
    record_posts(on, [heard], via=Sighting.Via.MENTION, now=at)
    post = Post.objects.get(uri=heard.uri)
    Screening.objects.create(
        post=post,
        fingerprint=post.fingerprint,
        decision="matched",
        challenge_id=page.pk,
        challenge_key=page.translation_key,
        screened_at=at,
    )
    finding = FINDINGS[rule_found or outcome].to_json() | {"rule": rule}
    Submission.objects.create(
        post=post,
        account=account,
        challenge_id=page.pk,
        challenge_key=page.translation_key,
        level=page.level_specs()[0].id,
        level_number=1,
        outcome=outcome,
        findings=[finding],
        judged_at=at,
        accepted_at=at if outcome == "accepted" else None,
    )
    return post


def a_launch(page, on: Connection, *, at: datetime = NOON, again: bool = False) -> Post:
    """Launched for real; its post on this connection is known, as the outbox leaves it."""
    launch = launch_challenge(page, by=None, now=at, again=again)
    promise_launches(at)
    promise = OutboxPost.objects.get(key=f"launch:{launch.pk}:{on.pk}")
    promise.post = said(promise.text, on=on, via=Sighting.Via.OWN, at=at)
    promise.save()
    return promise.post
