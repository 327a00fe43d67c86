"""What short forms make: addresses, phones, e-mail addresses, vehicles and markers beside a person; postcodes."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.check_standard import CHECKS
from loaders.row import End, LinkClaim, RecordClaim, Value
from standards.address import address_key, is_no_fixed_abode, parse_address
from standards.postcode import check_postcode
from standards.text import fold

_VALUES = (("phone", "Phone"), ("email", "Email"))
_CODES = ("WANTED", "BAIL", "MISSING")
_CODE_FAMILIES = ("WARNING", "VULNERABLE")
_NO_WARNING = frozenset({"", "n", "no", "false", "0", "none", "nil", "n a"})
_SHORT = ("address", "phone", "email", "vrm", "warning")

Made = tuple[list[RecordClaim], list[LinkClaim]]


def has_short_forms(names: frozenset[str], kind: str) -> bool:
    """True where a record with these properties may make further things."""
    return (kind == "Person" and bool(names & set(_SHORT))) or (kind == "Address" and "postcode" in names)


def make(claim: RecordClaim, source: str) -> Made:
    """The records and links that one record's short forms make, all marked and graded as it is.

    `warning` no, none, 0 and the like say that there is none. No fixed abode makes no address: it would link strangers.
    """
    records: list[RecordClaim] = []
    links: list[LinkClaim] = []
    parts = _person(claim) if claim.kind == "Person" else _postcode(claim, claim)
    for origin, link, record in parts:
        records += [record] if all(record.name != known.name for known in records) else []
        links.append(_link(link, origin, record, source))
    return records, links


def _person(person: RecordClaim) -> Iterator[tuple[RecordClaim, str, RecordClaim]]:
    for address in _addresses(person):
        yield person, "LIVES_AT", address
        yield from _postcode(address, person)
    for name, kind in _VALUES:
        for place, text in enumerate(_texts(person, name)):
            found = CHECKS[name](text)
            yield person, "USES", _made(person, f"{name}.{place}", kind, value=found.value, valid=found.valid)
    for place, vrm in enumerate(_texts(person, "vrm")):
        yield person, "KEEPS", _made(person, f"vrm.{place}", "Vehicle", key=vrm, properties={"vrm": vrm})
    for place, text in enumerate(_texts(person, "warning")):
        if fold(text) not in _NO_WARNING:
            yield person, "SUBJECT_OF", _marker(person, place, text)


def _marker(person: RecordClaim, place: int, text: str) -> RecordClaim:
    code = fold(text).upper().replace(" ", "_")
    known = code in _CODES or code.startswith(_CODE_FAMILIES)
    properties: dict[str, Value] = {"type": code} if known else {"type": "WARNING", "text": text}
    key = f"{person.key}|{code or text}"
    return _made(person, f"warning.{place}", "Marker", key=key, properties=properties)


def _addresses(person: RecordClaim) -> Iterator[RecordClaim]:
    postcodes = _texts(person, "postcode")
    for place, text in enumerate(_texts(person, "address")):
        if is_no_fixed_abode(text):
            continue
        # One address takes the postcode beside it; of several, each its own.
        postcode = postcodes[place] if place < len(postcodes) else None
        parts = parse_address(text, postcode)
        key = address_key(parts) or fold(f"{text} {parts.postcode or postcode or ''}") or text
        names = ("saon", "paon", "street", "locality", "town", "postcode")
        given = {name: value for name in names if (value := getattr(parts, name))}
        properties: dict[str, Value] = {"text": text, **given}
        if postcode and "postcode" not in properties:
            properties["postcode"] = postcode
        yield _made(person, f"address.{place}", "Address", key=key, properties=properties)


def _postcode(address: RecordClaim, named_by: RecordClaim) -> Iterator[tuple[RecordClaim, str, RecordClaim]]:
    """The postcode that an address lies in, where it is one."""
    text = address.properties.get("postcode")
    found = check_postcode(text) if isinstance(text, str) else None
    if found is not None and found.valid:
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
        End((origin.kind,), source, record=origin.name),
        End((target.kind,), source, record=target.name),
        target.marking,
        target.grade,
        made=True,
    )
