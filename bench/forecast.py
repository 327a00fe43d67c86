"""How good `demandForecast` is: back-tested on generated football, beside simpler ways, in loss, coverage and cost.

`python -m bench.forecast [--seeds 20] [--every 1]` foretells each match of the last seasons of generated cities from
those before it, by the model, by last year's number, by the mean and by a simple regression, and fails where the model
misses what is asked of it. `--pictures docs/pictures` draws what docs/deployment-demand.md shows.
The football is made up (`loaders/world/league.py`): what is measured is whether the model finds its way back to what
was put in, not how much a force would save.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import norm

from analysis.count_model import Outlook
from analysis.deployment import Terms, best, option, options
from analysis.fixture import Experience, Fixture, Past
from analysis.london import LONDON
from cli.chart import BLUE, INK, PALE, RED, Chart
from graph.demand_weight import DEFAULTS
from loaders.world.league import Match, matches

_PEOPLE = 20_000
_FIRST = 40
_QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
_CONFIDENCE = 0.8
TERMS = Terms(
    DEFAULTS["officer"],
    DEFAULTS["officers_per_incident"],
    DEFAULTS["unmet"],
    DEFAULTS["harm"],
    int(DEFAULTS["least_at_event"]),
)


def past(match: Match) -> Past:
    """A match as the graph would have it."""
    at = int(match.kick_off.replace(tzinfo=LONDON).timestamp())
    competition = "Cup" if match.cup else "League"
    fixture = Fixture(at, match.category, match.home, match.away, competition, match.venue, match.expected)
    return Past(f"{match.home} {at}", fixture, match.officers, match.incidents)


@dataclass(frozen=True, slots=True)
class Foretold:
    """One way's word on one match: quantiles of the incidents, and the officers it sends."""

    quantiles: tuple[float, ...]
    officers: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What came, and how each way had foretold it."""

    past: Past
    ways: dict[str, Foretold]


Way = Callable[[Sequence[Past], Past], Foretold | None]


def by_model(before: Sequence[Past], now: Past) -> Foretold:
    """By what the question answers with."""
    outlook = outlook_of(before, now)
    return Foretold(tuple(outlook.quantile(q) for q in _QUANTILES), best(TERMS, [outlook]).officers)


def outlook_of(before: Sequence[Past], now: Past) -> Outlook:
    """What the model makes of a match."""
    known = Experience(before[::-1])
    return known.model.outlook(known.case(now.fixture))


def by_last_year(before: Sequence[Past], now: Past) -> Foretold | None:
    """As many officers, and as many incidents, as the last time; nothing for those who never met here."""
    last = [each for each in before if each.fixture.pair == now.fixture.pair][-1:]
    return Foretold((float(last[0].incidents),) * len(_QUANTILES), last[0].officers) if last else None


def by_mean(before: Sequence[Past], now: Past) -> Foretold:
    """By the distribution of all matches at the same ground."""
    counts = [each.incidents for each in before if each.fixture.place == now.fixture.place]
    return _spread(tuple(np.quantile(counts, _QUANTILES)), float(np.quantile(counts, _ratio())))


def by_regression(before: Sequence[Past], now: Past) -> Foretold:
    """By least squares of the logarithm on attendance and category, and the scatter around it."""
    rows = np.array([_columns(each) for each in before])
    logs = np.log1p([each.incidents for each in before])
    slopes, *_ = np.linalg.lstsq(rows, logs, rcond=None)
    scatter = float(np.std(logs - rows @ slopes, ddof=rows.shape[1]))
    mean = float(_columns(now) @ slopes)
    found = [np.expm1(mean + scatter * norm.ppf(q)) for q in (*_QUANTILES, _ratio())]
    return _spread(tuple(found[:-1]), found[-1])


def _columns(one: Past) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    category = one.fixture.category
    return np.array([1.0, np.log(one.fixture.attendance or 1), category == "B", category == "C"], np.float64)


def _ratio() -> float:
    """The share of cases that officers should be enough for: the critical ratio of the newsvendor."""
    return 1 - TERMS.officer * TERMS.each / (TERMS.unmet + TERMS.harm)


def _spread(quantiles: tuple[float, ...], enough: float) -> Foretold:
    return Foretold(tuple(max(0.0, float(each)) for each in quantiles), TERMS.needed(max(0.0, enough)))


WAYS: dict[str, Way] = {
    "the model": by_model,
    "last year's number": by_last_year,
    "the mean": by_mean,
    "a simple regression": by_regression,
}


def back_test(seed: int, every: int) -> Iterator[Judged]:
    """Matches of a city, each foretold from those before it by every way; those that all ways can say something of."""
    played = [past(match) for match in matches(seed, _PEOPLE) if match.played]
    for place in range(_FIRST, len(played), every):
        before, now = played[:place], played[place]
        if by_last_year(before, now) is None:
            continue
        said = {name: way(before, now) for name, way in WAYS.items()}
        yield Judged(now, {name: each for name, each in said.items() if each is not None})


def pinball(foretold: Foretold, came: int) -> float:
    """The mean loss of the quantiles: what is above one counts q, what is below 1 - q."""
    losses = [
        max(q * (came - each), (q - 1) * (came - each)) for q, each in zip(_QUANTILES, foretold.quantiles, strict=True)
    ]
    return float(np.mean(losses))


def table(found: Sequence[Judged]) -> dict[str, tuple[float, float, float]]:
    """Print and return pinball loss, coverage of the 80 % range and cost of a match of each way."""
    figures = {}
    print(f"{len(found)} matches\n\n| way | pinball loss | in the 80 % range | cost of a match | beside last year's |")
    print("| --- | --- | --- | --- | --- |")
    usual = _cost(found, "last year's number")
    for name in WAYS:
        loss = float(np.mean([pinball(each.ways[name], each.past.incidents) for each in found]))
        inside = [
            each.ways[name].quantiles[0] <= each.past.incidents <= each.ways[name].quantiles[-1] for each in found
        ]
        cost = _cost(found, name)
        figures[name] = loss, float(np.mean(inside)), cost
        print(f"| {name} | {loss:.2f} | {np.mean(inside):.1%} | {cost:,.0f} | {cost / usual - 1:+.1%} |")
    return figures


def _cost(found: Sequence[Judged], name: str) -> float:
    return float(np.mean([TERMS.realised(each.ways[name].officers, each.past.incidents) for each in found]))


def draw(folder: Path, found: Sequence[Judged]) -> None:
    """Write the pictures: one season foretold, the cost of one match, what each way cost."""
    folder.mkdir(parents=True, exist_ok=True)
    season = found[:30]
    most = max(max(each.ways["the model"].quantiles[-1], each.past.incidents) for each in season) * 1.1
    chart = Chart(
        "Match by match: the range that was foretold (bars), and what came (dots)",
        ("matches in order of time", -1, len(season)),
        ("incidents", 0, most),
    )
    for place, each in enumerate(season):
        low, *_, high = each.ways["the model"].quantiles
        chart.bar(place, low, high, 14, PALE)
        inside = low <= each.past.incidents <= high
        chart.dot((place, each.past.incidents), INK if inside else RED)
    (folder / "foretold.svg").write_text(chart.svg(), "utf-8")
    (folder / "cost.svg").write_text(_cost_picture(), "utf-8")
    costs = {name: _cost(found, name) for name in WAYS}
    bars = Chart(
        "What a match cost on average: officers, unmet incidents and harm",
        ("sent by", -0.6, len(WAYS) - 0.4),
        ("pounds", 0, max(costs.values()) * 1.1),
        list(WAYS),
    )
    for place, cost in enumerate(costs.values()):
        bars.bar(place, 0, cost, 90, BLUE if place == 0 else PALE)
    (folder / "ways.svg").write_text(bars.svg(), "utf-8")


def _cost_picture() -> str:
    """The cost of every number of officers for a match that nobody was sure of."""
    played = [past(match) for match in matches(7, _PEOPLE) if match.played]
    before, now = played[:-1], max(played[-20:], key=lambda each: each.incidents)
    outlook = outlook_of([each for each in before if each.fixture.at < now.fixture.at], now)
    chosen = best(TERMS, [outlook])
    drawn = options(TERMS, [outlook], chosen.officers, 60)
    most = max(each.cost for each in drawn) * 1.05
    chart = Chart(
        "Too few leave things undone, too many stand idle: the least expected cost is between",
        ("officers", drawn[0].officers, drawn[-1].officers),
        ("expected cost, pounds", 0, most),
    )
    low, high = (TERMS.needed(each) for each in outlook.interval(_CONFIDENCE))
    chart.band([(low, 0), (high, 0)], [(low, most), (high, most)])
    chart.line([(each.officers, each.cost) for each in drawn], BLUE)
    chart.line([(each.officers, each.officers * TERMS.officer) for each in drawn], INK, "4 4")
    chart.mark(chosen.officers, f"{chosen.officers} officers: {chosen.cost:,.0f}", RED)
    last = [each for each in before if each.fixture.pair == now.fixture.pair and each.fixture.at < now.fixture.at][-1:]
    for each in last:
        cost = option(TERMS, [outlook], each.officers).cost
        chart.mark(min(each.officers, drawn[-1].officers), f"last year {each.officers}: {cost:,.0f}", INK, row=2)
    return chart.svg()


def main() -> None:
    """Back-test, print the table, draw where that is asked for; fail where the model misses what is asked of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    began = time.process_time()
    found = [each for seed in range(given.seeds) for each in back_test(seed, given.every)]
    figures = table(found)
    each = (time.process_time() - began) / max(1, len(found))
    print(f"\n{1_000 * each:.0f} ms of the processor a match, the fit of the model within it")
    if given.pictures:
        draw(given.pictures, found)
    loss, inside, cost = figures["the model"]
    assert 0.75 <= inside <= 0.85, inside
    assert cost <= 0.9 * figures["last year's number"][2], cost
    assert all(loss <= other[0] for other in figures.values()), loss


if __name__ == "__main__":
    main()
