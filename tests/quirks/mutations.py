"""Takes the handling of each quirk out of a copy of the program and looks whether its tests notice.

`python -m tests.quirks.mutations [NUMBER…]` prints the quirks whose tests still pass and ends with
status 1 if there are any. Not part of the suite: a run takes minutes. `MUTATIONS` says of each
quirk what is changed: file, text that stands there once, and what it becomes. Where the handling is
something that is not done, the wrong way is put in.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
SECONDS = 40

Edit = tuple[str, str, str]

ANSWER = "app/providers/answer.py"
CHAT_READER = "app/providers/dialects/chat_reader.py"
READER = "app/providers/dialects/reader.py"
CALLS = "app/providers/dialects/call_tracker.py"
FINISH = "app/providers/dialects/finish_reason.py"
PIECES = "app/providers/dialects/chat_delta.py"
STREAMS = "app/providers/transport/event_stream.py"
DELIVERY = "app/providers/transport/delivery.py"
ACCUMULATOR = "app/core/conversations/accumulator.py"
FAILURES = "app/providers/errors/error_reply.py"
COMPLAINT = "app/providers/errors/error_body.py"
HISTORY = "app/providers/dialects/turns.py"
ENCODING = "app/providers/parameters/encoding.py"
OUTGOING = "app/providers/dialects/body.py"
ADDRESS = "app/providers/catalogue/address.py"
JSON_TEXT = "app/providers/transport/json_text.py"
OPENROUTER = "resources/providers/openrouter.toml"

MUTATIONS: dict[int, tuple[Edit, ...]] = {
    1: (
        (
            STREAMS,
            '.replace(b"\\r\\n", b"\\n").replace(b"\\r", b"\\n")',
            '.replace(b"\\r\\n", b"\\n")',
        ),
    ),
    2: ((STREAMS, '"\\n".join(data)', 'data[-1] if data else ""'),),
    3: ((STREAMS, 'data.append(value.removeprefix(b" ")', "data.append(value[1:]"),),
    4: ((JSON_TEXT, "strict=False", "strict=True"),),
    5: (
        (
            STREAMS,
            "        if self._head is not None:",
            '        chunk = chunk.decode("utf-8", "replace").encode()\n'
            "        if self._head is not None:",
        ),
    ),
    6: ((STREAMS, "return head.removeprefix(_BOM)", "return head"),),
    7: ((STREAMS, 'if field == b"data":', 'if field in (b"data", b""):'),),
    8: ((DELIVERY, "if self._content_by < deadline:", "if False:"),),
    9: ((DELIVERY, "idle_by = self._now() + waits.idle", "idle_by = self._sent_at + waits.idle"),),
    10: (
        (
            "app/providers/dialects/messages_reader.py",
            "if is_error_body(piece) or (kind",
            'if kind == "ping" or is_error_body(piece) or (kind',
        ),
    ),
    11: (
        (
            STREAMS,
            "return (name, joined) if joined or name == _EMPTY_IS_NEWS else None",
            "return (name, joined)",
        ),
        (ANSWER, "            if not data.strip():\n", "            if False:\n"),
    ),
    12: ((ANSWER, 'bool(fields.get("choices"))', "False"),),
    13: ((READER, "if not self._finish and not (has_marker and", "if not (has_marker and"),),
    14: ((ANSWER, "return self._has_marker or reader.is_over or reader", "return reader"),),
    15: (
        (
            ANSWER,
            "if not self._is_over and not reader.is_complete and reader.has_content:",
            "if False:",
        ),
    ),
    16: ((ANSWER, "self._read(splitter.flush(), delivery", "self._read([], delivery"),),
    17: ((ANSWER, "if reader.is_complete or self._has_marker:", "if False:"),),
    18: (
        ("app/providers/client.py", '"Accept-Encoding": "identity"', '"Accept-Encoding": "gzip"'),
    ),
    19: ((DELIVERY, "if chunk.startswith(_GZIP):", "if False:"),),
    20: ((STREAMS, "MAX_EVENT_BYTES = 32 *", "MAX_EVENT_BYTES = 1 *"),),
    21: ((ANSWER, 'is_json = head.lstrip(_SPACE)[:1] in (b"{", b"[")', "is_json = False"),),
    22: (
        (
            "app/providers/errors/web_pages.py",
            'return media_type in ("text/html"',
            'return media_type in ("x"',
        ),
        ("app/providers/errors/web_pages.py", "or bool(_START.match(text[:4096]))", "or False"),
    ),
    23: (
        (
            CHAT_READER,
            "if self._tally.is_told_in(piece):",
            'if items(piece.get("choices")) and self._tally.is_told_in(piece):',
        ),
    ),
    24: (
        (
            CHAT_READER,
            'enumerate(items(piece.get("choices"))):',
            'enumerate(piece["choices"][:1] or [piece["choices"][0]]):',
        ),
    ),
    25: (
        (
            "app/providers/dialects/usage_reader.py",
            "if not counts.is_empty or self._counts == Usage():",
            "if True:",
        ),
        (ACCUMULATOR, "if not usage.is_empty or self.usage.is_empty:", "if True:"),
    ),
    26: (
        (ANSWER, "return self._has_marker or", "return self._has_marker or reader.is_complete or"),
    ),
    27: ((CHAT_READER, "delta = table(choice.get(part))", "delta = choice[part]"),),
    28: (
        (READER, "known.generation_id or generation_id,", "generation_id or known.generation_id,"),
        (
            ACCUMULATOR,
            "known.generation_id or event.generation_id,",
            "event.generation_id or known.generation_id,",
        ),
    ),
    29: (
        (
            FINISH,
            '_USUAL.get(_LEAD.sub("", plain), word)',
            '_USUAL.get(_LEAD.sub("", plain), word or "stop")',
        ),
        (CHAT_READER, "elif reason:", "else:"),
    ),
    30: ((FINISH, 'reason in ("stop", "unknown")', 'reason in ("stop",)'),),
    31: ((FINISH, "if not known or _gravity(later) > _gravity(known)", "if not known"),),
    32: (
        (
            PIECES,
            "    said: list[str] = []",
            "    said: list[str] = [] if type(value) is list else [str(value)]",
        ),
    ),
    33: (
        (
            COMPLAINT,
            "return bool(words_beside(chunk))",
            "return False",
        ),
        (COMPLAINT, "    if tells_failure(chunk):\n        return True\n", ""),
    ),
    34: ((FINISH, '"stop", "length",', '"stop", "stop",'),),
    35: ((READER, "known.model or model,", "known.model,"),),
    36: ((CHAT_READER, "if index == self._index:", "if True:"),),
    37: (
        (
            JSON_TEXT,
            "    if type(value) is str:\n        try:",
            "    if False:\n        try:",
        ),
    ),
    38: ((PIECES, 'inner = entry.get("thinking", entry.get("reasoning"))', "inner = None"),),
    39: ((READER, "self._text_half.feed(piece)", "self._text_half.feed(piece.strip())"),),
    40: ((READER, "if not self._said and not self._calls:", "if False:"),),
    41: (
        (
            "app/providers/dialects/cited_pages.py",
            "yield SourceAdded(url, title or host_of(url))",
            "yield SourceAdded(url, title)",
        ),
    ),
    42: ((CHAT_READER, 'for entry in items(delta.get("images")):', "for entry in ():"),),
    43: ((CHAT_READER, "SnapshotWatch(1, 8)", "SnapshotWatch(10**9, 8)"),),
    44: (
        (
            PIECES,
            '    found = "".join(inner)\n',
            '    found = "".join(inner) + text(delta.get("reasoning"))\n',
        ),
    ),
    45: (
        (
            PIECES,
            '("reasoning", "reasoning_content", "thinking", "reasoning_text", "thought")',
            '("reasoning",)',
        ),
    ),
    46: (
        (
            "app/providers/dialects/thought_splitter.py",
            "keep = _overlap(thought, self._closing)",
            "keep = 0",
        ),
    ),
    47: (
        (
            "app/providers/dialects/thought_splitter.py",
            "if not self._is_leading and not self._closing:",
            "if False:",
        ),
    ),
    48: (
        (
            ACCUMULATOR,
            'block.get("index") == index:',
            'block.get("index") == index and "signature" not in detail:',
        ),
    ),
    49: (
        (
            ACCUMULATOR,
            "self._details.append(dict(detail))",
            'self._details.extend([dict(detail)] if kind == "reasoning.text" else [])',
        ),
    ),
    50: (
        (HISTORY, "details if with_details and is_own else ()", "details if with_details else ()"),
    ),
    51: ((READER, 'if reason == "length" and self._thought:', "if False:"),),
    52: (
        (
            CALLS,
            "elif known is not None and call_id and known.call_id and call_id != known.call_id:",
            "elif False:",
        ),
    ),
    53: ((CALLS, "known = self._calls[-1]", "known = None"),),
    54: ((CALLS, 'f"call_{uuid.uuid4().hex[:24]}"', '""'),),
    55: ((CALLS, 'missing = "" if call.arguments.text.strip() else "{}"', 'missing = ""'),),
    56: (
        (CALLS, 'new_name = "" if name == call.name else name', "new_name = name"),
        (
            ACCUMULATOR,
            "known.name if known.name and event.name == known.name else known.name + event.name",
            "known.name + event.name",
        ),
    ),
    57: ((FINISH, 'reason in ("stop", "unknown")', 'reason in ("unknown",)'),),
    58: ((FINISH, 'if reason == "tool_calls" and not has_calls:', "if False:"),),
    59: (
        (
            CALLS,
            "known = self._by_index.get(index) if index is not None else None",
            "known = self._calls[-1] if self._calls and index is not None else None",
        ),
    ),
    60: ((CALLS, "    return text(value)", "    return json.dumps(json.loads(text(value)))"),),
    61: ((CHAT_READER, "if self.failure is None and names_error_body(piece):", "if False:"),),
    62: (
        (
            COMPLAINT,
            'if piece.get("error") or piece.get("error_message")',
            'if False and piece.get("x")',
        ),
        (
            COMPLAINT,
            "    named = _plain_members(body)\n    if any(named.get(name) for name in _CAUSES)",
            "    return False\n    if any(named.get(name) for name in _CAUSES)",
        ),
        (
            ANSWER,
            "if tells_failure(body) or (not reader.is_complete and error_body_in(body).message):",
            "if False:",
        ),
    ),
    63: (
        (COMPLAINT, '_read_details(body.get("detail"), found, depth)', "pass"),
        (COMPLAINT, "for name in (*_CAUSES, *_WORDS):", "for name in ():"),
    ),
    64: ((COMPLAINT, "    if raw:", "    if False:"),),
    65: ((FAILURES, "if status not in self._profile.out_of_credit_statuses:", "if True:"),),
    66: (("app/providers/reply.py", "if 200 <= status < 300:", "if status == 200:"),),
    67: (
        (
            "app/providers/errors/retry_after.py",
            'milliseconds = _seconds(headers.get("retry-after-ms", ""))',
            "milliseconds = None",
        ),
    ),
    68: ((FAILURES, "if status == 400 and _BUSY.search(words):", "if False:"),),
    69: (
        (FAILURES, "        if error_body.upstream:", "        if False:"),
        (
            FAILURES,
            'f"{name} (through {error_body.upstream[:60]})" if error_body.upstream',
            "name if True",
        ),
    ),
    70: (("app/providers/errors/web_pages.py", "if status == 401:", "if False:"),),
    71: (("app/providers/reply.py", "if 300 <= status < 400:", "if False:"),),
    72: (
        (
            "app/providers/client.py",
            "        finally:\n            await response.aclose()",
            "        finally:\n            globals().setdefault('kept', []).append(response)",
        ),
        (
            DELIVERY,
            "            await self._chunks.aclose()",
            "            globals().setdefault('kept', []).append(self._chunks)",
        ),
    ),
    73: (
        (
            "app/providers/reply.py",
            "asyncio.timeout(timeouts.first_byte)",
            "asyncio.timeout(timeouts.idle)",
        ),
    ),
    74: (
        (ANSWER, "if data.strip() == _MARKER:", "if False:"),
        (ANSWER, "return self._has_marker or reader.is_over or reader", "return reader"),
        (
            ANSWER,
            "if reader.failure is not None or reader.is_over:",
            "if reader.failure is not None:",
        ),
    ),
    75: ((CALLS, 'if text(old.get("name")) or text(old.get("arguments")):', "if old:"),),
    76: ((ANSWER, "                    reader.damaged += 1", "                    raise"),),
    77: (
        (
            "app/providers/dialects/chat.py",
            '{"role": "system", "content": system}',
            '{"role": "developer", "content": system}',
        ),
    ),
    78: (
        (
            "app/providers/errors/lessons.py",
            "if habits.takes_system and has_system and _ROLE.search(words):",
            "if False:",
        ),
    ),
    79: ((OUTGOING, "if turns[0].role is Role.ASSISTANT:", "if False:"),),
    80: ((HISTORY, "if turn.is_empty:", "if False:"),),
    81: (
        (
            OUTGOING,
            'return f"data:{file.media_type};base64,{base64_of(data)}"',
            'return "https://x/y"',
        ),
        ("app/providers/dialects/messages.py", "base64_of(data)", '"https"'),
    ),
    82: (
        (
            ENCODING,
            "for given, value in parameters.items():",
            'for given, value in {"temperature": 1.0, **parameters}.items():',
        ),
    ),
    83: ((ENCODING, '{"stop": ",".join(texts)}', '{"stop": list(texts)}'),),
    84: (
        (
            ENCODING,
            "return {profile.max_tokens_name: value}",
            'return {profile.max_tokens_name: value, "max_completion_tokens": value}',
        ),
    ),
    85: (
        (
            "app/providers/errors/lessons.py",
            'if habits.takes_stream_options and "stream_options" in body',
            "if False",
        ),
    ),
    86: ((OUTGOING, "content.update(profile.small_context_body)", "pass"),),
    87: ((HISTORY, "text = without_sources(text)", "text = text"),),
    88: (("app/providers/account/key.py", "if not key.isascii():", "if False:"),),
    89: ((OPENROUTER, 'X-OpenRouter-Title = "Facet"', 'X-OpenRouter-Title = "Facét"'),),
    90: (
        (
            ADDRESS,
            "for endpoint in _ENDPOINTS:",
            "for endpoint in ():",
        ),
    ),
    91: (
        (
            "app/providers/catalogue/list_entries.py",
            "        return _listed(body)\n    if type(body) is not dict",
            "        return None\n    if type(body) is not dict",
        ),
    ),
    92: (
        (
            JSON_TEXT,
            "found.is_finite() and found >= 0",
            "found.is_finite()",
        ),
    ),
    93: ((OPENROUTER, 'key_check_path = "/key"', 'key_check_path = "/credits"'),),
    94: (("app/providers/transport/proxies.py", "if is_loopback(host):", "if False:"),),
    95: (("pyproject.toml", '"httpx>=', '"httpy>='),),
    96: (
        (
            "app/providers/client.py",
            "                if learnt is None:\n                    raise",
            "                if learnt is None and not habits.takes_details:\n"
            "                    raise\n"
            "                if learnt is None:\n"
            '                    learnt = Habits(takes_details=False), Noticed("again", "")',
        ),
    ),
}


def mutated(folder: Path, edits: tuple[Edit, ...]) -> dict[Path, str]:
    """Changes a copy; what stood there before, to put back."""
    before: dict[Path, str] = {}
    for name, old, new in edits:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        before.setdefault(path, text)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return before


def survives(number: int, folder: Path) -> bool:
    """Whether the tests of a quirk pass although its handling is gone."""
    before = mutated(folder, MUTATIONS[number])
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
    ]
    command += ["--timeout", str(SECONDS), "-k", f"test_q{number:02d}_", "tests/quirks"]
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    try:
        done = subprocess.run(
            command, cwd=folder, env=surroundings, capture_output=True, check=False
        )
    finally:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")
    return done.returncode == 0


def copies(folder: Path) -> Queue[Path]:
    """Copies of the checkout to change, one for each worker."""
    free: Queue[Path] = Queue()
    for number in range(WORKERS):
        copy = folder / str(number)
        for name in ("app", "resources", "tests"):
            leave = shutil.ignore_patterns("__pycache__", "*.pyc")
            shutil.copytree(ROOT / name, copy / name, ignore=leave)
        for name in ("pyproject.toml", "README.md", "CHANGELOG.md"):
            shutil.copy(ROOT / name, copy / name)
        free.put(copy)
    return free


def main(numbers: list[int]) -> int:
    """Tries the mutations with these numbers, all when there are none."""
    with tempfile.TemporaryDirectory() as folder:
        free = copies(Path(folder))

        def one(number: int) -> tuple[int, bool]:
            copy = free.get()
            try:
                return number, survives(number, copy)
            finally:
                free.put(copy)

        with ThreadPoolExecutor(WORKERS) as workers:
            results = list(workers.map(one, numbers or sorted(MUTATIONS)))
    alive = [number for number, survived in results if survived]
    sys.stdout.write(f"{len(results) - len(alive)} of {len(results)} noticed; not: {alive}\n")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main([int(word) for word in sys.argv[1:]]))
