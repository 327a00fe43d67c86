from __future__ import annotations

import pytest

from graph.errors import MappingError
from loaders.check_data import check_data
from tests.loaders.conftest import PEOPLE, Desk


def test_one_line_for_each_file_and_what_is_worth_a_warning(desk: Desk) -> None:
    desk.file("people.csv", "id,name,dob\n1,John Smith,31/05/1984\n,Ann Lee,\n3,Eve Roe,never\n")
    assert list(check_data(desk.mapping(PEOPLE.format(path="people.csv", options="")), desk.folder)) == [
        "warning: people.csv: no date of its own; give --as-of so that changes can be told",
        "people.csv: 3 rows, rejected 1 no-key, findings 1 DS_034",
    ]


def test_dates_written_month_first_are_refused_with_both_counts(desk: Desk) -> None:
    desk.file("people.csv", "id,name,dob\n1,A B,05/31/1984\n2,A B,05/06/1984\n3,A B,12/25/1980\n4,A B,1984\n")
    mapping = desk.mapping(PEOPLE.format(path="people.csv", options=""))
    with pytest.raises(MappingError, match=r"yaml:10: column 'dob' .* 2 values fail day first, 0 month first"):
        list(check_data(mapping, desk.folder))
    desk.file("people.csv", "id,name,dob\n1,A B,05/31/1984\n2,A B,25/12/1980\n")
    assert len(list(check_data(mapping, desk.folder))) == 2


def test_every_unknown_column_of_every_file_at_once(desk: Desk) -> None:
    desk.file("a.csv", "id,name\n")
    desk.file("b.csv", "id,dob\n")
    with pytest.raises(MappingError) as caught:
        list(check_data(desk.mapping(PEOPLE.format(path="*.csv", options="")), desk.folder))
    assert [problem.split(": ")[1].split(";")[0] for problem in caught.value.problems] == [
        "unknown column 'dob' in a.csv",
        "unknown column 'name' in b.csv",
    ]


def test_two_figure_years_without_a_date_are_warned_of(desk: Desk) -> None:
    desk.file("people.csv", "id,name,dob\n")
    text = PEOPLE.format(path="people.csv", options="").replace("parse: date", "parse: date, formats: [DD/MM/YY]")
    assert any("two-figure years" in line for line in check_data(desk.mapping(text), desk.folder))
