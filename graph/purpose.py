"""Why somebody looks: which purposes an installation asks for, in requests and commands alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from graph.errors import BadInput, PurposeRequired
from graph.settings import Auth, Settings
from security.viewer import Purpose, PurposeCode, PurposeError, parse_purpose

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Purposes:
    """Whether a purpose has to be given, and for which codes the reference of a case has to be."""

    required: bool
    with_reference: frozenset[PurposeCode]

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those of these settings; raises BadInput for a code that is none."""
        texts = [text.strip() for text in (settings.reference_purposes or "").split(",")]
        try:
            codes = frozenset(parse_purpose(text).code for text in texts if text)
        except PurposeError as error:
            raise BadInput(f"POLEGRAPH_REFERENCE_PURPOSES: {error}") from None
        # Where nobody signs in, one user looks at generated data.
        return cls(settings.auth is not Auth.NONE, codes)

    def read(self, text: str | None, name: str) -> Purpose | None:
        """The purpose that a header or an option of that name gives.

        Raises PurposeRequired saying what is missing, BadInput for what is no purpose.
        """
        place = name if name.startswith("-") else f"{name}:"
        if text is None:
            if self.required:
                raise PurposeRequired(f"say why you look: {place} CODE[; reference]")
            return None
        if len(text) > _LONGEST:
            raise BadInput(f"{name}: {len(text)} characters are more than {_LONGEST}")
        try:
            purpose = parse_purpose(text)
        except PurposeError as error:
            raise BadInput(f"{name}: {error}") from None
        if purpose.code in self.with_reference and purpose.reference is None:
            raise PurposeRequired(f"say of which case: {place} {purpose.code}; reference")
        return purpose
