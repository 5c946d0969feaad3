"""A server on a real port that answers with what a test put into it, and remembers what it was asked."""

import json
import threading
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Drop:
    """In a stream: the connection is cut here."""


@dataclass
class Endless:
    """In a stream: *piece* again and again, until whoever listens goes away."""

    piece: str
    pause: float = 0.005


@dataclass
class Served:
    """A running server: *url*, the *requests* it got as (path, headers, body), and whether a listener went *away*."""

    url: str
    requests: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    away: threading.Event = field(default_factory=threading.Event)
    hold: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 with chunks, so that a cut connection can be told from an end."""

    protocol_version = "HTTP/1.1"
    served: Served
    script: Any

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""

    def do_GET(self) -> None:
        self.body()
        self.get()

    def do_POST(self) -> None:
        self.post(self.body())

    def get(self) -> None:
        raise NotImplementedError

    def post(self, asked: dict[str, Any]) -> None:
        raise NotImplementedError

    def body(self) -> dict[str, Any]:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        given = json.loads(sent) if sent else {}
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.served.requests.append((self.path, headers, given))
        return given

    def answer(self, status: int, content: Any, kind: str = "application/json") -> None:
        """A whole answer: *content* is sent as it is when it is a text, else as JSON."""
        data = (content if isinstance(content, str) else json.dumps(content)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def flow(self, kind: str, pieces: Iterator[str | Drop]) -> None:
        """A streamed answer, one chunk a piece."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.close_connection = True
        try:
            for piece in pieces:
                if isinstance(piece, Drop):
                    return
                data = piece.encode()
                self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            self.served.away.set()


class Server(ThreadingHTTPServer):
    """Leaves no thread behind."""

    daemon_threads = True
    block_on_close = True


@contextmanager
def serve(handler: type[Handler], script: Any, port: int = 0) -> Iterator[Served]:
    """Run *handler* over *script* on *port* (0: any that is free) of this machine."""
    served = Served("")
    bound = type("Bound", (handler,), {"served": served, "script": script})
    with Server(("127.0.0.1", port), bound) as server:
        served.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield served
        finally:
            served.hold.set()
            server.shutdown()
            thread.join()


def forever(served: Served, endless: Endless) -> Iterator[str]:
    """The piece of *endless* until nobody listens or the server ends."""
    while not (served.away.is_set() or served.hold.wait(endless.pause)):
        yield endless.piece


def by_hand(purpose: str | None, start: Callable[[int], AbstractContextManager[Served]]) -> None:
    """Serve on ``--port`` until interrupted, with the address on the first line of output."""
    parser = ArgumentParser(description=purpose)
    parser.add_argument("--port", type=int, default=0)
    with start(parser.parse_args().port) as running, suppress(KeyboardInterrupt):
        print(running.url, flush=True)  # noqa: T201 - the address is the output
        running.hold.wait()
