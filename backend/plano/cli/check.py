"""Check configuration and dependencies, each with OK or with what to do.

The exit code is 1 when something must be done. With --files every file is read and compared with its SHA-256.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import socket
import ssl
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from plano.cli import context, janus, storage
from plano.cli.errors import CommandError
from plano.config import environment
from plano.config.environment import Environment

OK, NOTE, BAD = "OK", "note", "TO DO"
Finding = tuple[str, str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--deploy", action="store_true", help="also what a public address needs")
    parser.add_argument("--files", action="store_true", help="also read every file and compare its SHA-256")


def run(options: argparse.Namespace) -> int:
    settings = environment.read(os.environ)
    code = 0
    for state, part, text in _all(settings, deploy=options.deploy, files=options.files):
        print(f"{state:<6} {part:<14} {text}", flush=True)
        if state == BAD:
            code = 1
    return code


def _all(settings: Environment, *, deploy: bool, files: bool) -> Iterator[Finding]:
    yield OK, "variables", "all known and well formed"
    try:
        environment.make_data_folder(settings.data)
    except environment.ConfigurationError as error:
        yield BAD, "data", str(error)
        return
    yield OK, "data", f"{settings.data}, {shutil.disk_usage(settings.data).free >> 30} GiB free"
    yield _web_client(settings)
    yield from _database(deploy=deploy, files=files)
    yield _janus(settings)
    if settings.smtp_url:
        yield _reachable("mail", settings.smtp_url)
    else:
        yield NOTE, "mail", "no mail server: mails are written to PLANO_DATA/outbox"
    if settings.bus_url:
        yield _bus(settings.bus_url)
    yield _antivirus(settings)
    yield from _previews()
    if deploy:
        yield _https(settings)


def _web_client(settings: Environment) -> Finding:
    if (settings.web_dir / "index.html").exists():
        return OK, "web client", str(settings.web_dir)
    return BAD, "web client", f"not built in {settings.web_dir}: `make build` builds it"


def _database(*, deploy: bool, files: bool) -> Iterator[Finding]:
    try:
        with context.database():
            sound = True
            for finding in _inside_database(deploy=deploy):
                sound = sound and finding[0] != BAD
                yield finding
            yield from storage.place()
            if files and sound:
                yield from storage.contents()
            elif files:
                yield BAD, "file", "not read: the database comes first"
    except CommandError as error:
        yield BAD, "database", str(error)


def _inside_database(*, deploy: bool) -> Iterator[Finding]:
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
    if number < 150000:
        yield BAD, "database", f"PostgreSQL {number // 10000} is too old: 15 or newer is needed"
        return
    yield OK, "database", f"PostgreSQL {number // 10000}.{number % 10000}"
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    yield (
        (BAD, "migrations", f"{waiting} not applied: `plano migrate`") if waiting else (OK, "migrations", "all applied")
    )
    text = io.StringIO()
    try:
        with contextlib.redirect_stderr(text):
            call_command("check", deploy=deploy, fail_level="WARNING", stdout=text, stderr=text)
        yield OK, "framework", "Django's own checks pass"
    except SystemCheckError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip().startswith("?") or ":" in line]
        yield BAD, "framework", (lines or ["Django's checks fail"])[0]


def _janus(settings: Environment) -> Finding:
    if settings.janus_url:
        return _reachable("calls", settings.janus_url)
    if janus.is_installed():
        return OK, "calls", "Janus is installed; `plano serve` starts it"
    return NOTE, "calls", "no Janus: calls are peer to peer, for up to 4 people (`apt install janus`)"


def _bus(url: str) -> Finding:
    from redis.exceptions import RedisError

    from plano.platform.live.bus.redis import brief

    try:
        server: Any = brief(url).info("server")
        return OK, "bus", f"Redis {server['redis_version']}"
    except (RedisError, OSError) as error:
        return BAD, "bus", f"PLANO_BUS_URL does not answer ({type(error).__name__}): start Redis, or open the way to it"


def _antivirus(settings: Environment) -> Finding:
    from plano.platform.scanner import Unreachable
    from plano.platform.scanner.clamd import Clamd

    if not settings.clamd_url:
        return NOTE, "antivirus", "none: documents say that they were not checked (`apt install clamav-daemon`)"
    try:
        return OK, "antivirus", Clamd(settings.clamd_url).version()
    except Unreachable as error:
        return BAD, "antivirus", f"{settings.clamd_url} does not answer ({error}): start clamd"


def _previews() -> Iterator[Finding]:
    from plano.platform import converters

    if converters.office():
        yield OK, "previews", "LibreOffice is installed: office documents are shown"
    else:
        yield (
            NOTE,
            "previews",
            "no LibreOffice: office documents are not shown (`apt install --no-install-recommends "
            "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui`)",
        )
    if not converters.ffmpeg():
        yield NOTE, "previews", "no ffmpeg: videos play, but have no picture in lists (`apt install ffmpeg`)"
    if not converters.is_offline():
        yield (
            NOTE,
            "previews",
            "this machine allows no namespaces (unshare): files are parsed with limits, but not cut from the network",
        )


DEFAULT_PORTS = {"ws": 80, "wss": 443, "smtp": 25, "smtps": 465, "smtp+starttls": 587}


def _reachable(part: str, url: str) -> Finding:
    parts = urlsplit(url)
    place = (parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme])
    try:
        socket.create_connection(place, timeout=5).close()
    except OSError as error:
        return BAD, part, f"{place[0]}:{place[1]} does not answer ({error.strerror or error})"
    return OK, part, f"{place[0]}:{place[1]}"


def _https(settings: Environment) -> Finding:
    parts = urlsplit(settings.base_url)
    if parts.scheme != "https":
        return BAD, "https", "PLANO_BASE_URL must begin with https:// on a public address"
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 443), timeout=5) as plain:
            ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname).close()
    except OSError as error:
        return BAD, "https", f"{settings.base_url} does not answer with a trusted certificate ({error})"
    return OK, "https", settings.base_url
