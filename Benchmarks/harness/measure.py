"""Runs one command on one core; its CPU seconds, peak memory and what it printed."""

import json
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

SINGLE_THREADED = {
    "RAYON_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "PYTHONHASHSEED": "0",
}


@dataclass(frozen=True)
class Run:
    cpu_seconds: float  # user and system time of the process and all it waited for
    wall_seconds: float
    peak_megabytes: float  # of the whole process tree
    said: dict  # the last JSON object on standard output
    error: str  # empty when it went well

    @property
    def useful_seconds(self) -> float:
        """Without start-up and imports, where the script tells them apart."""
        return self.said.get("cpu_seconds", self.cpu_seconds)


def choose_core(wanted: int | None) -> int:
    """Takes one core for the measured commands and moves this process to the others."""
    allowed = sorted(os.sched_getaffinity(0))
    core = allowed[-1] if wanted is None else wanted
    if core not in allowed:
        raise SystemExit(f"core {core} is not available; these are: {allowed}")
    os.sched_setaffinity(0, set(allowed) - {core} or {core})
    return core


def run(command: list[str], core: int, log: Path, timeout: float) -> Run:
    out_path, error_path = log.with_suffix(".out"), log.with_suffix(".err")
    started = time.perf_counter()
    try:
        with open(out_path, "wb") as out, open(error_path, "wb") as errors:
            process = subprocess.Popen(
                command,
                stdout=out,
                stderr=errors,
                stdin=subprocess.DEVNULL,
                env=os.environ | SINGLE_THREADED,
                start_new_session=True,
                preexec_fn=lambda: os.sched_setaffinity(0, {core}),
            )
    except OSError as failure:
        return Run(0, 0, 0, {}, f"cannot start {command[0]}: {failure.strerror}")
    watcher = Watcher(process.pid, timeout)
    watcher.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:  # interrupted: the command is in a session of its own and would go on
        os.killpg(process.pid, signal.SIGKILL)
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    watcher.finished.set()
    watcher.join()
    error = ""
    if watcher.timed_out:
        error = f"stopped after {timeout:.0f} s"
    elif process.returncode != 0:
        error = f"exit code {process.returncode}: {last_line(error_path)}"
    return Run(
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=time.perf_counter() - started,
        peak_megabytes=watcher.peak / 1e6,
        said=last_object(out_path),
        error=error,
    )


class Watcher(threading.Thread):
    """Samples the memory of a process tree, and stops the tree when it takes too long.

    `ru_maxrss` will not do: it starts at the size of the process that forked.
    """

    def __init__(self, pid: int, timeout: float):
        super().__init__(daemon=True)
        self.pid, self.deadline = pid, time.monotonic() + timeout
        self.finished = threading.Event()
        self.peak, self.timed_out = 0, False

    def run(self):
        while not self.finished.wait(0.01):
            tree = descendants(self.pid)
            # The kernel keeps each process's own peak; the sum of the present sizes covers several.
            present = sum(memory(pid, "VmRSS:") for pid in tree)
            self.peak = max(self.peak, present, memory(self.pid, "VmHWM:"))
            if time.monotonic() > self.deadline and not self.timed_out:
                self.timed_out = True
                os.killpg(self.pid, signal.SIGKILL)  # the session that `run` started


def descendants(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        try:
            for task in os.listdir(f"/proc/{found[-1]}/task"):
                with open(f"/proc/{found[-1]}/task/{task}/children") as children:
                    waiting += map(int, children.read().split())
        except OSError:
            pass  # it has ended meanwhile
    return found


def memory(pid: int, field: str) -> int:
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith(field):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass  # it has ended meanwhile
    return 0


def last_line(path: Path) -> str:
    lines = path.read_text(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "nothing on standard error"


def last_object(path: Path) -> dict:
    for line in reversed(path.read_text(errors="replace").splitlines()):
        if line.startswith("{"):
            try:
                return json.loads(line)
            except ValueError:
                continue
    return {}
