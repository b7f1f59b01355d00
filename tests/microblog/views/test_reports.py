"""What organisers do with reports, in the site's administration."""

import pytest
from django.urls import reverse

from microblog.models import Report
from microblog.timeline.reacting import report
from microblog.timeline.writing import write_post


@pytest.fixture
def reported(nia_account, tomas_account, now) -> Report:
    post = write_post(tomas_account, text="Achetez !", now=now)
    return report(
        nia_account, tomas_account, reason=Report.Reason.SPAM, post=post, comment="Encore lui."
    )


def test_organisers_read_reports_and_find_the_post(signed_in, olga, reported):
    page = signed_in(olga).get(reverse("reports:index")).content.decode()

    assert "Encore lui." in page
    assert f"/@tomas/{reported.post.number}/" in page


def test_a_report_is_called_by_whom_it_speaks_of(signed_in, olga, reported):
    page = signed_in(olga).get(reverse("reports:edit", args=[reported.pk])).content.decode()

    assert "@tomas: " in page


def test_one_chooses_among_reasons_only(signed_in, nia, reported):
    address = reverse("microblog:report", args=["tomas", reported.post.number])
    page = signed_in(nia).get(address).content.decode()

    assert page.count('type="radio"') == len(Report.Reason)


def test_a_handled_report_says_by_whom(signed_in, olga, reported):
    browser = signed_in(olga)
    address = reverse("reports:edit", args=[reported.pk])

    browser.post(address, {"is_handled": "on", "comment": "autre chose"})
    reported.refresh_from_db()
    assert reported.handled_by == olga
    assert reported.handled_at
    assert reported.comment == "Encore lui."

    browser.post(address, {})
    reported.refresh_from_db()
    assert (reported.handled_by, reported.handled_at) == (None, None)


def test_a_second_report_opens_it_again(signed_in, olga, reported, nia_account):
    signed_in(olga).post(reverse("reports:edit", args=[reported.pk]), {"is_handled": "on"})

    report(nia_account, reported.account, reason=Report.Reason.UNKIND, post=reported.post)

    reported.refresh_from_db()
    assert reported.handled_at is None


def test_others_see_nothing_of_them(signed_in, tomas, reported):
    browser = signed_in(tomas)

    assert browser.get(reverse("reports:index")).status_code == 302
    assert browser.post(reverse("reports:edit", args=[reported.pk]), {}).status_code == 302
