"""Events: all keyed by the source that recorded them."""

from __future__ import annotations

from graph.model.core import Identity, Kind, Property, ValueType
from graph.model.shared import LOCATION, NOTE, RETENTION, code, moment, number, text

EVENT_PROPERTIES = (
    code("type", "kind of event", "DS_078", ordered=True),
    code("subtype", "finer kind"),
    moment("occurred_from", "when it happened, or the earliest it can have", ordered=True),
    moment("occurred_to", "the latest it can have happened"),
    moment("reported_at", "when it was reported"),
    text("summary", "summary", searched=True),
    text("reference", "reference number", searched=True, ordered=True),
    code("outcome", "outcome", "DS_083"),
    code("status", "status", "DS_084", ordered=True),
    Property("severity", ValueType.FLOAT, "severity, 0 to 1", ordered=True),
    LOCATION,
)


def _event(name: str, description: str, *further: Property) -> Kind:
    return Kind(
        name, Identity.KEYED, description, (*EVENT_PROPERTIES, *further, *RETENTION, NOTE), event=True, group="event"
    )


CRIME = _event(
    "Crime",
    "A recorded crime.",
    code("classification", "Home Office classification", "DS_074"),
    code("offence_code", "offence code", "DS_080"),
    text("charge", "charge"),
    text("modus_operandi", "how it was done", "DS_088"),
    code("hate_crime", "hate crime strand", "DS_096"),
)
INCIDENT = _event(
    "Incident",
    "A call for service: a 999 or 101 call and what came of it.",
    code("priority", "priority grade"),
    moment("opened_at", "when the incident was opened"),
    moment("assigned_at", "when a unit was assigned"),
    moment("arrived_at", "when the first unit arrived"),
    moment("closed_at", "when it was closed"),
    code("opening_code", "NSIR opening code", "DS_091"),
    code("closing_code", "NSIR closing code", "DS_092"),
)
STOP_SEARCH = _event(
    "StopSearch",
    "A stop and search.",
    code("legislation", "power used"),
    code("object_of_search", "what was looked for", "DS_105"),
    text("found", "what was found"),
)
ARREST = _event(
    "Arrest",
    "An arrest.",
    text("custody_number", "custody number", searched=True),
    text("offence", "offence", "DS_086"),
    moment("released_at", "when released"),
    code("disposal", "how it ended"),
)
CUSTODY = _event(
    "Custody",
    "A stay in custody.",
    text("custody_number", "custody number", searched=True),
    text("offence", "offence", "DS_086"),
    moment("released_at", "when released"),
    code("disposal", "how it ended"),
)
CALL = _event(
    "Call",
    "A communication between two phones; a 999 call is an Incident.",
    number("duration_s", "duration, seconds"),
    code("channel", "VOICE, SMS, DATA"),
)
SIGHTING = _event(
    "Sighting",
    "A vehicle or person seen, by a camera or an officer.",
    text("camera", "camera"),
    text("direction", "direction of travel"),
    Property("confidence", ValueType.FLOAT, "confidence of the reading, 0 to 1"),
)
INTEL_REPORT = _event(
    "IntelReport",
    "An intelligence report; its grade is the grade of its statements.",
    text("urn", "unique reference number", searched=True),
    text("text", "sanitised text of the report", searched=True),
)
SAFEGUARDING = _event(
    "Safeguarding",
    "A safeguarding referral.",
    code("category", "category of concern"),
    number("risk_score", "risk score of the agency"),
    text("agency", "referring agency"),
)
PUBLIC_EVENT = _event(
    "PublicEvent",
    "A match, march or concert that is policed.",
    text("venue", "venue", searched=True),
    number("attendance", "people who came"),
    number("expected_attendance", "people expected"),
    number("officers_deployed", "officers deployed"),
    number("incidents", "incidents at it"),
    number("arrests", "arrests at it"),
    text("home", "home side", searched=True),
    text("away", "away side", searched=True),
    text("competition", "competition"),
)
