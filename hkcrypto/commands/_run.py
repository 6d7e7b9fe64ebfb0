"""How every command that extracts does it: with as many processes as the settings say, and with what earlier runs have found."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from hkcrypto.commands._options import extraction_options

if TYPE_CHECKING:
    from hkcrypto.cache import Cache
    from hkcrypto.engines.work import Item, Result
    from hkcrypto.settings import Settings


@contextmanager
def extracting(documents: Iterable[Item], settings: Settings, *, min_relevance: float = 0.0) -> Iterator[Generator[Result]]:
    """Give the results of documents, in order; at the end of the block the processes and the cache are closed.

    Raises ConfigError or DataError where the settings cannot be met.
    """
    from hkcrypto.engines import local

    options = extraction_options(settings)
    with ExitStack() as stack:
        cache = open_cache(settings)
        if cache:
            stack.callback(cache.close)
        results = local.run(
            documents, options, settings.jobs, timeout=settings.timeout_per_document, min_relevance=min_relevance, cache=cache
        )
        yield stack.enter_context(closing(results))


def open_cache(settings: Settings) -> Cache | None:
    """Return the cache that the settings ask for; it touches nothing before it is used. None where there is to be none."""
    if not settings.cache:
        return None
    from hkcrypto.cache import MEGABYTE, SIZE, Cache, cache_folder

    folder = cache_folder()
    return Cache(folder, (settings.cache_size or SIZE) * MEGABYTE) if folder else None
