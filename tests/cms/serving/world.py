"""A house with something of everything that a visitor may read, and more of it on demand."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from wagtail.rich_text import RichText

from challenges.models import Launch, Question, Submission
from cms.models import Comment, PagePost, PageTalk, PortraitPage
from community.figures.tallying import tally
from community.models import LiveEvent, SignUp
from curation.models import Digest, Item, Pick
from microblog.models import Connection, Media, Mention, OutboxPost, Post
from microblog.timeline.writing import write_post
from tests.badges.builders import a_badge
from tests.builders import NOON, a_connection, a_user
from tests.challenges.building import a_level
from tests.cms import conftest as houses
from tests.cms.house.building import Rooms, a_term, below, furnish
from tests.cms.searching.conftest import a_tagged_post, index_all
from tests.community.live.events import an_event
from tests.curation.digest.building import a_letter
from tests.curation.passing.building import a_pick, an_item

DAY = timedelta(days=1)
TALKED_ABOUT = ("article", "portrait", "tutorial", "tool")


@dataclass
class World:
    house: houses.House
    rooms: Rooms
    people: list[Any]
    practice: Connection
    paths: dict[str, str] = field(default_factory=dict)
    said: list[Post] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1))

    @property
    def pages(self) -> dict[str, Any]:
        return {**vars(self.house), **vars(self.rooms)}


def begin() -> World:
    """Every kind of page and of row, once."""
    house, people = houses.build(), [a_user("nia"), a_user("tomas")]
    rooms = furnish(house, people[0].participant)
    world = World(house, rooms, people, a_connection("practice", network="practice"))
    english = houses.translated(house)
    _set_a_riddle(world)
    mini = houses.a_challenge(house.challenges, "Without an e", photo=house.riddle.photo)
    world.paths = {name: page.get_url() for name, page in world.pages.items()}
    world.paths |= {"mini": mini.get_url(), "home in English": english.home.get_url()}
    post = write_post(people[0].accounts.get(), text="Who saw a heron? #Envol", now=NOON)
    world.said.append(post)
    grow(world)
    world.paths |= _views() | {"a post": f"/fr/timeline/@nia/{post.number}/"}
    return world


def _set_a_riddle(world: World) -> None:
    """With an idea of somebody, help, and more than one round."""
    riddle = world.house.riddle
    riddle.answers, riddle.proposed_by = "phare", world.people[0].participant
    riddle.levels = [a_level("Find it", rules=[("solves_riddle", {})])]
    riddle.helpful_pages = [{"type": "page", "value": world.house.tutorial.pk}]
    riddle.save()
    for number in (1, 2):
        Launch.objects.create(
            challenge=riddle,
            challenge_key=riddle.translation_key,
            round=number,
            due_at=NOON - 9 * DAY / number,
            promised_at=NOON,
        )


def _views() -> dict[str, str]:
    item, letter = Item.objects.published().first(), Digest.objects.get()
    coming, past = LiveEvent.objects.order_by("-starts_at")
    return {
        "curation": "/fr/curation/",
        "all of the curation": "/fr/curation/?only=all",
        "a topic": "/fr/curation/?topic=herons",
        "of a person": f"/fr/curation/?person={Pick.objects.first().curator_id}",
        "an item": f"/fr/curation/{item.pk}/",
        "shelves": "/fr/curation/shelves/",
        "letters": "/fr/digest/",
        "a letter": f"/fr/digest/{letter.week}/",
        "live": "/fr/live/",
        "an event that comes": f"/fr/live/{coming.slug}/",
        "an event that was": f"/fr/live/{past.slug}/",
        "a live room": f"/fr/live/{past.slug}/room/",
        "a wall": f"/fr/live/{past.slug}/wall/",
        "an archive": f"/fr/live/{past.slug}/archive/",
        "timeline": "/fr/timeline/",
        "a profile": "/fr/timeline/@nia/",
        "a hashtag": "/fr/timeline/tags/envol/",
        "search": "/fr/search/",
        "what was found": "/fr/search/?q=herons",
        "badges": "/fr/badges/",
        "a badge": "/fr/badges/badge-1/",
        "verify": "/fr/badges/verify/",
        "figures": "/fr/figures/",
        "network": "/fr/figures/network/",
        "embedded": "/fr/curation/embed/",
        "sign up": "/fr/accounts/signup/",
        "style": "/fr/style/",
        "offline": "/fr/offline/",
        "embark": "/fr/embark/",
        "coming challenges": "/fr/take-part/coming/",
    }


def grow(world: World) -> None:
    """More of whatever is shown in lists."""
    number, (nia, tomas) = next(world.numbers), world.people
    house, rooms = world.house, world.rooms
    below(rooms.articles, type(rooms.article), f"Article {number}", summary="s")
    below(rooms.portraits, PortraitPage, f"Portrait {number}", lead="l", person=tomas.participant)
    below(rooms.guides, type(rooms.guide), f"Guide {number}", lead="l")
    a_term(rooms.lexicon, f"word {number}")
    houses.a_tutorial(house.tutorials, f"Tutorial {number}", related_challenges=[house.riddle])
    houses.a_challenge(house.challenges, f"Challenge {number}", photo=house.riddle.photo)
    _link_more(world)
    _answer(world)
    _play(world, number)
    for name in TALKED_ABOUT:
        _talk_about(world, world.pages[name])
    people = (nia.participant, tomas.participant)
    for topic in (f"topic {number}", "herons"):
        item = an_item(f"Herons {topic}", topics=(topic, "herons"), found_by=people, text="Herons.")
        a_pick(item, "Herons, at last.", by=nia.participant)
        an_item(f"More {topic}", topics=("herons",), found_by=people)
    a_letter(week=NOON.date() - 7 * DAY * number, state=Digest.State.SENT, sent_at=NOON)
    for starts in (timezone.now() + number * DAY, NOON - number * DAY):
        event = an_event(starts=starts)
        SignUp.objects.create(event=event, participant=nia.participant, role="help")
        a_tagged_post(nia, f"I listen #{event.hashtag}", at=event.starts_at)
    a_badge(f"badge-{number}")
    index_all()
    tally(timezone.now())


def _answer(world: World) -> None:
    """A reply to the first post, and one to the latest reply."""
    for parent in (world.said[0], world.said[-1]):
        speaker = world.people[1].accounts.get()
        reply = write_post(speaker, text="I did! #Envol", now=NOON, in_reply_to=parent)
        _show_a_photo(reply)
        world.said.append(reply)


def _link_more(world: World) -> None:
    """A text more, that leads to a page of each kind."""
    charter = world.house.charter
    links = " ".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in world.pages.values())
    charter.body.append(("text", RichText(f"<p>{links}</p>")))
    charter.save()


def _play(world: World, number: int) -> None:
    """An answer that counts, one that doesn't yet, a question that was answered; each with a
    photo."""
    riddle, (nia, tomas) = world.house.riddle, world.people
    found = houses.about(a_tagged_post(nia, f"Herons shine {number} #Envol"), riddle)
    Submission.objects.create(
        post=found,
        account=found.author,
        challenge_id=riddle.pk,
        challenge_key=riddle.translation_key,
        level=riddle.levels[0].id,
        level_number=1,
        outcome="accepted",
        judged_at=NOON,
        accepted_at=NOON,
    )
    asked = houses.about(a_tagged_post(tomas, f"Is it {number} herons?", parent=found), riddle)
    Question.objects.create(
        post=asked,
        challenge_key=riddle.translation_key,
        asked_as=str(number),
        asked_at=NOON,
        state=Question.State.ANSWERED,
        answer=Question.Answer.NO,
        answered_at=NOON,
    )
    for post in (found, asked):
        _show_a_photo(post)


def _show_a_photo(post: Post) -> None:
    Media.objects.create(post=post, remote_url="https://a.example/1.png", alt_text="A heron")


def _talk_about(world: World, page: Any) -> None:
    """Told once on the practice timeline; a reply more each time, that names somebody."""
    nia, tomas = world.people
    key = page.translation_key
    talk, is_new = PageTalk.objects.get_or_create(
        page_key=key, defaults={"page": page, "site": page.get_site(), "told_at": NOON}
    )
    if is_new:
        root = houses.a_post(nia, f"Read {page.title}")
        promise = OutboxPost.objects.create(
            key=f"page:{talk.pk}",
            connection=world.practice,
            text=root.text,
            due_at=NOON,
            post=root,
        )
        PagePost.objects.create(talk=talk, connection=world.practice, promise=promise)
    root = talk.posts.get().promise.post
    reply = houses.a_post(tomas, "Me too, @nia!", parent=root)
    Mention.objects.create(post=reply, account=nia.accounts.get())
    _show_a_photo(reply)
    Comment.objects.create(
        page_key=key, talk=talk, post=reply, state=Comment.State.SHOWN, gathered_at=NOON
    )
