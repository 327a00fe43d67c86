"""`polegraph access-review`: who holds what, and what they used of it, for whoever has to renew or end it."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import orjson
import typer

from cli.account import entry_of
from cli.console import out, say, show_json
from cli.key import keys_of
from cli.session import Json
from graph.answer import day_of
from graph.audit import audit_log, on_record, put_on_record
from graph.open import system_clock
from graph.settings import Settings, load_settings
from security.api_key import ApiKey
from security.audit import Act
from security.audit.act import once, step_of
from security.marking import FLOOR, parse_marking

_DAYS, _MOST_DAYS = 90, 3_660


@dataclass(slots=True)
class Used:
    """What one user did: roles they came with, acts, the join of the markings they were shown, first and last time."""

    roles: set[str] = field(default_factory=set)
    acts: Counter[str] = field(default_factory=Counter)
    marking: str = FLOOR.text
    first: str = ""
    last: str = ""
    broke_glass: int = 0

    def note(self, entry: dict[str, Any]) -> None:
        """Add an act, by the entry of its end: of what was cut off, what its beginning says might have been shown."""
        self.acts[entry["act"]] += 1
        if entry.get("role"):
            self.roles.add(entry["role"])
        if entry.get("marking"):
            self.marking = parse_marking(self.marking).join(parse_marking(entry["marking"])).text
        self.first, self.last = min(self.first or entry["at"], entry["at"]), max(self.last, entry["at"])
        self.broke_glass += bool((entry.get("details") or {}).get("break_glass"))


def access_review(
    days: Annotated[int, typer.Option("--days", min=1, max=_MOST_DAYS, help="How far back the log is read.")] = _DAYS,
    json: Json = False,
) -> None:
    """Say of each user and key which roles they came with, what they did, the highest they were shown, and when last.

    Example: polegraph access-review --days 90
    """
    settings = load_settings()
    now = system_clock()
    since = (datetime.fromtimestamp(now, UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S")
    used = _used(settings, since)
    keys = {key.user: key for key in keys_of(settings).all()}
    for key in keys:
        used.setdefault(key, Used())
    found = [_told(user, used[user], keys.get(user), now) for user in sorted(used)]
    if json:
        show_json(found)
        return
    for each in found:
        key = "" if each["key"] is None else f"  key {each['key']}, until {each['until']}, may see {each['may_see']}"
        acts = ", ".join(f"{count} {act}" for act, count in each["acts"].items()) or "nothing"
        out.print(
            f"{each['user']}  [{', '.join(each['roles'])}]  {acts}; highest shown {each['highest_shown']}; "
            f"broke glass {each['broke_glass']} times; last {each['last'] or 'never'}{key}",
            markup=False,
        )
    if not found:
        say(f"nobody is on record in {days} days, and there is no key")


def _used(settings: Settings, since: str) -> dict[str, Used]:
    """What each user did since then; that it was asked is on record first."""
    used: dict[str, Used] = {}
    with closing(audit_log(settings)) as log:
        put_on_record(log, replace(entry_of(Act.CONSULTATION, "access-review"), details={"since": since}))
        with on_record():
            entries = (orjson.loads(link.body) for link in log.links())
            for entry in once((step_of(entry), entry) for entry in entries if entry["at"] >= since):
                used.setdefault(entry["user"], Used()).note(entry)
    return used


def _told(user: str, used: Used, key: ApiKey | None, now: int) -> dict[str, Any]:
    roles = used.roles if key is None else used.roles | {key.role.value}
    return {
        "user": user,
        "roles": sorted(roles),
        "acts": dict(sorted(used.acts.items())),
        "highest_shown": used.marking,
        "broke_glass": used.broke_glass,
        "first": used.first or None,
        "last": used.last or None,
        "key": None if key is None else key.state(now),
        "until": None if key is None else day_of(key.expires_at),
        "may_see": None if key is None else ", ".join(key.markings) or FLOOR.text,
    }
