"""The register as a page for people, `python -m analysis.register.page > docs/transparency.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping

from analysis.register import REGISTER, About, Analytic
from analysis.register.excepted import SHARED, Denial
from analysis.register.use import PROTECTED, use_of
from graph.read.denied import WITHHELD_ROLES

_OF = {Denial.WITHHELD: "of victims, witnesses and callers", Denial.NOTHING: "of searches that found nothing"}


def _excepted(excepted: Mapping[str, Mapping[Denial, str]]) -> Iterator[str]:
    for name, reasons in excepted.items():
        if len(set(reasons.values())) < len(reasons):
            yield f"`{name}` {reasons[Denial.WITHHELD]}."
        else:
            yield f"`{name}` " + "; ".join(f"{_OF[what]}: {reason}" for what, reason in reasons.items()) + "."


_HEAD = f"""# Transparency record

Every analytic of polegraph: what it is for, what it reads, who decides, what may go wrong, who answers for it. The
order of each record follows tier 2 of the UK's Algorithmic Transparency Recording Standard. What an analytic reads is
found in its code and statements when this page is written by `make docs`; `polegraph analytics` shows the same of an
installation, and whom an analytic picks there.

**Denied to all that rank, group or find people**: {", ".join(f"`{name}`" for name in PROTECTED)}; a test fails where a
module or statement of an analytic names one. Only telling who is who compares births and sex, and never race. A part as
{", ".join(WITHHELD_ROLES[:-1])} or {WITHHELD_ROLES[-1]} ties nobody to anybody in what ranks, groups or counts
people, nor does a stop and search that found nothing: the test fails too where a statement of an analytic reads parts
in events without leaving these out, or is given another list of them than the one of all. Those that do so to show
what is recorded, to protect who was harmed, or to be narrowed elsewhere are named with the reason: in the records, and
here where several analytics have them. No person is scored for what they may do. There is no setting that takes any of
this away.

{chr(10).join(f"- {said}" for said in _excepted(SHARED))}

**Each has a day of review.** From that day on `polegraph doctor` fails and names it, and `polegraph analytics list`
marks it, until its owner has reviewed it and set a new day. An installation goes on answering: a stop check or an alert
of somebody vulnerable may not be gone of a sudden for a date that was missed. Whoever does not renew an analytic takes
its questions out of the next release.

**Marked records** are read as whoever asks may see them then: a statement takes the viewer's markings, or brings what
is kept in memory and masked by them; a test names those. So no rank, score, group or count is another because of what
its reader may not see. Telling who is who goes by records of one marking at a time, under a model trained on what
everybody may see."""
_ABOUT = {
    About.NOBODY: "nobody: places, times and numbers",
    About.IDENTITY: "which records are one person",
    About.LEADS: "people and groups as leads to look at, with the evidence",
    About.STAFF: "users of the system, to professional standards alone",
}


def render() -> str:
    """The whole page as Markdown."""
    contents = ", ".join(f"[{name}](#{name})" for name in REGISTER)
    parts = [_HEAD, contents, *(part for analytic in REGISTER.values() for part in record(analytic))]
    return "\n\n".join(parts) + "\n"


def record(analytic: Analytic) -> Iterator[str]:
    """The parts of one analytic's record."""
    used = use_of(analytic)
    yield f"## {analytic.name}"
    yield analytic.purpose
    yield _table(
        [
            ("asked by", _named(analytic.asked_by)),
            ("speaks of", _ABOUT[analytic.about]),
            ("owner, review by", f"{analytic.owner}, {analytic.review_by:%-d %B %Y}"),
            ("method", analytic.method),
            ("who decides", analytic.decision),
            ("limits", analytic.limits),
            ("evaluation", analytic.evaluation),
            ("disparity", analytic.uncompared or f"`polegraph analytics disparity {analytic.name}`"),
            ("links it follows", _named(used.link_types)),
            ("properties it reads", _named(used.properties)),
            ("statements", _named(used.statements) or "none: it is given columns of records"),
            *(("number beside somebody", f"`{name}`: {meaning}.") for name, meaning in analytic.numbers.items()),
            *(("excepted", said) for said in _excepted(analytic.excepted)),
            ("code", _named(used.modules)),
        ]
    )
    yield "\n".join(f"- **{each.risk}** {each.answer}" for each in analytic.risks)


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"| {name} | {told.replace('|', chr(92) + '|')} |" for name, told in rows]
    return "\n".join(["| | |", "| --- | --- |", *lines])


if __name__ == "__main__":
    sys.stdout.write(render())
