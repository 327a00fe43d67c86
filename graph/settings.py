"""The one place where settings come from: `POLEGRAPH_` variables; every limit named with its unit."""

from __future__ import annotations

import os
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path, user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import BadInput

PREFIX = "POLEGRAPH_"
TEST_PREFIX = "POLEGRAPH_TEST_"
SILENCE_S = 1.25


class Auth(StrEnum):
    """How the API knows who asks."""

    NONE = "none"
    OIDC = "oidc"


class LogFormat(StrEnum):
    """How log lines look; `auto`: for people on a terminal, JSON otherwise."""

    AUTO = "auto"
    CONSOLE = "console"
    JSON = "json"


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


FolderPath = Annotated[Path, AfterValidator(_absolute)]


def secret_in(name: str, file: Path) -> str:
    """The text of a file that a setting names, without the end of its line; raises BadInput where it cannot be read."""
    try:
        return file.read_text("utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise BadInput(f"{name}: cannot read {file} ({error})") from None


class Settings(BaseSettings):
    """What an installation is configured to be."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=None, extra="forbid", frozen=True)

    neo4j_uri: str | None = Field(
        None, description="Bolt address of a server; without it the managed local one is used"
    )
    neo4j_user: str = Field("neo4j", description="database user")
    neo4j_password: SecretStr | None = Field(None, description="database password")
    neo4j_password_file: Path | None = Field(None, description="file of the database password, instead of it")
    neo4j_ca_file: Path | None = Field(
        None, description="file of the authorities, PEM, that sign the database's certificate; for bolt+s and neo4j+s"
    )
    neo4j_database: str = Field("neo4j", description="database name")
    data_dir: FolderPath = Field(
        default_factory=lambda: user_data_path("polegraph"),
        description="folder of the installation: key, server, audit",
    )
    cache_dir: FolderPath = Field(
        default_factory=lambda: user_cache_path("polegraph"), description="folder of downloads, shared by installations"
    )
    secret_key_file: Path | None = Field(None, description="file of the secret key that ids are made with")
    markings_file: Path | None = Field(None, description="file that declares the markings in use")
    mappings_dir: Path | None = Field(None, description="folder of the mappings whose sources may send messages")
    documents_dir: Path | None = Field(None, description="folder of GraphQL documents that are asked by their name")
    tiles_url: str | None = Field(None, description="where the explorer's maps get tiles: https://.../{z}/{x}/{y}.png")
    tiles_credit: str = Field("", description="whom the maps name as the makers of their tiles")
    trusted_only: bool = Field(False, description="refuse every GraphQL document that is not in the folder")
    relevance_file: Path | None = Field(None, description="file of weights by which events are relevant to another")
    demand_file: Path | None = Field(None, description="file of what officers, unmet incidents and harm cost")
    webhooks_file: Path | None = Field(None, description="file of the addresses that alerts may be delivered to")
    retention_file: Path | None = Field(None, description="file of how long what is kept, by MoPI groups")
    maven_url: str | None = Field(None, description="where the managed server's jars come from")
    metrics_tiles: bool = Field(
        False, description="tell the figures of the lowest marking at /metrics, to whoever reaches it"
    )
    auth: Auth = Field(Auth.NONE, description="none (loopback only) or oidc")
    oidc_issuer: str | None = Field(None, description="issuer of the tokens")
    oidc_audience: str | None = Field(None, description="audience of the tokens")
    oidc_client_id: str | None = Field(
        None, description="what the explorer is called at the issuer; without it a token is pasted to sign in"
    )
    oidc_scopes: str = Field("openid", description="what it asks the issuer for, spaces between")
    oidc_markings_claim: str = Field("polegraph_markings", description="claim that lists the markings a user holds")
    oidc_role_claim: str = Field("polegraph_role", description="claim that names a user's role")
    reference_purposes: str | None = Field(
        None, description="purpose codes, commas between, that need the reference of a case; none without it"
    )
    break_glass_markings: str | None = Field(
        None, description="markings, commas between, that may be seen for a while without being held; none without it"
    )
    break_glass_webhook: str | None = Field(
        None, description="address that is told at once when somebody does; without it nobody does"
    )
    break_glass_told_otherwise: bool = Field(
        False, description="without that address too: supervisors are told in another way that somebody does"
    )
    rate_requests: float = Field(
        100.0, gt=0, le=1e6, description="requests a second of one user, in one process; ten times as many at once"
    )
    rate_objects: float = Field(
        100_000.0, gt=0, le=1e9, description="objects a second that their answers can hold; ten times as many at once"
    )
    audit_path: Path | None = Field(None, description="file of the audit log; without it one in the data folder")
    audit_url: SecretStr | None = Field(
        None, description="PostgreSQL of the audit log, as several hosts need: postgresql://USER@HOST/DATABASE"
    )
    audit_wait_s: float = Field(
        10.0, ge=1, le=300, description="seconds without an answer after which that PostgreSQL is taken for away"
    )
    audit_password_file: Path | None = Field(None, description="file of that user's password")
    audit_checkpoints: Path | None = Field(
        None, description="file of the log's signed checkpoints, best on another disk; without it beside the log"
    )
    audit_key_file: Path | None = Field(None, description="file of the key that checkpoints are signed with")
    api_keys_path: Path | None = Field(
        None, description="file of the API keys' hashes; without it one in the data folder"
    )
    tls_cert_file: Path | None = Field(None, description="file of the API's certificate, PEM; without it plain HTTP")
    tls_key_file: Path | None = Field(None, description="file of the certificate's key, PEM without a password")
    tls_client_ca_file: Path | None = Field(
        None, description="file of the authorities, PEM, one of which has to have signed a client's certificate"
    )
    log_format: LogFormat = Field(LogFormat.AUTO, description="auto, console or json")
    silence_s: float = Field(
        SILENCE_S,
        ge=0.5,
        le=60,
        description="seconds without a sign of life after which the API takes the database for away",
    )
    network_snapshot: bool = Field(
        False,
        description="on: each serving process, and the one beside it that makes large answers, keeps the links that "
        "networks are made of in memory, some 60 bytes a link; off: networks are read from the database",
    )
    query_timeout_s: float = Field(10.0, gt=0, le=600, description="seconds until a read is cancelled in the database")
    batch_rows: int = Field(2_000, ge=1, le=50_000, description="rows in one write transaction")
    settle_s: float = Field(30.0, ge=0, description="seconds of writing after which a load settles entities and links")
    heap_mb: int = Field(1_024, ge=256, le=65_536, description="heap of the managed server, MiB")
    page_cache_mb: int = Field(
        512, ge=64, le=1_048_576, description="page cache of the managed server, MiB; quickest where its store fits in"
    )

    @property
    def key_file(self) -> Path:
        """The file of the secret key: the configured one, else one in the data folder."""
        return self.secret_key_file or self.data_dir / "secret.key"

    @property
    def keys_file(self) -> Path:
        """The file of the API keys: the configured one, else one in the data folder."""
        return self.api_keys_path or self.data_dir / "api-keys.db"

    @property
    def break_glass_file(self) -> Path:
        """The file of who saw for a while what they do not hold."""
        return self.data_dir / "break-glass.db"

    @property
    def audit_file(self) -> Path:
        """The file of the audit log: the configured one, else one in the data folder."""
        return self.audit_path or self.data_dir / "audit" / "audit.db"


def load_settings(env_file: Path | None = None) -> Settings:
    """The settings of this process; an unknown or malformed `POLEGRAPH_` variable raises BadInput naming it."""
    _refuse_unknown_variables()
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise BadInput(f"{name}: {first['msg']} (given: {first.get('input')!r})") from None


def _refuse_unknown_variables() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for variable in sorted(os.environ):
        if variable.startswith(PREFIX) and not variable.startswith(TEST_PREFIX) and variable not in known:
            near = get_close_matches(variable, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(sorted(known))}"
            raise BadInput(f"unknown setting {variable}{hint}")
