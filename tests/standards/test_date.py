"""Dates of any precision."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.date import (
    MONTH_FIRST,
    DateTextError,
    FormatError,
    PartialDate,
    Precision,
    check_birth,
    from_epoch,
    from_text,
    is_ambiguous,
    is_placeholder_birth,
    last_second,
    parse_date,
    parse_time,
)

AS_OF = from_text("2024-03-01").epoch


def text_of(text: str, *formats: str, zone: str = "Europe/London", as_of: int | None = AS_OF) -> str | None:
    when = parse_date(text, formats, zone=zone, as_of=as_of)
    return None if when is None else when.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1984", "1984"),
        ("1984-5", "1984-05"),
        ("1984-05-31", "1984-05-31"),
        ("31/05/1984", "1984-05-31"),
        ("4/08/2017", "2017-08-04"),
        ("31.5.1984", "1984-05-31"),
        ("31/05/84", "1984-05-31"),
        ("31 May 1984", "1984-05-31"),
        ("1st Sept 1984", "1984-09-01"),
        ("May 1984", "1984-05"),
        ("05/1984", "1984-05"),
        ("19840531", "1984-05-31"),
        ("2024-01-31T10:05", "2024-01-31T10:05Z"),
        ("2019-05-31T23:01:00+00:00", "2019-05-31T23:01:00Z"),
        ("2024-06-30 10:05:07.250", "2024-06-30T09:05:07Z"),
        ("30/06/2024 10:05", "2024-06-30T09:05Z"),
        ("2024-06-30T10:05+05:30", "2024-06-30T04:35Z"),
        ("2024-02-30", None),
        ("31/02/2024", None),
        ("2024-13-01", None),
        ("05/31/1984", None),
        ("2024-06-30T24:00", None),
        ("0000-01-01", None),
        ("9999-12-31T23:59:59-05:00", None),
        ("yesterday", None),
        ("", None),
        ("١٩٨٤", None),
    ],
)
def test_without_formats_iso_then_day_first(text: str, expected: str | None) -> None:
    assert text_of(text) == expected


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("5/31/84", "MM/DD/YY", "1984-05-31"),
        ("31/05/24", "DD/MM/YY", "2024-05-31"),
        ("31/05/25", "DD/MM/YY", "1925-05-31"),
        ("31051984", "DDMMYYYY", "1984-05-31"),
        ("3151984", "DDMMYYYY", None),
        ("31/05/984", "DD/MM/YYYY", None),
        ("1984-05-31", "DD/MM/YYYY", None),
        ("05.1984", "MM.YYYY", "1984-05"),
        ("2024-01-31T10:05:07Z", "YYYY-MM-DDTHH:mm:ssZ", "2024-01-31T10:05:07Z"),
        ("2024-01-31 10:05 +0100", "YYYY-MM-DD HH:mm Z", "2024-01-31T09:05Z"),
        ("20240131 1005", "YYYYMMDD HHmm", "2024-01-31T10:05Z"),
        ("on 1/2/2024", "on DD/MM/YYYY", "2024-02-01"),
    ],
)
def test_formats_say_the_order(text: str, form: str, expected: str | None) -> None:
    assert text_of(text, form) == expected


def test_formats_are_tried_in_order_and_a_day_that_is_none_goes_to_the_next() -> None:
    assert text_of("31/05/1984", "MM/DD/YYYY", "DD/MM/YYYY") == "1984-05-31"
    assert text_of("01/02/1984", "MM/DD/YYYY", "DD/MM/YYYY") == "1984-01-02"
    assert text_of("05/31/1984", *MONTH_FIRST) == "1984-05-31"


@pytest.mark.parametrize(
    "form", ["DD/MM", "YYYY/YY", "YYYY-DD", "YYYY-MM-DD HH", "YYYY mm", "YYYY-MM-DD Z", "MM/MM/YYYY"]
)
def test_a_bad_format_is_named(form: str) -> None:
    with pytest.raises(FormatError, match=form):
        parse_date("2024", [form])


def test_a_two_figure_year_needs_a_day() -> None:
    with pytest.raises(FormatError, match="YY"):
        parse_date("31/05/84", ["DD/MM/YY"])
    assert parse_date("31/05/84") is None


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        ("2024-03-31 00:59", "2024-03-31T00:59Z"),
        ("2024-03-31 01:30", "2024-03-31T01:30Z"),
        ("2024-03-31 02:00", "2024-03-31T01:00Z"),
        ("2024-10-27 01:30", "2024-10-27T00:30Z"),
        ("2024-10-27 02:30", "2024-10-27T02:30Z"),
    ],
)
def test_summer_time(wall: str, utc: str) -> None:
    assert text_of(wall) == utc
    assert text_of(wall, zone="UTC") == wall.replace(" ", "T") + "Z"


@given(st.datetimes(), st.sampled_from(Precision))
def test_round_trip(moment: datetime, precision: Precision) -> None:
    seconds = int((moment.replace(microsecond=0) - datetime(1970, 1, 1)).total_seconds())
    when = from_epoch(seconds, precision)
    assert from_text(when.text) == when
    assert parse_date(when.text) == when
    assert when.epoch <= seconds <= last_second(when)
    assert from_epoch(when.epoch, precision) == when
    assert from_epoch(last_second(when), precision) == when


@given(st.text(), st.sampled_from(["Europe/London", "Asia/Karachi"]))
def test_no_text_breaks_it(text: str, zone: str) -> None:
    when = parse_date(text, zone=zone, as_of=AS_OF)
    assert when is None or from_text(when.text) == when
    assert parse_time(text) is None or parse_time(text) == parse_time(parse_time(text) or "")
    is_ambiguous(text)


@given(st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}( [0-9]{1,2}:[0-9]{2})?", fullmatch=True))
def test_no_number_breaks_it(text: str) -> None:
    when = parse_date(text, as_of=AS_OF)
    assert when is None or from_text(when.text) == when


@pytest.mark.parametrize("text", ["1984-5-1", "1984-05-31T10:05", "31/05/1984", "0000", "2024-02-30", ""])
def test_our_own_text_is_strict(text: str) -> None:
    with pytest.raises(DateTextError):
        from_text(text)


def test_epochs() -> None:
    assert from_text("1970") == PartialDate("1970", Precision.YEAR, 0)
    assert from_text("1969-12-31").epoch == -86_400
    assert from_text("0001").epoch == -62_135_596_800
    assert last_second(from_text("2024-02")) == from_text("2024-02-29T23:59:59Z").epoch
    with pytest.raises(DateTextError):
        from_epoch(10**18)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:05", "09:05"),
        ("0905", "09:05"),
        ("9.05pm", "21:05"),
        ("12 am", "00:00"),
        ("09:05:07", "09:05:07"),
        ("24:00", None),
    ],
)
def test_time(text: str, expected: str | None) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("1984-05-31", True),
        ("2024-02-29", True),
        ("2024-03-01", False),
        ("2024-03-02", False),
        ("1903-03-02", True),
        ("1903-03-01", False),
        ("1902", False),
        ("1903", True),
    ],
)
def test_birth(text: str, ok: bool) -> None:
    assert check_birth(from_text(text), AS_OF).valid is ok


def test_nobody_is_born_after_death() -> None:
    assert not check_birth(from_text("1984-05-31"), death=from_text("1984-05-30")).valid
    assert check_birth(from_text("1984-05-31"), death=from_text("1984")).valid


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [("1900-01-01", True), ("1984-01-01", True), ("1899", True), ("1984", False), ("1984-05-31", False)],
)
def test_placeholder_birth(text: str, placeholder: bool) -> None:
    assert is_placeholder_birth(from_text(text)) is placeholder


def test_ambiguous_day_and_month() -> None:
    assert is_ambiguous("1/2/1984")
    assert not is_ambiguous("01/1/1984")
    assert not is_ambiguous("31/2/1984")
    assert not is_ambiguous(str(date(1984, 1, 2)))
