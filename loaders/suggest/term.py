"""The words for kinds of things, for people's roles and for their ties, as exports use them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from loaders.suggest.vocabulary import match, unwrapped


def _table(text: str) -> Mapping[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for line in unwrapped(text):
        name, _, phrases = line.partition(": ")
        found |= {tuple(phrase.split()): name for phrase in phrases.split(", ")}
    return MappingProxyType(found)


KINDS_BY_WORD = _table(
    """
Crime: crime, offence, burglary, theft, robbery, series
Incident: incident, cad, command control, control room, stormlog, log
StopSearch: stop search, stop and search, search, stop
Arrest: arrest
Custody: custody, detention
Call: call, cdr, call record, communication, phone call
Sighting: sighting, anpr, read, plate read
IntelReport: intelligence, intel, intelligence report, report, information report
Safeguarding: safeguarding, referral, mash, child protection, concern
PublicEvent: fixture, football, match, public event, concert, march
Marker: marker, flag, wanted, bail, warning marker, missing
Organisation: business, organisation, organization, company, employer, group, gang, ocg, club, firm
Officer: officer, staff, collar, oic, author, constable, employee
Area: area, beat, ward, lpu, district, division, lsoa, parent area
Vehicle: vehicle, car, veh
Item: property, item, exhibit, object, stolen property, article
Address: address, location, premises, uprn, site
Phone: phone, telephone, mobile
Email: email
Postcode: postcode, post code
Person: person, people, nominal, individual, subject, suspect, victim, witness, offender, detainee, prisoner,
    subscriber, keeper, caller, customer, complainant, informant, arrestee, child, carer, parent, guardian,
    resident, tenant, client, holder, driver, owner, subject person, unique
"""
)
# The role on INVOLVED_IN that a word for a person says.
ROLES_BY_WORD = _table(
    """
SUSPECT: suspect, accused, defendant
OFFENDER: offender, perpetrator
VICTIM: victim, complainant, ip, injured party, aggrieved
WITNESS: witness
REPORTING: reporting person, reporter, informant, reported by
SUBJECT: subject, poi, person of interest
ARRESTED: arrested, arrestee
DETAINED: detainee, detained, prisoner, dp
CALLER: caller, calling, a number, from number, source number, originating
CALLED: called, b number, to number, dialled, destination, recipient
CHILD: child, pupil, minor
CARER: carer, guardian, mother, father, responsible adult
INVOLVED_PARTY: involved, party, driver
"""
)
# The role on ASSOCIATED_WITH: `from` has it towards `to`.
TIES_BY_WORD = _table(
    """
PARENT: parent, mother, father, stepmother, stepfather, mum, dad, guardian, carer
CHILD: child, son, daughter
SIBLING: sibling, brother, sister
PARTNER: partner, spouse, husband, wife, girlfriend, boyfriend, ex partner
FAMILY: family, uncle, aunt, cousin, grandparent, grandmother, grandfather, relative, nephew, niece
CO_RESIDENT: co resident, housemate, flatmate, lodger, neighbour
SOCIAL: friend, social, acquaintance
BUSINESS: business, employer, employee, colleague
CO_OFFENDER: co offender, co accused, accomplice, co defendant
CONTACT: contact, next of kin, nok, emergency contact
ASSOCIATE: associate, associated, known associate
"""
)
STATUS_BY_WORD = _table(
    """
ALLEGED: suspect, suspected, alleged, named, arrested, under investigation, bailed, rui
CHARGED: charged, summonsed, charge
CONVICTED: convicted, guilty, sentenced, cautioned
CLEARED: eliminated, cleared, not guilty, nfa, no further action, acquitted, released without charge
"""
)
MARKERS_BY_WORD = _table(
    """
WANTED: wanted, warrant
BAIL: bail, bailed
MISSING: missing
WARNING_VIOLENT: violent, violence
WARNING_WEAPONS: weapon, weapons, knife, knives, firearm, firearms
WARNING_SELF_HARM: self harm, suicidal, suicide
WARNING_ESCAPER: escaper, escape, escapes
VULNERABLE_CHILD: vulnerable child
VULNERABLE_ADULT: vulnerable adult
"""
)
# Whether a coded party is a person or an organisation.
PARTY_BY_WORD = _table(
    """
Person: p, person, individual, private, natural person
Organisation: o, c, org, organisation, organization, company, business, corporate, legal person
"""
)


def marker_of(words: Iterable[str]) -> str | None:
    """The marker that some words speak of."""
    return match(words, MARKERS_BY_WORD)


def kind_of(words: Iterable[str]) -> str | None:
    """The kind that some words speak of, None where they speak of none."""
    return match(words, KINDS_BY_WORD)


def role_of(words: Iterable[str]) -> str | None:
    """The role in an event that some words speak of."""
    return match(words, ROLES_BY_WORD)


def tie_of(words: Iterable[str]) -> str | None:
    """The tie between two people that some words speak of."""
    return match(words, TIES_BY_WORD)


def status_of(words: Iterable[str]) -> str | None:
    """The standing of somebody in an event that some words speak of."""
    return match(words, STATUS_BY_WORD)
