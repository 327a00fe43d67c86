"""Closed sets of the schema.

Written from api/schema.graphql by `make docs`.
"""

from __future__ import annotations

from enum import StrEnum


class ChangeType(StrEnum):
    """What kind of change it is. CHANGED_RECORD: another statement of it came. RETRACTED_LINK: its source says
    it no longer. GOLDEN_VALUE: a record that came made it another.
    """

    NEW_RECORD = "NEW_RECORD"
    CHANGED_RECORD = "CHANGED_RECORD"
    NEW_LINK = "NEW_LINK"
    RETRACTED_LINK = "RETRACTED_LINK"
    DECISION = "DECISION"
    RETRACTED_DECISION = "RETRACTED_DECISION"
    GOLDEN_VALUE = "GOLDEN_VALUE"


class DataRight(StrEnum):
    """What somebody asked for of a record about them, or was given."""

    DISPUTED = "DISPUTED"
    RESTRICTED = "RESTRICTED"
    RECTIFIED = "RECTIFIED"


class Direction(StrEnum):
    """Which way links go, seen from the thing asked about."""

    IN = "IN"
    OUT = "OUT"
    BOTH = "BOTH"


class Habit(StrEnum):
    """What may be usual in a life. PART_OF_DAY: NIGHT from 0, MORNING from 6, AFTERNOON from 12, EVENING from
    18 o'clock in the zone.
    """

    PLACE = "PLACE"
    CONTACT = "CONTACT"
    VEHICLE = "VEHICLE"
    PHONE = "PHONE"
    EVENT_KIND = "EVENT_KIND"
    PART_OF_DAY = "PART_OF_DAY"


class HotspotTrend(StrEnum):
    """Which cells: EMERGING have more events than their baseline makes likely, COOLING fewer, both least likely
    first; ENDURING are those of which most is to be expected, held against the cells around them.
    """

    EMERGING = "EMERGING"
    COOLING = "COOLING"
    ENDURING = "ENDURING"


class JobState(StrEnum):
    """How a job stands. WAITING for its turn, RUNNING, DONE; FAILED with an error; CANCELLED by its owner;
    LOST: the process that worked at it has ended.
    """

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    LOST = "LOST"


class KeyPlayerMethod(StrEnum):
    """What makes a key player. BETWEENNESS counts unordered pairs and is not normalised; DEGREE counts ties;
    FRAGMENTATION: without whom most pairs no longer reach each other; REACH: who reaches most others within two
    ties.
    """

    BETWEENNESS = "BETWEENNESS"
    PAGERANK = "PAGERANK"
    EIGENVECTOR = "EIGENVECTOR"
    DEGREE = "DEGREE"
    FRAGMENTATION = "FRAGMENTATION"
    REACH = "REACH"


class Kind(StrEnum):
    """What a thing is."""

    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"
    VEHICLE = "VEHICLE"
    ADDRESS = "ADDRESS"
    PLACE = "PLACE"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    POSTCODE = "POSTCODE"
    DOCUMENT = "DOCUMENT"
    ACCOUNT = "ACCOUNT"
    ITEM = "ITEM"
    AREA = "AREA"
    OFFICER = "OFFICER"
    MARKER = "MARKER"
    CRIME = "CRIME"
    INCIDENT = "INCIDENT"
    STOP_SEARCH = "STOP_SEARCH"
    ARREST = "ARREST"
    CUSTODY = "CUSTODY"
    CALL = "CALL"
    SIGHTING = "SIGHTING"
    INTEL_REPORT = "INTEL_REPORT"
    SAFEGUARDING = "SAFEGUARDING"
    PUBLIC_EVENT = "PUBLIC_EVENT"


class LinkType(StrEnum):
    """How two things are tied. Guilt is never in the type."""

    INVOLVED_IN = "INVOLVED_IN"
    ASSOCIATED_WITH = "ASSOCIATED_WITH"
    LIVES_AT = "LIVES_AT"
    USES = "USES"
    HOLDS = "HOLDS"
    KEEPS = "KEEPS"
    DRIVES = "DRIVES"
    OCCURRED_AT = "OCCURRED_AT"
    IN = "IN"
    HANDLED_BY = "HANDLED_BY"
    MEMBER_OF = "MEMBER_OF"
    SUBJECT_OF = "SUBJECT_OF"
    RELATED_TO = "RELATED_TO"
    SAME_IDENTITY = "SAME_IDENTITY"


class MisuseSign(StrEnum):
    """MisuseSign."""

    SELF = "SELF"
    SAME_SURNAME = "SAME_SURNAME"
    SAME_ADDRESS = "SAME_ADDRESS"
    COLLEAGUE = "COLLEAGUE"
    OUT_OF_AREA = "OUT_OF_AREA"
    REPEATED = "REPEATED"
    NO_REFERENCE = "NO_REFERENCE"
    BURST = "BURST"


class NetworkFormat(StrEnum):
    """What a network is written as. GRAPHML: for Gephi, yEd, Cytoscape, networkx. NODE_LINK: JSON as networkx
    reads it (`node_link_graph(document, edges="links")`). CSV: a table of things and one of links, as i2 and
    spreadsheets import them.
    """

    GRAPHML = "GRAPHML"
    NODE_LINK = "NODE_LINK"
    CSV = "CSV"


class PathOrder(StrEnum):
    """What comes first of paths. LENGTH: the shorter, then the better weakest grade. STRENGTH: the better
    weakest grade, ungraded last, then the shorter. Then ids.
    """

    LENGTH = "LENGTH"
    STRENGTH = "STRENGTH"


class Pattern(StrEnum):
    """A pattern of harm. Neither age nor any other protected characteristic is looked at, nor is anybody's
    future scored.
    """

    COUNTY_LINES = "COUNTY_LINES"
    CUCKOOING = "CUCKOOING"
    REPEAT_VICTIM = "REPEAT_VICTIM"
    SHARED_BURNER_PHONE = "SHARED_BURNER_PHONE"


class Precision(StrEnum):
    """How exactly a time is known."""

    YEAR = "YEAR"
    MONTH = "MONTH"
    DAY = "DAY"
    MINUTE = "MINUTE"
    SECOND = "SECOND"


class QualityDimension(StrEnum):
    """What of a source's data is judged: the dimensions of the standard."""

    COMPLETENESS = "COMPLETENESS"
    CONFORMITY = "CONFORMITY"
    TIMELINESS = "TIMELINESS"
    DUPLICATION = "DUPLICATION"


class RepeatKind(StrEnum):
    """What may appear again and again. VICTIM: people and organisations with the role VICTIM. CALLER: people,
    organisations and phones with the role CALLER or REPORTING. LOCATION: addresses and places where events
    occurred. VEHICLE: vehicles with any role.
    """

    VICTIM = "VICTIM"
    CALLER = "CALLER"
    LOCATION = "LOCATION"
    VEHICLE = "VEHICLE"


class Verdict(StrEnum):
    """What was decided about two records."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"
    POSSIBLY_SAME = "POSSIBLY_SAME"


class WatchPattern(StrEnum):
    """What a watch waits for. ANYTHING: what `changesSince` tells. TOGETHER: two of the watched at one event,
    or at two within so many metres and minutes. PATH: a new way between two of the watched. VULNERABLE:
    somebody who is marked as vulnerable newly linked to somebody with an offender's role, one of them watched.
    """

    ANYTHING = "ANYTHING"
    PATH = "PATH"
    TOGETHER = "TOGETHER"
    VULNERABLE = "VULNERABLE"
