"""A provider in a process of its own: one answer in so many events over a socket, at a pace.

`python -m tests.bench.speaker FILE EVENTS PACE` prints its port, and after each answer the moment
its last byte was written, s on the monotonic clock that all processes of a machine share.
"""

from __future__ import annotations

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

MODEL = "speaker"


def events(text: str, count: int) -> list[bytes]:
    """The text in so many events, as OpenRouter writes them."""
    found = []
    for number in range(count):
        item = text[number * len(text) // count : (number + 1) * len(text) // count]
        event = {
            "id": "gen-1771000000-AbC",
            "provider": "Novita",
            "model": MODEL,
            "object": "chat.completion.chunk",
            "created": 1771000000,
            "choices": [{"index": 0, "delta": {"content": item}, "finish_reason": None}],
        }
        found.append(b"data: " + json.dumps(event).encode() + b"\n\n")
    end = {"id": "gen-1771000000-AbC", "model": MODEL}
    end |= {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    found.append(b"data: " + json.dumps(end).encode() + b"\n\n")
    found.append(b"data: [DONE]\n\n")
    return found


class Speaker(BaseHTTPRequestHandler):
    """Answers every question with the same text. `pace` is events a second, 0 for all at once."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    said: ClassVar[list[bytes]] = []
    pace: ClassVar[float] = 0.0

    def do_GET(self) -> None:
        body = json.dumps({"object": "list", "data": [{"id": MODEL}]}).encode()
        is_list = self.path.endswith("/models")
        self.send_response(200 if is_list else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        chunks = [b"%x\r\n%b\r\n" % (len(event), event) for event in self.said]
        if not self.pace:
            self.wfile.write(b"".join(chunks))
        else:
            began = time.monotonic()
            for number, chunk in enumerate(chunks):
                wait = began + number / self.pace - time.monotonic()
                if wait > 0:
                    time.sleep(wait)
                self.wfile.write(chunk)
        ended = time.monotonic()
        self.wfile.write(b"0\r\n\r\n")
        print(ended, flush=True)

    def log_message(self, *values: object) -> None:
        """Says nothing of requests."""


def main() -> None:
    path, count, pace = sys.argv[1:]
    Speaker.said = events(Path(path).read_text(encoding="utf-8"), int(count))
    Speaker.pace = float(pace)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Speaker)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
