"""TLS of the API's own, and to the database: who is let in, and what is said of a file that is wrong."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from api.serve import background
from api.tls import tls_of
from graph.errors import BadInput, Unreachable
from graph.managed.instance import Connection
from graph.open import Graph
from graph.settings import Settings
from graph.store import Store

# What clients say of a handshake that was refused.
REFUSED = r"(?i)ssl|tls|reset|alert|eof|closed|pipe"


class Authority:
    """An authority of certificates in a folder: `ca.pem`, and for each name asked for `NAME.pem` and `NAME.key`."""

    def __init__(self, folder: Path, name: str = "ca") -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.file = self._put("ca", self._built(self._name, self._key, 30, authority=True))

    def issue(self, name: str, days: int = 30) -> tuple[Path, Path]:
        """A certificate for loopback, good for so many days from a hundred days ago on, and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        file = self._put(name, self._built(subject, key, days))
        secret = self.folder / f"{name}.key"
        secret.touch(0o600)
        secret.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return file, secret

    def _built(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, days: int, *, authority: bool = False
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        built = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=100))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        )
        if not authority:
            uses = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
            built = built.add_extension(x509.ExtendedKeyUsage(uses), critical=False)
        return built.sign(self._key, hashes.SHA256())

    def _put(self, name: str, certificate: x509.Certificate) -> Path:
        file = self.folder / f"{name}.pem"
        file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return file


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "own")


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answer(port: int, ca: Path, client: tuple[Path, Path] | None = None) -> str | None:
    """What an answer says of how long to come by TLS alone."""
    context = ssl.create_default_context(cafile=str(ca))
    if client is not None:
        context.load_cert_chain(*client)
    with closing(HTTPSConnection("127.0.0.1", port, timeout=10, context=context)) as asked:
        asked.request("GET", "/healthz")
        given = asked.getresponse()
        assert given.status == 200
        return given.getheader("Strict-Transport-Security")


@pytest.mark.database
def test_the_api_is_served_over_tls_alone(graph: Graph, port: int, authority: Authority) -> None:
    certificate, key = authority.issue("server")
    settings = Settings(tls_cert_file=certificate, tls_key_file=key)
    with background(settings, graph, port=port) as address:
        assert urlsplit(address).scheme == "https"
        assert answer(port, authority.file) == "max-age=31536000; includeSubDomains"
        with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as plain:
            plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            with suppress(ConnectionError):
                assert not plain.recv(1_000).startswith(b"HTTP")
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        with socket.create_connection(("127.0.0.1", port), timeout=10) as plain, pytest.raises(OSError, match=REFUSED):
            old.wrap_socket(plain)


@pytest.mark.database
def test_clients_without_a_certificate_of_the_authority_are_not_let_in(
    graph: Graph, port: int, authority: Authority, tmp_path: Path
) -> None:
    certificate, key = authority.issue("server")
    stranger = Authority(tmp_path / "other", "other").issue("client")
    settings = Settings(tls_cert_file=certificate, tls_key_file=key, tls_client_ca_file=authority.file)
    with background(settings, graph, port=port):
        assert answer(port, authority.file, authority.issue("client"))
        for client in (None, stranger):
            with pytest.raises(OSError, match=REFUSED):
                answer(port, authority.file, client)


def wrong(authority: Authority) -> Iterator[tuple[dict[str, Path], str]]:
    certificate, key = authority.issue("server")
    other, other_key = authority.issue("other")
    over, over_key = authority.issue("over", days=-1)
    text = authority.folder / "text.pem"
    text.write_text("not a certificate")
    open_key = authority.folder / "open.key"
    open_key.write_bytes(key.read_bytes())
    open_key.chmod(0o644)
    yield {"tls_cert_file": certificate}, "TLS_KEY_FILE is missing"
    yield {"tls_key_file": key}, "TLS_CERT_FILE is missing"
    yield {"tls_client_ca_file": authority.file}, "TLS_CERT_FILE is missing"
    yield {"tls_cert_file": authority.folder / "none.pem", "tls_key_file": key}, "cannot read"
    yield {"tls_cert_file": certificate, "tls_key_file": authority.folder / "none.key"}, "cannot read"
    yield {"tls_cert_file": text, "tls_key_file": key}, "no certificate in PEM"
    yield {"tls_cert_file": over, "tls_key_file": over_key}, "ended on"
    yield {"tls_cert_file": other, "tls_key_file": key}, "is not the key of"
    yield {"tls_cert_file": certificate, "tls_key_file": open_key}, "can be read by others"
    yield {"tls_cert_file": other, "tls_key_file": other_key, "tls_client_ca_file": text}, "no certificate in PEM"


def test_files_that_are_wrong_are_named(authority: Authority) -> None:
    for given, complaint in wrong(authority):
        with pytest.raises(BadInput, match=complaint):
            tls_of(Settings(**given))  # type: ignore[arg-type]
    assert tls_of(Settings()) is None


@contextmanager
def terminated(connection: Connection, certificate: Path, key: Path) -> Iterator[int]:
    """The port where this database answers over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    to = urlsplit(connection.uri)

    def pass_on(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def both_ways(plain: socket.socket) -> None:
        with (
            suppress(OSError),
            context.wrap_socket(plain, server_side=True) as outer,
            socket.create_connection((to.hostname or "", to.port or 0)) as inner,
        ):
            back = start(pass_on, inner, outer)
            pass_on(outer, inner)
            back.join()

    def start(work: Callable[..., None], *given: socket.socket) -> threading.Thread:
        thread = threading.Thread(target=work, args=given, daemon=True)
        thread.start()
        return thread

    def listen() -> None:
        with suppress(OSError):
            while True:
                start(both_ways, listener.accept()[0])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        start(listen)
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.database
@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_the_database_is_believed_by_its_certificate_alone(
    connection: Connection, authority: Authority, tmp_path: Path, scheme: str
) -> None:
    stranger = Authority(tmp_path / "other", "other")
    with terminated(connection, *authority.issue("database")) as port:
        given = (f"{scheme}://127.0.0.1:{port}", connection.user, connection.password, connection.database)
        with Store(Connection(*given, authority.file)) as store:
            assert store.verify().startswith("Neo4j/")
        for ca in (stranger.file, None):
            with Store(Connection(*given, ca)) as store, pytest.raises(Unreachable):
                store.verify()
    with pytest.raises(BadInput, match="not over TLS"):
        Store(Connection(connection.uri, connection.user, connection.password, ca=authority.file))


@pytest.mark.database
def test_a_handshake_that_stops_is_closed(graph: Graph, port: int, authority: Authority) -> None:
    certificate, key = authority.issue("server")
    settings = Settings(tls_cert_file=certificate, tls_key_file=key)
    with background(settings, graph, port=port), ExitStack() as sockets:
        waiting = [sockets.enter_context(socket.create_connection(("127.0.0.1", port), 30)) for _ in range(10)]
        for each in waiting[::2]:
            each.sendall(bytes.fromhex("160301020001"))
        since = time.monotonic()
        for each in waiting:
            with suppress(ConnectionError):
                assert each.recv(1_000) == b""
        assert time.monotonic() - since < 15
