"""Link types: who may be tied to what, and in which role. Guilt is never in the type."""

from __future__ import annotations

from graph.model.core import LinkType

PARTY = frozenset({"Person", "Organisation"})
EVENTS = frozenset(
    "Crime Incident StopSearch Arrest Custody Call Sighting IntelReport Safeguarding PublicEvent".split()
)


def _kinds(names: str) -> frozenset[str]:
    return frozenset(names.split())


LINK_TYPES = (
    LinkType(
        "INVOLVED_IN",
        "Somebody or something had a part in an event; `status`: ALLEGED, CHARGED, CONVICTED, CLEARED.",
        _kinds("Person Organisation Vehicle Phone Account Item"),
        EVENTS,
        tuple(
            "SUSPECT OFFENDER VICTIM WITNESS REPORTING SUBJECT INVOLVED_PARTY ARRESTED DETAINED CALLER CALLED USED "
            "STOLEN SEEN EVIDENCE CHILD CARER".split()
        ),
    ),
    LinkType(
        "ASSOCIATED_WITH",
        "Two people or organisations are tied; `from` is the role's holder: a PARENT is the parent of `to`.",
        PARTY,
        PARTY,
        tuple("PARENT CHILD SIBLING PARTNER FAMILY CO_RESIDENT SOCIAL BUSINESS CO_OFFENDER CONTACT ASSOCIATE".split()),
    ),
    LinkType(
        "LIVES_AT",
        "Somebody lives, stays, works or is registered at an address or place.",
        PARTY,
        _kinds("Address Place"),
        ("HOME", "STAYS", "WORKS", "VISITS", "REGISTERED"),
    ),
    LinkType(
        "USES",
        "Somebody uses a phone, e-mail address or account.",
        PARTY,
        _kinds("Phone Email Account"),
        ("SUBSCRIBER", "USER"),
    ),
    LinkType("HOLDS", "Somebody holds a document.", PARTY, _kinds("Document")),
    LinkType("KEEPS", "Somebody is the keeper of a vehicle.", PARTY, _kinds("Vehicle")),
    LinkType("DRIVES", "Somebody was seen or is known to drive a vehicle.", PARTY, _kinds("Vehicle")),
    LinkType("OCCURRED_AT", "An event happened at a location.", EVENTS, _kinds("Address Place Postcode Area")),
    LinkType(
        "IN", "A location lies in a postcode or area.", _kinds("Address Place Postcode Area"), _kinds("Postcode Area")
    ),
    LinkType("HANDLED_BY", "An event is or was dealt with by an officer.", EVENTS, _kinds("Officer")),
    LinkType(
        "MEMBER_OF",
        "Somebody belongs to an organisation.",
        _kinds("Person Organisation Officer"),
        _kinds("Organisation"),
        ("MEMBER", "OFFICER_OF", "OWNER", "EMPLOYEE"),
    ),
    LinkType(
        "SUBJECT_OF",
        "Somebody or something is what a marker is about.",
        _kinds("Person Vehicle Address Organisation Phone"),
        _kinds("Marker"),
    ),
    LinkType(
        "RELATED_TO",
        "Two events belong together.",
        EVENTS,
        EVENTS,
        ("RECORDED_AS", "SAME_SERIES", "LED_TO", "LINKED"),
    ),
    LinkType(
        "SAME_IDENTITY",
        "The same thing in two compartments, or the same only by restricted knowledge; made by resolution only.",
        _kinds("Person Organisation Vehicle Address"),
        _kinds("Person Organisation Vehicle Address"),
    ),
)
