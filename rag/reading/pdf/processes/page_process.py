"""What runs in a process of its own: MuPDF, the layout models and OCR, asked through pipes by a ``PagePool``.

A request is a verb and its details; a reply is ``("page", RawPage or ApartPage)``, ``("done", value)`` or
``("refused", Note)``; before a page of the deep pass comes ``("glance", RawPage)``, what it is by its words.
"""

import argparse
import contextlib
import ctypes
import gc
import math
import os
import select
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from rag.errors import RagError
from rag.reading.pdf.pages.extras import extras_of
from rag.reading.pdf.pages.mupdf import MUPDF, copy_unlocked, label_rules, open_pdf
from rag.reading.pdf.pages.page_drawing import drawn
from rag.reading.pdf.pages.raw_page import RawPage
from rag.reading.pdf.processes.frames import OUT_OF_MEMORY, Frames, send
from rag.reading.pdf.processes.page_chain import PageRules, apart
from rag.records import Box, Extras

_BLOCK = 1 << 16
_TIDY_EVERY = 20  # pages of the deep pass
_LITTER = 50_000  # objects between two looks for cycles: a page is thousands of tuples and no cycle


def main() -> None:
    """Answer what is asked on standard input until it ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, required=True, help="processor time for a page")
    parser.add_argument("--memory", type=int, required=True, help="bytes")
    parser.add_argument("--nice", type=int, default=0)
    parser.add_argument("--parent", type=int, required=True, help="a pipe that ends with the parent")
    parser.add_argument("--source", required=True, help="the module whose `raw_pages` reads")
    given = parser.parse_args()
    replies = os.dup(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)  # the layout engine writes messages there
    _die_with(given.parent)
    _limit_memory(given.memory)
    os.nice(given.nice)
    process = _PageProcess(given.seconds, replies, import_module(given.source))
    os.dup2(silence, 2)  # from here on every failure is a reply or an exit status
    send(replies, ("ready", None))
    gc.freeze()
    gc.set_threshold(_LITTER)
    try:
        process.serve()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        os._exit(0)


def _die_with(pipe: int) -> None:
    """Ask the kernel for a signal that ends this process, even in a loop of MuPDF's, when the parent is gone."""
    import fcntl  # noqa: PLC0415 - POSIX only

    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([pipe], [], [], 0)[0]:
        sys.exit()


def _limit_memory(size: int) -> None:
    import resource  # noqa: PLC0415 - POSIX only

    # RLIMIT_DATA and not RLIMIT_AS: models and libraries that are mapped from files are not counted.
    with contextlib.suppress(ValueError, OSError):  # a lower limit was set from outside
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tidy() -> None:
    """Give back to the system what is free: the models leave it in pieces, which would grow by 2 MB a page."""
    MUPDF.TOOLS.store_shrink(100)
    with contextlib.suppress(OSError, AttributeError):  # glibc only
        ctypes.CDLL(None).malloc_trim(0)


class _PageProcess:
    """Serves one request after the other; the last document stays open."""

    def __init__(self, seconds: float, replies: int, source: Any) -> None:
        self._seconds, self._replies, self._source = seconds, replies, source
        self._key: tuple[Any, ...] = ()
        self._document: Any = None
        self._deep_pages = 0

    def serve(self) -> None:
        """Answer until standard input ends; ``stop`` ends a batch that is under way, and is no request by itself."""
        frames = Frames()
        while more := os.read(0, _BLOCK):
            for verb, details in frames.feed(more):
                if verb != "stop":
                    self._limit_time(self._seconds)
                    try:
                        reply: tuple[str, Any] = ("done", getattr(self, f"do_{verb}")(**details))
                    except RagError as error:
                        reply = ("refused", error.note)
                    send(self._replies, reply)

    def do_open(self, **file: Any) -> tuple[int, Any]:
        """How many pages there are, and the rules of their labels."""
        document = self._opened(**file)
        return document.page_count, label_rules(document)

    def do_extras(self, **file: Any) -> Extras:
        """What there is beside the words of the pages."""
        return extras_of(self._opened(**file))

    def do_pages(
        self,
        *,
        numbers: Sequence[int],
        deep: bool,
        plain: bool,
        patience: float,
        closely: float,
        rules: PageRules | None = None,
        **file: Any,
    ) -> None:
        """Reply page by page, by the *rules* of layout if there are any; the words of each may take *patience* seconds,
        and what the deep pass makes of them *closely* ones.
        """

        def glanced(raw: RawPage) -> None:
            send(self._replies, ("glance", raw))
            self._limit_time(closely)

        document = self._opened(**file)
        self._limit_time(patience)
        raws = self._source.raw_pages(document, numbers, deep=deep, plain=plain, glanced=glanced)
        for page in raws if rules is None else apart(raws, rules):
            send(self._replies, ("page", page))
            self._deep_pages += deep
            if deep and self._deep_pages % _TIDY_EVERY == 0:
                _tidy()
            if select.select([0], [], [], 0)[0]:  # "stop", or the end
                return
            self._limit_time(patience)

    def do_draw(self, *, number: int, scale: float, clip: Box | None, **file: Any) -> Any:
        """The picture of a page."""
        return drawn(self._opened(**file), number, scale, clip, name=file["name"])

    def do_unlock(self, *, target: Path, **file: Any) -> None:
        """Write a copy that opens without a password."""
        copy_unlocked(self._opened(**file), target)

    def _opened(self, *, path: Path, name: str, password: str | None) -> Any:
        try:
            stat = path.stat()
            key: tuple[Any, ...] = (path, stat.st_mtime_ns, stat.st_size, password)
        except OSError:
            key = ()
        if not key or key != self._key:
            if self._document is not None:
                self._document.close()
            self._key, self._document = (), None
            self._document = open_pdf(path, name, password)
            self._key = key
        return self._document

    def _limit_time(self, seconds: float) -> None:
        """Let the next page have *seconds* of processor time, counted from now; the kernel ends what needs more."""
        import resource  # noqa: PLC0415 - POSIX only

        usage = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        end = math.ceil(usage.ru_utime + usage.ru_stime + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (end if hard < 0 else min(end, hard), hard))


if __name__ == "__main__":
    main()
