"""The markings in use, as the settings' file declares them."""

from __future__ import annotations

import yaml

from graph.errors import BadInput
from graph.settings import Settings
from security.marking import FLOOR, Marking, MarkingError, parse_marking


def declared_markings(settings: Settings) -> list[Marking]:
    """The markings that the settings' file declares; the floor alone where there is none."""
    if settings.markings_file is None:
        return [FLOOR]
    try:
        document = yaml.safe_load(settings.markings_file.read_text("utf-8"))
        return [parse_marking(text) for text in document["markings"]]
    except OSError as error:
        raise BadInput(f"{settings.markings_file}: {error.strerror}; check POLEGRAPH_MARKINGS_FILE") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{settings.markings_file}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except (yaml.YAMLError, KeyError, TypeError, MarkingError) as error:
        raise BadInput(f"{settings.markings_file}: {error}; it holds `markings:` and a list of them") from None


def known_texts(settings: Settings) -> list[str]:
    """The texts that rows may be marked with; empty where any well-formed one is taken, because none is declared."""
    return [marking.text for marking in declared_markings(settings)] if settings.markings_file else []
