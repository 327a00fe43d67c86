"""The bill of materials is that of the locks, and valid; an audit that found out nothing is not called well."""

from __future__ import annotations

import json
import re

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.project.tree import ROOT
from tools.audit_dependencies import JARS, KNOWN, LOCKS, NOT_AUDITED, WELL, judged, judged_jars
from tools.sbom import bill

_JAR = re.compile(r"pkg:maven/[\w.-]+/[\w.-]+@\d[\w.-]*(\?classifier=[\w.-]+)?")


def test_the_bill_of_materials_is_fresh_and_valid() -> None:
    text = (ROOT / "sbom.cdx.json").read_text()

    assert text == bill(), "the locks are others: make sbom"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    purls = [each["purl"] for each in json.loads(text)["components"]]
    assert len(purls) == len(set(purls))
    assert {purl.partition("/")[0] for purl in purls} == {"pkg:pypi", "pkg:maven", "pkg:npm"}
    # A jar of one machine's kind has a fourth part, which is no version.
    jars = [purl for purl in purls if purl.startswith("pkg:maven")]
    assert [purl for purl in jars if not _JAR.fullmatch(purl)] == []
    assert any("?classifier=" in purl for purl in jars)


def test_an_audit_says_what_it_could_not_look_up() -> None:
    good = {"name": "a", "version": "1", "vulns": []}
    bad = {"name": "b", "version": "1", "vulns": [{"id": "CVE-2026-1"}]}
    skipped = {"name": "c", "skip_reason": "Dependency not found on PyPI and could not be audited"}

    def said(*dependencies: object) -> int:
        return judged("requirements.txt", 2, json.dumps({"dependencies": dependencies}))

    assert said(good) == WELL
    assert said(good, bad) == said(bad, skipped) == KNOWN
    assert said(good, skipped) == said(skipped) == said() == NOT_AUDITED
    assert judged("requirements.txt", 2, "") == NOT_AUDITED


def test_no_lock_is_left_out_of_the_audit(capsys: pytest.CaptureFixture[str]) -> None:
    assert {file.name for file in ROOT.glob("requirements*.txt")} == set(LOCKS)
    asked = [("org.neo4j:neo4j", "5.26.28"), ("a:b", "1")]

    def said(*results: object) -> int:
        return judged_jars(asked, json.dumps({"results": results}))

    assert said({}, {}) == WELL
    assert said({}, {"vulns": [{"id": "GHSA-1"}]}) == KNOWN
    assert {said(), said({}), judged_jars(asked, ""), judged_jars(asked, "[]")} == {NOT_AUDITED}
    assert f"{JARS}: NOT AUDITED" in capsys.readouterr().out
