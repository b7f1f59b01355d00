"""The practice timeline in the contract: people write through its own services."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.utils import timezone

from microblog.gateways.base import Gateway, Visibility
from microblog.gateways.practice import PracticeGateway
from microblog.models import Account, Post
from microblog.networks import Network
from microblog.timeline.photos import Photo, keep_photo
from microblog.timeline.reacting import follow, toggle_boost, toggle_favourite
from microblog.timeline.writing import delete_post, edit_post, write_post


class PracticeHarness:
    """The gateway over rows, and an account for each of the cast."""

    bot = "envol"

    def __init__(self) -> None:
        self._people = {
            name: Account.objects.create(
                network=Network.PRACTICE,
                uri=f"https://envol.example/@{name}",
                url=f"https://envol.example/@{name}",
                handle=name,
                is_bot=name == self.bot,
            )
            for name in (self.bot, "nia", "tomas", "olga", "rex")
        }
        self.gateway: Gateway = PracticeGateway(self._people[self.bot])

    def says(
        self,
        name: str,
        text: str,
        *,
        reply_to: str = "",
        alt_texts: Sequence[str] = (),
        visibility: Visibility = Visibility.PUBLIC,
    ) -> str:
        author = self._people[name]
        photos = [
            Photo(keep_photo(author, ContentFile(b"\xff\xd8\xff", name="p.jpg")), alt_text)
            for alt_text in alt_texts
        ]
        post = write_post(
            author,
            text=text,
            now=timezone.now(),
            in_reply_to=self._post(reply_to) if reply_to else None,
            visibility=visibility,
            photos=photos,
        )
        return post.uri

    def edits(self, name: str, uri: str, text: str) -> None:
        edit_post(self._post(uri), text=text, now=timezone.now())

    def deletes(self, name: str, uri: str) -> None:
        delete_post(self._post(uri), now=timezone.now())

    def favourites(self, name: str, uri: str) -> None:
        toggle_favourite(self._people[name], self._post(uri), now=timezone.now())

    def boosts(self, name: str, uri: str) -> None:
        toggle_boost(self._people[name], self._post(uri), now=timezone.now())

    def follows(self, name: str) -> None:
        follow(self._people[name], self._people[self.bot], now=timezone.now())

    def remote_id(self, uri: str) -> str:
        return uri

    def _post(self, uri: str) -> Post:
        return Post.objects.get(uri=uri)


@contextmanager
def practice() -> Iterator[PracticeHarness]:
    yield PracticeHarness()
