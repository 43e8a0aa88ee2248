"""The typed table of options: the only place that reads environment variables.

Owns the names, types, defaults and meanings; refuses an unknown or wrong `PLANO_` variable with one sentence.
Knows neither Django nor any feature, so that the command line can start without them.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

CHECKOUT = Path(__file__).resolve().parents[3]
SECRET_KEY_FILE = "secret-key"  # noqa: S105 - a file name
PUSH_KEY_FILE = "push-key"
SMALLEST_SECRET = 32
EXAMPLES_OF_SECRETS = ("changeme", "change-me", "secret", "example", "insecure", "password")
UNPREFIXED = {"host": "HOST", "port": "PORT"}
LATER = {
    "PLANO_OIDC_": "signing in with OpenID Connect comes with a later release; remove this variable",
}


class ConfigurationError(Exception):
    """One sentence for the person who runs Plano: what is wrong and what to do."""


# --- Parsers: text in, value out, ValueError with the end of the sentence ----------------------------------


def _text(value: str) -> str:
    return value


def _boolean(value: str) -> bool:
    lowered = value.lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"0", "false", "no", "off"}:
        return False
    raise ValueError("must be 1 or 0")


def _integer(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not re.fullmatch(r"\d{1,18}", value) or not low <= int(value) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(value)

    return parse


def _folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


SIZE_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


def _size(value: str) -> int:
    match = re.fullmatch(r"(\d{1,12})\s*([KMGT]?)(?:i?B)?", value, re.IGNORECASE)
    if not match or int(match[1]) == 0:
        raise ValueError("must be a size such as 500M or 10G")
    return int(match[1]) * SIZE_UNITS[match[2].upper()]


DURATION_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _duration(low: timedelta, high: timedelta) -> Callable[[str], timedelta]:
    def parse(value: str) -> timedelta:
        match = re.fullmatch(r"(\d{1,9})([smhd])", value)
        span = timedelta(**{DURATION_UNITS[match[2]]: int(match[1])}) if match else None
        if span is None or not low <= span <= high:
            raise ValueError(
                f"must be a duration such as 30m or 2h, from {duration_text(low)} to {duration_text(high)}"
            )
        return span

    return parse


def _one_of(*allowed: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value.lower() not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return value.lower()

    return parse


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        try:
            parts = urlsplit(value)
            _ = parts.port
        except ValueError:
            raise ValueError("is not a valid address") from None
        needs_host = parts.scheme not in {"postgresql", "postgres"}
        if parts.scheme not in schemes or (needs_host and not parts.hostname):
            raise ValueError(f"must be an address that begins with {' or '.join(f'{s}://' for s in schemes)}")
        return value

    return parse


def _storage(value: str) -> str:
    if value.startswith("s3://"):
        return _s3(value)
    if not re.fullmatch(r"file:///.+", value):
        raise ValueError("must be an address such as file:///srv/plano/files or s3://s3.example.fr/bucket")
    return value


def _s3(value: str) -> str:
    parts = urlsplit(_url("s3")(value))
    pairs = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
    if not re.fullmatch(r"/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._/-]*)?", parts.path):
        raise ValueError("must name a bucket after the host: s3://KEY:SECRET@s3.example.fr/bucket?region=fr-par")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("must have both the access key and its secret, percent-encoded, or neither")
    if not set(pairs) <= {"region", "tls"} or pairs.get("tls", "1") not in {"0", "1"}:
        raise ValueError("may only have ?region=… and tls=0 or tls=1 after the bucket")
    return value


def _socket_or(*schemes: str, examples: str) -> Callable[[str], str]:
    """A socket of this machine (`unix:///…`), or an address."""

    def parse(value: str) -> str:
        if re.fullmatch(r"unix:///.+", value):
            return value
        try:
            return _url(*schemes)(value)
        except ValueError:
            raise ValueError(f"must be an address such as {examples}") from None

    return parse


def _base_url(value: str) -> str:
    parts = urlsplit(_url("http", "https")(value))
    if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        raise ValueError("must be only a scheme, a host and a port, such as https://plano.example.fr")
    return f"{parts.scheme}://{parts.netloc}"


def _turn_url(value: str) -> str:
    if not re.fullmatch(r"turns?:[^\s/]+(\?transport=(udp|tcp))?", value):
        raise ValueError("must be an address such as turn:turn.example.fr:3478?transport=udp")
    return value


def _mail_domain(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,120}[a-z0-9])?", value.lower()) or ".." in value:
        raise ValueError("must be a domain such as plano.example.fr")
    return value.lower()


def _host_port(value: str) -> str:
    match = re.fullmatch(r"([0-9A-Za-z.-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})", value)
    if not match or not 1 <= int(match[2]) <= 65535:
        raise ValueError("must be an address and a port such as 127.0.0.1:2525")
    return value


def _port_range(value: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{4,5})-(\d{4,5})", value)
    if not match or not 1024 <= int(match[1]) < int(match[2]) <= 65535:
        raise ValueError("must be two ports such as 20000-20999")
    return int(match[1]), int(match[2])


def _ip_address(value: str) -> str:
    import ipaddress

    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise ValueError("must be an IP address") from None


def _allow_list(value: str) -> tuple[str, ...]:
    from plano.platform.outbound.allowed import AllowList

    hosts = tuple(re.split(r"[\s,]+", value))
    AllowList.read(hosts)
    return hosts


def _secret(value: str) -> str:
    if len(value) < SMALLEST_SECRET:
        raise ValueError(f"must have at least {SMALLEST_SECRET} characters; `openssl rand -base64 48` makes one")
    if value.lower().startswith(EXAMPLES_OF_SECRETS):
        raise ValueError("is an example value; `openssl rand -base64 48` makes a real one")
    return value


# --- The table ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Option:
    """One documented line of the table."""

    parse: Callable[[str], Any]
    kind: str
    help: str
    default_text: str
    secret: bool


def option(
    parse: Callable[[str], Any],
    *,
    kind: str,
    default: str | None,
    help: str,
    default_text: str | None = None,
    secret: bool = False,
) -> Any:
    """Declare an option; the default is written as a person would write it, and parsed the same way."""
    line = Option(
        parse=parse,
        kind=kind,
        help=help,
        secret=secret,
        default_text=default_text if default_text is not None else (f"`{default}`" if default else "—"),
    )
    return field(default=None if default is None else parse(default), metadata={"option": line})


DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Environment:
    """Every option with its value. Attribute `data_x` is the variable `PLANO_DATA_X`."""

    # Where it listens and lives
    host: str = option(_text, kind="address", default="127.0.0.1", help="Address that the server listens on.")
    port: int = option(_integer(1, 65535), kind="number", default="8000", help="Port that the server listens on.")
    data: Path = option(
        _folder,
        kind="folder",
        default="var",
        default_text="`./var`",
        help="Folder of everything that Plano keeps: database, files, secret key, outbox. Mode 0700.",
    )
    base_url: str = option(
        _base_url,
        kind="address",
        default=None,
        default_text="`http://localhost:PORT`",
        help="Address that people type. Links in mails, allowed hosts and cookie rules come from it.",
    )
    web_dir: Path = option(
        _folder,
        kind="folder",
        default=str(CHECKOUT / "frontend" / "dist"),
        default_text="`frontend/dist` of the checkout",
        help="Folder of the built web client.",
    )
    demo: bool | None = option(
        _boolean,
        kind="yes or no",
        default=None,
        default_text="`1` under `make run`, else `0`",
        help="Seed the demonstration on the first start. On an address other than this machine, "
        "only an explicit `1` does it.",
    )
    # Secrets
    secret_key: str = option(
        _secret,
        kind="text",
        default=None,
        secret=True,
        default_text="generated once in `PLANO_DATA`",
        help="Key that signs cookies and links.",
    )
    secret_key_previous: str | None = option(
        _secret,
        kind="text",
        default=None,
        secret=True,
        help="The key before a rotation: what it signed stays valid while it is set.",
    )
    # Services
    database_url: str | None = option(
        _url("postgresql", "postgres"),
        kind="address",
        default=None,
        secret=True,
        default_text="embedded PostgreSQL in `PLANO_DATA`",
        help="PostgreSQL 15 or newer: `postgresql://user:password@host:5432/plano`.",
    )
    bus_url: str | None = option(
        _socket_or("redis", "rediss", examples="redis://redis.example.fr:6379 or unix:///run/redis.sock"),
        kind="address",
        default=None,
        secret=True,
        default_text="PostgreSQL's LISTEN/NOTIFY",
        help="Redis or Valkey that carries hints between several nodes: `rediss://user:password@redis.example.fr`. "
        "It keeps nothing: while it is away pages are told two seconds later.",
    )
    storage_url: str | None = option(
        _storage,
        kind="address",
        default=None,
        secret=True,
        default_text="`file://PLANO_DATA/files`",
        help="Where the bytes of documents are kept: `file:///folder`, or S3: "
        "`s3://KEY:SECRET@s3.example.fr/bucket/prefix?region=fr-par` (percent-encoded; without key and secret the "
        "standard `AWS_…` variables; `&tls=0` for http).",
    )
    storage_key: str | None = option(
        _secret,
        kind="text",
        default=None,
        secret=True,
        default_text="generated once in `PLANO_DATA/storage-keys`",
        help="Key that seals the bytes of documents. Without it they cannot be read: keep it apart from their backup.",
    )
    storage_key_previous: str | None = option(
        _secret,
        kind="text",
        default=None,
        secret=True,
        help="The key before, until `plano keys rotate` has exchanged it.",
    )
    storage_encryption: bool | None = option(
        _boolean,
        kind="yes or no",
        default=None,
        default_text="`1` for a new place of files; one that has files in clear goes on in clear",
        help="Whether new files are sealed (AES-256-GCM).",
    )
    smtp_url: str | None = option(
        _url("smtp", "smtps", "smtp+starttls"),
        kind="address",
        default=None,
        secret=True,
        default_text="mails are written to `PLANO_DATA/outbox`",
        help="Mail server: `smtp+starttls://user:password@mail.example.fr:587`.",
    )
    mail_from: str = option(_text, kind="text", default="Plano <plano@localhost>", help="Sender of mails.")
    worker: bool = option(
        _boolean,
        kind="yes or no",
        default="1",
        help="Run the job worker inside the server. `0` when `plano worker` runs elsewhere.",
    )
    mail_after: timedelta = option(
        _duration(timedelta(0), DAY),
        kind="duration",
        default="10m",
        help="How long something stays unread before it is mailed to those who want mails at once.",
    )
    mail_reply_domain: str | None = option(
        _mail_domain,
        kind="domain",
        default=None,
        default_text="none: mails cannot be answered by mail",
        help="Domain whose mails come to Plano: an answer to a mail about a conversation lands there "
        "(docs/admin/mail.md).",
    )
    mail_reply_listen: str | None = option(
        _host_port,
        kind="address",
        default=None,
        default_text="none: `plano mail receive` reads from a pipe",
        help="Where the worker listens for those answers by SMTP, for a mail server in front: `127.0.0.1:2525`.",
    )
    disconnect: bool = option(
        _boolean,
        kind="yes or no",
        default="1",
        help="The right to disconnect, for people who chose nothing themselves: outside of working hours nothing "
        "rings, pushes or mails.",
    )
    clamd_url: str | None = option(
        _socket_or("tcp", examples="tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl"),
        kind="address",
        default=None,
        default_text="no antivirus: documents say that they were not checked",
        help="ClamAV's daemon: `unix:///run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`. Nobody but its sender "
        "receives a document before it has been checked.",
    )
    clamd_down: str = option(
        _one_of("hold", "release"),
        kind="word",
        default="hold",
        help="While that daemon does not answer: `hold` new documents until it does, or `release` them unchecked.",
    )
    # Meetings
    janus_url: str | None = option(
        _url("ws", "wss"),
        kind="address",
        default=None,
        default_text="a Janus found on PATH is started; none: calls of up to 4 people, peer to peer",
        help="WebSocket address of a Janus media server.",
    )
    janus_secret: str | None = option(_secret, kind="text", default=None, secret=True, help="API secret of that Janus.")
    janus_ports: tuple[int, int] = option(
        _port_range, kind="ports", default="20000-20999", help="UDP ports of the Janus that Plano starts."
    )
    janus_public_address: str | None = option(
        _ip_address,
        kind="address",
        default=None,
        help="Public IP address of the Janus that Plano starts, when it is behind address translation.",
    )
    turn_url: str | None = option(
        _turn_url, kind="address", default=None, help="TURN relay for people behind strict firewalls."
    )
    turn_secret: str | None = option(
        _secret,
        kind="text",
        default=None,
        secret=True,
        help="Shared secret of that TURN relay (`use-auth-secret`).",
    )
    # Accounts
    session_idle: timedelta = option(
        _duration(timedelta(minutes=1), DAY),
        kind="duration",
        default="2h",
        help="A session ends after this time without activity.",
    )
    session_absolute: timedelta = option(
        _duration(timedelta(minutes=5), 7 * DAY),
        kind="duration",
        default="24h",
        help="A session ends after this time in any case.",
    )
    admin_session_idle: timedelta = option(
        _duration(timedelta(minutes=1), DAY),
        kind="duration",
        default="30m",
        help="The same for platform administrators.",
    )
    admin_session_absolute: timedelta = option(
        _duration(timedelta(minutes=5), 7 * DAY),
        kind="duration",
        default="12h",
        help="The same for platform administrators.",
    )
    password_min_length: int = option(
        _integer(12, 64), kind="number", default="15", help="Smallest length of a password."
    )
    # Limits
    upload_max_size: int = option(_size, kind="size", default="10G", help="Largest size of one document.")
    versions_all_days: int = option(
        _integer(0, 36_500),
        kind="number",
        default="0",
        help="After so many days only the last version of each month stays, and those that are kept, named or "
        "commented. 0: all stay.",
    )
    activity_days: int = option(
        _integer(1, 3_650),
        kind="number",
        default="365",
        help="How many days the activity of folders and documents is kept.",
    )
    workspace_quota: int = option(_size, kind="size", default="100G", help="Space of one workspace.")
    messages_per_minute: int = option(
        _integer(1, 10_000_000),
        kind="number",
        default="1200",
        help="How many messages one person may send a minute.",
    )
    # What may go out
    webhook_hosts: tuple[str, ...] = option(
        _allow_list,
        kind="hosts",
        default=None,
        default_text="none: no channel tells another service",
        help="Hosts that outgoing webhooks of channels may be sent to: "
        "`hooks.example.gouv.fr *.exemple.fr forge.interne:8443=10.20.0.0/16` (docs/admin/webhooks.md).",
    )
    push_hosts: tuple[str, ...] = option(
        _allow_list,
        kind="hosts",
        default=None,
        default_text="none: nothing is pushed",
        help="Push services of browsers that may be told « something is new », without content: "
        "`updates.push.services.mozilla.com fcm.googleapis.com web.push.apple.com *.notify.windows.com`.",
    )
    push_key: str | None = option(
        _secret,
        kind="text",
        default=None,
        secret=True,
        default_text="generated once in `PLANO_DATA/push-key`",
        help="Key that signs what goes to push services; the same on all nodes. When it changes, people's browsers "
        "subscribe anew at their next visit.",
    )
    # Operation
    trusted_proxies: int = option(
        _integer(0, 5),
        kind="number",
        default="0",
        help="Number of reverse proxies in front: the client's address is read behind exactly as many.",
    )
    metrics_token: str | None = option(
        _secret,
        kind="text",
        default=None,
        secret=True,
        default_text="local networks only",
        help="Token that opens `/metrics` from elsewhere (`Authorization: Bearer`).",
    )
    log_level: str = option(
        _one_of("debug", "info", "warning", "error"), kind="word", default="info", help="Detail of the log."
    )

    def push_secret(self) -> str:
        """The key for push services: given, kept in the data folder, or made now."""
        return self.push_key or kept_secret_key(self.data, PUSH_KEY_FILE)

    @property
    def is_loopback(self) -> bool:
        """Whether people reach Plano only from this machine."""
        return urlsplit(self.base_url).hostname in {"localhost", "127.0.0.1", "::1"}


def options() -> list[tuple[str, str, Option]]:
    """(attribute, variable, line) for each option, in the order of the table."""
    return [(f.name, variable(f.name), cast("Option", f.metadata["option"])) for f in fields(Environment)]


def variable(attribute: str) -> str:
    return UNPREFIXED.get(attribute, f"PLANO_{attribute.upper()}")


def duration_text(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


# --- Reading -----------------------------------------------------------------------------------------------


def read(source: Mapping[str, str]) -> Environment:
    """Parse without touching the disk, except files named by `…_FILE`; the secret key may stay empty."""
    known = options()
    _refuse_unknown(source, {name for _, name, _ in known}, {name for _, name, line in known if line.secret})
    values: dict[str, Any] = {}
    for attribute, name, line in known:
        text = _given(source, name, line)
        if text is None:
            continue
        try:
            values[attribute] = line.parse(text)
        except ValueError as error:
            shown = "" if line.secret else f" (it is {text!r})"
            raise ConfigurationError(f"{name} {error}{shown}.") from None
    values.setdefault("base_url", f"http://localhost:{values.get('port', _default('port'))}")
    values.setdefault("secret_key", "")
    environment = Environment(**values)
    _refuse_contradictions(environment)
    return environment


def _default(attribute: str) -> Any:
    value = next(f.default for f in fields(Environment) if f.name == attribute)
    return None if value is MISSING else value


def _given(source: Mapping[str, str], name: str, line: Option) -> str | None:
    text = source.get(name, "").strip()
    if text or not line.secret:
        return text or None
    path = source.get(f"{name}_FILE", "").strip()
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(f"{name}_FILE names {path}, which cannot be read.") from None


def _refuse_unknown(source: Mapping[str, str], known: set[str], secret: set[str]) -> None:
    import difflib

    accepted = known | {f"{name}_FILE" for name in secret}
    for name in sorted(source):
        if not name.startswith("PLANO_") or name in accepted:
            continue
        for prefix, reason in LATER.items():
            if name.startswith(prefix):
                raise ConfigurationError(f"{name} is set, but {reason}.")
        close = difflib.get_close_matches(name, sorted(accepted), n=1)
        hint = f"did you mean {close[0]}?" if close else "docs/configuration.md lists those that exist."
        raise ConfigurationError(f"{name} is not a variable of Plano; {hint}")


def _refuse_contradictions(environment: Environment) -> None:
    for one, other in (("janus_url", "janus_secret"), ("turn_url", "turn_secret")):
        if bool(getattr(environment, one)) != bool(getattr(environment, other)):
            raise ConfigurationError(f"{variable(one)} and {variable(other)} go together: set both or neither.")
    for idle, absolute in (
        ("session_idle", "session_absolute"),
        ("admin_session_idle", "admin_session_absolute"),
    ):
        if getattr(environment, idle) > getattr(environment, absolute):
            raise ConfigurationError(f"{variable(idle)} is longer than {variable(absolute)}.")


@cache
def load() -> Environment:
    """The environment of this process, with its secret key: given, kept in the data folder, or made now."""
    from dataclasses import replace

    environment = read(os.environ)
    if environment.secret_key:
        return environment
    return replace(environment, secret_key=kept_secret_key(environment.data))


def kept_secret_key(data: Path, name: str = SECRET_KEY_FILE) -> str:
    """Read a key of the data folder (made 0700); make it once, mode 0600."""
    make_data_folder(data)
    path = data / name
    try:
        if not path.exists():
            fresh = data / f".{name}.{os.getpid()}"
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(fresh, path)  # two first starts at once: one key wins
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        key = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read or written ({error.strerror}).") from None
    if len(key) < SMALLEST_SECRET:
        raise ConfigurationError(f"{path} holds no usable key; delete it to have a new one made.")
    return key


def make_data_folder(data: Path) -> None:
    """Make the folder, private to its owner; say in one sentence why it cannot be used."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if data.stat().st_mode & 0o077:
            data.chmod(0o700)
        probe = data / f".write-{os.getpid()}"
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError as error:
        raise ConfigurationError(
            f"PLANO_DATA ({data}) cannot be written ({error.strerror}); give another folder or its rights."
        ) from None
