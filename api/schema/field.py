"""How fields of the schema are declared: the class says the GraphQL type, the resolver gives the view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import strawberry


def served(resolver: Callable[..., object], *, name: str | None = None, description: str | None = None) -> Any:  # noqa: ANN401
    """A field of the annotated type that this resolver answers; it gives back a view, which the executor reads."""
    return strawberry.field(resolver=resolver, name=name, description=description)


def shown(description: str, *, name: str | None = None) -> Any:  # noqa: ANN401
    """A field that is read from the view's attribute of the same name."""
    return strawberry.field(description=description, name=name)


def watched(resolver: Callable[..., object], *, description: str) -> Any:  # noqa: ANN401
    """What can be watched: this resolver gives the views of the annotated type, one after another."""
    return strawberry.subscription(resolver=resolver, description=description)


def changed(resolver: Callable[..., object], *, description: str) -> Any:  # noqa: ANN401
    """A change of the annotated type that this resolver makes and answers."""
    return strawberry.mutation(resolver=resolver, description=description)
