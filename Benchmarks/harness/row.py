"""A row of the benchmark: one job, Gristmill's command for it, and peers that do it too."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .data import Data

Arguments = Callable[[Data, Path], list[str | Path]]


@dataclass(frozen=True)
class Peer:
    """A program that does the same job.

    `arguments` gives, for the data and an empty folder to write into, a script in peers/ with its
    arguments, or for a peer without an environment a whole command.
    """

    name: str
    arguments: Arguments
    environment: str | None = "tools"  # requirements-<environment>.txt
    distribution: str | None = None  # its name on PyPI, when it is not the peer's name
    program: str | None = None  # of a whole command, when it is not the name's first word
    megabytes: float | None = None  # of text, when the row's size would take it minutes
    source: str | None = None  # a C++ file in peers/ to compile; `arguments` are then the program's
    library: str | None = None  # the pkg-config name of the library it is linked with


@dataclass(frozen=True)
class Row:
    name: str
    title: str
    megabytes: float  # of text, at --size 1
    measure: str  # the kind of bytes that count: a key of Data.byte_counts
    gristmill: Arguments  # without the program's own name
    program: str = "gristmill"  # or "kernel-benchmarks", which measures one kernel by itself
    peers: list[Peer] = field(default_factory=list)
    # What came out, in a few words, from the folder a command wrote into; for both sides alike.
    result: Callable[[Data, Path], str] | None = None
    note: str = ""
    is_optional: bool = False  # measured only when it is named
