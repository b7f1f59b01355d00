"""Counts by reading every post, the slow and plain way: what the figures are held against."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from community.figures.waits import bucket_of
from community.models import Consent, Help
from microblog.models import Connection, Post


def read_every_post(moocs: Mapping[int, str] | None = None) -> dict[str, list[tuple]]:
    """`moocs`: hashtag by site, the first one's first; none where there is one MOOC only."""
    moocs = dict(moocs or {})

    def homes(post):
        borne = [site for site, hashtag in moocs.items() if hashtag in post.hashtags]
        return (0, *(borne or list(moocs)[:1]))

    ours = set(Connection.objects.values_list("account_id", flat=True))
    helps = set(
        Help.objects.filter(undone_at=None, confirmed_at__isnull=False).values_list(
            "reply_id", flat=True
        )
    )
    posts = {
        post.pk: post
        for post in Post.objects.select_related("author__link__participant").order_by(
            "said_at", "pk"
        )
    }

    def speaker(post):
        if post is None or post.deleted_at or post.visibility not in ("public", "unlisted"):
            return None
        link = getattr(post.author, "link", None)
        if link is None or post.author_id in ours or post.author.is_bot:
            return None
        return None if link.participant.consent == Consent.NOTHING else link.participant_id

    def above(post, steps):
        for _step in range(steps):
            post = posts.get(post.parent_id) if post else None
        return post

    ledger, tallies, presences, pairs = [], Counter(), Counter(), defaultdict(list)
    mine, to_me = defaultdict(list), defaultdict(list)
    for post in posts.values():
        me = speaker(post)
        if me is None:
            continue
        other = speaker(above(post, 1))
        other = None if other == me else other
        circle = (
            other is not None and speaker(above(post, 2)) == me and speaker(above(post, 3)) != other
        )
        helped = other is not None and post.pk in helps
        place = (post.network, post.language.split("-")[0].lower())
        day = timezone.localtime(post.said_at).date()
        for site in homes(post):
            ledger.append((site, post.pk, me, other, post.said_at, *place, circle, helped))
            mine[site, me].append((post.said_at, *place))
            tallies[site, day, "posts", *place] += 1
            tallies[site, day, "answers", *place] += other is not None
            tallies[site, day, "conversations", *place] += circle
            tallies[site, day, "helps", *place] += helped
            parts = [(me, "spoke")] + [(me, "helped"), (other, "was_helped")] * helped
            for person, part in parts:
                week = day - timedelta(days=day.weekday())
                presences[site, "week", week, part, person, *place] += 1
                presences[site, "month", day.replace(day=1), part, person, *place] += 1
            if other is not None:
                pairs[site, me, other].append(post.said_at)
                to_me[site, other].append(post.said_at)
    people = []
    for (site, person), said in mine.items():
        first, *place = said[0]
        last, answered = said[-1][0], min(to_me[site, person], default=None)
        people.append((site, person, first, last, *place, answered))
        day = timezone.localtime(first).date()
        tallies[site, day, "newcomers", *place] += 1
        tallies[site, day, "back_7", *place] += last - first >= timedelta(days=7)
        tallies[site, day, "back_30", *place] += last - first >= timedelta(days=30)
        if answered:
            tallies[site, day, "answered", *place] += 1
            bucket = bucket_of(max(timedelta(0), answered - first))
            tallies[site, day, f"wait:{bucket}", *place] += 1
    return {
        "CountedPost": sorted(ledger, key=repr),
        "CountedPerson": sorted(people, key=repr),
        "DailyTally": sorted(((*key, n) for key, n in tallies.items() if n), key=repr),
        "Presence": sorted(((*key, n) for key, n in presences.items()), key=repr),
        "Exchange": sorted(
            ((*key, len(at), min(at), max(at)) for key, at in pairs.items()), key=repr
        ),
    }
