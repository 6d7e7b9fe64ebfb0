"""Groups of things that are joined two by two."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Groups(Generic[T]):
    """Things in an order; each group goes by the first of its members."""

    def __init__(self, things: Iterable[T]) -> None:
        self.rank = {thing: number for number, thing in enumerate(things)}
        self.parent = {thing: thing for thing in self.rank}

    def first_of(self, thing: T) -> T:
        """Return the first member of the group that the thing is in."""
        while self.parent[thing] != thing:
            self.parent[thing] = thing = self.parent[self.parent[thing]]
        return thing

    def join(self, one: T, other: T) -> T | None:
        """Make one group of two; return the thing that was first of a group until now, None where they were one already."""
        first, second = sorted((self.first_of(one), self.first_of(other)), key=self.rank.__getitem__)
        self.parent[second] = first
        return second if second != first else None

    def all(self) -> dict[T, list[T]]:
        """Return the groups by their first members, everything in its order."""
        found: dict[T, list[T]] = {}
        for thing in self.rank:
            found.setdefault(self.first_of(thing), []).append(thing)
        return found
