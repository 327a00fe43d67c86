"""Columns of an unknown file: their values counted, and what name and values together say that they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from loaders.suggest.form import FORMS, share_of, tells_gender
from loaders.suggest.moment import Moments, moments_of
from loaders.suggest.sniff import Sniffed
from loaders.suggest.vocabulary import read

# Distinct values that are held against the standards: the share is settled long before.
_LOOKED_AT = 400
_MOST_LISTED = 24
_NEARLY = 0.97
_SURE = 0.85
_NAMED = 0.3
_LEAST_DISTINCT = 2
_MOST_REPEATED = 2
_MORE_THAN_A_FEW = 8
# Forms that say what a column is whatever it is called, the least mistakable first.
_STRONG = (
    "email", "postcode", "pnc_id", "ni_number", "driver_number", "vin", "cro_number", "phone", "nhs_number", "vrm",
    "ethnicity_self", "legislation", "object_of_search", "outcome", "address", "name",
)  # fmt: skip
# Words that say little: values of a strong form decide there too.
_VAGUE = frozenset({"ref", "text", "code", "note", "description", "summary", "type", "home"})
_BIRTH_SPAN, _BIRTH_AGE = 25, 12
_ID_LENGTH = 40


@dataclass(frozen=True, eq=False)
class Column:
    """One column: the likeliest meanings first, of whom or what (`about`), its values and their dates.

    `cells` are all rows in order, empty ones too; `why` is said where the values, not the name, decided.
    """

    name: str
    place: int
    cells: Sequence[str]
    counts: Mapping[str, int]
    moments: Moments | None
    meanings: tuple[str, ...]
    about: tuple[str, ...]
    why: str = ""

    @cached_property
    def values(self) -> tuple[str, ...]:
        """Its distinct values, as many as are looked at."""
        return tuple(self.counts)[:_LOOKED_AT]

    @cached_property
    def filled(self) -> int:
        """How many rows have a value."""
        return sum(self.counts.values())

    @property
    def full(self) -> bool:
        """True where (nearly) every row has a value: a few rows of any delivery are broken."""
        missing, rows = len(self.cells) - self.filled, len(self.cells)
        return bool(self.filled) and (missing <= (1 - _NEARLY) * rows or (missing == 1 and rows >= _MORE_THAN_A_FEW))

    @property
    def always(self) -> bool:
        """True where every row has a value."""
        return self.filled == len(self.cells)

    @property
    def unique(self) -> bool:
        """True where (nearly) no value comes twice; in a small file one or two may, as any delivery has broken rows."""
        repeated, few = self.filled - len(self.counts), len(self.counts) * 4 < self.filled * 3
        return self.filled > 0 and (repeated <= (1 - _NEARLY) * self.filled or (repeated <= _MOST_REPEATED and not few))

    @cached_property
    def few(self) -> bool:
        """True where it holds codes: few values, each again and again."""
        return 0 < len(self.counts) <= _MOST_LISTED and len(self.counts) * 2 <= max(self.filled, 2)

    @cached_property
    def identifying(self) -> bool:
        """True where its values could be keys: short, and no dates, decimals, names or sentences."""
        if self.moments is not None or self.meaning in ("name", "address", "surname", "given_name", "time"):
            return False
        if self.share("yes_no") == 1.0:
            return False
        decimal = any("." in value and value.replace(".", "").isdigit() for value in self.values)
        return not decimal and all(len(value) <= _ID_LENGTH or " " not in value for value in self.values)

    @property
    def meaning(self) -> str:
        """What it most likely means, empty where nothing says it."""
        return self.meanings[0] if self.meanings else ""

    def means(self, *names: str) -> bool:
        """True where its likeliest meaning is one of some."""
        return self.meaning in names

    def share(self, form: str) -> float:
        """The share of its distinct values that have a form."""
        return share_of(form, self.values)


def columns_of(sniffed: Sniffed) -> list[Column]:
    """The columns of a file in order."""
    table = sniffed.table
    cells = [table.column(name) for name in sniffed.names]
    named = [
        _column(name, place, cells[place], headed=sniffed.layout.header) for place, name in enumerate(sniffed.names)
    ]
    return neighbours(_with_births(named))


def _column(name: str, place: int, cells: Sequence[str], *, headed: bool) -> Column:
    counts = Counter(cell for cell in cells if cell)
    values = list(counts)[:_LOOKED_AT]
    moments = moments_of(values)
    meanings, about = read(name) if headed else ((), ())
    found, why = _by_values(meanings, values, moments)
    return Column(name, place, cells, counts, moments, found, about, why)


def _by_values(
    meanings: tuple[str, ...], values: Collection[str], moments: Moments | None
) -> tuple[tuple[str, ...], str]:
    """The meanings after the values were looked at, and why where they changed."""
    if meanings and meanings[0] not in _VAGUE and _agrees(meanings[0], values, moments):
        return meanings, ""
    if moments is None and len(values) >= _LEAST_DISTINCT:
        for form in _STRONG:
            if form not in meanings and share_of(form, values) >= _SURE:
                return (form, *meanings), f"its values are {_spoken(form)}"
    if not meanings and moments is None and _names_people(values):
        return ("name",), "its values are several words each, many of them first names"
    if not meanings and set(map(str.casefold, values)) == {"true", "false"}:
        return ("found",), "its values are true and false"
    if not meanings and tells_gender(values):
        return ("gender",), "its values are male and female"
    if not meanings and moments is not None and moments.timed:
        return ("occurred_from", "date"), "its values are dates with a time"
    if meanings and not _agrees(meanings[0], values, moments):
        rest = tuple(name for name in meanings[1:] if _agrees(name, values, moments))
        return rest, "" if rest else f"its values are no {_spoken(meanings[0])}"
    return meanings, ""


_SPOKEN = {
    "vrm": "vehicle marks",
    "vin": "vehicle identification numbers",
    "name": "people's names",
    "address": "addresses",
    "pnc_id": "PNC ids",
    "cro_number": "CRO numbers",
    "ni_number": "National Insurance numbers",
    "nhs_number": "NHS numbers",
    "ethnicity_self": "codes of self-defined ethnicity",
    "legislation": "acts and sections",
    "object_of_search": "what searches look for",
}


def _names_people(values: Collection[str]) -> bool:
    several = len(values) > _MOST_LISTED and share_of("words", values) >= _SURE
    return several and share_of("name", values) >= _NAMED


def _spoken(form: str) -> str:
    plain = form.replace("_", " ")
    return _SPOKEN.get(form, plain if plain.endswith("s") else f"{plain}s")


_DATES = frozenset(
    "date_of_birth date_of_death occurred_from occurred_to reported_at opened_at assigned_at arrived_at closed_at "
    "arrested_at detained_at released_at valid_from valid_to as_of date".split()
)
_NUMBERS = frozenset(
    "age year_of_birth height_cm year severity duration_s confidence value_gbp attendance expected_attendance "
    "officers_deployed incidents arrests latitude longitude easting northing".split()
)
_FIT = 0.6


def _agrees(meaning: str, values: Collection[str], moments: Moments | None) -> bool:
    """True unless the values contradict what the name says; an empty column contradicts nothing."""
    if not values:
        return True
    if meaning in _DATES:
        return moments is not None
    if meaning in _NUMBERS:
        return share_of("float", values) >= _FIT
    if meaning == "time":
        return share_of("time", values) >= _FIT
    if meaning in ("phone", "email", "postcode", "name", "address"):
        return not any(share_of(form, values) >= _SURE for form in ("email", "postcode", "phone") if form != meaning)
    return not (moments is not None and meaning not in ("ref", "text", "code", *FORMS))


def _with_births(columns: list[Column]) -> list[Column]:
    """The columns, nameless dates told apart: a column of dates long before the others is one of births."""
    newest = max((year for column in columns for year in _years(column)), default=0)
    timed = any(column.moments is not None and column.moments.timed for column in columns)
    return [_dated(column, newest, last=timed and column is columns[-1]) for column in columns]


def _dated(column: Column, newest: int, *, last: bool) -> Column:
    if column.meanings or column.moments is None:
        return column
    years = sorted(_years(column))
    if years and newest - years[len(years) // 2] >= _BIRTH_AGE and years[-1] - years[0] >= _BIRTH_SPAN:
        return meant(column, "date_of_birth", "its dates lie long before the others and far apart: births")
    if last and not column.moments.timed and column.full:
        return meant(
            column, "as_of", "a date at the end of the row, beside others with a time: when the row was written"
        )
    return meant(column, "date")


def meant(column: Column, meaning: str, why: str = "") -> Column:
    """The column with another meaning."""
    return Column(column.name, column.place, column.cells, column.counts, column.moments, (meaning,), column.about, why)


def _years(column: Column) -> list[int]:
    """The years that full dates of a column name."""
    if column.moments is None:
        return []
    parts = [[int(part) for part in _figures(value) if len(part) == 4] for value in column.values]
    return [found[0] for found in parts if found]


def _figures(value: str) -> list[str]:
    return "".join(letter if letter.isdigit() else " " for letter in value).split()


def neighbours(columns: list[Column]) -> list[Column]:
    """The columns, nameless ones read by those beside them: coordinates come in pairs, ethnicities too."""
    found = list(columns)
    for place, column in enumerate(columns):
        after = columns[place + 1] if place + 1 < len(columns) else None
        if after is None or after.meanings:
            continue
        if not column.meanings:
            for first, second in (("latitude", "longitude"), ("longitude", "latitude"), ("easting", "northing")):
                if column.share(first) >= _SURE and after.share(second) >= _SURE:
                    why = f"numbers within Great Britain, two columns side by side: {first} and {second}"
                    found[place], found[place + 1] = meant(column, first, why), meant(after, second, why)
                    break
        elif column.means("ethnicity_self") and after.few and after.share("ethnicity_observed") == 1.0:
            found[place + 1] = meant(after, "ethnicity_observed", "codes 0 to 7 beside the self-defined ethnicity")
    return found
