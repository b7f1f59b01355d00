"""The demo's files: TOML in a folder, by language and slug. Their format stands in
cms/demo/README.md."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

Fields = Mapping[str, Any]

SHIPPED = Path(__file__).resolve().parent.parent / "demo"


class Demo:
    """Reads each file when it is asked for, once. Raises OSError and TOMLDecodeError."""

    def __init__(self, root: Path = SHIPPED) -> None:
        self.root = root

    @property
    def content(self) -> Path:
        return self.root / "content"

    @cached_property
    def photos(self) -> Mapping[str, Fields]:
        """By key, each with what `defaults` says for all of them."""
        file = self._read("photos.toml")
        return {key: {**file["defaults"], **photo} for key, photo in file["photos"].items()}

    @cached_property
    def drawings(self) -> Mapping[str, Fields]:
        """By key, as `photos`; of the lessons' steps."""
        file = self._read("drawings.toml") if (self.content / "drawings.toml").exists() else {}
        drawings = file.get("drawings", {})
        return {key: {**file["defaults"], **drawing} for key, drawing in drawings.items()}

    def drawing_file(self, key: str) -> Path:
        return self.root / "drawings" / f"{key}.png"

    def photo_file(self, key: str) -> Path:
        return self.root / "photos" / self.photos[key]["file"]

    @cached_property
    def community(self) -> Mapping[str, Sequence[Fields]]:
        """`people`, `live_events`, `launches` and `posts`."""
        return self._read("community.toml")

    @cached_property
    def bank(self) -> Mapping[str, Sequence[Fields]]:
        """`queues` and `opinions`."""
        return self._read("bank.toml")

    @cached_property
    def months(self) -> Fields:
        """`people`, and by language `openings`, `details`, `answers` and `replies`."""
        return self._read("months.toml")

    @cached_property
    def tips(self) -> Mapping[str, Fields]:
        """By key, as rows of the tutors' library."""
        return self._read("tips.toml")

    @cached_property
    def live_events(self) -> Sequence[Fields]:
        """Those to come."""
        events: Sequence[Fields] = self._read("live.toml")["events"]
        return events

    @cached_property
    def chats(self) -> Sequence[Fields]:
        """Tweetchats, each with `questions` and `posts`."""
        chats: Sequence[Fields] = self._read("chats.toml")["chats"]
        return chats

    @cached_property
    def voices(self) -> Mapping[str, Sequence[Fields]]:
        """`texts` that wait for the editors, and `talks` under articles, each with `replies`;
        nothing where a demo has none."""
        return self._read("voices.toml") if (self.content / "voices.toml").exists() else {}

    @cached_property
    def badges(self) -> Sequence[str]:
        """Their slugs."""
        return [badge["slug"] for badge in self._read("badges.toml")["badges"]]

    def readings(self, language: str) -> Fields:
        """`picks`, `waiting` and `sources`; nothing where a demo has none."""
        path = self.content / language / "picks.toml"
        return self._read(path) if path.exists() else {}

    def page(self, name: str, language: str) -> Fields:
        return self._read(f"{language}/pages/{name}.toml")

    def tutorials(self, language: str) -> Mapping[str, Fields]:
        return self._folder(f"{language}/tutorials")

    def challenges(self, language: str) -> Mapping[str, Fields]:
        return self._folder(f"{language}/challenges")

    def tools(self, language: str) -> Mapping[str, Fields]:
        return self._folder(f"{language}/tools")

    def guides(self, language: str) -> Mapping[str, Fields]:
        return self._folder(f"{language}/guides")

    def portraits(self, language: str) -> Mapping[str, Fields]:
        """By the handle of whom they show."""
        return self._folder(f"{language}/portraits")

    def articles(self, language: str) -> Mapping[str, Fields]:
        return self._folder(f"{language}/articles")

    def lexicon(self, language: str) -> Fields | None:
        """`title`, `lead` and `terms`."""
        return self._perhaps(f"{language}/lexicon.toml")

    def faq(self, language: str) -> Fields | None:
        """`title`, `lead` and `groups`."""
        return self._perhaps(f"{language}/faq.toml")

    def perhaps_page(self, name: str, language: str) -> Fields | None:
        return self._perhaps(f"{language}/pages/{name}.toml")

    def _perhaps(self, name: str) -> Fields | None:
        return self._read(name) if (self.content / name).exists() else None

    def _folder(self, name: str) -> Mapping[str, Fields]:
        """By file stem, in the order that the files ask for."""
        files = {
            path.stem: self._read(path) for path in sorted((self.content / name).glob("*.toml"))
        }
        return dict(sorted(files.items(), key=lambda item: item[1].get("order", 0)))

    def _read(self, name: str | Path) -> dict[str, Any]:
        with (self.content / name).open("rb") as file:
            return tomllib.load(file)
