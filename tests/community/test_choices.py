"""What people decide about themselves, and what follows at once."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from challenges.screening import screen_posts
from community.consent import change_consent
from community.linking import link_by_posts, new_link_code
from community.models import AccountLink, Consent, LearningEvent, LinkCode, Participant, User
from community.noticing import notice_posts
from community.people import participants_of
from community.wishes import wish_of
from microblog.gateways.base import HeardAccount
from microblog.models import Account, Post
from microblog.timeline.services import write_post
from tests.builders import a_connection, said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("@envol count only", Consent.COUNT),
        ("@envol@social.example Oublie-moi !", Consent.NOTHING),
        ("@envol montre-moi", Consent.SHOW),
        ("@envol montre-moi ton phare", None),
        ("bonjour", None),
    ],
)
def test_the_bot_understands_wishes(text, wish):
    assert wish_of(text) == wish


def test_to_be_forgotten_is_to_be_forgotten_at_once(nia, now):
    person = nia.participant
    LearningEvent.objects.create(
        kind="first_post", source_key="1", participant=person, occurred_at=now
    )
    change_consent(person, Consent.NOTHING, now=now)
    assert not LearningEvent.objects.exists()
    assert Participant.objects.get().consent == Consent.NOTHING


def test_who_was_forgotten_may_come_back(nia, practice, now):
    person = nia.participant
    change_consent(person, Consent.NOTHING, now=now)
    account = Account.objects.get(user=nia)
    post = write_post(account, text="@envol montre-moi", now=now)
    screen_posts(now)
    person.refresh_from_db()
    assert person.consent == Consent.SHOW
    assert post.screening.decision == "refused", "this one was written before"


class TestLinking:
    def post_code(self, nia, now, *, code=None):
        social = a_connection()
        code = code or new_link_code(nia.participant, now=now).code
        post = said(f"@envol {code}", on=social, by="nia")
        participants_of([post.author])
        return post

    def test_a_posted_code_joins_two_accounts(self, nia, now):
        post = self.post_code(nia, now)
        stranger = Participant.objects.get(links__account=post.author)
        LearningEvent.objects.create(
            kind="first_post", source_key="9", participant=stranger, occurred_at=now
        )
        assert link_by_posts([post], now=now) == 1
        assert post.author.link.participant == nia.participant
        assert LearningEvent.objects.get().participant == nia.participant
        assert not Participant.objects.filter(pk=stranger.pk).exists()

    def test_a_code_works_once_and_for_two_days(self, nia, now):
        post = self.post_code(nia, now)
        assert link_by_posts([post], now=now + timedelta(days=3)) == 0
        assert link_by_posts([post], now=now) == 1
        assert link_by_posts([post], now=now) == 0

    def test_a_guessed_code_links_nothing(self, nia, now):
        post = self.post_code(nia, now, code="ABCDEFGH")
        assert link_by_posts([post], now=now) == 0

    def test_an_account_of_another_login_is_not_taken_over(self, nia, tomas, now):
        code = new_link_code(nia.participant, now=now).code
        account = Account.objects.get(user=tomas)
        post = Post(author=account, text=f"@envol {code}")
        assert link_by_posts([post], now=now) == 0
        assert AccountLink.objects.get(account=account).participant == tomas.participant

    def test_a_code_repeated_elsewhere_links_nothing(self, nia, now):
        """Somebody may be talked into saying a word; it must be said to us."""
        social = a_connection()
        code = new_link_code(nia.participant, now=now).code
        bot = HeardAccount(uri=social.account.uri, handle=social.account.handle)
        tricked = said(f"La réponse est {code}", on=social, by="rex")
        meant = said(f"@envol {code}", on=social, by="lila", mentions=(bot,))
        participants_of([tricked.author, meant.author])
        notice_posts([tricked], now=now)
        assert not LinkCode.objects.exclude(used_at=None).exists()
        notice_posts([meant], now=now)
        assert meant.author.link.participant == nia.participant

    def test_a_new_code_ends_the_old_one(self, nia, now):
        first = new_link_code(nia.participant, now=now)
        new_link_code(nia.participant, now=now)
        assert not LinkCode.objects.filter(pk=first.pk).exists()


class TestPages:
    @pytest.fixture(params=["fr", "en"])
    def language(self, request, activate):
        activate(request.param)
        return request.param

    @pytest.fixture
    def activate(self):
        before = translation.get_language()
        yield translation.activate
        translation.activate(before)

    def test_strangers_read_how_to_come_aboard(self, client, language):
        answer = client.get(reverse("community:embark"))
        assert answer.status_code == 200
        assert reverse("account_signup") in answer.content.decode()

    def test_signing_up_takes_a_handle_and_a_password(self, client, language):
        answer = client.post(
            reverse("account_signup"), {"username": "zoe", "password1": "un-phare-au-loin"}
        )
        assert answer.status_code == 302, answer.content.decode()[:500]
        user = User.objects.get(username="zoe")
        assert Account.objects.get(user=user).handle == "zoe"
        assert user.participant.language == language

    def test_a_reserved_handle_is_refused_kindly(self, client, language):
        answer = client.post(
            reverse("account_signup"), {"username": "admin", "password1": "un-phare-au-loin"}
        )
        assert answer.status_code == 200
        assert not User.objects.exists()

    def test_an_invitation_is_kept_until_one_comes_aboard(self, client, tomas, practice, language):
        client.get(reverse("community:invitation", args=[tomas.participant.invitation]))
        client.post(reverse("account_signup"), {"username": "zoe", "password1": "un-phare-au-loin"})
        choice = {"name": "Zoé", "language": language, "consent": "show"}
        client.post(reverse("community:embark"), choice)
        zoe = Participant.objects.get(user__username="zoe")
        assert zoe.embarked_at
        assert zoe.brought_by == tomas.participant

    def test_the_logbook_is_mine_alone(self, client, nia, language):
        address = reverse("community:logbook")
        assert client.get(address).status_code == 302
        client.force_login(nia)
        assert client.get(address).status_code == 200

    def test_the_logbook_costs_few_queries(self, client, nia, django_assert_max_num_queries):
        client.force_login(nia)
        client.get(reverse("community:logbook"))
        with django_assert_max_num_queries(20):
            client.get(reverse("community:logbook"))

    def test_choices_are_kept(self, client, nia, language):
        client.force_login(nia)
        client.post(
            reverse("community:settings"),
            {"name": "Nia M.", "language": "en", "consent": "count"},
        )
        person = Participant.objects.get(user=nia)
        assert (person.name, person.language, person.consent) == ("Nia M.", "en", "count")

    def test_what_is_kept_can_be_taken_away(self, client, nia):
        client.force_login(nia)
        answer = client.get(reverse("community:export"))
        assert json.loads(answer.content)["accounts"][0]["handle"] == "nia"
        assert "attachment" in answer["Content-Disposition"]

    def test_deleting_takes_ones_own_handle(self, client, nia, language):
        client.force_login(nia)
        client.post(reverse("community:delete"), {"handle": "tomas"})
        assert User.objects.filter(username="nia").exists()
        client.post(reverse("community:delete"), {"handle": "@Nia"})
        assert not User.objects.filter(username="nia").exists()
        assert not Participant.objects.exists()
        assert Account.objects.get(handle="nia").display_name == ""

    def test_a_code_is_asked_for_by_post_alone(self, client, nia):
        client.force_login(nia)
        assert client.get(reverse("community:link_code")).status_code == 405
        assert client.post(reverse("community:link_code")).status_code == 302
        assert LinkCode.objects.count() == 1
