"""A bucket as its server answers: objects of a kind under a name, and one error for all that fails."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from plano.platform.blobs.base import Missing, Trouble, checked

SHORT = 1 << 20
ABSENT = {"404", "NoSuchKey", "NoSuchUpload", "NotFound"}
log = logging.getLogger("plano.storage")


@contextmanager
def answered(place: str) -> Iterator[None]:
    """What is absent is Missing; all else that fails is one 503, with its reason in the log."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in ABSENT:
            raise Missing from None
        log.error("s3 %s refuses %s: %s", place, error.operation_name, code)
        raise Trouble(f"{place}: {code}", retry_after=5) from None
    except (BotoCoreError, OSError) as error:
        log.error("s3 %s does not answer: %s", place, type(error).__name__)
        raise Trouble(f"{place}: {type(error).__name__}", retry_after=5) from None


@dataclass(frozen=True)
class Bucket:
    """Where the objects are, and two ways to ask: briefly, and for what may take its time."""

    client: Any
    slow: Any
    name: str
    prefix: str
    place: str

    def key(self, kind: str, name: str) -> dict[str, str]:
        return {"Bucket": self.name, "Key": f"{self.prefix}{kind}/{checked(name)}"}

    def size_of(self, kind: str, name: str) -> int:
        """How long an object is. Raises Missing."""
        with answered(self.place):
            return int(self.client.head_object(**self.key(kind, name))["ContentLength"])

    def put(self, kind: str, name: str, body: bytes) -> None:
        """Write an object whole."""
        with answered(self.place):
            client = self.client if len(body) < SHORT else self.slow
            client.put_object(**self.key(kind, name), Body=body)

    def delete(self, kind: str, name: str) -> None:
        """Again: nothing happens."""
        try:
            with answered(self.place):
                self.client.delete_object(**self.key(kind, name))
        except Missing:
            checked(name)

    def listed(self, kind: str) -> Iterator[tuple[str, str, datetime]]:
        """Name, kind and date of all objects of a kind, in the order of their names."""
        prefix, more = f"{self.prefix}{kind}/", dict[str, str]()
        while True:
            with answered(self.place):
                found = self.client.list_objects_v2(Bucket=self.name, Prefix=prefix, **more)
            for item in found.get("Contents", []):
                yield item["Key"].removeprefix(prefix), kind, item["LastModified"]
            if not found.get("IsTruncated"):
                return
            more = {"ContinuationToken": found["NextContinuationToken"]}
