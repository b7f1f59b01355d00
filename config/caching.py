"""The cache of all processes, where nothing lives that can't be made anew: while it is away, pages
are made each time, and nobody counts how often somebody asks."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError, TimeoutError

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class DispensableRedis(RedisCache):
    """As if it were empty and kept nothing, while its server doesn't answer."""

    _is_away = False

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(partial(super().get, key, default, version), default)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._ask(partial(super().get_many, keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._ask(partial(super().has_key, key, version), False)

    def set(self, *args: Any, **more: Any) -> None:
        self._ask(partial(super().set, *args, **more), None)

    def set_many(self, *args: Any, **more: Any) -> list[Any]:
        return self._ask(partial(super().set_many, *args, **more), [])

    def add(self, *args: Any, **more: Any) -> bool:
        return self._ask(partial(super().add, *args, **more), False)

    def touch(self, *args: Any, **more: Any) -> bool:
        return self._ask(partial(super().touch, *args, **more), False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._ask(partial(super().delete, key, version), False)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._ask(partial(super().delete_many, keys, version), None)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError for a key that isn't there, as ever."""
        count = self._ask(partial(super().incr, key, delta, version), None)
        if count is None:
            raise ValueError(f"Key {key!r} not found")
        return count

    def _ask(self, ask: Callable[[], Answer], otherwise: Answer) -> Answer:
        try:
            answer = ask()
        except (ConnectionError, TimeoutError) as error:
            if not self._is_away:
                logger.warning("The cache doesn't answer; we go on without it. %s", error)
            self._is_away = True
            return otherwise
        self._is_away = False
        return answer
