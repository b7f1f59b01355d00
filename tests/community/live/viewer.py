"""Somebody who has the live room open: a page, and what htmx does to it."""

import re
from datetime import datetime

from django.test import Client
from django.utils import translation

from community.live.boards import Audience, tell_changes
from community.live.room import ROOM, look
from community.models import LiveEvent, User

_ITEM = re.compile(r'<li class="talk[^"]*" id="talk-(\d+)"([^>]*)>(.*?)</li>', re.DOTALL)
_OOB_LIST = re.compile(
    r'<ol hx-swap-oob="(afterend:#talk-(\d+)|afterbegin:#talks)">(.*?)</ol>', re.S
)
_GONE = re.compile(r'<div id="talk-(\d+)" hx-swap-oob="delete">')
_TOKEN = re.compile(r"since=([0-9a-f]+)")


class Viewer:
    """Opens the page; then `ask` is one poll."""

    def __init__(self, event: LiveEvent, *, as_user: User | None = None, language: str = "en"):
        self._client = Client()
        if as_user:
            self._client.force_login(as_user)
        self._address = f"/{language}/live/{event.slug}/room/"
        self.html, self.token = self._open()
        self._items = {int(pk): inner for pk, _more, inner in _ITEM.findall(self._list())}
        self._glance = self._part("glance")

    def _open(self) -> tuple[str, str]:
        answer = self._client.get(self._address)
        assert answer.status_code == 200
        return answer.content.decode(), answer.context["board"].token

    def ask(self) -> int:
        """One poll; returns its status."""
        answer = self._client.get(f"{self._address}posts/?since={self.token}")
        if answer.status_code == 200:
            self._swap(answer.content.decode())
        return answer.status_code

    def _list(self) -> str:
        return self.html.partition('id="talks"')[2].partition("</ol>\n")[0]

    def _part(self, name: str) -> str:
        return self.html.partition(f'id="{name}"')[2].partition("</section>")[0]

    def _swap(self, html: str) -> None:
        self.html = html
        self.token = _TOKEN.search(html)[1]
        if 'id="talks" hx-swap-oob="innerHTML"' in html:
            self._items = {int(pk): inner for pk, _more, inner in _ITEM.findall(html)}
            return
        for pk in _GONE.findall(html):
            self._items.pop(int(pk))
        for pk, more, inner in _ITEM.findall(html):
            if 'hx-swap-oob="true"' in more:
                assert int(pk) in self._items
                self._items[int(pk)] = inner
        for _where, above, inner in _OOB_LIST.findall(html):
            self._insert(int(above) if above else None, inner)
        if 'id="glance" hx-swap-oob' in html:
            self._glance = html.partition('id="glance" hx-swap-oob')[2]

    def _insert(self, above: int | None, html: str) -> None:
        order = list(self._items)
        place = order.index(above) + 1 if above else 0
        [(pk, _more, inner)] = _ITEM.findall(html)
        order.insert(place, int(pk))
        self._items[int(pk)] = inner
        self._items = {one: self._items[one] for one in order}

    def threads(self) -> dict[int, int]:
        """How many answers are folded into each, from the top down."""
        return {pk: html.count("<article") - 1 for pk, html in self._items.items()}

    def posts(self) -> set[int]:
        """Ids of all that can be read, unfolded."""
        found = (
            re.findall(r'<article[^>]* id="post-(\d+)"', html) for html in self._items.values()
        )
        return {int(pk) for one in found for pk in one}

    def texts(self) -> list[str]:
        bodies = (
            re.findall(r'class="post__body"[^>]*>(.*?)</div>', html, re.DOTALL)
            for html in self._items.values()
        )
        return [re.sub(r"<[^>]+>", "", body).strip() for found in bodies for body in found]

    def marked(self) -> set[int]:
        """Posts with the mark of a newcomer."""
        articles = (html.split("<article")[1:] for html in self._items.values())
        return {
            int(re.search(r'id="post-(\d+)"', one)[1])
            for found in articles
            for one in found
            if "talk__new" in one
        }

    def number(self, label: str) -> int:
        """Of the numbers at a glance."""
        with translation.override("en"):
            found = re.search(rf"<dt>{re.escape(label)}</dt><dd>(\d+)", self._glance)
        return int(found[1])


class Watcher(Viewer):
    """The same at moments that a test chooses."""

    def __init__(self, event: LiveEvent, *, now: datetime):
        self._slug, self._audience, self.now = event.slug, Audience("en"), now
        self.token, self._items, self._glance = "", {}, ""
        self.ask()

    def ask(self) -> int:
        seen = look(self._slug, self._audience, now=self.now)
        if seen.token == self.token:
            return 204
        self._swap(tell_changes(self.token, seen.token, place=ROOM, ear="/ear/"))
        return 200
