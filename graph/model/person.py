"""People: one kind; victim, suspect, witness are roles on links."""

from __future__ import annotations

from graph.model.core import Identity, Kind, Property, ValueType
from graph.model.shared import NOTE, RETENTION, code, day, identifier, many, number, text

PERSON = Kind(
    "Person",
    Identity.RESOLVED,
    "A human being. Several records of one person meet in one entity.",
    (
        text("title", "form of address"),
        text("given_name", "first given name", "DS_031", searched=True, ordered=True),
        text("middle_name", "further given names", "DS_031", searched=True),
        text("surname", "family name", "DS_032", searched=True, ordered=True),
        text("maiden_name", "family name before marriage", "DS_032", searched=True),
        many("alias", "other names the person goes by", "DS_033", plural="aliases", searched=True),
        day("date_of_birth", "date of birth", "DS_034", ordered=True),
        number("year_of_birth", "year of birth, where no more is known", ordered=True),
        number("age", "age in years at the date of the record"),
        day("date_of_death", "date of death", "DS_076"),
        code("gender", "gender code", "DS_037"),
        text("place_of_birth", "place of birth", "DS_035"),
        many("nationality", "nationality, ISO 3166-1 alpha-3 where known", "DS_004"),
        code("ethnicity_self", "self-defined ethnicity; never in matching or scoring", "DS_038"),
        code("ethnicity_observed", "ethnicity as an officer observed it; never in matching or scoring", "DS_112"),
        number("height_cm", "height, centimetres"),
        text("build", "build", "DS_039"),
        text("description", "other description"),
        text("occupation", "occupation"),
        identifier("pnc_id", "Police National Computer id", "DS_072"),
        identifier("cro_number", "Criminal Records Office number", "DS_071"),
        identifier("ni_number", "National Insurance number", "DS_060"),
        identifier("driver_number", "driver number of a UK licence", "DS_061"),
        identifier("passport_number", "passport number", "DS_056"),
        identifier("nhs_number", "NHS number", "NHS"),
        many("postcode", "postcodes the record gives; matching reads them", "DS_010", plural="postcodes"),
        many("address", "addresses the record gives; matching reads them", plural="addresses_given"),
        many("phone", "phone numbers the record gives; matching reads them", "DS_053", plural="phones_given"),
        many("email", "e-mail addresses the record gives; matching reads them", "DS_054", plural="emails_given"),
        many("vrm", "vehicle marks the record gives; matching reads them", "DS_065", plural="vrms_given"),
        many("warning", "warning codes", plural="warnings"),
        *RETENTION,
        NOTE,
    ),
    group="person",
)

# `name` is taken apart on the way in and never stored.
PERSON_NAME = Property("name", ValueType.TEXT, "full name, taken apart into its parts", standard="DS_032")
