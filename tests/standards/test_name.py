"""Names taken apart, cased, keyed and checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards import spelling
from standards.name import PersonName, check_name, display_name, full_name, name_key, nicknames_of, parse_name


@pytest.mark.parametrize(
    ("text", "title", "given_name", "middle", "surname"),
    [
        ("SMITH, John Paul", None, "John", "Paul", "Smith"),
        ("SMITH John Paul", None, "John", "Paul", "Smith"),
        ("Mr John Paul Smith", "Mr", "John", "Paul", "Smith"),
        ("MCDONALD, MR R", "Mr", "R", None, "McDonald"),
        ("Dr. Al Smith", "Dr", "Al", None, "Smith"),
        ("Mrs Patel", "Mrs", None, None, "Patel"),
        ("O'Neill", None, "O'Neill", None, None),
        ("O'Neill,", None, None, None, "O'Neill"),
        ("van der Berg", None, None, None, "van der Berg"),
        ("Ludwig VAN DER BERG", None, "Ludwig", None, "van der Berg"),
        ("bin Ali", None, None, None, "bin Ali"),
        ("Ahmed bin Ali", None, "Ahmed", None, "bin Ali"),
        ("Jane Smith - Jones", None, "Jane", None, "Smith-Jones"),
        ("O'NEILL-MCDONALD, D'ARCY", None, "D'Arcy", None, "O'Neill-McDonald"),
        ('Robert "Bob" Smith Jr', None, "Robert", None, "Smith"),
        ("Gurpreet Kaur Gill", None, "Gurpreet", "Kaur", "Gill"),
        ("", None, None, None, None),
        (" , ", None, None, None, None),
    ],
)
def test_parse(text: str, title: str | None, given_name: str | None, middle: str | None, surname: str | None) -> None:
    assert parse_name(text) == PersonName(title, given_name, middle, surname)


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    full_name(parse_name(text))
    name_key(text)
    assert display_name(display_name(text)) == display_name(text)


@pytest.mark.parametrize("name", ["McDonald", "O'Neill", "Smith-Jones", "van der Berg", "D'Arcy", "Ng", "Łukasz"])
def test_proper_case(name: str) -> None:
    assert display_name(name.upper()) == name
    assert display_name(name.lower()) == name
    assert display_name(name) == name


@pytest.mark.parametrize(
    "spellings",
    [
        "mohammed muhammad mohd md mohamed mohammod muhammed",
        "chaudhry choudhury chowdhury chaudhary chowdhry",
        "yasmin jasmine yasmeen",
        "yusuf yousef youssef yousaf",
        "łukasz lukas lucas",
        "hussain hossain hussein husain",
        "catherine katherine kathryn katarzyna",
        "krzysztof krystof kristof",
        "sheikh shaikh shaykh",
        "rahman rehman rahmaan",
        "kowalczyk kovalchik kowalczik",
        "wiśniewski visnevski wiśniewska",
        "zainab zaynab zeinab",
        "aisha ayesha aysha eesha",
        "mcdonald macdonald",
        "qureshi kureshi quraishi",
        "smith smyth",
        "stephen steven",
        "ștefan stefan",
        "alexandru alexander aleksander",
        "tariq tareq tarek",
        "usman osman othman",
        "mahmood mahmud mehmood",
    ],
)
def test_spellings_of_one_name_share_a_key(spellings: str) -> None:
    assert len({name_key(name) for name in spellings.split()}) == 1


@pytest.mark.parametrize(
    "names",
    [
        "hassan hussain",
        "zara sara",
        "gordon jordan",
        "yates gates",
        "mohammed mahmood",
        "omar amir",
        "john jane",
        "ellen alan",
    ],
)
def test_other_names_have_other_keys(names: str) -> None:
    assert len({name_key(name) for name in names.split()}) == 2


def test_nicknames() -> None:
    assert {"bob", "rob", "robert"} <= nicknames_of("Robert")
    assert "robert" in nicknames_of("Bob")
    assert "muhammad" in nicknames_of("Mo")
    assert "katarzyna" in nicknames_of("Kasia")
    assert nicknames_of("Xqz") == {"xqz"}


@given(st.sampled_from(["robert", "liz", "jan", "mohammed", "maria", "bill", "alexandra", "nelu", "jack", "harry"]))
def test_nicknames_are_symmetric(name: str) -> None:
    assert all(name in nicknames_of(other) for other in nicknames_of(name))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "UNKNOWN",
        "N/A",
        "MR X",
        "Mr",
        "TBC",
        "J0HN",
        "John  Paul",
        "x" * 36,
        "Smith;",
        "Not Known",
        "XXX",
        "Unknown Male",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert not check_name(text, "DS_032").valid


@pytest.mark.parametrize("text", ["Smith", "Ó Briain", "Smith-Jones", "St. John", "Na", "J", "Nguyễn", "محمد"])
def test_names(text: str) -> None:
    assert check_name(text, "DS_031").value == text


@given(st.text("abcdehiknogprqstuvwxyzgC", max_size=12))
def test_a_sound_rule_that_is_not_tried_could_not_match(word: str) -> None:
    assert all(pattern.search(word) is None for letter, pattern, _ in spelling._RULES if letter not in word)
