"""What `demandForecast` answers, drawn: the cost of every number of officers, and the hours of a shift."""

from __future__ import annotations

from analysis.demand import DemandView
from analysis.london import local
from cli.chart import BLUE, INK, PALE, RED, Chart


def costs(view: DemandView) -> str:
    """The expected cost of numbers of officers as SVG: the best number, and what the range of incidents would bind."""
    numbers = [each.officers for each in view.options]
    most = max(each.cost for each in view.options)
    chart = Chart(
        f"{view.officers} officers cost least: with fewer, more is left undone; with more, more stand idle",
        ("officers", numbers[0], numbers[-1]),
        ("expected cost, pounds", 0, most * 1.05),
    )
    low, high = (min(max(each, numbers[0]), numbers[-1]) for each in (view.low, view.high))
    chart.band([(low, 0), (high, 0)], [(low, most * 1.05), (high, most * 1.05)])
    chart.line([(each.officers, each.cost) for each in view.options], BLUE)
    chart.mark(view.officers, f"best: {view.officers}", RED)
    chart.mark(low, f"{view.confidence:.0%} range: {view.low} to {view.high}", INK, row=1)
    return chart.svg()


def hours(view: DemandView) -> str:
    """The incidents of each hour of a shift as SVG, with their range and what the officers can meet."""
    names = [f"{local(each.at):%H}" for each in view.hours]
    each = max(1.0, view.high / max(1, *(hour.high for hour in view.hours)))
    met = view.officers / each
    most = max(met, *(hour.high for hour in view.hours)) * 1.15 + 1
    chart = Chart(
        f"Incidents to be expected in each hour, and what {view.officers} officers meet",
        ("hour of the day in London", -0.5, len(names) - 0.5),
        ("incidents in the hour", 0, most),
        names,
    )
    for place, hour in enumerate(view.hours):
        chart.bar(place, hour.low, hour.high, 22, PALE)
        chart.dot((place, hour.incidents), INK)
    chart.line([(-0.5, met), (len(names) - 0.5, met)], RED, "6 4")
    return chart.svg()


def picture(view: DemandView) -> str:
    """Of an event its costs, of a shift its hours."""
    return hours(view) if view.hours else costs(view)
