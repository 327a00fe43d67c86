"""TLS of the API's own: certificate and key, and whose certificates clients bring; looked at before serving."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.x509 import Certificate, load_pem_x509_certificates
from granian.constants import SSLProtocols

from graph.errors import BadInput
from graph.settings import Settings

_CERTIFICATE, _KEY, _CLIENTS = "POLEGRAPH_TLS_CERT_FILE", "POLEGRAPH_TLS_KEY_FILE", "POLEGRAPH_TLS_CLIENT_CA_FILE"


@dataclass(frozen=True, slots=True)
class Tls:
    """Files in PEM: the certificate with those it was signed by, its key; the authorities of clients, None for any."""

    certificate: Path
    key: Path
    clients: Path | None = None

    def options(self) -> dict[str, Any]:
        """How granian is told; a client without a certificate of `clients` does not get past the handshake."""
        told = {"ssl_cert": self.certificate, "ssl_key": self.key, "ssl_protocol_min": SSLProtocols.tls12}
        return told if self.clients is None else told | {"ssl_ca": self.clients, "ssl_client_verify": True}


def tls_of(settings: Settings) -> Tls | None:
    """The TLS of these settings, None without; raises BadInput for files that no client could agree with."""
    certificate, key, clients = settings.tls_cert_file, settings.tls_key_file, settings.tls_client_ca_file
    if certificate is None and key is None and clients is None:
        return None
    if certificate is None or key is None:
        missing = _CERTIFICATE if certificate is None else _KEY
        raise BadInput(f"{missing} is missing: TLS needs a certificate and its key, each a file in PEM")
    _refuse_out_of_date(certificate, _certificates(_CERTIFICATE, certificate)[0])
    _read(_KEY, key)
    if key.stat().st_mode & 0o077:
        raise BadInput(f"{_KEY}: {key} can be read by others than its owner: chmod 600 {key}")
    try:
        # A key with a password would ask for it on the terminal.
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, password=_refuse_password)
    except (ssl.SSLError, ValueError) as error:
        raise BadInput(
            f"{_KEY}: {key} is not the key of {certificate}, or is locked by a password ({error}); "
            "give the unlocked key in PEM of the first certificate in the file"
        ) from None
    if clients is not None:
        for each in _certificates(_CLIENTS, clients):
            _refuse_out_of_date(clients, each)
    return Tls(certificate, key, clients)


def _refuse_password() -> str:
    raise ValueError("it has a password")


def _read(name: str, file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{name}: cannot read {file} ({error.strerror})") from None


def _certificates(name: str, file: Path) -> list[Certificate]:
    try:
        return load_pem_x509_certificates(_read(name, file))
    except ValueError:
        raise BadInput(f"{name}: {file} holds no certificate in PEM (-----BEGIN CERTIFICATE-----)") from None


def _refuse_out_of_date(file: Path, certificate: Certificate) -> None:
    now = datetime.now(UTC)
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now >= ends:
        raise BadInput(f"{file}: the certificate ended on {ends:%Y-%m-%d %H:%M} UTC; put a new one there")
    if now < begins:
        raise BadInput(f"{file}: the certificate begins on {begins:%Y-%m-%d %H:%M} UTC; is the clock right?")
