"""Registries that fill themselves: a reader, writer or command is one file in its folder, and nothing else names it."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things of one kind, found by importing every module of a package, in the order of their names."""

    def __init__(self, package: str) -> None:
        self.package = package
        self._found: dict[str, T] = {}
        self._loaded = False

    def register(self, *names: str) -> Callable[[T], T]:
        """Return a decorator that files its function under these names."""

        def keep(thing: T) -> T:
            for name in names:
                if name in self._found:
                    raise ValueError(f"{self.package}: {name!r} is registered twice")
                self._found[name] = thing
            return thing

        return keep

    def all(self) -> dict[str, T]:
        """Return everything registered, by name, sorted."""
        if not self._loaded:
            self._loaded = True
            for module in sorted(m.name for m in pkgutil.iter_modules(import_module(self.package).__path__)):
                import_module(f"{self.package}.{module}")
        return dict(sorted(self._found.items()))
