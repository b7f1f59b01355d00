"""Made-up people and posts: a community that answers the demo's challenges, chats and thanks."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from microblog.gateways.base import HeardAccount, HeardMedia, HeardPost, MediaKind, Visibility
from microblog.models import Account, Connection, Post
from microblog.networks import Network

HOST = "https://social.example"
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SAYINGS = (
    "Au matin, mon chat voit un faucon bondir au ras du mur blanc. #sansLaLettreE #Envol",
    "Bonjour à toutes et à tous, il pleut sur Namur et j’écris quand même. #Envol",
    "À la mer, tout bouge. #bouleDeNeige #Envol",
    "Je relis mes notes d’hier : un hashtag, c’est une place publique. #Envol",
    "Est-ce que c’est un phare ? #photoDevinette #Envol",
    "Ma photo du jour, la place au petit matin. #défiPhoto #Envol",
    "Merci @tomas-bench pour ton idée de ce matin, elle m’a beaucoup aidée. #merciA",
    "Une tasse de thé, un carnet, et voilà le soir. #Envol",
    "Le vent tourne, les feuilles aussi ; je reste là à regarder. #Envol",
    "À la mer, tout danse vite. #bouleDeNeige #Envol",
)
"""Answers that pass, answers that don't yet, and as many words that answer nothing."""


def a_connection() -> Connection:
    """An account of ours on a server that nobody asks anything."""
    account = Account.objects.create(
        network=Network.MASTODON,
        uri=f"{HOST}/users/envol",
        handle="envol@social.example",
        is_bot=True,
    )
    return Connection.objects.create(
        name="social",
        network=Network.MASTODON,
        server_url=HOST,
        account=account,
        token="none",  # noqa: S106 - never sent
        is_enabled=False,
    )


class Crowd:
    """Speaks in batches; nobody says the same post twice."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def batch(self, size: int, *, people: Sequence[int]) -> list[HeardPost]:
        """Posts by these people, in turn; one in five answers the post before it, one in five has a
        photo."""
        posts: list[HeardPost] = []
        for place in range(size):
            parent = posts[-1].uri if place % 5 == 4 else ""
            posts.append(self._post(people[place % len(people)], parent))
        return posts

    def _post(self, person: int, parent: str) -> HeardPost:
        number = next(self._numbers)
        saying = SAYINGS[number * 7 % len(SAYINGS)]
        text = f"{saying} ({number})" if "#Envol" in saying else saying
        author = somebody(person)
        return HeardPost(
            uri=f"{author.uri}/statuses/{number}",
            remote_id=str(number),
            author=author,
            created_at=NOON + timedelta(seconds=number),
            text=text,
            html=f"<p>{text}</p>",
            url=f"{author.url}/{number}",
            language="fr",
            visibility=Visibility.PUBLIC,
            hashtags=tuple(_hashtags(text)),
            mentions=(somebody(0),) if "@tomas-bench" in text else (),
            parent_uri=parent,
            media=_photo(number) if number % 5 == 0 else (),
        )


def _hashtags(text: str) -> Iterator[str]:
    return (word[1:].casefold().strip(".,!?") for word in text.split() if word.startswith("#"))


def _photo(number: int) -> tuple[HeardMedia, ...]:
    alt_text = "Une place pavée, vide, dans la lumière du matin." if number % 2 else ""
    return (HeardMedia(MediaKind.IMAGE, f"{HOST}/media/{number}.jpg", alt_text=alt_text),)


def somebody(number: int) -> HeardAccount:
    handle = f"walker{number}" if number else "tomas-bench"
    return HeardAccount(
        uri=f"{HOST}/users/{handle}",
        handle=f"{handle}@social.example",
        display_name=handle.title(),
        url=f"{HOST}/@{handle}",
    )


def bare_rows(heard: Sequence[HeardPost], author: Account) -> list[Post]:
    """The same words as rows and nothing else: no people, hashtags, mentions, photos or threads."""
    return [
        Post(
            network=Network.MASTODON,
            uri=f"{post.uri}/bare",
            url=post.url,
            author=author,
            text=post.text,
            html=post.html,
            language=post.language,
            hashtags=list(post.hashtags),
            said_at=post.created_at,
            fingerprint="bare",
            answered_fingerprint="bare",
        )
        for post in heard
    ]
