from microblog.models import Follow, Notification, Reaction, Report
from microblog.timeline.reacting import follow, report, toggle_boost, toggle_favourite, unfollow
from microblog.timeline.writing import write_post


def test_a_favourite_comes_and_goes_and_is_told_once(nia_account, tomas_account, now):
    post = write_post(nia_account, text="Bonjour", now=now)

    assert [toggle_favourite(tomas_account, post, now=now) for _press in range(3)] == [
        True,
        False,
        True,
    ]
    assert Reaction.objects.get().account == tomas_account
    assert Notification.objects.get().kind == "favourite"


def test_a_boost_is_told_to_the_author(nia_account, tomas_account, now):
    post = write_post(nia_account, text="Bonjour", now=now)

    assert toggle_boost(tomas_account, post, now=now)
    assert Notification.objects.get().recipient == nia_account


def test_nobody_hears_of_their_own_deeds(nia_account, now):
    post = write_post(nia_account, text="Bonjour @nia", now=now)
    toggle_favourite(nia_account, post, now=now)

    assert not Notification.objects.exists()


def test_following_twice_is_following_once(nia_account, tomas_account, now):
    for _time in range(2):
        follow(nia_account, tomas_account, now=now)
        follow(nia_account, nia_account, now=now)

    assert Follow.objects.count() == Notification.objects.count() == 1


def test_following_again_is_not_told_again(nia_account, tomas_account, now):
    follow(nia_account, tomas_account, now=now)
    unfollow(nia_account, tomas_account)
    follow(nia_account, tomas_account, now=now)

    assert Notification.objects.count() == 1


def test_a_second_report_changes_the_first(nia_account, tomas_account, now):
    post = write_post(tomas_account, text="Achetez !", now=now)
    report(nia_account, tomas_account, reason=Report.Reason.OTHER, post=post)
    report(nia_account, tomas_account, reason=Report.Reason.SPAM, post=post)
    for _time in range(2):
        report(nia_account, tomas_account, reason=Report.Reason.UNKIND)

    reasons = Report.objects.order_by("pk").values_list("reason", "post")
    assert list(reasons) == [("spam", post.pk), ("unkind", None)]
