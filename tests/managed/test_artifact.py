from __future__ import annotations

import re

import pytest

from graph.errors import ServerError
from graph.managed.artifact import Artifact, parse_lock, server_lock

HASH = "ab" * 32


def test_line_round_trips_with_and_without_classifier() -> None:
    plain = Artifact("org.neo4j", "neo4j", "5.26.30", None, HASH, 12)
    native = Artifact("io.netty", "netty-epoll", "4.1.Final", "linux-x86_64", HASH, 34)

    lock = parse_lock(f"# a comment\n\n{plain.line}\n{native.line}\n")

    assert set(lock.artifacts) == {plain, native}
    assert lock.size == 46
    assert lock.version == "5.26.30"
    assert native.repository_path == "io/netty/netty-epoll/4.1.Final/netty-epoll-4.1.Final-linux-x86_64.jar"


def test_digest_is_of_the_jars_not_of_their_order() -> None:
    lines = [f"g:a:1 sha256:{HASH} 1", f"g:b:1 sha256:{HASH} 1"]

    assert parse_lock("\n".join(lines)).digest == parse_lock("\n".join(reversed(lines))).digest
    assert parse_lock(lines[0]).digest != parse_lock(lines[1]).digest


@pytest.mark.parametrize(
    "line",
    [
        "g:a:1",
        f"g:a sha256:{HASH} 1",
        f"g:a:1 sha256:{HASH[1:]} 1",
        f"g:a:1 sha256:{HASH} 0",
        f"g:../a:1 sha256:{HASH} 1",
        f"g:a:1:linux:more sha256:{HASH} 1",
    ],
)
def test_malformed_line_is_named(line: str) -> None:
    with pytest.raises(ServerError, match="line 2"):
        parse_lock(f"g:ok:1 sha256:{HASH} 1\n{line}\n")


def test_empty_lock_and_double_name_are_refused() -> None:
    with pytest.raises(ServerError, match="no jar"):
        parse_lock("# nothing\n")
    with pytest.raises(ServerError, match=r"a-1\.jar is listed twice"):
        parse_lock(f"g:a:1 sha256:{HASH} 1\nother:a:1 sha256:{HASH} 1\n")


def test_committed_lock_is_the_long_term_release_for_every_platform() -> None:
    lock = server_lock()

    assert lock.version.startswith("5.26.")
    assert {a.classifier for a in lock.artifacts if a.name.startswith("netty-transport-native-") and a.classifier} == {
        "linux-x86_64",
        "linux-aarch_64",
        "osx-x86_64",
        "osx-aarch_64",
    }
    assert not any(re.search("://", artifact.line) for artifact in lock.artifacts)
