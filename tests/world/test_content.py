"""What stands in the silos: values that pass their standards but for a few, and the people that make matching hard."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from loaders.world import WorldSummary
from loaders.world.belonging import Outfitter
from loaders.world.chance import Chance
from loaders.world.geography import city
from loaders.world.identifier import landline, mobile, nhs_number, vehicle
from loaders.world.names_variant import plain
from loaders.world.noise import Clerk, Quality, misdate, mistype
from loaders.world.population import Founder
from standards.identifier import check_cro, check_driver, check_nhs, check_ni, check_pnc
from standards.phone import check_phone
from standards.postcode import check_postcode
from standards.vehicle import VrmForm, vrm_form
from tests.world.reading import said

CHECKS = {
    "pnc_id": check_pnc,
    "cro_number": check_cro,
    "ni_number": check_ni,
    "nhs_number": check_nhs,
    "driver_number": check_driver,
}


def cells(world: WorldSummary, name: str) -> list[str]:
    return [cell for silo in world.silos for record in said(world.out, silo) if (cell := record.cell(name))]


@pytest.mark.parametrize("name", CHECKS)
def test_identifiers_pass_their_standard(town: WorldSummary, name: str) -> None:
    values = cells(town, name)

    assert values
    assert [value for value in values if not CHECKS[name](value).valid] == []


@pytest.mark.parametrize(("name", "check"), [("postcode", check_postcode), ("phone", check_phone)])
def test_a_few_values_fail_their_standard(town: WorldSummary, name: str, check: object) -> None:
    assert callable(check)
    values = cells(town, name)
    failing = [value for value in values if not check(value).valid]

    assert 0 < len(failing) < 0.02 * len(values)


def test_some_dates_of_birth_are_none(town: WorldSummary) -> None:
    born = [
        cell for record in said(town.out, "crime") if record.name == "victim" and (cell := record.cell("date_of_birth"))
    ]

    def exists(text: str) -> bool:
        day, month, year = map(int, text.split("/"))
        try:
            return bool(date(year, month, day))
        except ValueError:
            return False

    assert len([text for text in born if not exists(text)]) < 0.01 * len(born)
    assert misdate(Chance("x"), (1980, 5, 17)) != (1980, 5, 17)


def test_both_systems_put_the_city_in_the_same_sea(town: WorldSummary) -> None:
    for record in said(town.out, "crime"):
        if record.name == "crime":
            assert 530_000 < int(record.row["Easting"]) < 590_000
            assert 410_000 < int(record.row["Northing"]) < 470_000
    for record in said(town.out, "stop_search"):
        assert 53.5 < float(record.row["lat"]) < 54.2
        assert -0.1 < float(record.row["lon"]) < 0.9


def test_generic_values_are_given_by_many(town: WorldSummary) -> None:
    phones, addresses = Counter(cells(town, "phone")), Counter(cells(town, "address"))

    assert addresses["No fixed abode"] >= 10
    assert max(count for phone, count in phones.items() if phone.startswith("016149600")) >= 10


def test_all_forms_of_marks_occur() -> None:
    chance = Chance("marks")
    marks = {vehicle(chance, serial).vrm for serial in range(2000)}

    assert {vrm_form(mark) for mark in marks} >= {
        VrmForm.CURRENT,
        VrmForm.PREFIX,
        VrmForm.SUFFIX,
        VrmForm.DATELESS,
        VrmForm.NORTHERN_IRELAND,
    }


def test_numbers_are_valid_and_never_repeat() -> None:
    serials = range(0, 600_000, 1999)

    assert all(check_phone(mobile(serial)).valid for serial in serials)
    assert all(check_phone(landline(serial)).valid for serial in serials)
    assert len({nhs_number(serial) for serial in serials}) == len(serials)


def test_the_people_who_make_matching_hard_are_there(tmp_path: Path) -> None:
    people, households = Founder(6000, 3).settle()
    Outfitter(city(6000, 3), people, households, 3).equip()
    births = Counter((person.household, person.born, person.surname) for person in people)
    names = Counter((person.household, person.given, person.surname) for person in people)
    holders = Counter(number for person in people for number in {number for _, number in person.phones})

    assert max(births.values()) >= 2
    assert max(names.values()) >= 2
    assert sum(len(person.homes) > 1 for person in people) > 300
    assert sum(count > 1 for count in holders.values()) > 100
    assert any(person.maiden for person in people)
    assert any(person.alias[0] for person in people)
    assert any("-" in person.surname for person in people)
    assert len({person.surname for person in people}) > 600


def test_a_careless_clerk_writes_a_person_in_many_ways() -> None:
    people, households = Founder(50, 3).settle()
    place = city(50, 3)
    Outfitter(place, people, households, 3).equip()
    clerk = Clerk(Chance("clerk"), place, Quality(typo=0.5, nickname=0.5, spelling=0.5, birth_wrong=0.5))
    seen = [clerk.see(people[0], date(2024, 1, 1).toordinal()) for _ in range(50)]

    assert len({one.full for one in seen}) > 10
    assert len({one.birth for one in seen}) > 5


def test_a_slip_changes_a_little() -> None:
    chance = Chance("slips")

    assert all(abs(len(mistype(chance, "Robinson")) - 8) <= 1 for _ in range(200))
    assert mistype(chance, "Li") == "Li"


def test_plain_letters() -> None:
    assert [plain(name) for name in ("Łukasz", "Țurcanu", "Şahin", "Bērziņš")] == [
        "Lukasz",
        "Turcanu",
        "Sahin",
        "Berzins",
    ]
