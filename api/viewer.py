"""Who asks and why: the viewer that a request's headers say."""

from __future__ import annotations

from starlette.datastructures import Headers

from api.error import bad_header
from graph.catalogue import Catalogue
from graph.errors import BadInput, PurposeRequired
from graph.settings import Auth
from security.marking import EVERYTHING, Grants, MarkingError, parse_grants
from security.viewer import Purpose, PurposeError, Viewer, parse_purpose

MARKINGS_HEADER = "X-Viewer-Markings"
PURPOSE_HEADER = "X-Purpose"
DEVELOPER = "developer"
_LONGEST = 2_000


def viewer_of(headers: Headers, catalogue: Catalogue, auth: Auth) -> Viewer:
    """The viewer of a request without authentication: a developer who holds what the header grants, else everything.

    Raises BadInput for a marking or purpose that is none, PurposeRequired where one is required.
    """
    return catalogue.viewer(DEVELOPER, _grants(headers), _purpose(headers, auth))


def _grants(headers: Headers) -> Grants:
    text = headers.get(MARKINGS_HEADER)
    if text is None:
        return EVERYTHING
    try:
        return parse_grants(_short(MARKINGS_HEADER, text).split(","))
    except MarkingError as error:
        raise bad_header(MARKINGS_HEADER, error) from None


def _purpose(headers: Headers, auth: Auth) -> Purpose | None:
    text = headers.get(PURPOSE_HEADER)
    if text is None:
        if auth is not Auth.NONE:
            raise PurposeRequired(f"say why you look: {PURPOSE_HEADER}: CODE[; reference]")
        return None
    try:
        return parse_purpose(_short(PURPOSE_HEADER, text))
    except PurposeError as error:
        raise bad_header(PURPOSE_HEADER, error) from None


def _short(name: str, text: str) -> str:
    if len(text) > _LONGEST:
        raise BadInput(f"{name}: {len(text)} characters are more than {_LONGEST}")
    return text
