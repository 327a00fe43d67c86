"""How many officers an ordinary shift needs, in an area or everywhere, hour by hour, by the year before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.bound import area_id
from analysis.count_model import Case, CountModel, Outlook
from analysis.demand import CONFIDENCE, Asked, DemandView, HourView, cost_parts
from analysis.deployment import Terms, best, options
from analysis.london import local
from graph.batch import batched
from graph.errors import NotFound
from graph.open import Graph
from graph.read.page import within
from security.viewer import Viewer

_HOUR_S = 3_600
_DAY_S = 24 * _HOUR_S
# The year that is learnt from: whole weeks; less than four say nothing of a week.
_LEARNT_S, _FEWEST_S = 364 * _DAY_S, 28 * _DAY_S
_YEAR_S = 365.25 * _DAY_S
_FOUR_WEEKS = 28 * 24
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class _Hour:
    """An hour: its number since the epoch. What it is like is told by London's clock, how long it is by none."""

    number: int

    @property
    def case(self) -> Case:
        shown = local(self.number * _HOUR_S)
        factors = {
            "hour": f"{shown:%H}",
            "day": f"{shown:%A}",
            "hour of week": f"{shown:%A %H}",
            "month": f"{shown:%B}",
        }
        # Four weeks are one time, so that many hours are alike in all that is known of them.
        return Case({"time": self.number // _FOUR_WEEKS * _FOUR_WEEKS * _HOUR_S / _YEAR_S}, factors)


def shift_forecast(graph: Graph, viewer: Viewer, asked: Asked) -> DemandView:
    """The forecast of a shift of some hours from a moment on, learnt from the visible incidents of the year before.

    Raises NotFound for a hidden or absent area, and where incidents of four weeks are not there to learn from;
    BadInput for what is no area and for hours out of range.
    """
    hours = within("hours", asked.hours, 1, 24)
    area = area_id(graph, viewer, asked.venue)
    now = graph.clock()
    begins = (now if asked.at is None else asked.at) // _HOUR_S
    shift = [_Hour(begins + n) for n in range(hours)]
    until = min(begins, now // _HOUR_S) * _HOUR_S
    rows = graph.store.read(viewer, "demand/hours", since=until - _LEARNT_S, until=until, area=area)
    if not rows or until - rows[0]["hour"] * _HOUR_S < _FEWEST_S:
        raise NotFound(
            "the incidents of at least four weeks before are needed to learn from, and you see none of so long ago; "
            "take a larger area, or load more of them"
        )
    counts = {row["hour"]: row["count"] for row in rows}
    learnt = range(rows[0]["hour"], until // _HOUR_S)
    each = _hourly(shift, learnt, counts)
    whole = _together(shift, learnt, counts)
    terms = shift_terms(graph, hours)
    chosen = best(terms, each)
    views = tuple(_view(hour, outlook, terms) for hour, outlook in zip(shift, each, strict=True))
    low, high = whole.interval(CONFIDENCE)
    return DemandView(
        None,
        chosen.officers,
        max(terms.needed(view.low) for view in views),
        max(view.officers for view in views),
        CONFIDENCE,
        round(whole.mean, 6),
        low,
        high,
        (),
        _assumptions(terms, learnt, sum(counts.values()), hours),
        cost_parts(terms, chosen, None),
        tuple(options(terms, each, chosen.officers)),
        views,
    )


def shift_terms(graph: Graph, hours: int) -> Terms:
    """What officers cost over a shift of so many hours, and incidents that have to wait an hour."""
    stated = graph.demand
    return Terms(
        stated["officer_hour"] * hours,
        stated["officers_per_call"],
        stated["unmet_call"],
        stated["harm_call"],
        int(stated["least_on_shift"]),
    )


def _hourly(shift: Sequence[_Hour], learnt: range, counts: Mapping[int, int]) -> list[Outlook]:
    """What each hour of a shift may bring, a third of a day at a time: models of more hours take much longer."""
    return [outlook for chunk in batched(shift, _AT_ONCE) for outlook in _alike(chunk, learnt, counts)]


def _alike(shift: Sequence[_Hour], learnt: range, counts: Mapping[int, int]) -> list[Outlook]:
    """What each hour may bring, by all hours that London's clock showed alike."""
    shown = {hour.case.factors["hour"] for hour in shift}
    alike = [hour for hour in map(_Hour, learnt) if hour.case.factors["hour"] in shown]
    model = CountModel([hour.case for hour in alike], [counts.get(hour.number, 0) for hour in alike])
    return [model.outlook(hour.case) for hour in shift]


def _together(shift: Sequence[_Hour], learnt: range, counts: Mapping[int, int]) -> Outlook:
    """What a shift may bring as a whole: its hours are busy together, so that their ranges cannot be added."""
    begins = shift[0].case.factors["hour"]
    past = [
        first for first in learnt if first + len(shift) <= learnt.stop and _Hour(first).case.factors["hour"] == begins
    ]
    sums: Counter[int] = Counter()
    for first in past:
        sums[first] = sum(counts.get(first + n, 0) for n in range(len(shift)))
    model = CountModel([_shift_case(first) for first in past], [sums[first] for first in past])
    return model.outlook(_shift_case(shift[0].number))


def _shift_case(first: int) -> Case:
    case = _Hour(first).case
    return Case(case.measures, {name: case.factors[name] for name in ("day", "month")})


def _view(hour: _Hour, outlook: Outlook, terms: Terms) -> HourView:
    low, high = outlook.interval(CONFIDENCE)
    return HourView(hour.number * _HOUR_S, round(outlook.mean, 6), low, high, terms.needed(high))


def _assumptions(terms: Terms, learnt: range, incidents: int, hours: int) -> tuple[str, ...]:
    since, until = (f"{local(number * _HOUR_S):%d/%m/%Y}" for number in (learnt.start, learnt.stop))
    return (
        f"Learnt from {incidents:,} incidents that you may see, from {since} to {until}, and from "
        "nothing else: where those are made up, as in the demo world, so is this.",
        f"The ranges of incidents are meant to hold in {CONFIDENCE:.0%} of cases.",
        f"An incident binds {terms.each:g} officers for an hour, and one that finds nobody free waits an hour.",
        f"The same officers are there for all of the {hours} hours.",
        "Days are ordinary: neither holidays nor events nor the weather are known to it.",
    )
