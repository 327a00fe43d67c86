"""UK addresses as free text: taken apart, and keyed."""

import re
from dataclasses import dataclass
from functools import lru_cache

from standards.postcode import normal_postcode
from standards.text import fold

_STREET_WORDS = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive",
    "drv": "drive", "cl": "close", "ct": "court", "crt": "court", "cres": "crescent", "cr": "crescent",
    "crs": "crescent", "pl": "place", "sq": "square", "gdns": "gardens", "gdn": "garden", "gr": "grove",
    "grv": "grove", "gro": "grove", "ter": "terrace", "terr": "terrace", "tce": "terrace", "pk": "park",
    "wlk": "walk", "blvd": "boulevard", "bvd": "boulevard", "hse": "house", "bldg": "building",
    "bldgs": "buildings", "mt": "mount", "pde": "parade", "prom": "promenade", "wy": "way", "rw": "row",
}  # fmt: skip
_TYPES = frozenset(_STREET_WORDS.values()) - {"house", "building", "buildings"} | frozenset(
    "mews hill view green way row rise vale wharf quay fold croft bank brow yard gate approach esplanade path".split()
)
_FLAT = r"(?:flat|flt|apartment|apt|unit|room|rm|studio|suite|bedsit|maisonette|floor)"
_FLAT_WORD = re.compile(rf"^{_FLAT}-?(?:no-?)?(?=\d|[a-z]$)")
_SAON = re.compile(rf"(?P<saon>{_FLAT}\s*(?:no\.?\s*)?#?\s*(?:\d+[a-z]?|[a-z])(?:/\d+)?)\b[\s,]*(?P<rest>.*)", re.I)
_LEVEL = re.compile(
    r"(?P<saon>(?:ground|first|second|third|top|basement)\s+floor(?:\s+flat)?)\b[\s,]*(?P<rest>.*)", re.I
)
_SCOTTISH = re.compile(r"(?P<saon>\d{1,2}/\d{1,2})[\s,]+(?P<rest>\d.*)")
_PAON = re.compile(r"(?P<paon>\d+[a-z]?(?:\s*[-/]\s*\d+[a-z]?)?)(?=[\s,]|$)[\s,]*(?P<rest>.*)", re.I)
_POSTCODE_AT_END = re.compile(r"[\s,]*\b([a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}|gir\s*0aa)[\s,.]*$", re.I)
_COMPASS = frozenset({"north", "south", "east", "west"})
_COUNTRY = frozenset({"uk", "united kingdom", "england", "scotland", "wales", "northern ireland", "great britain"})
_HOMELESS = re.compile(
    r"(?:of )?(?:nfa|no (?:fixed|permanent|known|settled) (?:abode|address|residence)|homeless|rough sleep(?:er|ing)"
    r"|sofa surf(?:er|ing)|sleeping rough|street homeless|n f a)\b.*"
)
_NUMBERED = re.compile("[0-9]")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class AddressParts:
    """The parts of an address after BS 7666: secondary and primary addressable object, street, places, postcode."""

    saon: str | None = None
    paon: str | None = None
    street: str | None = None
    locality: str | None = None
    town: str | None = None
    postcode: str | None = None


def parse_address(text: str, postcode: str | None = None) -> AddressParts:
    """Return the parts of a UK address (DS_006 to DS_010, DS_013).

    Street words are spelled out (Rd, St, Ave), the town is the last part after the street, the postcode is the given
    one or the one at the end of the text; a foreign or invalid one is None. No fixed abode has no parts at all.
    """
    if is_no_fixed_abode(text):
        return AddressParts()
    body, found = _take_postcode(" ".join(text[:_LONGEST].replace("\n", ", ").split()))
    code = (normal_postcode(postcode) if postcode else None) or found
    saon, body = _take_saon(body)
    match = _PAON.fullmatch(body)
    paon, body = (match["paon"].replace(" ", "").upper(), match["rest"]) if match else (None, body)
    saon, named, street, locality, town = _after_number(body, saon, paon is not None)
    return AddressParts(saon, paon or named, street, locality, town, code)


@lru_cache(maxsize=1 << 15)
def _after_number(
    body: str, saon: str | None, numbered: bool
) -> tuple[str | None, str | None, str | None, str | None, str | None]:
    """Return (saon, the name that stands for a number, street, locality, town) of what follows the number.

    A street has many numbers, so it is taken apart once.
    """
    named = None
    pieces = [
        piece for piece in (part.strip(" .;") for part in body.split(",")) if piece and fold(piece) not in _COUNTRY
    ]
    if not numbered and len(pieces) > 1:
        named, pieces, saon = _named_building(pieces, saon)
    street, pieces = _take_street(pieces, needs_street=numbered or named is not None)
    town = pieces.pop() if pieces else None
    return saon, named, street, ", ".join(pieces) or None, town


def _take_postcode(body: str) -> tuple[str, str | None]:
    # Looking for one at the end begins at every word, so it is asked first whether a figure stands where one has it.
    if not body.rstrip(" ,.")[-3:-2].isdecimal():
        return body, None
    match = _POSTCODE_AT_END.search(body)
    code = normal_postcode(match[1]) if match else None
    return (body[: match.start()], code) if match and code else (body, None)


def _take_saon(body: str) -> tuple[str | None, str]:
    numbered = body[:1].isdecimal()
    if numbered and "/" not in body[1:3]:
        return None, body
    for pattern in (_SCOTTISH,) if numbered else (_SAON, _LEVEL):
        if match := pattern.fullmatch(body):
            return " ".join(match["saon"].split()), match["rest"]
    return None, body


def _named_building(pieces: list[str], saon: str | None) -> tuple[str | None, list[str], str | None]:
    """Return (paon, the other pieces, saon) where the address opens with a name: ``Rose Cottage, Mill Lane, Ashby``."""
    name, after = pieces[0], pieces[1]
    if match := _PAON.fullmatch(after):
        number = re.sub(r"\s", "", match["paon"]).upper()
        return number, [match["rest"], *pieces[2:]] if match["rest"] else pieces[2:], saon or name
    if _street_end(name) is not None:
        return None, pieces, saon
    return name, pieces[1:], saon


def _street_end(piece: str) -> int | None:
    """Return after how many words the street ends, None when no word says street.

    ``St`` before another street word is Saint (Lower St Stephen Street); street words and points of the compass that
    follow belong to it (Cheetham Hill Road, Tatton Road North).
    """
    words = fold(piece).split()
    typed = [at > 0 and _STREET_WORDS.get(word, word) in _TYPES for at, word in enumerate(words)]
    ends = [at for at, is_type in enumerate(typed) if is_type and not (words[at] == "st" and any(typed[at + 1 :]))]
    if not ends:
        return None
    end = ends[0] + 1
    while end < len(words) and (typed[end] or words[end] in _COMPASS):
        end += 1
    return end


def _take_street(pieces: list[str], *, needs_street: bool) -> tuple[str | None, list[str]]:
    if not pieces:
        return None, pieces
    end = _street_end(pieces[0])
    if end is None and not needs_street and len(pieces) < 2:
        return None, pieces
    words = pieces[0].split()
    # Folding may split or drop words; then the piece is kept whole rather than cut in the wrong place.
    if end is None or len(fold(pieces[0]).split()) != len(words):
        end = len(words)
    rest = " ".join(words[end:])
    return spelled_out(" ".join(words[:end])), [*([rest] if rest else []), *pieces[1:]]


def spelled_out(street: str) -> str:
    """Return a street with its last word, where that is short for a kind of street, spelled out (Mill Rd)."""
    words = street.split()
    last = words[-1].rstrip(".").lower() if len(words) > 1 else ""
    full = _STREET_WORDS.get(last)
    if full is None:
        return street
    return " ".join([*words[:-1], full.upper() if street.isupper() and len(last) > 1 else full.capitalize()])


@lru_cache(maxsize=1 << 16)
def address_key(address: AddressParts | str, postcode: str | None = None) -> str | None:
    """Return the key by which one address is known however it is written; None when the text names no one address.

    It is postcode, primary and secondary object and street, folded. There must be a number or name, and a postcode or
    else a street with its town; no fixed abode never has a key, so that it links nobody.
    """
    if isinstance(address, str):
        address = parse_address(address, postcode)
    place, named = address_place(address), address_object(address)
    return f"{place}|{named}" if place and named else None


def address_object(address: AddressParts) -> str:
    """Return the key of what the address names at its place, ``paon|saon|street``; empty where it names nothing."""
    saon, paon = _saon_key(address.saon), _glued(address.paon)
    return "|".join((paon, saon, fold(address.street or ""))) if paon or saon else ""


def address_place(address: AddressParts) -> str:
    """Return the key of where the address is, its postcode or else its street's town; empty where neither is known."""
    return _glued(address.postcode) or (fold(address.town or "") if fold(address.street or "") else "")


def _glued(part: str | None) -> str:
    return fold(part or "").replace(" ", "-")


def _saon_key(saon: str | None) -> str:
    return _FLAT_WORD.sub("", _glued(saon)) if saon else ""


def is_no_fixed_abode(text: str) -> bool:
    """Return whether the text says that somebody has no address (L_005); it must never act as a shared address."""
    return not _NUMBERED.match(text) and _HOMELESS.fullmatch(fold(text)) is not None
