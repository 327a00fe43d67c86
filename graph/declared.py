"""The markings in use, as the settings' file declares them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import yaml

from graph.errors import BadInput
from graph.settings import Settings
from security.marking import FLOOR, Grants, Marking, MarkingError, parse_grants, parse_marking
from security.viewer import Role


@dataclass(frozen=True, slots=True)
class DeclaredUser:
    """Somebody as whom one may look where nobody signs in: their name, what they are called, their role and grants."""

    name: str
    title: str
    role: Role
    grants: Grants


def declared_markings(settings: Settings) -> list[Marking]:
    """The markings that the settings' file declares; the floor alone where there is none."""
    return [FLOOR] if settings.markings_file is None else _declared(settings.markings_file)[0]


def declared_users(settings: Settings) -> list[DeclaredUser]:
    """The users that the settings' file declares to be looked as where nobody signs in; mostly none."""
    return [] if settings.markings_file is None else _declared(settings.markings_file)[1]


def _declared(file: Path) -> tuple[list[Marking], list[DeclaredUser]]:
    try:
        document = yaml.safe_load(file.read_text("utf-8"))
        users = [
            DeclaredUser(each["name"], each["title"], Role(each["role"]), parse_grants(each["markings"]))
            for each in document.get("users", ())
        ]
        return [parse_marking(text) for text in document["markings"]], users
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}; check POLEGRAPH_MARKINGS_FILE") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{file}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError, MarkingError) as error:
        raise BadInput(f"{file}: {error}; it holds `markings:` and a list of them") from None


def refuse_undeclared(settings: Settings, marking: Marking, known: Collection[str], what: str) -> None:
    """Raise BadInput for a marking that is none of these and not the floor: a slip would hide `what` from everybody."""
    among = sorted({FLOOR.text, *known})
    if marking.text not in among:
        listed = ", ".join(f'"{text}"' for text in among)
        how = "add it to" if settings.markings_file else "name a file in POLEGRAPH_MARKINGS_FILE, and add it to"
        raise BadInput(
            f"marking {marking.text!r} is not declared, so nobody would see {what}; declared: {listed}; "
            f"if it is right, {how} `markings:` of {settings.markings_file or 'that file'}"
        )


def known_texts(settings: Settings) -> list[str]:
    """The texts that rows may be marked with; empty where any well-formed one is taken, because none is declared."""
    return [marking.text for marking in declared_markings(settings)] if settings.markings_file else []
