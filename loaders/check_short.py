"""What short forms make: addresses, phones, e-mail addresses, vehicles and markers beside a person; postcodes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from loaders.check_standard import CHECKS
from loaders.check_value import Memo
from loaders.row import End, LinkClaim, RecordClaim, Value
from standards.address import address_key, is_no_fixed_abode, parse_address
from standards.postcode import check_postcode
from standards.text import fold

_VALUES = {"phone": "Phone", "email": "Email"}
_CODES = ("WANTED", "BAIL", "MISSING")
_CODE_FAMILIES = ("WARNING", "VULNERABLE")
_NO_WARNING = frozenset({"", "n", "no", "false", "0", "none", "nil", "n a"})
SHORT = ("address", "phone", "email", "vrm", "warning")

Made = tuple[tuple[RecordClaim, ...], tuple[LinkClaim, ...]]

# What one value makes, as (from, type of link, to).
_Parts = Iterator[tuple[RecordClaim, str, RecordClaim]]
# A property, its place among several, its text, the postcode beside an address; marking, grade and (of a warning) key.
_Said = tuple[str, int, str, str | None, str, int | None, str | None]


class Maker:
    """Makes what the short forms of one record of a mapping say, each value once for all the rows that say it.

    `warning` no, none, 0 and the like say that there is none. No fixed abode makes no address: it would link strangers.
    """

    def __init__(self, kind: str, name: str, source: str) -> None:
        self._kind = kind
        self._name = name
        self._source = source
        self._made: Memo[_Said, Made] = Memo(self._of)

    @staticmethod
    def is_for(names: frozenset[str], kind: str) -> bool:
        """True where a record with these properties may make further things."""
        return (kind == "Person" and bool(names & set(SHORT))) or (kind == "Address" and "postcode" in names)

    def make(self, claim: RecordClaim) -> Made:
        """The records and links that one record's short forms make, all marked and graded as it is."""
        said, marking, grade, made = claim.properties, claim.marking, claim.grade, self._made
        if self._kind == "Address":
            postcode = said.get("postcode")
            if not isinstance(postcode, str):
                return (), ()
            return made["postcode", 0, postcode, None, marking, grade, None]
        parts = []
        if "address" in said:
            # One address takes the postcode beside it; of several, each its own.
            addresses, postcodes = _texts(claim, "address"), _texts(claim, "postcode")
            for place, (text, postcode) in enumerate(zip_longest(addresses, postcodes[: len(addresses)])):
                parts.append(made["address", place, text, postcode, marking, grade, None])
        for name in ("phone", "email", "vrm", "warning"):
            if name in said:
                key = claim.key if name == "warning" else None
                parts += [made[name, n, text, None, marking, grade, key] for n, text in enumerate(_texts(claim, name))]
        if len(parts) == 1:
            return parts[0]
        return tuple(record for part in parts for record in part[0]), tuple(link for part in parts for link in part[1])

    def _of(self, said: _Said) -> Made:
        name, place, text, postcode, marking, grade, key = said
        near = RecordClaim(self._name, self._kind, key, marking, grade, {})
        parts = list(_parts(near, name, place, text, postcode))
        links = tuple(_link(link, origin, target, self._source) for origin, link, target in parts)
        return tuple(target for _, _, target in parts), links


def _parts(near: RecordClaim, name: str, place: int, text: str, postcode: str | None) -> _Parts:
    if name == "address":
        yield from _address(near, place, text, postcode)
    elif name == "postcode":
        yield from _postcode(near, near, text)
    elif name == "vrm":
        yield near, "KEEPS", _made(near, f"vrm.{place}", "Vehicle", key=text, properties={"vrm": text})
    elif name == "warning":
        if fold(text) not in _NO_WARNING:
            yield near, "SUBJECT_OF", _marker(near, place, text)
    else:
        found = CHECKS[name](text)
        yield near, "USES", _made(near, f"{name}.{place}", _VALUES[name], value=found.value, valid=found.valid)


def _marker(person: RecordClaim, place: int, text: str) -> RecordClaim:
    code = fold(text).upper().replace(" ", "_")
    known = code in _CODES or code.startswith(_CODE_FAMILIES)
    properties: dict[str, Value] = {"type": code} if known else {"type": "WARNING", "text": text}
    key = f"{person.key}|{code or text}"
    return _made(person, f"warning.{place}", "Marker", key=key, properties=properties)


def _address(person: RecordClaim, place: int, text: str, postcode: str | None) -> _Parts:
    if is_no_fixed_abode(text):
        return
    parts = parse_address(text, postcode)
    key = address_key(parts) or fold(f"{text} {parts.postcode or postcode or ''}") or text
    names = ("saon", "paon", "street", "locality", "town", "postcode")
    given = {name: value for name in names if (value := getattr(parts, name))}
    properties: dict[str, Value] = {"text": text, **given}
    if postcode and "postcode" not in properties:
        properties["postcode"] = postcode
    address = _made(person, f"address.{place}", "Address", key=key, properties=properties)
    yield person, "LIVES_AT", address
    yield from _postcode(address, person, str(properties.get("postcode", "")))


def _postcode(address: RecordClaim, named_by: RecordClaim, text: str) -> _Parts:
    """The postcode that an address lies in, where it is one."""
    found = check_postcode(text)
    if found.valid:
        suffix = address.name.removeprefix(named_by.name).lstrip(".")
        name = f"{suffix}.postcode" if suffix else "postcode"
        yield address, "IN", _made(named_by, name, "Postcode", value=found.value)


def _texts(claim: RecordClaim, name: str) -> list[str]:
    given = claim.properties.get(name, [])
    return given if isinstance(given, list) else [str(given)]


def _made(
    near: RecordClaim,
    name: str,
    kind: str,
    *,
    key: str | None = None,
    value: str | None = None,
    valid: bool = True,
    properties: dict[str, Value] | None = None,
) -> RecordClaim:
    return RecordClaim(
        f"{near.name}.{name}",
        kind,
        key,
        near.marking,
        near.grade,
        properties or {},
        value=value,
        valid=valid,
        made=True,
    )


def _link(link: str, origin: RecordClaim, target: RecordClaim, source: str) -> LinkClaim:
    return LinkClaim(
        link,
        _end(origin.kind, source, origin.name),
        _end(target.kind, source, target.name),
        target.marking,
        target.grade,
        made=True,
    )


@lru_cache(maxsize=1 << 10)
def _end(kind: str, source: str, name: str) -> End:
    return End((kind,), source, record=name)
