"""A small OpenAI-compatible server on this machine that answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class ModelServer:
    """`pieces` are streamed in order; with `stalls` the stream then waits for an event that is never set
    before the test ends; `status` is the HTTP status; `requests` are the bodies that came."""

    pieces: tuple[str, ...] = ()
    stalls: bool = False
    status: int = 200
    raw: bytes = b""
    address: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def clauses(self) -> list[dict[str, Any]]:
        """The clauses of the last request."""
        data: list[dict[str, Any]] = json.loads(self.requests[-1]["messages"][1]["content"])["clauses"]
        return data


@contextmanager
def serving(model: ModelServer) -> Iterator[ModelServer]:
    """`model` served on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            model.requests.append(json.loads(body))
            model.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(model.status if self.path == "/v1/chat/completions" else 404)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self.wfile.write(model.raw)
            for piece in model.pieces:
                event = {"choices": [{"index": 0, "delta": {"content": piece}}]}
                self.wfile.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())
                self.wfile.flush()
            if model.stalls:
                model.over.wait()
            else:
                self.wfile.write(b"data: [DONE]\n\n")

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the test says what matters."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield model
    finally:
        model.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
