"""One jar from a Maven repository into a folder: whole and verified, or not there at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from threading import Event, local
from urllib.parse import urlsplit

import requests
import stamina

from graph.errors import ServerError
from graph.managed.artifact import Artifact

CONNECT_TIMEOUT_S = 15
READ_TIMEOUT_S = 60
ATTEMPTS = 5
_BLOCK = 1 << 16
_CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "PIP_CERT")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_RETRIED_STATUS = {408, 425, 429, 500, 502, 503, 504}

Count = Callable[[int], None]


class Interrupted(Exception):
    """The download was given up because the caller stops."""


class _Transient(Exception):
    """A fault of the network or the repository that another try may not meet."""


class Fetcher:
    """Downloads of one repository: `base` is its address, `stop` makes running downloads give up."""

    def __init__(self, base: str, folder: Path, stop: Event) -> None:
        self._base = base.rstrip("/")
        self._host = urlsplit(base).hostname or base
        self._folder = folder
        self._stop = stop
        self._local = local()

    def fetch(self, artifact: Artifact, count: Count) -> None:
        """Nothing; the jar is then in the folder, verified, and `count` was told of every block (negative on a retry).

        Network faults, 5xx and short bodies are tried again; a jar of another hash or size, a 4xx and a full disk
        raise ServerError; Interrupted when stopped.
        """
        try:
            for attempt in stamina.retry_context(
                on=(_Transient, requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError),
                attempts=ATTEMPTS,
                wait_initial=0.2,
                wait_max=3.0,
            ):
                with attempt:
                    self._fetch_once(artifact, count)
        except (requests.RequestException, _Transient) as error:
            raise ServerError(
                f"cannot fetch {artifact.coordinates} from {self._host}: {_reason(error)}; check network and proxy, "
                "or set POLEGRAPH_MAVEN_URL to a Maven repository that can be reached"
            ) from error
        except OSError as error:
            raise self._disk_error(error, artifact) from error

    def _fetch_once(self, artifact: Artifact, count: Count) -> None:
        part = self._folder / f"{artifact.file_name}.part"
        told = 0

        def tell(size: int) -> None:
            nonlocal told
            told += size
            count(size)

        try:
            self._download(artifact, part, tell)
            part.replace(self._folder / artifact.file_name)
        except BaseException:
            count(-told)
            part.unlink(missing_ok=True)
            raise

    def _download(self, artifact: Artifact, part: Path, tell: Count) -> None:
        digest, size = sha256(), 0
        with self._get(f"{self._base}/{artifact.repository_path}", artifact) as response, part.open("wb") as out:
            for block in response.iter_content(_BLOCK):
                if self._stop.is_set():
                    raise Interrupted
                out.write(block)
                digest.update(block)
                size += len(block)
                tell(len(block))
            out.flush()
            os.fsync(out.fileno())
        if size < artifact.size:
            raise _Transient(f"{size} of {artifact.size} bytes came")
        if digest.hexdigest() != artifact.sha256:
            raise ServerError(
                f"{artifact.coordinates} from {self._host} is not the jar that jars.lock names: it has sha256 "
                f"{digest.hexdigest()} and {size} bytes instead of {artifact.sha256} and {artifact.size}; "
                "it was thrown away. Look at what answers there (a proxy's page?), "
                "or name another repository (POLEGRAPH_MAVEN_URL)"
            )

    def _get(self, url: str, artifact: Artifact) -> requests.Response:
        if self._stop.is_set():
            raise Interrupted
        response = self._session().get(url, stream=True, timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S))
        if response.status_code in _RETRIED_STATUS:
            response.close()
            raise _Transient(f"HTTP {response.status_code}")
        if not response.ok:
            response.close()
            raise ServerError(
                f"{self._host} answers HTTP {response.status_code} for {artifact.coordinates}; check that "
                "POLEGRAPH_MAVEN_URL is the root of a Maven repository that mirrors the central one"
            )
        return response

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            session = requests.Session()
            session.headers["Accept-Encoding"] = "identity"
            session.verify = _certificates()
            self._local.session = session
        session = self._local.session
        assert isinstance(session, requests.Session)  # noqa: S101 - a thread-local attribute has no type
        return session

    def _disk_error(self, error: OSError, artifact: Artifact) -> ServerError:
        if error.errno in _FULL:
            return ServerError(
                f"no room in {self._folder} for {artifact.file_name} ({artifact.size:,} bytes): free some space and "
                "run the command again, what was fetched is kept"
            )
        return ServerError(f"cannot write {artifact.file_name} in {self._folder}: {error.strerror or error}")


def _certificates() -> str | bool:
    """The CA bundle that the environment names, under any of its customary variables, else the built-in one."""
    for variable in _CA_VARIABLES:
        path = os.environ.get(variable)
        if path and Path(path).exists():
            return path
    return True


def _reason(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not trusted (REQUESTS_CA_BUNDLE names the bundle to trust)"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy refuses"
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return str(error)
