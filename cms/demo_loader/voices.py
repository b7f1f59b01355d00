"""What members say in the house: a text that waits for the editors, replies under an article."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from wagtail.models import Site

from cms.comments.gathering import gather
from cms.comments.telling import open_talk, talk_of
from cms.contributing.content import Content
from cms.contributing.drafting import begin, latest_content, save_version
from cms.contributing.sending import send_in
from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import identity
from cms.demo_loader.past import answer
from cms.demo_loader.people import account_of, person_behind
from cms.demo_loader.reading import Demo, Fields
from cms.models import ArticlePage, Contribution, PageTalk
from community.models import User
from microblog.doorbells import silence
from microblog.models import Post
from microblog.networks import Network
from microblog.timeline.services import write_post

EDITOR = "olga"
MINUTE = timedelta(minutes=1)


def load_voices(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many items are new. After the stories, which are talked about."""
    told = demo.voices
    with silence():
        made = sum(
            ledger.load(f"text:{fields['key']}", _text, fields, ledger, now)
            for fields in told.get("texts", ())
        )
        return made + sum(_talk(fields, ledger, now) for fields in told.get("talks", ()))


def _text(fields: Fields, ledger: Ledger, now: datetime) -> Contribution | None:
    author = person_behind(ledger, fields["author"])
    site = Site.objects.filter(is_default_site=True).first()
    if author is None or author.user is None or site is None:
        return None
    at = now - timedelta(hours=fields["hours_ago"])
    text = begin(
        author,
        kind=Contribution.Kind.ARTICLE,
        site=site,
        language=fields["language"],
        ticket=uuid5(identity("text"), fields["key"]),
        now=at,
    )
    words: dict[str, Any] = latest_content(text).to_json()
    words |= {name: fields[name].strip() for name in ("title", "summary", "body")}
    save_version(text, Content.of_json(words), seen=text.version, now=at)
    return send_in(text, by=author.user, now=at)


def _talk(fields: Fields, ledger: Ledger, now: datetime) -> int:
    """The article is told of on the practice timeline; people answer, and are its comments."""
    page = ledger.find(f"article:{fields['article']}:{fields['language']}", ArticlePage)
    if page is None:
        return 0
    began = ledger.moment(f"talk began:{fields['article']}", now)
    at = began - timedelta(hours=fields["hours_ago"])
    made = int(ledger.load(f"talk:{fields['article']}", _tell, page, ledger, at))
    post = _post_of(page)
    if post is None:
        return made
    for number, reply in enumerate(fields["replies"], 1):
        key = f"talk:{fields['article']}:{number}"
        said = at + reply["minute"] * MINUTE
        made += ledger.load(key, _reply, reply, fields["language"], post, ledger, said)
    if made:
        gather(now)
    return made


def _tell(page: ArticlePage, ledger: Ledger, at: datetime) -> PageTalk:
    editor = ledger.find(f"person:{EDITOR}", User)
    talk = open_talk(page, is_open=True, tell=True, by=editor, now=at)
    answer(at)
    return talk


def _post_of(page: ArticlePage) -> Post | None:
    talk = talk_of(page)
    told = Post.objects.alive().filter(network=Network.PRACTICE, promise__of_page__talk=talk)
    return told.first() if talk else None


def _reply(reply: Fields, language: str, post: Post, ledger: Ledger, said: datetime) -> Post | None:
    author = account_of(ledger, reply["author"])
    if author is None:
        return None
    return write_post(author, text=reply["text"], now=said, language=language, in_reply_to=post)
