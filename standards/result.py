"""The answer of every check."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Checked:
    """One value held against one standard.

    ``value`` is the normal form when ``valid``, else the raw text without outer white space; ``serial`` is the
    standard's number, for example ``DS_010``.
    """

    value: str
    valid: bool
    serial: str


def checked(text: str, normal: str | None, serial: str) -> Checked:
    """Return a valid result holding ``normal``, or an invalid one holding the trimmed ``text`` where there is none."""
    return Checked(text.strip(), False, serial) if normal is None else Checked(normal, True, serial)
