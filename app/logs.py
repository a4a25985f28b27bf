"""Logging by topic into one file for the user alone; keys are blanked before anything is written."""

from __future__ import annotations

import logging
import os
import re
import threading
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.paths import Folders

LOG_NAME = "facet.log"
MAX_BYTES = 1_000_000
KEPT_FILES = 3
QUIET = ("httpx", "httpcore", "asyncio", "keyring", "markdown_it", "MARKDOWN")
"""Foreign topics that write requests or noise; only their warnings are kept."""

_BLANK = "[key]"
_secrets: set[str] = set()
_lock = threading.Lock()

# What keys look like when they were never announced (SECURITY §3.2, rule 12).
_SHAPES = (
    (re.compile(r"\b(sk|pk|gsk|xai|hf|ghp|el|aiml)([-_])[A-Za-z0-9_-]{8,}"), _BLANK),
    (re.compile(r"\bAIza[A-Za-z0-9_-]{20,}"), _BLANK),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}"), rf"\1 {_BLANK}"),
    (
        re.compile(
            r"(?i)\b(api[-_]?key|x-goog-api-key|access[-_]?token|key|token|secret|password)"
            r"(\"?'?\s*[=:]\s*\"?'?)(?!\[key\])[A-Za-z0-9._~+/-]{6,}=*"
        ),
        rf"\1\2{_BLANK}",
    ),
    (re.compile(r"(?i)(://|\b)[^\s/@:\"']+:[^\s/@\"']+@(?=[\w.-]+)"), rf"\1{_BLANK}@"),
)


def know_secret(secret: str) -> None:
    """Makes a secret known, so that `redact` blanks it wherever it turns up; too short ones are ignored."""
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


class RedactingFormatter(logging.Formatter):
    """Blanks keys in the whole line, the traceback included; local variables are never written."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished line without keys."""
        return redact(super().format(record))


class _PrivateFile(RotatingFileHandler):
    """A rotating log that nobody else may read, from its first byte."""

    def _open(self) -> TextIOWrapper:
        file = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(file, "a", encoding=self.encoding, errors=self.errors)  # type: ignore[return-value]


def set_up(folders: Folders, *, level: int = logging.INFO) -> logging.Handler:
    """Sends every topic to the log file and returns its handler; calling again replaces the earlier one.

    A log file that cannot be written costs the log, never the program: then only errors go to stderr.
    """
    root = logging.getLogger()
    shut_down()
    handler: logging.Handler
    try:
        handler = _PrivateFile(
            folders.logs / LOG_NAME,
            maxBytes=MAX_BYTES,
            backupCount=KEPT_FILES,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError:
        handler = logging.StreamHandler()
        handler.setLevel(logging.ERROR)
    handler.set_name(LOG_NAME)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(level)
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
