"""Child process: Argon2id, one JSON line in, one out, behind everybody else. Imports nothing of Plano."""

import contextlib
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

LEAST_URGENT = 19


def yield_to_others() -> None:
    """Behind the threads of the server, and behind PostgreSQL: where Linux shares by session, `nice` alone is not."""
    os.nice(LEAST_URGENT)
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(LEAST_URGENT), encoding="ascii")


def answer(job: dict[str, Any]) -> str | bool:
    """The stored form of a secret, or whether it is the one that was stored."""
    import argon2
    from argon2.low_level import Type, hash_secret

    secret = job.pop("secret").encode()
    if "stored" in job:
        try:
            return argon2.PasswordHasher().verify(job["stored"], secret)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False
    return hash_secret(secret, job.pop("salt").encode(), type=Type.ID, **job).decode()


def main() -> None:
    """Until the server closes our input."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    yield_to_others()
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(json.dumps(answer(json.loads(line))).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
