"""R-25, R-42, R-50 to R-54, R-70 to R-72 on a network drive."""

import base64
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from django.conf import settings

from plano.accounts import actions as accounts
from plano.accounts.models import ApplicationPassword
from plano.dav import caller
from plano.documents.models import Kind, Node
from plano.kernel.ids import uuid7
from tests.dav.conftest import Drive, Office, password_of

XML_METHODS = ("PROPFIND", "PROPPATCH", "LOCK")


def signed(drive: Drive, credentials: str, **headers: str) -> Any:
    basic = base64.b64encode(credentials.encode()).decode()
    return drive("PROPFIND", "", Authorization=f"Basic {basic}", Depth="0", **headers)


def test_r050_the_accounts_own_password_opens_nothing(office: Office) -> None:
    user = office.member.user
    user.set_password("un mot de passe assez long")
    user.save(update_fields=["password"])
    for path in ("/dav/", "/dav/files/", office.member.root + "/", office.member.root + "/x.md"):
        answer = office.member("PROPFIND", path, Authorization=_basic(f"{user.identifier}:un mot de passe assez long"))
        assert answer.status_code in (401, 429)
    assert signed(office.member, f"{user.identifier}:un mot de passe assez long").status_code in (401, 429)


def _basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


def test_r050_nobody_comes_in_without_a_password(office: Office) -> None:
    answer = office.member("OPTIONS", "", Authorization="")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith('Basic realm="Plano"')
    for wrong in (
        "Bearer abc",
        "Basic",
        "Basic ???",
        _basic("sans deux-points"),
        _basic(":x"),
        _basic("x:" + "y" * 300),
    ):
        assert office.member("PROPFIND", "", Authorization=wrong).status_code == 401


def test_r050_a_password_for_calendars_does_not_open_files(office: Office) -> None:
    drive = Drive(office.member.user, office.workspace, password_of(office.member.user, reach="calendars"))
    assert drive("PROPFIND", "", Depth="0").status_code == 403


def test_r051_an_application_password_opens_only_dav(office: Office) -> None:
    answer = office.member.api.client.get(
        "/api/v1/me", headers={"Authorization": _basic(f"{office.member.user.identifier}:{office.member.password}")}
    )
    assert answer.status_code == 200  # by its session
    office.member.api.client.cookies.clear()
    answer = office.member.api.client.get(
        "/api/v1/me", headers={"Authorization": _basic(f"{office.member.user.identifier}:{office.member.password}")}
    )
    assert answer.status_code == 401


def test_r025_a_hundred_tries_are_few_answers(office: Office) -> None:
    statuses = [signed(office.member, f"{office.member.user.identifier}:essai-{n}").status_code for n in range(30)]
    assert 0 < statuses.count(401) <= 10
    assert statuses.count(401) + statuses.count(429) == 30
    caller.forget_all()


@pytest.mark.parametrize("how", ["revoked", "disabled", "expired", "reset"])
def test_r042_a_password_ends_within_five_seconds(office: Office, how: str) -> None:
    office.member.put("plan.md")
    if how == "revoked":
        row = ApplicationPassword.objects.get(user=office.member.user)
        accounts.revoke_application_password(actor=office.member.user, password_id=row.id)
    elif how == "disabled":
        office.member.user.is_active = False
        office.member.user.save(update_fields=["is_active"])
    elif how == "expired":
        ApplicationPassword.objects.filter(user=office.member.user).update(expires_at="2020-01-01T00:00:00Z")
    else:
        ApplicationPassword.objects.filter(user=office.member.user).delete()
    assert caller.REMEMBERED < 5
    later = time.monotonic() + caller.REMEMBERED + 0.1
    with mock.patch.object(caller.time, "monotonic", return_value=later):
        assert office.member("GET", "plan.md").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        b"/dav/files/%s/../budget/x.md",
        b"/dav/files/%s/..%%2f..%%2fbudget",
        b"/dav/files/%s/%%2e%%2e/budget",
        b"/dav/files/%s/%%2e%%2e%%5cbudget",
        b"/dav/files/%s/a%%00b.md",
        b"/dav/files/%s/a%%c0%%afb.md",
        b"/dav/files/%s/a%%5cb.md",
        b"/dav/files/%s/a%%zzb.md",
        b"/dav/files/%s/%%ff.md",
        b"/dav/files/../../api/v1/me",
        b"/dav/../api/v1/me",
        b"/dav/principals/users/alice/",
        b"/dav/files/%s/" + b"a/" * 80,
    ],
)
def test_r052_a_path_never_climbs(office: Office, path: bytes) -> None:
    office.member.put("plan.md")
    raw = path.replace(b"%s", office.workspace.slug.encode()).replace(b"%%", b"%")
    for method in ("GET", "PUT", "PROPFIND", "MKCOL", "DELETE", "REPORT"):
        assert office.member.raw(method, raw, b"x" if method == "PUT" else b"").status_code in (400, 403, 404, 405)
    for method in ("MOVE", "COPY"):
        assert office.member.raw(method, raw, Destination=office.member.to("y.md")).status_code in (400, 403, 404)
        there = "http://localhost" + raw.decode("latin1")
        answer = office.member(method, "plan.md", Destination=there)
        assert answer.status_code in (400, 403, 404, 502), (method, answer.content)
    assert [n["name"] for n in office.member.nodes()] == ["plan.md"]


def test_r052_double_encoding_is_a_name_and_nothing_else(office: Office) -> None:
    slug = office.workspace.slug.encode()
    assert office.member.raw("PUT", b"/dav/files/" + slug + b"/%252e%252e%252fx.md", b"x").status_code == 201
    assert office.member.names() == ["%2e%2e%2fx.md"]


@pytest.mark.parametrize(
    "there",
    [
        "https://evil.example/dav/files/{slug}/x.md",
        "//evil.example/dav/files/{slug}/x.md",
        "http://localhost@evil.example/dav/files/{slug}/x.md",
        "ftp://localhost/dav/files/{slug}/x.md",
        "http://localhost/api/v1/x",
        "http://localhost/",
        "x.md",
        "",
    ],
)
def test_r052_a_destination_is_on_this_server(office: Office, there: str) -> None:
    office.member.put("plan.md")
    for method in ("MOVE", "COPY"):
        answer = office.member(
            method, "plan.md", Destination=there.format(slug=office.workspace.slug), X_Forwarded_Host="evil.example"
        )
        assert answer.status_code in (400, 502), answer.content
    assert office.member.names() == ["plan.md"]


@pytest.fixture
def trap() -> Iterator[tuple[int, list[Any]]]:
    """A server that counts who comes."""
    hits: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        over = threading.Event()

        def wait() -> None:
            while not over.is_set():
                try:
                    hits.append(listener.accept())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=wait)
        thread.start()
        yield listener.getsockname()[1], hits
        over.set()
        thread.join()


def test_r053_xml_is_bounded_and_fetches_nothing(office: Office, trap: tuple[int, list[Any]]) -> None:
    port, hits = trap
    office.member.put("plan.md")
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bodies = [
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:%d/x.dtd"><propfind xmlns="DAV:"/>' % port,
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><propfind xmlns="DAV:"><prop>&e;</prop></propfind>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:%d/e">]><x>&e;</x>' % port,
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><x>&l9;</x>'.encode(),
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'.encode("utf-16"),
        b"<a>" * 200_000,
        b"<a>" * 101 + b"</a>" * 101,
        b"<propfind xmlns='DAV:'>" + b"x" * (1 << 20),
        b"\xff\xfe\x00",
        b"pas du xml",
    ]
    for method in XML_METHODS:
        for body in bodies:
            begun = time.monotonic()
            answer = office.member(method, "plan.md", body, Depth="0")
            assert 400 <= answer.status_code < 500, (method, body[:60], answer.status_code)
            assert time.monotonic() - begun < 1
            assert b"root:" not in answer.content
    assert hits == []


def test_r054_whole_trees_are_not_told_at_once(office: Office) -> None:
    for depth in ("infinity", "Infinity", ""):
        answer = office.member("PROPFIND", "", Depth=depth)
        assert (answer.status_code, answer.data["code"]) == (403, "propfind_finite_depth")
    assert office.member("PROPFIND", "", Depth="2").status_code == 400


def test_r054_a_tree_too_large_is_not_copied_at_once(office: Office) -> None:
    office.member("MKCOL", "Dossier")
    top = Node.objects.get(name="Dossier")
    shared = {"workspace_id": top.workspace_id, "scope_id": top.scope_id, "parent": top, "kind": Kind.DOCUMENT}
    people = {"created_by": office.member.user, "modified_by": office.member.user}
    with mock.patch("plano.documents.actions.copying.MAX_COPIED", 20):
        Node.objects.bulk_create(Node(id=uuid7(), name=f"{n}", folded=f"{n}", **shared, **people) for n in range(25))
        answer = office.member("COPY", "Dossier", Destination=office.member.to("Copie"))
        assert (answer.status_code, answer.data["code"]) == (413, "too_many_to_copy")
    assert office.member("COPY", "Dossier", Destination=office.member.to("Copie")).status_code == 201
    assert len(office.member.names("Copie")) == 25


@pytest.mark.parametrize("name", ["page.html", "dessin.svg", "page.xhtml", "data.xml", "photo.png"])
def test_r070_nothing_runs_in_our_origin(office: Office, name: str) -> None:
    office.member.put(name, b"<!doctype html><script>alert(1)</script>")
    headers = office.member("GET", name).headers
    assert "html" not in headers["content-type"]
    assert "svg" not in headers["content-type"]
    assert headers["content-disposition"].startswith("attachment")
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", ["a\rb", "a\nSet-Cookie: x=1", " avant", "après ", "fac\u202etxt.exe", "x" * 256, "\u200e"]
)
def test_r071_a_name_that_would_be_changed_is_refused(office: Office, name: str) -> None:
    for answer in (office.member("PUT", name, b"x"), office.member("MKCOL", name)):
        assert answer.status_code in (400, 403), answer.content
    assert office.member.names() == []


def test_r072_limits_hold_whatever_the_length_says(office: Office) -> None:
    with mock.patch.object(settings, "PLANO", replace(settings.PLANO, upload_max_size=1000)):
        assert office.member("PUT", "grand.bin", b"x" * 1001).status_code == 413
        assert office.member("PUT", "grand.bin", [b"x" * 600, b"x" * 600]).status_code == 413
        assert office.member("PUT", "grand.bin", b"x" * 10, Content_Length="2000000").status_code == 413
        office.member("PUT", "grand.bin", b"x" * 500, Content_Length="10")
    with mock.patch.object(settings, "PLANO", replace(settings.PLANO, workspace_quota=1000)):
        office.member.put("un.bin", b"x" * 600)
        full = office.member("PUT", "deux.bin", b"x" * 600)
        assert (full.status_code, full.data["code"]) == (507, "quota_exceeded")
        assert office.member("PUT", "deux.bin", [b"x" * 300, b"y" * 300]).status_code == 507
    assert office.member.names() == ["un.bin"]


def test_r067_the_engine_does_not_tell_its_name(office: Office) -> None:
    for answer in (
        office.member("MKCOL", "Dossier"),
        office.member("MKCOL", "Dossier"),
        office.member("COPY", "absent", Destination=office.member.to("x")),
        office.member("DELETE", "Dossier"),
        office.member("LOCK", "x.md", b"<x/>"),
    ):
        said = answer.content + str(answer.headers).encode()
        assert b"wsgidav" not in said.lower()


def test_an_unknown_host_is_refused(office: Office) -> None:
    assert office.member("PROPFIND", "", Host="evil.example").status_code == 400
