"""Files as nobody has seen them before, through the public reader: each with what it says, or why it is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.errors import LoadError, MappingError
from tests.loaders.conftest import PEOPLE, Desk, Said

People = Callable[..., Said]

HEAD = "id,name,dob\n"
ROWS = "1,Zoë Müller,31/05/1984\n2,Ann Lee,1990\n"
MANY = "1,Zoë Müller,1984\n" * 9
WIDE = ",".join(f"c{number}" for number in range(300))

# What stands in the file, the options of the mapping, and the surnames that are read.
READ: dict[str, tuple[bytes, str, list[str]]] = {
    "LF": ((HEAD + ROWS).encode(), "", ["Müller", "Lee"]),
    "CR LF": ((HEAD + ROWS).replace("\n", "\r\n").encode(), "", ["Müller", "Lee"]),
    "CR alone": ((HEAD + ROWS).replace("\n", "\r").encode(), "", ["Müller", "Lee"]),
    "CR alone, quoted": (
        (HEAD + '1,"Zoë Müller",\r2,"Lee, Ann",\r').replace("\n", "\r").encode(),
        "",
        ["Müller", "Lee"],
    ),
    "line ends of two kinds": ((HEAD + ROWS).encode().replace(b"\n", b"\r\n", 1), "", ["Müller", "Lee"]),
    "no line end at the end": ((HEAD + ROWS).rstrip().encode(), "", ["Müller", "Lee"]),
    "blank lines everywhere": (("\n\n" + HEAD + "\n \n" + ROWS + "\n\n").encode(), "", ["Müller", "Lee"]),
    "UTF-8 with a mark": ((HEAD + ROWS).encode("utf-8-sig"), "", ["Müller", "Lee"]),
    "UTF-8 with a mark, put behind itself": (
        (HEAD + "1,Al Roe,\n").encode("utf-8-sig") + b"\xef\xbb\xbf2,Ann Lee,\n",
        "",
        ["Roe", "Lee"],
    ),
    "UTF-16 with a mark": ((HEAD + ROWS).encode("utf-16"), "", ["Müller", "Lee"]),
    "UTF-16 without a mark": ((HEAD + ROWS).encode("utf-16-le"), "encoding: utf-16", ["Müller", "Lee"]),
    "UTF-16, the other way round": ((HEAD + ROWS).encode("utf-16-be"), "encoding: utf-16", ["Müller", "Lee"]),
    "UTF-32 with a mark": ((HEAD + ROWS).encode("utf-32"), "", ["Müller", "Lee"]),
    "Windows-1252": ((HEAD + ROWS).encode("windows-1252"), "encoding: windows-1252", ["Müller", "Lee"]),
    "header alone": (HEAD.encode(), "", []),
    "header alone, no line end": (HEAD.strip().encode(), "", []),
    "three hundred columns": (f"id,name,dob,{WIDE}\n1,Al Roe,{',' * 300}\n".encode(), "", ["Roe"]),
    "a column twice that nobody reads": (b"id,name,dob,x,x\n1,Al Roe,,a,b\n", "", ["Roe"]),
    "a formula": ((HEAD + '1,"=1+2",\n2,Ann Lee,\n').encode(), "", ["=1+2", "Lee"]),
    "a note of many lines": ((HEAD + '1,"Al\n\n\n\nRoe",\n2,Ann Lee,\n').encode(), "", ["Roe", "Lee"]),
    "a quote that opens and never closes": (
        (HEAD + '1,"Al Roe,\n' + "2,Ann Lee,\n3,Eve Poe,\n").encode(),
        "",
        ["Lee", "Poe"],
    ),
    "a NUL byte": ((HEAD + "1,A\0l Roe,\n2,Ann Lee,\n3,Eve Poe,\n").encode(), "", ["Lee", "Poe"]),
    "a cell of ten megabytes": ((HEAD + "1," + "x" * 10_000_000 + ",\n2,Ann Lee,\n").encode(), "", ["Lee"]),
}
REFUSED: dict[str, tuple[bytes, str, type[Exception], str]] = {
    "nothing": (b"", "", LoadError, "the file is empty"),
    "blank lines alone": (b"\n \n\n", "", LoadError, "the file is empty"),
    "UTF-16 that nobody declared": ((HEAD + ROWS).encode("utf-16-le"), "", LoadError, "say encoding: utf-16"),
    "Windows-1252 that nobody declared": (
        (HEAD + MANY).encode("windows-1252"),
        "",
        LoadError,
        "say encoding: windows-1252",
    ),
    "a column twice that is read": (b"id,name,name,dob\n1,Al,Roe,\n", "", MappingError, "'name' stands 2 times"),
    "a header that is torn": (b'id,"name,dob\n1,Al,Roe\n', "", LoadError, "the header cannot be read"),
    "a line without end": (b"id,name,dob\n" + b"x" * (66 << 20), "", LoadError, "line 2 is longer than 64 MiB"),
}


@pytest.mark.parametrize("what", READ)
def test_what_is_read(people: People, what: str) -> None:
    content, options, names = READ[what]
    said = people(content, options)
    claims = [row.records[0].properties for row in said.rows]
    assert [str(claim.get("surname") or claim["given_name"]) for claim in claims] == names


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(people: People, what: str) -> None:
    content, options, error, match = REFUSED[what]
    with pytest.raises(error, match=match):
        people(content, options)


def test_an_open_quote_costs_one_row_of_a_long_file(people: People) -> None:
    rows = "".join(f"{number},Ann Lee,1990\n" for number in range(2, 9_000))
    said = people(HEAD + '1,"Al Roe,1984\n' + rows)
    assert said.codes == [(2, "torn-quote")]
    assert len(said.rows) == 8_998


def test_a_quote_that_closes_further_down_swallows_nothing(people: People) -> None:
    rows = "".join(f"{number},Ann Lee,1990\n" for number in range(2, 20))
    said = people(HEAD + '1,"Al Roe,1984\n' + rows + '20,Eve Poe",1990\n21,Ann Lee,\n')
    assert said.codes == [(2, "torn-quote")]
    assert [row.line for row in said.rows] == list(range(3, 23))


def test_dates_of_many_forms_in_one_column(desk: Desk) -> None:
    forms = ["1984", "1984-05", "1984-05-31", "31/05/1984", "31.5.1984", "31 May 1984", "May 1984", "19840531"]
    desk.file("people.csv", HEAD + "".join(f"{number},Al Roe,{form}\n" for number, form in enumerate(forms)))
    said = desk.said(PEOPLE.format(path="people.csv", options=""))
    dates = [row.records[0].properties["date_of_birth"] for row in said.rows]
    assert dates == ["1984", "1984-05", *["1984-05-31"] * 4, "1984-05", "1984-05-31"]
