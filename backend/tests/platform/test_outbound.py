"""R-81: what leaves goes to hosts that the configuration names, and never into our own network."""

import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from plano.platform import outbound
from plano.platform.outbound import AllowList, Failed, Outbound, Reason, Refused
from plano.platform.outbound.addresses import is_public
from plano.platform.outbound.memory import MemoryOutbound
from plano.platform.outbound.wire import Wire
from tests.certificates import certificate
from tests.trap import Trap, trap

FORMS = [
    "http://127.0.0.1:{p}/",
    "http://localhost:{p}/",
    "http://[::1]:{p}/",
    "http://0:{p}/",
    "http://0.0.0.0:{p}/",
    "http://127.1:{p}/",
    "http://127.0.1:{p}/",
    "http://2130706433:{p}/",
    "http://0x7f000001:{p}/",
    "http://0x7f.0.0.1:{p}/",
    "http://0177.0.0.1:{p}/",
    "http://017700000001:{p}/",
    "http://[::ffff:127.0.0.1]:{p}/",
    "http://[::ffff:7f00:1]:{p}/",
    "http://[::127.0.0.1]:{p}/",
    "http://127.0.0.1.:{p}/",
    "http://user@127.0.0.1:{p}/",
    "http://user:word@127.0.0.1:{p}/",
    "http://hooks.example@127.0.0.1:{p}/",
    "http://127.0.0.1:{p}#@hooks.example/",
    "http://①②⑦.⓪.⓪.①:{p}/",
    "//127.0.0.1:{p}/",
    "http:127.0.0.1:{p}/",
    "http:/127.0.0.1:{p}/",
    "http:\\\\127.0.0.1:{p}/",
    "http://hooks.example\\@127.0.0.1:{p}/",
    "HTTP://127.0.0.1:{p}/",
    "http://[::]:{p}/",
    "http://[64:ff9b::7f00:1]:{p}/",
    "http://[2002:7f00:1::]:{p}/",
    "http://[2001:0:7f00:1::]:{p}/",
    "http://127.0.0.1%00.hooks.example:{p}/",
    "http://127.0.0.1%2f:{p}/",
    "http://[::1%25lo]:{p}/",
    "http://[fe80::1]:{p}/",
    "http://[fc00::1]:{p}/",
    "http://[ff02::1]:{p}/",
    "http://10.0.0.1:{p}/",
    "http://172.16.0.1:{p}/",
    "http://192.168.0.1:{p}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://hooks.example:99999/",
    "http://hooks.example:x/",
    "http://",
    "http://./",
    "http://a..b/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_INFO",
    "dict://127.0.0.1:6379/info",
    "ftp://127.0.0.1/",
    "data:text/html,x",
    "unix:///run/redis.sock",
    "javascript:alert(1)",
]


@pytest.fixture
def server() -> Iterator[Trap]:
    with trap() as listening:
        yield listening


def here(server: Trap) -> AllowList:
    """The trap, named by whoever runs this place."""
    return AllowList.read([f"http://{server.host}"])


def everywhere(server: Trap) -> AllowList:
    """As careless as a list can be made: each name and number is named, with the trap's port."""
    hosts = ["localhost", "localhost.localdomain", "*.hooks.example", "hooks.example", "rebinding.example"]
    return AllowList.read(f"http://{host}:{server.port}" for host in hosts)


def wire(server: Trap, path: str, *, seconds: float = 5.0, redirects: int = 3, method: str = "GET") -> outbound.Answer:
    return Wire(seconds=seconds).request(
        method, f"http://{server.host}{path}", allowed=here(server), headers={}, body=b"", redirects=redirects
    )


def test_r081_no_form_of_an_inner_address_is_reached(server: Trap) -> None:
    assert len(FORMS) >= 50
    for form in FORMS:
        for allowed in (AllowList(), everywhere(server)):
            with pytest.raises(Refused):
                outbound.request("GET", form.replace("{p}", str(server.port)), allowed=allowed)
    assert server.hits == []


INSIDE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.31.0.1",
    "192.0.0.1",
    "192.0.2.9",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:10.0.0.1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]


def test_r081_only_addresses_of_the_internet_are_public() -> None:
    import ipaddress

    assert [text for text in INSIDE if is_public(ipaddress.ip_address(text))] == []
    for text in ("8.8.8.8", "185.194.81.29", "2a01:cb00::1", "2606:4700::1111"):
        assert is_public(ipaddress.ip_address(text))


def test_r081_a_name_is_looked_up_once_and_one_inner_address_condemns_it(
    server: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    asked: list[str] = []
    connected: list[str] = []

    def resolve(host: str, port: int, **options: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(0, 0, 0, "", (address, port)) for address in answers[min(len(asked), len(answers)) - 1]]

    def connect(address: tuple[str, int], *rest: object, **options: object) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    url = f"http://rebinding.example:{server.port}/"
    with pytest.raises(Failed) as failed:
        outbound.request("GET", url, allowed=everywhere(server))
    assert failed.value.reason == Reason.CONNECTION
    assert (asked, connected) == (["rebinding.example"], ["93.184.216.34"])
    answers[:] = [["93.184.216.34", "10.0.0.1"]]
    with pytest.raises(Refused) as refused:
        outbound.request("GET", url, allowed=everywhere(server))
    assert refused.value.reason == Reason.PRIVATE
    assert len(connected) == 1
    assert server.hits == []


def test_r081_a_host_of_ours_is_reached_only_in_the_network_that_is_named_with_it(server: Trap) -> None:
    url = f"http://localhost:{server.port}/"
    with pytest.raises(Refused):
        outbound.request("GET", url, allowed=AllowList.read([f"http://localhost:{server.port}=10.0.0.0/8"]))
    assert server.hits == []
    named = AllowList.read([f"http://localhost:{server.port}=127.0.0.0/8"])
    if any(row[4][0] == "::1" for row in socket.getaddrinfo("localhost", server.port)):
        with pytest.raises(Refused):
            outbound.request("GET", url, allowed=named)
    else:
        assert outbound.request("GET", url, allowed=named).ok


@pytest.mark.parametrize("entry", ["hooks.example", "https://hooks.example:8443", "*.hooks.example", "127.0.0.1"])
def test_the_list_names_schemes_hosts_and_ports_exactly(entry: str) -> None:
    allowed = AllowList.read([entry])
    named = {
        "hooks.example": ("https", "hooks.example", 443),
        "https://hooks.example:8443": ("https", "hooks.example", 8443),
        "*.hooks.example": ("https", "a.b.hooks.example", 443),
        "127.0.0.1": ("https", "127.0.0.1", 443),
    }
    places = [*named.values(), ("http", "hooks.example", 80), ("https", "evilhooks.example", 443)]
    assert [place for place in places if allowed.names(*place)] == [named[entry]]


@pytest.mark.parametrize(
    "entry", ["*", "*.fr", "a b", "ftp://a.fr", "a.fr:0", "a.fr:99999", "a.fr=10.0.0.1/8", "*.a.fr=10.0.0.0/8", "0x7f"]
)
def test_a_list_that_says_too_much_or_nothing_is_refused(entry: str) -> None:
    with pytest.raises(ValueError):
        AllowList.read([entry])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_r081_each_redirect_is_judged_anew(server: Trap, status: int) -> None:
    for onward in (
        "http://127.0.0.1:1/",
        "http://localhost/",
        "file:///etc/passwd",
        "http://169.254.169.254/",
        "//[::1]/",
    ):
        with pytest.raises(Refused):
            wire(server, f"/onward?status={status}&to={onward}")
    assert all(path.startswith("/onward") for _, path, _, _ in server.hits)
    assert wire(server, f"/onward?status={status}&to=/there").body == b"trap"


def test_r081_at_most_three_redirects_without_their_cookies(server: Trap) -> None:
    with pytest.raises(Failed) as failed:
        wire(server, "/loop")
    assert failed.value.reason == Reason.REDIRECTS
    assert len(server.hits) == 4
    assert not any("cookie" in headers for _, _, headers, _ in server.hits)
    server.hits.clear()
    assert wire(server, "/loop", redirects=0).status == 302
    assert len(server.hits) == 1


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/endless", "too_large"),
        ("/bomb", "too_large"),
        ("/slow", "too_slow"),
        ("/slower", "too_slow"),
        ("/odd", "encoding"),
    ],
)
def test_r081_long_packed_and_dripping_answers_are_cut(server: Trap, path: str, reason: str) -> None:
    began = time.monotonic()
    with pytest.raises(Failed) as failed:
        wire(server, path, seconds=0.4 if reason == "too_slow" else 5.0)
    assert failed.value.reason == reason
    assert time.monotonic() - began < 3


def test_an_answer_that_is_packed_all_the_same_is_read(server: Trap) -> None:
    assert wire(server, "/packed").body == b"trap"


def test_r081_nothing_of_ours_goes_along(server: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    answer = outbound.request(
        "POST", f"http://{server.host}/a?b=c", allowed=here(server), headers={"webhook-id": "1"}, body=b"{}"
    )
    assert answer.ok
    method, path, headers, body = server.hits[0]
    assert (method, path, body) == ("POST", "/a?b=c", b"{}")
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding", "content-length", "webhook-id"}
    for name in ("cookie", "host", "x-forwarded-for", "Webhook-Id", "proxy-authorization"):
        with pytest.raises(Refused):
            outbound.request("GET", f"http://{server.host}/", allowed=here(server), headers={name: "x"})
    with pytest.raises(Refused):
        outbound.request("GET", f"http://{server.host}/", allowed=here(server), headers={"a": "b\r\nc: d"})
    assert len(server.hits) == 1


def test_certificates_are_checked_against_the_name(
    server: Trap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = certificate(tmp_path, "hooks.example")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(issued)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    ours = ssl.create_default_context(cafile=str(issued))
    allowed = AllowList.read([server.host])
    adapter: Outbound = Wire(tls=ours, seconds=2)
    with pytest.raises(Failed) as failed:
        adapter.request("GET", f"https://{server.host}/", allowed=allowed, headers={}, body=b"", redirects=0)
    assert failed.value.reason == Reason.CERTIFICATE
    assert server.hits == []
    asked = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **options: asked("127.0.0.1", *rest, **options))
    allowed = AllowList.read([f"hooks.example:{server.port}=127.0.0.0/8"])
    url = f"https://hooks.example:{server.port}/"
    assert adapter.request("GET", url, allowed=allowed, headers={}, body=b"", redirects=0).ok
    with pytest.raises(Failed) as failed:
        Wire(seconds=2).request("GET", url, allowed=allowed, headers={}, body=b"", redirects=0)
    assert failed.value.reason == Reason.CERTIFICATE


@pytest.fixture(params=["wire", "memory"])
def adapter(request: pytest.FixtureRequest) -> Outbound:
    return Wire() if request.param == "wire" else MemoryOutbound()


def test_every_adapter_refuses_alike(adapter: Outbound, server: Trap) -> None:
    def ask(url: str, **headers: str) -> outbound.Answer:
        return adapter.request("GET", url, allowed=here(server), headers=headers, body=b"", redirects=0)

    assert ask(f"http://{server.host}/").ok
    for url, reason in (("file:///x", "address"), ("http://other.example/", "host")):
        with pytest.raises(Refused) as refused:
            ask(url)
        assert refused.value.reason == reason
    with pytest.raises(Refused):
        ask(f"http://{server.host}/", cookie="x")
