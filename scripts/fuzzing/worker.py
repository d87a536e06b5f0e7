"""A process that reads mutated files under limits of time and memory, one after the other."""

from __future__ import annotations

import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from ingest import document_names, read_notice
from ingest.errors import IngestError
from ingest.readers import ocr
from scripts.fuzzing.inputs import Input

SECONDS = 10.0
PICTURE_SECONDS = 120.0  # character recognition takes some seconds for each page
MEMORY_MB = 1024
_ADDRESSES = 6 * 1024**3  # of address space, far above what is used: no input may take the machine down
_MOST_DOCUMENTS = 5  # of an archive
_HERE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one input: `notice`, `refused` or a fault in words; processor seconds, and the peak of
    memory above what the process started with (it is a copy of its parent's)."""

    number: int
    result: str
    seconds: float
    memory_mb: float
    detail: str = ""

    @property
    def is_fault(self) -> bool:
        """Whether a file may not end so."""
        return self.result not in ("notice", "refused")


def work(pipe: Connection, make: Callable[[int], Input]) -> None:
    """Read the inputs whose numbers come through the pipe, send an `Outcome` for each; ends as it closes."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    recognises = ocr.is_available()
    _reset_peak()
    inherited = _peak_mb()
    with tempfile.TemporaryDirectory() as folder:
        while True:
            try:
                number = pipe.recv()
            except EOFError:
                return
            given = make(number)
            # a spoilt page without text would go to recognition, whose time is another limit
            ocr.is_available = lambda given=given: recognises and given.is_picture  # type: ignore[misc]
            pipe.send(_outcome(Path(folder), given, inherited))


def _outcome(folder: Path, given: Input, inherited: float) -> Outcome:
    path = folder / f"spoilt{Path(given.name).suffix}"
    path.write_bytes(given.data)
    _reset_peak()
    # counts processor time of all threads, so that a busy machine makes no hang; the signal kills
    signal.setitimer(signal.ITIMER_PROF, PICTURE_SECONDS if given.is_picture else SECONDS)
    begin = time.process_time()
    result, detail = _result(path)
    seconds = time.process_time() - begin
    signal.setitimer(signal.ITIMER_PROF, 0)
    memory = max(0.0, _peak_mb() - inherited)
    if memory > MEMORY_MB and not given.is_picture:
        result, detail = "memory", f"{memory:.0f} MB ({result})"
    return Outcome(given.number, result, round(seconds, 3), round(memory, 1), detail)


def _result(path: Path) -> tuple[str, str]:
    """(result, detail) of reading the file, and of an archive its first documents."""
    try:
        refused = 0
        names = document_names(path)[:_MOST_DOCUMENTS]
        for name in names:
            try:
                read_notice(path, name)
            except IngestError:
                refused += 1
    except IngestError:
        return "refused", ""
    except Exception as error:  # what no file may cause
        frames = [
            frame for frame in traceback.extract_tb(error.__traceback__) if str(_HERE) in frame.filename
        ]
        last = frames[-1] if frames else None
        place = f"{Path(last.filename).name}:{last.lineno} {last.name}" if last else "?"
        return f"{type(error).__name__} at {place}", str(error)[:200]
    return ("refused" if refused == len(names) else "notice"), ""


def _reset_peak() -> None:
    """Let the kernel measure the peak of memory anew (proc(5), clear_refs)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return  # the peak is then that of the process so far


def _peak_mb() -> float:
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
