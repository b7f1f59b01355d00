"""A small world of people and posts behind the pretended Mastodon-API server, told as stories.

    server.people["nia"].reply(to=riddle, text="C’est un phare ?", media=[picture("a lighthouse")])

What a story gives back is the post itself; pass it on to `to=`, `edit`, `delete`, `favourite`,
`boost`.
"""

import html
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

_TOKEN = re.compile(r"https?://[^\s<>]+|(?<![\w@])@\w+(?:@[\w.:-]*\w)?|(?<!\w)#\w*[^\W\d_]\w*")


@dataclass
class Picture:
    alt_text: str = ""
    id: str = ""
    content: bytes = b""
    mime_type: str = "image/jpeg"


def picture(alt_text: str = "") -> Picture:
    return Picture(alt_text)


@dataclass(eq=False)
class Said:
    """One post, alive or taken back."""

    id: str
    author: "Person"
    text: str
    created_at: datetime
    visibility: str = "public"
    parent: "Said | None" = None
    warning: str = ""
    language: str = "fr"
    media: list[Picture] = field(default_factory=list)
    edited_at: datetime | None = None
    is_deleted: bool = False
    boosts: "Said | None" = None
    favourites: set[str] = field(default_factory=set)
    boosters: set[str] = field(default_factory=set)
    key: str = ""

    @property
    def uri(self) -> str:
        return f"{self.author.uri}/statuses/{self.id}"

    @property
    def url(self) -> str:
        return f"{self.author.url}/{self.id}"

    @property
    def hashtags(self) -> list[str]:
        tags = (token[1:].lower() for token in _TOKEN.findall(self.text) if token.startswith("#"))
        return list(dict.fromkeys(tags))

    @property
    def mentioned(self) -> list[str]:
        """Names of the people of this world who are mentioned."""
        names = (
            token[1:].partition("@")[0] for token in _TOKEN.findall(self.text) if token[0] == "@"
        )
        return [name for name in dict.fromkeys(names) if name in self.author.world.people]

    @property
    def html(self) -> str:
        """As Mastodon shows it: paragraphs, short mentions, links with hidden ends."""
        world, pieces, end = self.author.world, [], 0
        for found in _TOKEN.finditer(self.text):
            pieces += [html.escape(self.text[end : found.start()]), world.link(found[0])]
            end = found.end()
        body = "".join([*pieces, html.escape(self.text[end:])])
        return "".join(f"<p>{part}</p>".replace("\n", "<br>") for part in body.split("\n\n"))


@dataclass(eq=False)
class Notification:
    id: str
    kind: str
    person: "Person"
    created_at: datetime
    said: Said | None = None


@dataclass(eq=False)
class Person:
    """Somebody of the cast. Each verb is what they do in their own app."""

    world: "World"
    name: str
    id: str
    display_name: str = ""
    note: str = ""
    is_bot: bool = False

    @property
    def uri(self) -> str:
        return f"{self.world.base}/users/{self.name}"

    @property
    def url(self) -> str:
        return f"{self.world.base}/@{self.name}"

    def say(self, text: str, *, media: Sequence[Picture] = (), **details: object) -> Said:
        return self.world.add(self, text, media=media, **details)

    def reply(
        self, *, to: Said, text: str, media: Sequence[Picture] = (), **details: object
    ) -> Said:
        """An answer that mentions its parent's author, as apps write it, unless the text mentions
        somebody.
        """
        if "@" not in text and to.author is not self:
            text = f"@{to.author.name} {text}"
        return self.world.add(self, text, media=media, parent=to, **details)

    def edit(self, said: Said, text: str) -> Said:
        said.text, said.edited_at = text, self.world.clock()
        return said

    def delete(self, said: Said) -> None:
        said.is_deleted = True

    def favourite(self, said: Said) -> None:
        said.favourites.add(self.name)
        self.world.notify("favourite", self, said)

    def boost(self, said: Said) -> Said:
        said.boosters.add(self.name)
        self.world.notify("reblog", self, said)
        return self.world.add(self, "", boosts=said)

    def follow(self) -> None:
        """Follows the account whose server this is."""
        self.world.notify("follow", self, None)


class World:
    """Everybody and everything said, oldest first. `bot` is the account of our token."""

    def __init__(self, base: str, *, clock: Callable[[], datetime] | None = None) -> None:
        self.base = base
        self.clock = clock or (lambda: datetime.now(UTC))
        self.said: list[Said] = []
        self.notifications: list[Notification] = []
        self.pictures: dict[str, Picture] = {}
        self._ids: Iterator[int] = itertools.count(100_000_000_000_000_001)
        self.people = {
            name: Person(self, name, self.next_id(), display_name=name.capitalize())
            for name in ("envol", "nia", "tomas", "olga", "rex")
        }
        self.bot = self.people["envol"]
        self.bot.is_bot = True

    def next_id(self) -> str:
        return str(next(self._ids))

    @property
    def said_by_bot(self) -> list[Said]:
        return [said for said in self.alive() if said.author is self.bot]

    def alive(self) -> list[Said]:
        return [said for said in self.said if not said.is_deleted]

    def find(self, remote_id: str) -> Said | None:
        return next((said for said in self.alive() if said.id == remote_id), None)

    def below(self, root: Said) -> list[Said]:
        """All answers at any depth, but none under an answer that was taken back."""
        known, found = {root}, []
        for said in self.alive():
            if said.parent in known:
                known.add(said)
                found.append(said)
        return found

    def add(
        self, author: Person, text: str, *, media: Sequence[Picture] = (), **details: object
    ) -> Said:
        pictures = [self.keep(item) for item in media]
        said = Said(self.next_id(), author, text, self.clock(), media=pictures, **details)  # type: ignore[arg-type]
        self.said.append(said)
        if self.bot.name in said.mentioned and author is not self.bot:
            self.notify("mention", author, said)
        return said

    def keep(self, item: Picture) -> Picture:
        item.id = item.id or self.next_id()
        self.pictures[item.id] = item
        return item

    def notify(self, kind: str, person: Person, said: Said | None) -> None:
        if said is None or kind == "mention" or said.author is self.bot:
            self.notifications.append(
                Notification(self.next_id(), kind, person, self.clock(), said)
            )

    def link(self, token: str) -> str:
        """HTML of a hashtag, mention or address; a mention of nobody stays text."""
        if token.startswith("#"):
            tag = token[1:]
            marks = 'class="mention hashtag" rel="tag"'
            return f'<a href="{self.base}/tags/{tag.lower()}" {marks}>#<span>{tag}</span></a>'
        if token.startswith("@"):
            name = token[1:].partition("@")[0]
            person = self.people.get(name)
            if person is None:
                return html.escape(token)
            return (
                f'<span class="h-card"><a href="{person.url}" class="u-url mention">'
                f"@<span>{name}</span></a></span>"
            )
        scheme, _, rest = token.partition("://")
        shown, hidden = html.escape(rest[:30]), html.escape(rest[30:])
        return (
            f'<a href="{html.escape(token)}" rel="nofollow noopener" target="_blank">'
            f'<span class="invisible">{scheme}://</span><span class="ellipsis">{shown}</span>'
            f'<span class="invisible">{hidden}</span></a>'
        )
