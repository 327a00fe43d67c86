"""REST beside GraphQL: the same answers, refusals and records, in plain requests."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import anyio
import anyio.to_thread
import httpx2
import pytest
from starlette.testclient import TestClient

from graph.audit import audit_log
from graph.model import KIND_OF_ENUM, KINDS
from graph.settings import load_settings
from tests.api.conftest import ADDRESS
from tests.api.town import Town
from tests.read.world import ACORN, OPEN

pytestmark = pytest.mark.database
ONLY_OPEN = {"X-Viewer-Markings": OPEN}


@pytest.fixture
def vehicle(town: Town) -> str:
    id_ = town.world.thing("Vehicle", "AB12CDE", vrm="AB12CDE", make="Ford", model="Focus", colour="BLUE")
    town.world.thing("Vehicle", "XY34ZZZ", ACORN, vrm="XY34ZZZ")
    town.world.link("KEEPS", town.maria, id_)
    marker = town.world.thing("Marker", "WANTED", type="WANTED", text="wanted on warrant")
    town.world.link("SUBJECT_OF", id_, marker)
    return id_


def code(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["extensions"]["code"]


def last() -> dict[str, Any]:
    *_, link = audit_log(load_settings()).links()
    found: dict[str, Any] = json.loads(link.body)
    return found


def test_stop_check_is_that_of_graphql(client: TestClient, town: Town, vehicle: str) -> None:
    told = client.post("/stop-check", json={"vrm": "ab12 cde"}, headers={"X-Purpose": "STOP_CHECK"}).json()
    assert told["vehicle"]["id"] == vehicle
    assert [keeper["from"]["id"] for keeper in told["keepers"]] == [town.maria]
    entry = last()
    assert (entry["operation"], entry["purpose"], vehicle in entry["ids"]) == ("stopCheck", "STOP_CHECK", True)


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"vrm": 1}, 400), ({"number": "x"}, 400), ([], 400), ({"person": {"nobody": "x"}}, 400)],
)
def test_what_is_no_stop_check_is_refused(client: TestClient, body: object, status: int) -> None:
    assert code(client.post("/stop-check", json=body)) == (status, "BAD_INPUT")


def test_names_do_not_stand_in_urls(client: TestClient) -> None:
    for path in ("/stop-check?vrm=AB12CDE", "/vehicle-checks?mark=AB12CDE"):
        assert client.get(path).status_code == 405


def test_profile_of_what_is_hidden_is_that_of_what_is_absent(client: TestClient, town: Town) -> None:
    found = client.get(f"/profiles/{town.maria}", headers=ONLY_OPEN)
    assert (found.status_code, found.json()["subject"]["id"]) == (200, town.maria)
    hidden = client.get(f"/profiles/{town.hidden}", headers=ONLY_OPEN)
    assert code(hidden) == code(client.get("/profiles/e_none")) == (404, "NOT_FOUND")


def test_marks_are_checked_in_their_order(client: TestClient, town: Town, vehicle: str) -> None:
    marks = ["ab12 cde", "NOTHERE1", "?", "XY34ZZZ", "AB12CDE"]
    told = client.post("/vehicle-checks", json={"marks": marks}, headers=ONLY_OPEN).json()["checks"]
    assert [each["mark"] for each in told] == marks
    assert [each["valid"] for each in told] == [True, True, False, True, True]
    assert [[found["id"] for found in each["vehicles"]] for each in told] == [[vehicle], [], [], [], [vehicle]]
    (found,) = told[0]["vehicles"]
    assert [flag["code"] for flag in found["flags"]] == ["WANTED"]
    assert [keeper["id"] for keeper in found["keepers"]] == [town.maria]


@pytest.mark.parametrize("body", ["no,VRM\n1,AB12 CDE\n2,NONE1\n", "AB12 CDE\nNONE1\n"])
def test_marks_come_and_go_as_a_table(client: TestClient, vehicle: str, body: str) -> None:
    headers = {"Content-Type": "text/csv", "Accept": "text/csv"}
    response = client.post("/vehicle-checks", content=body, headers=headers)
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["mark"], row["id"], row["flags"]) for row in rows] == [
        ("AB12 CDE", vehicle, "WANTED"),
        ("NONE1", "", ""),
    ]


@pytest.mark.parametrize(
    "body", [{}, {"marks": []}, {"marks": [1]}, {"marks": "AB12CDE"}, {"marks": ["A1"] * 501}, {"marks": ["A" * 101]}]
)
def test_what_are_no_marks_is_refused(client: TestClient, body: object) -> None:
    assert code(client.post("/vehicle-checks", json=body)) == (400, "BAD_INPUT")


def test_exports_hold_what_their_viewer_sees(client: TestClient, town: Town) -> None:
    lines = client.get("/exports/ndjson", headers=ONLY_OPEN).text.splitlines()
    things = {json.loads(line)["thing"]["id"] for line in lines if "thing" in json.loads(line)}
    assert {town.maria, town.jon} <= things
    assert town.hidden not in things
    assert (last()["act"], last()["whole"], last()["outcome"]) == ("DISCLOSURE", True, ["OK"])
    assert last()["marking"] == "OFFICIAL"
    with zipfile.ZipFile(io.BytesIO(client.get("/exports/csv", params={"kind": "PERSON"}).content)) as archive:
        assert archive.namelist() == ["Person.csv"]
    assert (last()["details"]["kinds"], last()["marking"]) == (["PERSON"], ACORN)
    around = client.get("/exports/graphml", params={"id": town.maria, "hops": 1}, headers=ONLY_OPEN)
    assert around.headers["content-type"].startswith("application/graphml+xml")
    nodes = {node.get("id") for node in ElementTree.fromstring(around.text).findall(".//{*}node")}  # noqa: S314 - our own
    assert {town.maria, town.phone, town.crime} <= nodes
    assert set(last()["ids"]) >= {town.maria, town.phone}
    assert all("schema" in json.loads(line) for line in client.get("/exports/ftm").text.splitlines())


def test_a_third_export_is_refused_while_two_are_begun(client: TestClient, town: Town) -> None:
    async def asked() -> list[int]:
        transport = httpx2.ASGITransport(client.app)
        threads = anyio.to_thread.current_default_thread_limiter()
        async with (
            httpx2.AsyncClient(transport=transport, base_url=ADDRESS) as asking,
            anyio.create_task_group() as group,
        ):
            # Nobody comes further than where a thread is needed, until all have come as far as that or are refused.
            others = [object() for _ in range(int(threads.available_tokens))]
            for each in others:
                threads.acquire_on_behalf_of_nowait(each)
            told = list[int]()

            async def export() -> None:
                told.append((await asking.get("/exports/ndjson")).status_code)

            for _ in range(3):
                group.start_soon(export)
            while len(told) + threads.statistics().tasks_waiting < 3:
                await anyio.sleep(0.01)
            for each in others:
                threads.release_on_behalf_of(each)
        return told

    assert client.portal is not None
    assert sorted(client.portal.call(asked)) == [200, 200, 503]
    assert client.get("/exports/ndjson").status_code == 200


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/exports/pdf", (400, "BAD_INPUT")),
        ("/exports/csv?hops=9", (400, "BAD_INPUT")),
        ("/exports/csv?kind=GHOST", (400, "BAD_INPUT")),
        ("/exports/csv?id=e_none", (404, "NOT_FOUND")),
        ("/nowhere", (404, "NOT_FOUND")),
    ],
)
def test_what_cannot_be_had_is_refused(client: TestClient, path: str, expected: tuple[int, str]) -> None:
    assert code(client.get(path)) == expected


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/graphql", "GET, POST"),
        ("/sign-in", "GET, POST"),
        ("/stop-check", "POST"),
        ("/profiles/e_none", "GET"),
        ("/exports/csv", "GET"),
        ("/assets/none.js", "GET, HEAD"),
    ],
)
def test_who_asks_by_another_method_is_told_all_that_there_are(client: TestClient, path: str, methods: str) -> None:
    told = client.request("DELETE", path)
    assert (told.status_code, told.headers["allow"], code(told)[1]) == (405, methods, "BAD_INPUT")


def test_openapi_describes_every_route(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    paths = {"/graphql", "/stop-check", "/profiles/{id}", "/vehicle-checks", "/exports/{format_}", "/loads", "/healthz"}
    assert paths <= set(described["paths"])
    ids = [each["operationId"] for methods in described["paths"].values() for each in methods.values()]
    assert len(ids) == len(set(ids))


def test_openapi_names_the_kinds_that_are_exported(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]["/exports/{format_}"]["get"]["parameters"]
    (kind,) = [each["schema"] for each in described if each["name"] == "kind"]
    assert {KIND_OF_ENUM[name] for name in kind["items"]["enum"]} == set(KINDS)


@pytest.mark.parametrize("path", ["/", "/worker.js", "/manifest.webmanifest", "/explorer", "/metrics"])
def test_openapi_names_the_media_type_of_each_file(client: TestClient, path: str) -> None:
    described = client.get("/openapi.json").json()["paths"][path]["get"]["responses"]["200"]["content"]
    assert list(described) == [client.get(path).headers["content-type"].partition(";")[0]]


def test_openapi_says_what_each_body_holds(client: TestClient, town: Town) -> None:
    paths = client.get("/openapi.json").json()["paths"]

    def taken(path: str) -> dict[str, Any]:
        found: dict[str, Any] = paths[path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        return found

    stop, null = taken("/stop-check"), {"type": "null"}
    assert all(null in shape["anyOf"] for shape in stop["properties"].values())
    said = [*stop["anyOf"], *stop["properties"]["person"]["anyOf"][0]["anyOf"]]
    assert {"required": ["phone"], "properties": {"phone": {"not": null}}} in said
    assert {"required": ["yearOfBirth"], "properties": {"yearOfBirth": {"not": null}}} in said
    assert [shape["required"] for shape in taken("/graphql")["anyOf"]] == [["query"], ["documentId"]]
    verifier = taken("/sign-in")["properties"]["verifier"]["pattern"]
    assert [bool(re.search(verifier, text)) for text in ("v" * 43, "v" * 42, "ü" * 43)] == [True, False, False]
    id_ = taken("/shown")["properties"]["displays"]["items"]["properties"]["ids"]["items"]["pattern"]
    assert [bool(re.search(id_, text)) for text in (town.maria, "", f"x{town.maria}")] == [True, False, False]
