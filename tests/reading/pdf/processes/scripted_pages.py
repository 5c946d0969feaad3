"""Pages that do what they say, for the tests of the processes that read them; ``deeply``: in the deep pass only."""

import ctypes
import os
import signal
import time

from rag.reading.pdf.processes.page_reader import raw_pages as usual_pages


def raw_pages(document, numbers, *, deep, plain=False, glanced):
    for number in numbers:
        (raw,) = usual_pages(document, [number], deep=False)
        words = {word[4] for line in raw.lines for word in line.words}
        if "deeply" not in words:
            _obey(words)
        if deep:
            glanced(raw)
            if "deeply" in words:
                _obey(words)
        yield raw


def _obey(words):
    if "hang" in words:
        time.sleep(600)
    if "spin" in words:
        while True:
            pass
    if "crash" in words:
        ctypes.string_at(0)
    if "die" in words:
        os.kill(os.getpid(), signal.SIGKILL)
    if "eat" in words:
        _ = [bytes(1 << 26) for _ in range(10_000)]
    if "wait" in words:
        time.sleep(0.2)
