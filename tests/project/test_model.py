"""The model holds the published names: mappings, Cypher and GraphQL of other people are written against them."""

from __future__ import annotations

import pytest

from graph.model import EVENTS, KINDS, LINKS, PERSON_NAME, Identity

# Names and meanings of version 1; a name may be added, never changed or taken away.
EVENT = "type subtype occurred_from occurred_to reported_at summary reference outcome status severity location note"
PROPERTIES = {
    "Person": "title given_name middle_name surname maiden_name alias* date_of_birth year_of_birth age date_of_death "
    "gender place_of_birth nationality* ethnicity_self ethnicity_observed height_cm build description occupation "
    "pnc_id* cro_number* ni_number* driver_number* passport_number* nhs_number* note",
    "Organisation": "name type company_number alias* note",
    "Vehicle": "vrm vin make model colour year type note",
    "Address": "text saon paon street locality town postcode uprn location note",
    "Place": "name type location description note",
    "Area": "code name type boundary note",
    "Phone": "value note",
    "Email": "value note",
    "Postcode": "value note",
    "Document": "value type issuer note",
    "Account": "value type issuer note",
    "Item": "type description reference serial_number value_gbp note",
    "Officer": "collar_number rank given_name surname unit note",
    "Marker": "type text valid_from valid_to authority note",
    "Crime": f"{EVENT} classification offence_code charge modus_operandi hate_crime",
    "Incident": f"{EVENT} priority opened_at assigned_at arrived_at closed_at opening_code closing_code",
    "StopSearch": f"{EVENT} legislation object_of_search found",
    "Arrest": f"{EVENT} custody_number offence released_at disposal",
    "Custody": f"{EVENT} custody_number offence released_at disposal",
    "Call": f"{EVENT} duration_s channel",
    "Sighting": f"{EVENT} camera direction confidence",
    "IntelReport": f"{EVENT} urn text",
    "Safeguarding": f"{EVENT} category risk_score agency",
    "PublicEvent": f"{EVENT} venue attendance expected_attendance officers_deployed incidents arrests "
    "home away competition",
}
# What the contract does not have: added for retention, where somebody comes to notice or is named.
RETENTION = {"retention_group", "review_on"}
# Beyond what is published: what records say shortly of whom they are about, that matching reads.
SHORT_FORMS = {
    "Person": {"address", "postcode", "phone", "email", "vrm", "warning"},
    "Organisation": {"address", "postcode", "phone"},
}
IDENTITIES = {
    Identity.RESOLVED: "Person Organisation Vehicle Address",
    Identity.KEYED: "Crime Incident StopSearch Arrest Custody Call Sighting IntelReport Safeguarding PublicEvent "
    "Marker Officer Place Area Item",
    Identity.VALUE: "Phone Email Postcode Document Account",
}
PARTY = "Person Organisation"
ANY_EVENT = " ".join(EVENTS)
LINK_NAMES = {
    "INVOLVED_IN": (
        "Person Organisation Vehicle Phone Account Item",
        ANY_EVENT,
        "SUSPECT OFFENDER VICTIM WITNESS REPORTING SUBJECT INVOLVED_PARTY ARRESTED DETAINED CALLER CALLED USED STOLEN "
        "SEEN EVIDENCE CHILD CARER",
    ),
    "ASSOCIATED_WITH": (
        PARTY,
        PARTY,
        "PARENT CHILD SIBLING PARTNER FAMILY CO_RESIDENT SOCIAL BUSINESS CO_OFFENDER CONTACT ASSOCIATE",
    ),
    "LIVES_AT": (PARTY, "Address Place", "HOME STAYS WORKS VISITS REGISTERED"),
    "USES": (PARTY, "Phone Email Account", "SUBSCRIBER USER"),
    "HOLDS": (PARTY, "Document", ""),
    "KEEPS": (PARTY, "Vehicle", ""),
    "DRIVES": (PARTY, "Vehicle", ""),
    "OCCURRED_AT": (ANY_EVENT, "Address Place Postcode Area", ""),
    "IN": ("Address Place Postcode Area", "Postcode Area", ""),
    "HANDLED_BY": (ANY_EVENT, "Officer", ""),
    "MEMBER_OF": ("Person Organisation Officer", "Organisation", "MEMBER OFFICER_OF OWNER EMPLOYEE"),
    "SUBJECT_OF": ("Person Vehicle Address Organisation Phone", "Marker", ""),
    "RELATED_TO": (ANY_EVENT, ANY_EVENT, "RECORDED_AS SAME_SERIES LED_TO LINKED"),
    "SAME_IDENTITY": ("Person Organisation Vehicle Address", "Person Organisation Vehicle Address", ""),
}


def test_kinds_and_their_identities() -> None:
    assert {(kind.name, kind.identity) for kind in KINDS.values()} == {
        (name, identity) for identity, names in IDENTITIES.items() for name in names.split()
    }


@pytest.mark.parametrize("kind", PROPERTIES)
def test_properties(kind: str) -> None:
    published = set(PROPERTIES[kind].split())
    declared = {prop.name + "*" * prop.repeatable for prop in KINDS[kind].properties}
    further = {name.rstrip("*") for name in declared - published}
    assert published <= declared
    kept = RETENTION if kind == "Person" or KINDS[kind].event else set()
    assert further == SHORT_FORMS.get(kind, set()) | kept


def test_a_name_is_taken_apart() -> None:
    assert PERSON_NAME.name == "name"
    assert "name" not in KINDS["Person"].by_name


def test_links_their_ends_and_roles() -> None:
    declared = {(name, link.sources, link.targets, link.roles) for name, link in LINKS.items()}
    assert declared == {
        (name, frozenset(ends.split()), frozenset(others.split()), tuple(roles.split()))
        for name, (ends, others, roles) in LINK_NAMES.items()
    }


def test_everything_has_a_meaning() -> None:
    assert all(kind.description.endswith(".") for kind in KINDS.values())
    assert all(link.description.endswith(".") for link in LINKS.values())


def test_names_in_graphql() -> None:
    assert KINDS["Person"].by_name["alias"].field == "aliases"
    assert KINDS["Person"].by_name["warning"].field == "warnings"
    assert KINDS["Crime"].by_name["modus_operandi"].field == "modusOperandi"
    assert KINDS["StopSearch"].enum == "STOP_SEARCH"
