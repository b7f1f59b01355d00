"""What others did with one's posts and oneself."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from microblog.models import Account, Notification, Post
from microblog.timeline.identity import may_moderate
from microblog.timeline.services import mark_read
from microblog.timeline.streams import fetch_posts
from microblog.views.doors import speakers

PAGE = 40
_GROUPED = {
    Notification.Kind.FAVOURITE,
    Notification.Kind.BOOST,
    Notification.Kind.FOLLOW,
}


@dataclass(slots=True)
class Group:
    """One line of the page: the same deed of one person or several, at the moment of the newest."""

    newest: Notification
    post: Post | None
    people: list[Account] = field(default_factory=list)
    is_new: bool = False

    @property
    def kind(self) -> str:
        return self.newest.kind

    @property
    def others(self) -> int:
        return len(self.people) - 1


@require_http_methods(["GET", "POST"])
@speakers
def notifications(request: HttpRequest, me: Account) -> HttpResponse:
    """POST: all up to `up_to` are read."""
    if request.method == "POST":
        up_to = request.POST.get("up_to", "")
        if up_to.isdecimal() and len(up_to) < 19:
            mark_read(me, up_to=int(up_to), now=timezone.now())
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204)
        return redirect("microblog:notifications")
    before = request.GET.get("before", "")
    rows = Notification.objects.filter(recipient=me).select_related("actor").order_by("-pk")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "me": me,
        "groups": _group(shown, me),
        "has_new": any(row.read_at is None for row in shown),
        "up_to": shown[0].pk if shown else 0,
        "older_url": f"{request.path}?before={shown[-1].pk}" if len(found) > PAGE else "",
        "newer_url": request.path if before else "",
        "may_moderate": may_moderate(request),
    }
    return render(request, "microblog/notifications.html", context)


def _group(rows: Iterable[Notification], me: Account) -> list[Group]:
    rows = list(rows)
    # Whoever was named in a private post, and isn't any more after an edit, has read enough.
    named = Post.objects.readable_by(me).filter(pk__in={row.post_id for row in rows})
    posts = fetch_posts(named.values_list("pk", flat=True), reader=me)
    groups: dict[object, Group] = {}
    for row in rows:
        if row.post_id and row.post_id not in posts:
            continue
        key = (row.kind, row.post_id) if row.kind in _GROUPED else row.pk
        group = groups.setdefault(key, Group(row, posts.get(row.post_id or 0)))
        group.people.append(row.actor)
        group.is_new = group.is_new or row.read_at is None
    return list(groups.values())
