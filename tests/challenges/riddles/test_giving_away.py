"""What a riddle gives away, and when: crops and hints on its plan, the reveal, veils in between."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.images import get_image_model

from challenges.conducting import reveal_riddle, send_hint
from challenges.models import PhotoRiddlePage, Question
from challenges.riddles.answering import answer_question
from challenges.riddles.photos import photo_of
from challenges.riddles.planning import give_planned, planned_steps
from community.consent import change_consent
from community.models import Consent, LearningEvent
from microblog.gateways.base import HeardAccount
from microblog.models import Account, Connection, OutboxPost
from microblog.steps import get_step
from microblog.timeline.writing import write_post
from tests.builders import NOON, a_user, heard_account
from tests.challenges.building import a_launch, a_riddle
from tests.challenges.story import person_behind, reply, run

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECRET = "The lighthouse of Eckmühl at night"
HINTS = [
    {"type": "crop", "value": {"text": "", "alt_text": "A ring of glass around it"}},
    {"type": "hint", "value": "It turns at night."},
    {"type": "crop", "value": {"text": "Wider still", "alt_text": "A white wall below"}},
]


def a_wide_photo():
    """Coloured rings around a point left of the middle."""
    picture = Image.new("RGB", (1000, 600), "white")
    for half, colour in ((250, "blue"), (150, "red"), (60, "yellow")):
        picture.paste(colour, (300 - half, 300 - half, 300 + half, 300 + half))
    file = BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    return get_image_model().objects.create(
        title=SECRET,
        file=ImageFile(file, name="lighthouse.png"),
        alt_text=SECRET,
        focal_point_x=300,
        focal_point_y=300,
        focal_point_width=20,
        focal_point_height=20,
    )


@pytest.fixture
def riddle(practice) -> PhotoRiddlePage:
    return a_riddle(
        language="en",
        photo=a_wide_photo(),
        photo_alt="A golden disc",
        hints=HINTS,
        first_crop=10,
        hint_every=24,
        answers="lighthouse\nphare",
    )


def fresh(page: PhotoRiddlePage) -> PhotoRiddlePage:
    return PhotoRiddlePage.objects.get(pk=page.pk)


def width_of(page: PhotoRiddlePage) -> int:
    photo = photo_of(fresh(page), "max-5000x5000|format-png")
    return photo.width if photo else 0


def test_the_photo_opens_step_by_step(riddle, practice):
    a_launch(riddle, practice)
    seen = [width_of(riddle)]
    for number in (1, 2, 3):
        send_hint(fresh(riddle), number=number, now=NOON)
        seen.append(width_of(riddle))
    reveal_riddle(fresh(riddle), now=NOON)
    seen.append(width_of(riddle))
    assert seen == [100, 220, 220, 460, 1000]


def test_it_is_described_as_far_as_it_is_seen(riddle, practice):
    a_launch(riddle, practice)
    told = [photo_of(fresh(riddle), "max-100x100").alt_text]
    for number in (1, 2, 3):
        send_hint(fresh(riddle), number=number, now=NOON)
        told.append(photo_of(fresh(riddle), "max-100x100").alt_text)
    ring, wall = "A ring of glass around it", "A white wall below"
    assert told == ["A golden disc", ring, ring, wall]


def test_hints_are_posts_with_the_wider_photo(riddle, practice):
    a_launch(riddle, practice)
    for number in (1, 2, 3):
        send_hint(fresh(riddle), number=number, now=NOON)
    said = list(OutboxPost.objects.filter(kind="hint").order_by("pk"))
    assert "a little more of the photo" in said[0].text
    assert "It turns at night." in said[1].text and said[1].attachments == []
    assert "Wider still" in said[2].text
    assert said[0].attachments[0]["alt_text"] == "A ring of glass around it"
    assert said[0].attachments[0]["path"] != said[2].attachments[0]["path"]


def test_the_launch_shows_the_smallest_part_and_the_reveal_all(riddle, practice, settings):
    a_launch(riddle, practice)
    reveal_riddle(fresh(riddle), now=NOON)
    sizes = []
    for kind in ("launch", "reveal"):
        (attached,) = OutboxPost.objects.get(kind=kind).attachments
        with Image.open(settings.MEDIA_ROOT / attached["path"]) as picture:
            sizes.append(picture.size)
        assert kind == "reveal" or attached["alt_text"] == "A golden disc"
    assert sizes == [(100, 60), (1000, 600)]


def test_no_address_of_any_page_leads_to_the_whole_photo(riddle, practice, client, settings):
    a_launch(riddle, practice)
    riddle.photo.get_rendition("max-1400x1050|format-webp")  # the admin has made some
    token = riddle.photo.file.name.rpartition("/")[2].partition(".")[0]
    whole = {row.file.name for row in riddle.photo.renditions.all() if row.width > 900}
    for address in (riddle.url, "/en/", riddle.get_parent().url):
        html = client.get(address).content.decode()
        assert token not in html and SECRET not in html and "lighthouse" not in html
        shown = set(re.findall(r"/media/([^\"' )?]+)", html))
        assert not shown & whole
        for name in shown:
            with Image.open(settings.MEDIA_ROOT / name) as picture:
                assert picture.convert("RGB").getpixel((2, 2))[2] < 100  # the yellow middle alone


def test_hints_go_out_by_themselves_in_their_time(riddle, practice):
    a_launch(riddle, practice)
    moments = [NOON + DAY - HOUR, NOON + DAY, NOON + DAY, NOON + 2 * DAY, NOON + 9 * DAY]
    given = []
    for moment in moments:
        give_planned(moment)
        given.append(fresh(riddle).hints_given)
    assert given == [0, 1, 1, 2, 3]
    assert OutboxPost.objects.filter(kind="hint").count() == 3
    assert give_planned(NOON + 99 * DAY) == 0


def test_a_hint_by_hand_moves_the_next_one(riddle, practice):
    a_launch(riddle, practice)
    send_hint(fresh(riddle), number=1, now=NOON + 20 * HOUR)
    assert [step.at for step in planned_steps(NOON)] == [NOON + 44 * HOUR]


def test_nothing_goes_out_before_the_launch_or_without_a_plan(riddle):
    a_riddle("By hand", hints=HINTS)
    assert give_planned(NOON + 99 * DAY) == 0
    assert get_step("hint").backlog(NOON + 99 * DAY).count == 0


def test_the_answer_is_told_on_its_day_and_late_finders_are_credited(riddle, practice):
    PhotoRiddlePage.objects.update(reveal_at=NOON + 2 * HOUR)
    launch = a_launch(riddle, practice)
    assert get_step("hint").backlog(NOON + 2 * HOUR).count == 1
    assert give_planned(NOON + 2 * HOUR) == 1
    assert fresh(riddle).is_revealed
    reply(launch, "A lighthouse!", on=practice, by=heard_account("late"), at=NOON + 9 * DAY)
    run("screen", "credit", now=NOON + 9 * DAY)
    assert LearningEvent.objects.filter(kind="level_accepted").count() == 1


def test_a_photo_that_cannot_be_read_hinders_no_other_riddle(riddle, practice):
    other = a_riddle("Another", language="en", hints=HINTS[1:2], hint_every=24, hashtags="other")
    a_launch(riddle, practice)
    a_launch(other, practice)
    riddle.photo.file.storage.delete(riddle.photo.file.name)
    assert give_planned(NOON + 2 * DAY) == 1
    assert fresh(other).hints_given == 1 and fresh(riddle).hints_given == 0


@pytest.fixture
def spoiled(riddle, practice, nia):
    """nia has found it, and said so on the practice timeline."""
    launch = a_launch(riddle, practice)
    account = Account.objects.get(user=nia)
    post = write_post(account, text="C'est un phare !", in_reply_to=launch, now=NOON)
    run("screen", now=NOON)
    post.refresh_from_db()
    return post


def thread(client, post) -> str:
    return client.get(f"/en/timeline/@{post.author.handle}/{post.number}/").content.decode()


def test_what_gives_the_answer_away_is_veiled_until_the_reveal(spoiled, riddle, client, nia):
    assert spoiled.veil == riddle.translation_key
    pages = [client.get(riddle.url).content.decode(), client.get("/en/").content.decode()]
    assert "<details" in pages[0]
    for page in (thread(client, spoiled), client.get("/en/timeline/").content.decode()):
        assert "post__veil" in page
    client.force_login(nia)
    assert "post__veil" not in thread(client, spoiled)
    client.logout()
    reveal_riddle(fresh(riddle), now=NOON)
    assert "post__veil" not in thread(client, spoiled)


def test_finders_read_the_others_words_freely(spoiled, riddle, client, practice):
    ada = a_user("ada")
    write_post(
        Account.objects.get(user=ada),
        text="Un phare, non ?",
        in_reply_to=spoiled.parent,
        now=NOON,
    )
    client.force_login(ada)
    assert "post__veil" in thread(client, spoiled)
    run("screen", now=NOON)
    assert "post__veil" not in thread(client, spoiled)


def test_a_denied_answer_gives_it_away_too(riddle, practice):
    launch = a_launch(riddle, practice)
    post = reply(launch, "It is not a lighthouse", on=practice, by=heard_account("rex"))
    other = reply(launch, "It is not a boat", on=practice, by=heard_account("rex"))
    run("screen", now=NOON)
    post.refresh_from_db()
    other.refresh_from_db()
    assert post.veil == riddle.translation_key and other.veil is None


def test_an_answer_in_the_description_of_a_photo_gives_it_away(riddle, practice):
    launch = a_launch(riddle, practice)
    shown = reply(launch, "", on=practice, by=heard_account("rex"), photos=["Un phare rouge"])
    mute = reply(launch, "", on=practice, by=heard_account("rex"), photos=[""])
    run("screen", now=NOON)
    shown.refresh_from_db()
    mute.refresh_from_db()
    assert shown.veil == riddle.translation_key and mute.veil is None


def ask(launch, on: Connection, text: str, handle: str, consent: Consent | None = None) -> Question:
    us = HeardAccount(uri=on.account.uri, handle=on.account.handle)
    post = reply(launch, text, on=on, by=heard_account(handle), at=NOON, mentions=(us,))
    run("screen", now=NOON)
    if consent:
        change_consent(person_behind(post.author), consent, now=NOON)
    return Question.objects.get(post=post)


def test_players_see_what_is_known_and_by_whom_where_they_agreed(riddle, practice, olga, client):
    launch = a_launch(riddle, practice)
    shown = ask(launch, practice, "Is it outdoors?", "ada", Consent.SHOW)
    counted = ask(launch, practice, "Is it made of wood?", "shy", Consent.COUNT)
    put = ask(launch, practice, "Is it you know what?", "coy", Consent.COUNT)
    answer_question(shown, Question.Answer.YES, by=olga, words="Always.", now=NOON)
    answer_question(counted, Question.Answer.NO, by=olga, now=NOON)
    answer_question(put, Question.Answer.ALMOST, by=olga, told_as="Is it round?", now=NOON)
    html = client.get(riddle.url).content.decode()
    assert "What we know already" in html
    assert "Is it outdoors?" in html and "asked by Ada" in html and "Always." in html
    assert "made of wood" not in html
    assert "Is it round?" in html and "Coy" not in html


def test_known_questions_cost_the_same_however_many(riddle, practice, olga, client, count_queries):
    launch = a_launch(riddle, practice)
    client.get(riddle.url)

    def crowd(size: int, name: str) -> int:
        for number in range(size):
            question = ask(launch, practice, f"Is it thing {name}{number}?", f"{name}{number}")
            change_consent(person_behind(question.post.author), Consent.SHOW, now=NOON)
            answer_question(question, Question.Answer.NO, by=olga, now=NOON)
        client.get(riddle.url)
        return count_queries(lambda: client.get(riddle.url))

    assert crowd(2, "few") == crowd(8, "many")
