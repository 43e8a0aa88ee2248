"""Headers, hosts, methods, origins and leaks, on the running server (R-60…R-67, R-44)."""

import json

import httpx
import pytest

from tests.server import Server

PAGES = ["/", "/connexion", "/w/plan-de-continuite/documents", "/api/v1/docs"]
ANSWERS = [*PAGES, "/api/v1/me", "/api/v1/openapi.json", "/healthz", "/readyz", "/assets/absent.js", "/api/v1/absent"]
HIDDEN = [
    "/.git/HEAD",
    "/.env",
    "/manage.py.map",
    "/assets/../index.html",
    "/assets/%2e%2e/index.html",
    "/assets/..%2f..%2fsecret-key",
    "/api/v1/../../.env",
    "/static/%2e%2e/%2e%2e/etc/passwd",
]


@pytest.mark.parametrize("path", ANSWERS)
def test_r061_every_answer_carries_the_headers(server: Server, path: str) -> None:
    headers = httpx.get(server.url + path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert not any(char.isdigit() for char in headers.get("server", ""))
    assert "x-powered-by" not in headers


def test_r060_an_answer_without_a_page_has_the_policy_without_a_nonce(server: Server) -> None:
    policy = httpx.get(server.url + "/api/v1/me").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "nonce" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_r060_pages_run_only_our_scripts(server: Server, path: str) -> None:
    answer = httpx.get(server.url + path)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert "unsafe" not in policy["script-src"]
    assert {policy[name] for name in ("object-src", "base-uri", "frame-ancestors")} == {"'none'"}
    assert policy["default-src"] == policy["form-action"] == "'self'"
    assert "http" not in answer.headers["content-security-policy"]
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"


def test_r060_the_nonce_is_new_each_time_and_stands_in_the_page(server: Server) -> None:
    pages = [httpx.get(server.url + "/connexion") for _ in range(2)]
    nonces = {page.headers["content-security-policy"].split("'nonce-")[1].split("'")[0] for page in pages}
    assert len(nonces) == 2
    assert all("__CSP_NONCE__" not in page.text for page in pages)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:1@evil.example", ""])
def test_r067_a_foreign_host_is_refused(server: Server, host: str) -> None:
    assert httpx.get(server.url + "/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "FOO"])
def test_r067_methods_that_nobody_uses_are_refused(server: Server, method: str) -> None:
    assert httpx.request(method, server.url + "/").status_code in (400, 405)


@pytest.mark.parametrize("path", HIDDEN)
def test_r067_nothing_of_the_machine_is_served(server: Server, path: str) -> None:
    with httpx.Client() as client:
        request = client.build_request("GET", server.url)
        request.url = request.url.copy_with(raw_path=path.encode())
        answer = client.send(request)
    assert answer.status_code in (400, 404) or '<div id="root"' in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example"])
def test_r062_r063_a_foreign_origin_changes_nothing_and_reads_nothing(server: Server, origin: str) -> None:
    alice = server.sign_in("alice")
    answer = alice.http.post("/workspaces", json={"name": "Volé"}, headers={"Origin": origin})
    assert answer.status_code == 403
    read = alice.http.get("/me", headers={"Origin": origin})
    assert "access-control-allow-origin" not in read.headers
    assert "Volé" not in json.dumps(alice.get("/workspaces"))


def test_r062_a_change_without_its_token_is_refused(server: Server) -> None:
    alice = server.sign_in("alice")
    for token in ("", "x" * 32):
        answer = alice.http.post("/workspaces", json={"name": "Sans jeton"}, headers={"X-CSRF-Token": token})
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_r062_a_form_of_another_site_is_refused(server: Server, content_type: str) -> None:
    alice = server.sign_in("alice")
    body = b'{"name": "Formulaire"}'
    headers = {"Content-Type": content_type, "Sec-Fetch-Site": "cross-site"}
    assert alice.http.post("/workspaces", content=body, headers=headers).status_code == 403


def test_r066_private_answers_are_kept_by_nobody(server: Server) -> None:
    alice = server.sign_in("alice")
    for path in ("/me", "/workspaces", "/me/a.css", "/notifications"):
        assert alice.http.get(path).headers["cache-control"] == "no-store"


def test_r044_cookies_are_closed(server: Server) -> None:
    password = server.accounts["alice"]["password"]
    answer = httpx.post(f"{server.url}/api/v1/session", json={"identifier": "alice", "password": password})
    cookies = {line.split("=")[0]: line.lower() for line in answer.headers.get_list("set-cookie")}
    assert "httponly" in cookies["plano_session"]
    assert all("samesite=lax" in line or "samesite=strict" in line for line in cookies.values())
    assert all("domain=" not in line for line in cookies.values())


def test_the_api_description_is_openapi_3_1_and_every_operation_names_its_policy(server: Server) -> None:
    document = httpx.get(f"{server.url}/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    assert all(operation["x-policy"] for operation in operations)
    assert "LiveKinds" in document["components"]["schemas"]


def test_readiness_names_the_failing_part_and_metrics_stay_inside(server: Server) -> None:
    assert httpx.get(f"{server.url}/healthz").json() == {"status": "ok"}
    assert httpx.get(f"{server.url}/readyz").json() == {"status": "ok", "failing": []}
    assert "plano_live_sockets" in httpx.get(f"{server.url}/metrics").text


def test_the_worker_and_the_manifest_keep_their_address_and_are_asked_for_anew(server: Server) -> None:
    for path, kind in (("/sw.js", "text/javascript"), ("/manifest.webmanifest", "application/manifest+json")):
        answer = httpx.get(server.url + path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert answer.headers["cache-control"] == "no-cache"
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert httpx.post(server.url + path).status_code in (403, 404, 405)
    assert httpx.get(server.url + "/x/sw.js").headers["content-type"].startswith("text/html"), "only at the root"
