"""Who looked, by the index: what all of the log says, whatever has become of the index meanwhile."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from security.audit import Act, AuditError, AuditLog, Entry, Index, verify
from security.audit.book import Row
from security.audit.look import between, who
from security.audit.subject import Sought, looks, naming
from tests.audit.conftest import log_in, looked, meddle

# So that a few hundred entries make parts, and parts of parts.
STEP, FAN = 4, 3
IDS = [f"e_{letter * 20}" for letter in "abcdefgh"]
# One that is told apart from another only where the index folds no further.
LONG = [f"l_{'a' * 20}_{'b' * 20}_{end}" for end in ("one", "two")]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("index", "log"):
        monkeypatch.setattr(f"security.audit.{module}.STEP", STEP)
    monkeypatch.setattr("security.audit.index.FAN", FAN)


@pytest.fixture
def both(folder: Path) -> Iterator[tuple[AuditLog, AuditLog]]:
    """One log as it is asked with an index, and without."""
    plain = log_in(folder)
    clock = iter(range(10**6))
    with closing(
        AuditLog(plain.book, plain.seal, lambda: 1e9 + next(clock) * 3600, Index(folder / "index"))
    ) as indexed:
        yield indexed, plain


def fill(log: AuditLog, chance: random.Random, count: int) -> None:
    made: list[Entry] = []
    for number in range(count):
        ids = tuple(chance.sample([*IDS, *LONG], chance.randint(0, 3)))
        asked = tuple(chance.sample(IDS, chance.randint(0, 2)))
        made.append(Entry(Act.CONSULTATION, "pc 7", "q", f"q{number}", "api", asked=asked, ids=ids))
        if chance.random() < 0.03:
            made.append(Entry(Act.DISCLOSURE, "pc 7", "backup", f"b{number}", "cli", whole=True))
    while made:
        some = chance.randint(1, 30)
        log.append(*made[:some])
        del made[:some]


def hold(indexed: AuditLog, plain: AuditLog) -> None:
    """Fail where the two say other things."""
    for id_ in (*IDS, *LONG, "e_" + "z" * 20):
        assert list(who(indexed, id_)) == list(who(plain, id_)), id_
    for ids in (IDS[:3], LONG):
        for before in (None, 1, 7, 30):
            spans = (("0001", "9999"), ("2001-09-10", "2001-09-12"))
            for since, until in spans:
                assert [*naming(indexed, Sought(ids), before, since, until)] == [
                    *naming(plain, Sought(ids), before, since, until)
                ]
    for since, until in (
        ("0001", "9999"),
        ("2001-09-10T05", "2001-09-12"),
        ("2001-09-20", "2001-09-21"),
        ("2030", "2031"),
    ):
        assert [*looks(indexed, since, until)] == [*looks(plain, since, until)]
        for one, other in ((since, until), (since, None), (None, until)):
            assert [*between(indexed, one, other)] == [*between(plain, one, other)], (one, other)


def test_it_says_what_all_of_the_log_says(both: tuple[AuditLog, AuditLog], folder: Path) -> None:
    chance = random.Random(7)
    for count in (3, 1, 9, 40, 60):
        fill(both[0], chance, count)
        hold(*both)
    parts = both[0].index.parts(both[0].book) if both[0].index else []
    assert {part.last - part.first + 1 for part in parts} == {STEP, STEP * FAN}
    assert len(list((folder / "index").glob("*.part"))) == len(parts)
    assert not verify(both[0]).problems


def test_a_look_reads_what_it_is_about_and_little_else(
    both: tuple[AuditLog, AuditLog], monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed, _ = both
    indexed.append(*(looked(number, IDS[0] if number == 50 else IDS[1]) for number in range(200)))
    # What makes the index beside the writing is done, and the rest is made.
    indexed.close()
    hold(*both)
    read: list[int] = []

    def counted(of: type, name: str) -> None:
        method = getattr(of, name)

        def count(*given: object) -> Iterator[Row]:
            for row in method(*given):
                read.append(row[0])
                yield row

        monkeypatch.setattr(of, name, count)

    for name in ("rows", "rows_before", "rows_at"):
        counted(type(indexed.book), name)
    assert [seq for seq, _ in who(indexed, IDS[0])] == [51]
    assert len(read) <= STEP + 6
    read.clear()
    at = orjson.loads(next(link for link in indexed.links(151)).body)["at"]
    until = orjson.loads(next(link for link in indexed.links(156)).body)["at"]
    assert [orjson.loads(line)["seq"] for line in between(indexed, at, until)] == [*range(151, 156)]
    assert len(read) <= 3 * STEP + 16


def test_an_export_of_a_time_goes_by_the_chain_where_the_clock_was_put_back(folder: Path) -> None:
    chance, plain = random.Random(11), log_in(folder)
    days = iter([chance.randrange(40) for _ in range(300)])
    with closing(AuditLog(plain.book, plain.seal, lambda: 1e9 + next(days) * 86_400, Index(folder / "index"))) as log:
        for number in range(150):
            log.append(looked(number))
        for day in ("2001-09-09", "2001-09-20", "2001-10-17", "2001-10-18", "2001-10-30"):
            for given in ((day, None), (None, day), ("2001-09-12", day)):
                assert [*between(log, *given)] == [*between(plain, *given)], given


@pytest.mark.parametrize("harm", ["gone", "cut", "torn", "other"])
def test_an_index_that_is_gone_or_harmed_is_made_again(
    both: tuple[AuditLog, AuditLog], folder: Path, harm: str
) -> None:
    fill(both[0], random.Random(3), 60)
    hold(*both)
    for path in sorted((folder / "index").glob("*.part"))[:: 2 if harm == "torn" else 1]:
        if harm in ("gone", "torn"):
            path.unlink()
        elif harm == "cut":
            path.write_bytes(path.read_bytes()[:-3])
        else:
            path.write_bytes(path.read_bytes()[:24] + bytes(64) + path.read_bytes()[88:])
    anew = AuditLog(both[0].book, both[0].seal, index=Index(folder / "index"))
    hold(anew, both[1])


def test_a_log_that_was_changed_is_not_asked_by_the_index_of_the_one_before(
    both: tuple[AuditLog, AuditLog], folder: Path
) -> None:
    fill(both[0], random.Random(5), 60)
    hold(*both)
    both[0].close()
    meddle(both[1], "DELETE FROM entry WHERE seq > 10")
    fill(both[1], random.Random(6), 60)
    hold(*both)
    meddle(both[1], "DELETE FROM entry WHERE seq BETWEEN 17 AND 30")
    hold(AuditLog(both[0].book, both[0].seal, index=Index(folder / "index")), both[1])


def test_where_there_is_no_room_for_it_the_log_is_read(both: tuple[AuditLog, AuditLog], folder: Path) -> None:
    fill(both[0], random.Random(5), 30)
    (folder / "a file").touch()
    hold(AuditLog(both[0].book, both[0].seal, index=Index(folder / "a file" / "index")), both[1])


def test_where_there_is_no_log_it_is_said(tmp_path: Path) -> None:
    plain = log_in(tmp_path)
    with pytest.raises(AuditError):
        list(who(AuditLog(plain.book, plain.seal, index=Index(tmp_path / "index")), IDS[0]))


def test_it_is_its_owners_alone(both: tuple[AuditLog, AuditLog], folder: Path) -> None:
    fill(both[0], random.Random(5), 30)
    hold(*both)
    assert {path.stat().st_mode & 0o777 for path in (folder / "index").iterdir()} == {0o600}
    assert (folder / "index").stat().st_mode & 0o777 == 0o700


def test_it_follows_whoever_writes(both: tuple[AuditLog, AuditLog], folder: Path) -> None:
    fill(both[0], random.Random(5), 60)
    both[0].close()
    assert list((folder / "index").glob("*.part"))
