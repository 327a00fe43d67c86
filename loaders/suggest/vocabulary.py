"""The words by which exports call their columns and files: what they mean in the model's names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from graph.model import KINDS
from standards.text import fold

# A meaning is the name of a property of the model, or one of these that the model has no property for:
# ref (a key or a key of something else), as_of, date, time, officer, area, parent, relation, role, marking, graded.
_PHRASES = """
name: name, full name, fullname, person name, nominal name, names
forenames: forenames, given names, first names, forename s, christian names
given_name: forename, first name, firstname, given name, fname, christian name, forename 1, first forename
middle_name: middle name, middle names, second name, forename 2, second forename, middlename, other forenames
surname: surname, last name, lastname, family name, lname, sname
maiden_name: maiden name, birth name, previous surname, former name, nee
alias: alias, aliases, aka, nickname, known as, also known as, moniker, street name alias
title: title, salutation, honorific
date_of_birth: dob, do b, date of birth, birth date, birthdate, born, d o b, birthday
year_of_birth: year of birth, birth year, yob
age: age, age years
date_of_death: date of death, dod, died
gender: sex, gender
place_of_birth: place of birth, birth place, birthplace, pob, town of birth
nationality: nationality, citizenship
ethnicity_self: ethnicity, self defined ethnicity, self defined, ethnicity self, ethnic origin, ethnicity code, sde,
    self classified ethnicity
ethnicity_observed: observed, officer defined ethnicity, ethnicity obs, ethnicity observed, ethnic app, ethnic
    appearance, officer defined, ic code, observed ethnicity
height_cm: height, height cm
build: build, physique
occupation: occupation, profession, job, employment
pnc_id: pnc, pncid, pnc id, pnc no, pnc number, pnc ref
cro_number: cro, cro no, cro number
ni_number: nino, ni, ni no, ni number, national insurance, national insurance number, nat ins
driver_number: driver number, driver no, driving licence, licence number, driving licence number, driver licence
passport_number: passport, passport no, passport number
nhs_number: nhs, nhs no, nhs number
warning: warnings, warning, warning signals, warning markers
phone: phone, telephone, tel, mobile, phone number, phone no, telephone number, telephone no, mobile number, mobile
    no, tel no, contact number, contact no, msisdn, cli, cell, home phone, phone 1, phone 2, work phone, landline
email: email, e mail, email address, e mail address, mail, email 1
address: address, full address, address line, address text, home address, addr, location, scene, premises, location
    text, location address
saon: flat, flat no, sub building, saon, unit no
paon: house no, house number, building number, paon, building name, house name, building no, house
street: street, street name, road, thoroughfare, address line 1, address 1
locality: locality, district, address line 2, address 2, village
town: town, city, post town, address line 3, address 3
postcode: postcode, post code, pcode, postal code, zip
uprn: uprn
latitude: latitude, lat, y lat
longitude: longitude, long, lon, lng
easting: easting, eastings, osgb x, grid x, x, east
northing: northing, northings, osgb y, grid y, y, north
vrm: vrm, vrn, registration, reg, reg no, registration mark, registration number, index, number plate, plate,
    vehicle reg, licence plate, reg number
vin: vin, chassis, chassis no, vehicle identification number
make: make, manufacturer, veh make
model: model, veh model
colour: colour, color, veh colour
year: year, year of manufacture, year registered
type: type, category, kind, crime type, offence type, incident type, crime category, event type, class
subtype: subtype, sub type, subcategory, sub category
occurred_from: occurred, occurred from, committed, committed from, committed on, committed between, date from, from
    date time, start, started, start time, start date time, at, date time, datetime, timestamp, month, seen, seen
    at, occurred at, occurred on, offence date, date of offence, when, earliest date, incident date, event date,
    call time, first committed, captured at, capture time, read time
occurred_to: occurred to, committed to, date to, end, ended, end time, finish, finished, latest date, last
    committed, committed until
reported_at: reported, reported at, reported on, report date, date reported, received, received at, date received,
    recorded, recorded at, date recorded, created, created at, logged, submitted
opened_at: opened, opened at, open time, log opened
assigned_at: assigned, assigned at, dispatched, despatched, deployed at, allocated
arrived_at: arrived, arrived at, at scene, on scene, arrival time
closed_at: closed, closed at, log closed, resolved at, close time
arrested_at: arrested, arrested at, date arrested, arrest date, arrest time, date of arrest, time of arrest
detained_at: detained, detained at, detention authorised, detention start, arrived in custody, booked in, time of
    detention
released_at: released, released at, release date, release time, date released
valid_from: valid from, from, from date, start date, effective from, since, date started, begin
valid_to: valid to, to date, end date, effective to, until, expires, expiry, expiry date, to
as_of: updated, last updated, last modified, modified, amended, last amended, entered, entered on, date entered, as
    of, extracted, extract date, last change, changed, update date, updated at, refreshed, snapshot date
date: date, day
time: time, kick off, ko, time of day
summary: summary, synopsis, circumstances, narrative, details, description of incident, log text, remarks
text: text, marker text, content, body, report text, intelligence text, sanitised text, free text
description: description, desc, property description, item description, other description
outcome: outcome, result, last outcome, last outcome category, final outcome, outcome type, clearance, outcome
    category
status: status, state, current status, crime status
severity: severity, severity score, harm score, harm
modus_operandi: mo, modus operandi, method
hate_crime: hate, hate crime, hate flag, hate crime strand
classification: ho class, home office class, classification, ho code, home office code, hocr, crime class
offence_code: offence code, cjs code
charge: charge, charged with
offence: offence, offence description, reason for arrest, arrested for, offence text
disposal: disposal, disposition, custody outcome
legislation: legislation, power, legal power, power used, act
object_of_search: object of search, object, reason for search, search reason, looking for, search object
found: found, item found, items found, article found, outcome linked to object of search, found anything
priority: priority, grade of response, response grade, urgency
opening_code: opening code, open code, nsir opening
closing_code: closing code, close code, nsir closing
channel: channel, call type, comms type, communication type
duration_s: seconds, duration, duration s, duration seconds, call duration, duration secs, secs
camera: camera, cam, camera id, camera name, anpr camera, site, reader
direction: direction, dir, direction of travel, heading
confidence: confidence, read confidence
urn: urn, intel urn, report urn, log urn
category: category, concern, category of concern, abuse type, referral category
risk_score: risk, risk score, risk level, score
agency: agency, referring agency, referred by, agency name, referrer
home: home, home side, home team, home club
away: away, away side, away team, visitors, away club
competition: competition, tournament
venue: venue, ground, stadium
attendance: attendance, crowd, attended
expected_attendance: expected, expected attendance, expected crowd
officers_deployed: officers deployed, officers on duty, police numbers
incidents: incidents, incident count, number of incidents
arrests: arrests, number of arrests, arrest count
authority: authority, set by, issued by, issuing authority, court
custody_number: custody number, custody no, custody ref
collar_number: collar, collar no, collar number, shoulder number, warrant number, shoulder no, epaulette, badge no,
    badge number
rank: rank, grade rank
unit: unit, team, station, department, section, shift
serial_number: serial no, serial number, serial, imei
value_gbp: value, value gbp, est value, estimated value, worth
company_number: company number, company no, companies house number, crn, company reg no
code: area code, beat code, lsoa code, ward code
boundary: boundary, geometry, polygon, wkt
officer: officer, oic, officer in case, officer in charge, officer no, officer id, officer number, arresting
    officer, searching officer, attending officer, investigating officer, author, custody officer, reporting
    officer, staff id
area: beat, ward, lsoa, msoa, lpu, division, sector code, neighbourhood, beat code, ward code, lsoa code, policing
    area
parent: parent, parent code, parent id, parent ref
relation: relation, relationship, relation type, relationship type, rel type
role: role, involvement, involvement type, role type, person role
marking: protective marking, marking, gpms, gsc, security classification, classification marking, protection
grade_source: source eval, source evaluation, source grade, source reliability
grade_intelligence: intel eval, intelligence evaluation, intel evaluation, information evaluation, intelligence grade
grade_handling: handling, handling code, dissemination, handling conditions
graded: grade, grading, 3x5x2, 5x5x5, intelligence grading
ref: ref, reference, id, no, number, key, identifier, ref no, reference number, uid, uuid, guid, num, reference no,
    ref number, unique id, account, case no, series of, linked to, related to
"""
_UNIT_WORDS = frozenset("double int integer string long float boolean date datetime".split())
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")


def unwrapped(text: str) -> list[str]:
    """The lines of a table of words; one that begins with spaces goes on with the line above."""
    return re.sub(r"\n +", " ", text.strip()).splitlines()


def _phrases() -> Mapping[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for kind in KINDS.values():
        for prop in kind.properties:
            found.setdefault(tuple(prop.name.split("_")), prop.name)
    for line in unwrapped(_PHRASES):
        meaning, _, phrases = line.partition(": ")
        for phrase in phrases.split(", "):
            found[tuple(phrase.split())] = meaning
    return MappingProxyType(found)


# Two meanings of one phrase: the one that the kinds of the row hold is taken, the first where both do.
_ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "type": ("category", "channel"),
        "category": ("type", "subtype"),
        "unit": ("saon",),
        "location": ("address",),
        "address": ("venue",),
        "found": ("outcome",),
        "text": ("summary", "description", "note"),
        "summary": ("text", "description", "note"),
        "description": ("summary", "text", "note"),
        "classification": ("marking", "type"),
        "valid_from": ("occurred_from",),
        "valid_to": ("occurred_to",),
        "occurred_from": ("valid_from",),
        "occurred_to": ("valid_to",),
        "date": ("occurred_from", "reported_at", "valid_from"),
        "code": ("type", "ref"),
        "area": ("name",),
        "title": ("name",),
        "urn": ("ref",),
        "custody_number": ("ref",),
        "collar_number": ("officer",),
        "officer": ("collar_number",),
        "camera": ("ref",),
        "phone": ("ref",),
        "risk_score": ("severity",),
        "priority": ("severity",),
        "offence": ("type", "charge", "summary"),
        "offence_code": ("classification",),
        "parent": ("ref",),
        "direction": ("subtype",),
        "vrm": ("ref",),
        "channel": ("type",),
        "arrested_at": ("occurred_from",),
        "detained_at": ("occurred_from",),
        "disposal": ("outcome",),
        "outcome": ("disposal",),
        "venue": ("address",),
    }
)
PHRASES = _phrases()
_LONGEST = max(map(len, PHRASES))
_GLUE = frozenset({"of", "the", "for"})


def words(name: str) -> tuple[str, ...]:
    """The folded words of a column's or file's name: camel case and figures taken apart, types after a colon off."""
    head, colon, kind = name.rpartition(":")
    plain = head if colon and kind.strip().casefold() in _UNIT_WORDS else name
    return tuple(word for part in _WORD.findall(plain) for word in fold(part).split())


@lru_cache(maxsize=1 << 12)
def read(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a name means, the likeliest first, and the words before or after that say of whom or what.

    `Child DOB` is a date of birth of `child`, `Crime No` a reference of `crime`; nothing where no word is known.
    """
    given = words(name)
    ordinal = given[-1:] if len(given) > 1 and given[-1].isdigit() and given not in PHRASES else ()
    body = given[: len(given) - len(ordinal)]
    for length in range(min(_LONGEST, len(body)), 0, -1):
        if (meaning := PHRASES.get(body[len(body) - length :])) is not None:
            return _all(meaning), body[: len(body) - length]
    for length in range(min(_LONGEST, len(body)), 0, -1):
        if (meaning := PHRASES.get(body[:length])) is not None:
            return _all(meaning), tuple(word for word in body[length:] if word not in _GLUE)
    return (), body


def _all(meaning: str) -> tuple[str, ...]:
    return (meaning, *_ALSO.get(meaning, ()))


def knows(name: str) -> bool:
    """True where a name, or the end or beginning of it, is a word for a column."""
    return bool(read(name)[0]) and not any(word.isdigit() and len(word) > 1 for word in words(name))


def match(given: Iterable[str], table: Mapping[tuple[str, ...], str]) -> str | None:
    """The entry of a table whose phrase stands in some words, the longest phrase first; plurals count."""
    found = tuple(given)
    singular = tuple(single(word) for word in found)
    for phrase in sorted(table, key=len, reverse=True):
        for sequence in (found, singular):
            if any(sequence[at : at + len(phrase)] == phrase for at in range(len(sequence))):
                return table[phrase]
    return None


def single(word: str) -> str:
    """A word without its plural ending."""
    for end, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("s", "")):
        if len(word) > len(end) + 2 and word.endswith(end) and not word.endswith("ss"):
            return word[: -len(end)] + instead
    return word


_ENDINGS = frozenset("csv tsv tab psv txt dat ndjson jsonl json parquet pq gz zst".split())


def stem(path: str, skipped: int = 0) -> tuple[str, ...]:
    """The words of a file's own name, its endings off, without so many first ones that others begin with too."""
    name = path.rpartition("!/")[2].rpartition("/")[2]
    parts = [part for part in name.split(".") if part.casefold() not in _ENDINGS]
    found = words(" ".join(parts))
    return found[skipped:] or found
