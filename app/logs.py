"""Logging by topic into one file for the user alone; keys are blanked before a line is written."""

from __future__ import annotations

import logging
import os
import re
import threading
import traceback
from io import TextIOWrapper
from typing import Any

from app.paths import Folders

LOG_NAME = "facet.log"
MAX_BYTES = 1_000_000
KEPT_FILES = 3
QUIET = ("httpx", "httpcore", "asyncio", "qasync", "keyring", "markdown_it", "MARKDOWN")
"""Foreign topics that write requests or noise; only their warnings are kept."""

_BLANK = "[key]"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_secrets: set[str] = set()
_lock = threading.Lock()

# What keys look like when nobody made them known.
_SHAPES = (
    (re.compile(r"\b(?:sk|pk|gsk|xai|hf|ghp|aiml)[-_][A-Za-z0-9_-]{8,}"), _BLANK),
    (re.compile(r"\bAIza[A-Za-z0-9_-]{20,}"), _BLANK),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}"), rf"\1 {_BLANK}"),
    (
        re.compile(
            r"(?i)\b((?:x-)?(?:goog-)?(?:api[-_]?)?key|access[-_]?token|token|secret|password)"
            r"([\"']?\s*[=:]\s*[\"']?)(?!\[key\])[A-Za-z0-9._~+/-]{6,}=*"
        ),
        rf"\1\2{_BLANK}",
    ),
    (re.compile(r"[^\s/@:\"'\[]+:[^\s/@\"']+@(?=[\w.-])"), f"{_BLANK}@"),
)


def know_secret(secret: str) -> None:
    """Makes a secret known, so that `redact` blanks it anywhere; one under 6 letters is none."""
    if len(secret) >= 6:
        with _lock:
            _secrets.add(secret)


def forget_secrets() -> None:
    """Forgets every known secret."""
    with _lock:
        _secrets.clear()


def redact(text: str) -> str:
    """The text without known secrets and without what looks like a key."""
    with _lock:
        known = sorted(_secrets, key=len, reverse=True)
    for secret in known:
        text = text.replace(secret, _BLANK)
    for shape, blank in _SHAPES:
        text = shape.sub(blank, text)
    return text


class Redaction(logging.Filter):
    """Blanks keys in the message and the traceback of every record that passes a handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record through, redacted."""
        record.msg = redact(record.getMessage())
        record.args = ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True


class _PrivateFile(logging.FileHandler):
    """A log that nobody else may read, from its first byte; a full one is put aside.

    logging.handlers has the same with a network on top, and costs an idle window 1 MB.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a record, into a fresh file when this one is full."""
        if self.stream is not None and self.stream.tell() >= MAX_BYTES:
            self._put_aside()
        super().emit(record)

    def _put_aside(self) -> None:
        self.close()
        for number in range(KEPT_FILES, 0, -1):
            older = f".{number - 1}" if number > 1 else ""
            if os.path.exists(self.baseFilename + older):
                os.replace(self.baseFilename + older, f"{self.baseFilename}.{number}")

    def _open(self) -> TextIOWrapper:
        file = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(file, "a", encoding=self.encoding, errors=self.errors)


def set_up(folders: Folders, *, level: int = logging.INFO) -> logging.Handler:
    """Sends every topic to the log file and returns its handler, in place of an earlier one.

    Every handler of the root gets the redaction. A log file that cannot be written costs the log,
    never the program: then errors alone go to standard error.
    """
    root = logging.getLogger()
    shut_down()
    handler: logging.Handler
    try:
        handler = _PrivateFile(folders.logs / LOG_NAME, encoding="utf-8", errors="backslashreplace")
    except OSError:
        handler = logging.StreamHandler()
        handler.setLevel(logging.ERROR)
    handler.set_name(LOG_NAME)
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)
    root.setLevel(level)
    for each in root.handlers:
        if not any(isinstance(known, Redaction) for known in each.filters):
            each.addFilter(Redaction())
    for topic in QUIET:
        logging.getLogger(topic).setLevel(logging.WARNING)
    return handler


def shut_down() -> None:
    """Closes the log file, if one is open."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if handler.get_name() == LOG_NAME:
            root.removeHandler(handler)
            handler.close()


def report_of(context: dict[str, Any]) -> str:
    """What an event loop says of an error nobody foresaw, redacted and without local values."""
    error = context.get("exception")
    text = "".join(traceback.format_exception(error)) if error else str(context.get("message"))
    return redact(text)
