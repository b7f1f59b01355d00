"""Issuing and announcing ask as much of the database for two hundred awards as for ten."""

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from badges.announcing import announce_awards
from badges.evaluating import evaluate_events
from badges.issuing import issue_awards
from community.models import AccountLink
from microblog.models import Account
from tests.badges.builders import a_badge, asked, did, people
from tests.builders import NOON


@pytest.mark.parametrize("number", [10, 100])
def test_a_constant_number_of_queries(practice, number):
    for badge in range(3):
        a_badge(f"badge-{badge}", asked(f"first_{('post', 'photo', 'link')[badge]}")).medallion  # noqa: B018 - cut
    crowd = people(number)
    accounts = Account.objects.bulk_create(
        Account(network="practice", uri=f"https://envol.example/@p{n}", handle=f"p{n}")
        for n in range(number)
    )
    AccountLink.objects.bulk_create(
        AccountLink(account=account, participant=person, proof="signup")
        for account, person in zip(accounts, crowd, strict=True)
    )
    for n, person in enumerate(crowd):
        did(("first_post", "first_photo", "first_link")[n % 3], person)
    evaluate_events(NOON)
    with CaptureQueriesContext(database) as issuing:
        assert issue_awards(NOON) == number
    with CaptureQueriesContext(database) as announcing:
        assert announce_awards(NOON) == number
    assert (len(issuing), len(announcing)) == (15, 14)
