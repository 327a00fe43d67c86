"""`polegraph key`: keys by which machines sign in."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from typing import Annotated, Any

import orjson
import typer

from cli.account import acting, entry_of
from cli.console import out, say, show_json
from cli.session import Json, account_name
from graph.audit import audit_log, on_record, put_on_record
from graph.errors import BadInput
from graph.open import system_clock
from graph.settings import Settings, load_settings
from security.api_key import ApiKey, ApiKeyError, ApiKeys
from security.audit import Act
from security.marking import MarkingError, parse_grants
from security.viewer import Role

app = typer.Typer(no_args_is_help=True, help="Keys by which machines sign in, beside people's tokens.")
_DAY_S = 86_400
_DAYS, _MOST_DAYS = 90, 366


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Which machine it is for; the audit log names it.")],
    role: Annotated[Role, typer.Option("--role", help="What the machine is to the system.")],
    markings: Annotated[str, typer.Option("--markings", help="What it may see, commas between grants.")] = "OFFICIAL",
    days: Annotated[int, typer.Option("--days", min=1, max=_MOST_DAYS, help="How long it is good for.")] = _DAYS,
) -> None:
    """Make a key and print its secret, this once: it is kept nowhere.

    Example: polegraph key create "command and control feed" --role DATA_ENGINEER --markings OFFICIAL
    """
    settings, now = load_settings(), system_clock()
    held = tuple(text.strip() for text in markings.split(",") if text.strip())
    try:
        parse_grants(held)
    except MarkingError as error:
        raise BadInput(f"--markings: {error}") from None
    asked = ApiKey("", name, role, held, account_name(), now, now + days * _DAY_S, None)
    with acting(settings, Act.ALTERATION, "key create", name=name, role=role.value, markings=list(held), days=days):
        try:
            secret = keys_of(settings).create(asked)
        except ApiKeyError as error:
            raise BadInput(str(error)) from None
    out.print(secret, markup=False)
    say(f"good until {_day(asked.expires_at)}; send it as `Authorization: Bearer KEY`, and keep it as a password")


@app.command("list")
def list_keys(
    review: Annotated[
        bool, typer.Option("--review", help="Also when each was last used, by the audit log: for an access review.")
    ] = False,
    json: Json = False,
) -> None:
    """Show every key there ever was, who made it, what it may see, and until when.

    With --review that you asked is on record first, since it reads the audit log.

    Example: polegraph key list --review
    """
    settings, now = load_settings(), system_clock()
    keys = keys_of(settings).all()
    used = _last_used(settings, keys) if review else {}
    if json:
        show_json([_shown(key, now) | ({"last_used": used.get(key.id)} if review else {}) for key in keys])
        return
    for key in keys:
        last = f"  last used {used.get(key.id, 'never')}" if review else ""
        out.print(
            f"{key.id}  {key.state(now):<7}  until {_day(key.expires_at)}  {key.role}  {key.name}  "
            f"[{', '.join(key.markings) or 'OFFICIAL'}]  by {key.made_by}{last}",
            markup=False,
        )
    if not keys:
        say("there is no key; `polegraph key create` makes one")


@app.command()
def revoke(id_: Annotated[str, typer.Argument(metavar="ID", help="The key's id, as `key list` shows it.")]) -> None:
    """Let nobody in by this key any more; it holds for the next request.

    Example: polegraph key revoke 3f9c04d1a2b7
    """
    settings = load_settings()
    with acting(settings, Act.ALTERATION, "key revoke", key=id_):
        try:
            key = keys_of(settings).revoke(id_, system_clock())
        except ApiKeyError as error:
            raise BadInput(str(error)) from None
    say(f"{key.name} ({key.id}) is let in no more")


def keys_of(settings: Settings) -> ApiKeys:
    """The keys of these settings."""
    return ApiKeys(settings.keys_file)


def _last_used(settings: Settings, keys: Iterable[ApiKey]) -> dict[str, str]:
    """When each key's machine was last on record, by the key's id."""
    names = {key.user: key.id for key in keys}
    used: dict[str, str] = {}
    with closing(audit_log(settings)) as log, on_record():
        put_on_record(log, entry_of(Act.CONSULTATION, "key list"))
        for link in log.links():
            if b'"user":"key ' in link.body:
                entry = orjson.loads(link.body)
                if (id_ := names.get(entry["user"])) is not None:
                    used[id_] = entry["at"]
    return used


def _shown(key: ApiKey, now: int) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "state": key.state(now),
        "role": key.role.value,
        "markings": list(key.markings),
        "made_by": key.made_by,
        "made_at": _moment(key.made_at),
        "expires_at": _moment(key.expires_at),
        "revoked_at": None if key.revoked_at is None else _moment(key.revoked_at),
    }


def _moment(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"
