"""Loads the tutor in the background, so that the bot is online at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class Waking(Generic[T]):
    """Something that takes seconds to build and is built once."""

    def __init__(self, build: Callable[[], T]) -> None:
        self._build = build
        self._future: Future[T] | None = None

    @property
    def awake(self) -> bool:
        """It has been built."""
        return self._future is not None and self._future.done()

    def start(self, failed: Callable[[BaseException], object]) -> None:
        """Begin to build in a thread; `failed` is called in that thread with what went wrong."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="waking")
        self._future = pool.submit(self._build)
        self._future.add_done_callback(lambda done: failed(error) if (error := done.exception()) else None)
        pool.shutdown(wait=False)

    async def door(self) -> T | BaseException:
        """What was built, or why it could not be, when that is known.

        Raises:
            RuntimeError: it was never started.
        """
        if self._future is None:
            raise RuntimeError("start() comes before door()")
        built = asyncio.wrap_future(self._future)
        await asyncio.wait([built])
        return built.exception() or built.result()
