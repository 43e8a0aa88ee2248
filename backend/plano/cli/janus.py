"""A Janus media server of our own: its configuration, its command, and whether it answers.

Listens for Plano only (WebSocket on 127.0.0.1, a random secret); Debian's own configuration is never used.
Rooms, rights and everything that people see belong to `plano.meetings`.
"""

from __future__ import annotations

import base64
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from plano.config.environment import Environment
from plano.platform import processes

LIBRARIES = ("/usr/lib/*-linux-gnu*/janus", "/usr/lib/janus", "/usr/local/lib/janus", "/opt/janus/lib/janus")


@dataclass(frozen=True, kw_only=True)
class Janus:
    """One media server: where it is and how it is started again the same way."""

    program: str
    libraries: Path
    folder: Path
    port: int
    secret: str
    log: Path

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    def spawn(self) -> subprocess.Popen[bytes]:
        """As nobody when we are root. The folder is handed over open: its parents are closed to that user."""
        user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        opened = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.set_inheritable(opened, True)
            return processes.spawn(
                [self.program, "-F", f"/proc/self/fd/{opened}"],
                user=user,
                dies_with_us=signal.SIGKILL,
                log=self.log,
                cwd=Path("/"),
                pass_fds=[opened],
            )
        finally:
            os.close(opened)

    def answers(self, *, timeout: float = 1.0) -> bool:
        """An API answer, not only an open port (it accepts before it works)."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
                question = {"janus": "ping", "transaction": "alive", "apisecret": self.secret}
                return b'"pong"' in _ask(connection, question)
        except OSError:
            return False


def is_installed() -> bool:
    return _installed() is not None


def _installed() -> tuple[str, Path] | None:
    program = shutil.which("janus")
    libraries = next((found for pattern in LIBRARIES for found in Path("/").glob(pattern[1:])), None)
    return (program, libraries) if program and libraries else None


def find(environment: Environment) -> Janus | None:
    """The Janus of this machine with a fresh secret and port, or None when it has none."""
    installed = _installed()
    if installed is None:
        return None
    program, libraries = installed
    folder = environment.data / "janus"
    janus = Janus(
        program=program,
        libraries=libraries,
        folder=folder,
        port=_free_port(),
        secret=secrets.token_urlsafe(32),
        log=environment.data / "janus.log",
    )
    _write_configuration(janus, environment)
    return janus


def _write_configuration(janus: Janus, environment: Environment) -> None:
    janus.folder.mkdir(mode=0o700, exist_ok=True)
    (janus.folder / "empty").mkdir(mode=0o755, exist_ok=True)
    (janus.folder / "janus.jcfg").write_text(_main(janus, environment), encoding="utf-8")
    (janus.folder / "janus.transport.websockets.jcfg").write_text(
        'general: { json = "compact"; pingpong_trigger = 5; pingpong_timeout = 5\n'
        f'  ws = true; ws_ip = "127.0.0.1"; ws_port = {janus.port}; wss = false }}\n'
        "admin: { admin_ws = false; admin_wss = false }\n",
        encoding="utf-8",
    )
    (janus.folder / "janus.plugin.videoroom.jcfg").write_text(
        f'general: {{ admin_key = "{janus.secret}"; lock_rtp_forward = true; string_ids = true }}\n',
        encoding="utf-8",
    )
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (janus.folder, *janus.folder.iterdir()):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
    for path in janus.folder.glob("*.jcfg"):
        path.chmod(0o400)


def _main(janus: Janus, environment: Environment) -> str:
    first, last = environment.janus_ports
    public = environment.janus_public_address
    mapping = f'nat_1_1_mapping = "{public}"; keep_private_host = true' if public else ""
    return f"""general: {{
  plugins_folder = "{janus.libraries}/plugins"
  transports_folder = "{janus.libraries}/transports"
  events_folder = "{janus.libraries}/events"
  loggers_folder = "{janus.libraries}/none"
  debug_level = 3
  debug_colors = false
  api_secret = "{janus.secret}"
  admin_secret = "{secrets.token_urlsafe(32)}"
  session_timeout = 60
  reclaim_session_timeout = 20
  event_loops = 2
  hide_dependencies = true
  recordings_tmp_ext = "tmp"
  protected_folders = ["/boot", "/dev", "/etc", "/lib", "/proc", "/root", "/run", "/sys", "/usr", "/var"]
}}
media: {{ rtp_port_range = "{first}-{last}"; no_media_timer = 2; slowlink_threshold = 4 }}
nat: {{ full_trickle = true; ignore_mdns = true; {mapping} }}
plugins: {{ disable = "{_others(janus.libraries / "plugins", "libjanus_videoroom.so")}" }}
transports: {{ disable = "{_others(janus.libraries / "transports", "libjanus_websockets.so")}" }}
events: {{ broadcast = false }}
"""


def _others(folder: Path, wanted: str) -> str:
    return ",".join(sorted(path.name for path in folder.glob("*.so") if path.name != wanted))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ask(connection: socket.socket, request: dict[str, str]) -> bytes:
    """One WebSocket round trip (RFC 6455), enough for a health check without a library in the supervisor."""
    key = base64.b64encode(os.urandom(16)).decode()
    connection.sendall(
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Protocol: janus-protocol\r\n\r\n".encode()
    )
    answer = b""
    while b"\r\n\r\n" not in answer:
        part = connection.recv(4096)
        if not part:
            return b""
        answer += part
    if b" 101 " not in answer.split(b"\r\n", 1)[0]:
        return b""
    body = json.dumps(request).encode()
    mask = os.urandom(4)
    size = bytes([0x80 | len(body)]) if len(body) < 126 else bytes([0xFE]) + len(body).to_bytes(2)
    header = bytes([0x81]) + size
    connection.sendall(header + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(body)))
    return connection.recv(4096)
