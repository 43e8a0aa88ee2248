"""One JSON object a line, ASCII only, so that no name can forge or colour a line (R-122); secrets masked (R-121).

Settings give `LOGGING_CONFIG = "plano.platform.logging.configure"` and `LOGGING = {"level": "INFO"}`.
"""

import json
import logging
import logging.config
import re
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from plano.platform.audit.context import current_origin

MASK = "[masked]"
_SECRET_NAMES = re.compile(
    r"pass(word|wd|phrase)?|secret|token|cookie|authorization|api_?key|csrf|session_?key|credential|signature|task_kwargs|call_string",
    re.IGNORECASE,
)
_ASSIGNMENT = re.compile(
    r"(?i)\b((?:[\w-]*(?:password|passwd|secret|token|cookie|csrf|api_?key|session)[\w-]*)[\"']?\s*[=:]\s*)"
    r"(\"[^\"]*\"|'[^']*'|[^\s,;&]+)"
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}")
_URL_LOGIN = re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]*(?=@)")
_SECRET_PATHS = re.compile(
    r"(/(?:s|m|setup|password-resets|me/email|invitations?|feeds?|reinitialiser|adresse|installation)/)"
    r"[A-Za-z0-9_\-.~]{12,}"
)
_JOB_ARGUMENTS = re.compile(r"(?<=\])\(.*\)", re.DOTALL)
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "taskName"}
LONGEST = 4000


def masked(text: str) -> str:
    """The text without values that look like secrets."""
    text = _BEARER.sub(rf"\1 {MASK}", text)
    text = _URL_LOGIN.sub(MASK, text)
    text = _SECRET_PATHS.sub(rf"\1{MASK}", text)
    return _ASSIGNMENT.sub(rf"\1{MASK}", text)


def _plain(name: str, value: object) -> object:
    if _SECRET_NAMES.search(name):
        return MASK
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(k): _plain(str(k), v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(name, v) for v in value]
    return masked(str(value))[:LONGEST]


class JsonFormatter(logging.Formatter):
    """A record as one line; line breaks, colours and bidirectional controls become escapes."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(_message(record))[:LONGEST],
        }
        request_id = current_origin().request_id
        if request_id:
            line["request_id"] = request_id
        for name, value in vars(record).items():
            if name not in _STANDARD and not name.startswith("_"):
                line[name] = _plain(name, value)
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = _trace(record.exc_info[2])
        return json.dumps(line, default=str)


def _message(record: logging.LogRecord) -> str:
    """A job is named with its number; its arguments may be a mail."""
    text = record.getMessage()
    return _JOB_ARGUMENTS.sub("", text) if record.name.startswith("procrastinate") else text


def _trace(tb: Any) -> list[str]:
    """Where, never with which values: an exception's text may quote what a person wrote."""
    return [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(tb)[-20:]]


def configure(config: Mapping[str, Any]) -> None:
    """Called by Django with `settings.LOGGING`."""
    level = str(config.get("level", "INFO"))
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": {"()": JsonFormatter}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "json"}},
            "root": {"level": level, "handlers": ["stderr"]},
            "loggers": {
                "plano.audit": {"level": "INFO"},
                "django.db.backends": {"level": "WARNING"},
                "django.security.DisallowedHost": {"level": "ERROR"},
                "procrastinate": {"level": "WARNING"},
                "uvicorn.access": {"level": "WARNING"},
                "httpx": {"level": "WARNING"},
            },
        }
    )
