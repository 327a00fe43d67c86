"""`polegraph doctor`: versions, connection, indexes, disk, unsafe settings, each with what to do."""

from __future__ import annotations

from collections.abc import Set
from contextlib import closing
from datetime import UTC, date, datetime

import typer

from analysis.register import REGISTER, overdue
from api.alarm import UNHEARD, Alarm
from api.viewer import break_glass_of
from cli.console import out, show_json
from cli.session import Json, opened
from graph import schema
from graph.audit import audit_log, check_log
from graph.errors import BadInput, PolegraphError
from graph.managed.check import Check, check_driver, checks
from graph.settings import Settings, load_settings

# 50 bytes a link and 44 a thing, of which some three links lead to each.
_BYTES_OF_THING = 200


def doctor(json: Json = False) -> None:
    """Look at everything that an installation needs; exit 1 where something is wrong.

    Example: polegraph doctor
    """
    settings = load_settings()
    found = checks(settings.data_dir, settings.cache_dir) if settings.neo4j_uri is None else [check_driver()]
    today = datetime.now(UTC).date()
    found = [*found, *_database(settings), _log(settings), break_glass(settings), check_analytics(today)]
    if json:
        fields = ("name", "ok", "message", "advice")
        show_json([{field: getattr(check, field) for field in fields} for check in found])
    else:
        for check in found:
            advice = f"; {check.advice}" if check.advice and not check.ok else ""
            out.print(f"{'ok  ' if check.ok else 'WRONG'} {check.name}: {check.message}{advice}", markup=False)
    if not all(check.ok for check in found):
        raise typer.Exit(1)


def _log(settings: Settings) -> Check:
    with closing(audit_log(settings)) as log:
        problems = check_log(log)
        warnings = [] if problems else log.book.warnings()
    for_whom = "of several hosts" if log.book.shared else "of this host alone; several need POLEGRAPH_AUDIT_URL"
    message = "; ".join(problems) or "; ".join((f"{log.book.place}, {for_whom}", *warnings))
    cure = "check POLEGRAPH_AUDIT_URL" if log.book.shared else "make room, or check POLEGRAPH_AUDIT_PATH"
    return Check("audit log", not problems, message, f"{cure}: nothing is answered without it")


def break_glass(settings: Settings) -> Check:
    """Whether somebody is told when glass is broken, where it may be."""
    try:
        alarm, may = Alarm.of(settings), break_glass_of(settings).may
    except BadInput as error:
        return Check("break-glass", False, error.message, "put the setting right: nothing is served with it")
    if not may:
        return Check("break-glass", True, "not set up: nobody sees what they do not hold")
    heard = (
        f"{settings.break_glass_webhook} is told" if settings.break_glass_webhook else "supervisors are told otherwise"
    )
    told = heard if alarm.is_heard else "nobody would be told, so it is refused"
    return Check("break-glass", alarm.is_heard, f"{len(may)} markings; {told}", UNHEARD)


def check_analytics(today: date) -> Check:
    """Whether no analytic on the register has come to its day of review."""
    late = [f"{analytic.name} since {analytic.review_by}" for analytic in overdue(today)]
    told = f"review is due of {', '.join(late)}" if late else f"{len(REGISTER)} on the register, none due for review"
    cure = (
        "whoever owns them reviews them and sets review_by in analysis/register/entries; until then they still answer"
    )
    return Check("analytics", not late, told, cure)


def _database(settings: Settings) -> list[Check]:
    try:
        with opened(settings, prepare=settings.neo4j_uri is None) as graph:
            problems = schema.check(graph.store, graph.ids)
            agent = graph.store.verify()
            (size,) = graph.store.internal("network/size")
            edition = {row["edition"] for row in graph.store.internal("admin/edition")}
            roles = {role for row in graph.store.internal("admin/user") for role in row["roles"]}
    except PolegraphError as error:
        return [Check("database", False, error.message, "start it, or check the settings")]
    fits = Check("schema", not problems, "; ".join(problems) or "fits", "polegraph schema apply")
    return [
        Check("database", True, agent, ""),
        fits,
        database_rights(edition, roles),
        _network(settings, size["things"]),
    ]


def _network(settings: Settings, things: int) -> Check:
    """What the links that networks are made of take in each serving process, about: a thing has some three of them."""
    megabytes = things * _BYTES_OF_THING / 2**20
    if settings.network_snapshot:
        told = f"each serving process, and the one beside it, keeps the links in memory, about {megabytes:,.0f} MiB"
    else:
        told = f"read from the database; POLEGRAPH_NETWORK_SNAPSHOT=on keeps the links, about {megabytes:,.0f} MiB"
    return Check("networks", True, told)


def database_rights(edition: Set[str], roles: Set[str]) -> Check:
    """Whether the database's user may do more than serving takes; Community has no lesser users, which is no fault."""
    if "enterprise" not in edition:
        told = "this edition has no lesser users: whoever holds the password may do everything; keep its port closed"
        return Check("database user", True, told)
    held = ", ".join(sorted(roles))
    advice = "make a user with the rights in docs/api.md and name it in POLEGRAPH_NEO4J_USER"
    return Check("database user", "admin" not in roles, f"has the roles {held}", advice)
