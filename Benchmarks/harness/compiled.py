"""Peers in C++, compiled for the processor they run on."""

import shutil
import subprocess
from pathlib import Path

from .row import Peer


def path(peer: Peer, work: Path) -> Path:
    return work / Path(peer.source).stem


def compile(peer: Peer, folder: Path, work: Path) -> tuple[str, str]:
    """Compiles the peer when its source is newer; its library's version, or why it cannot run."""
    for program in ("c++", "pkg-config"):
        if shutil.which(program) is None:
            return "", f"no {program} command"
    asked = subprocess.run(
        ["pkg-config", "--modversion", peer.library], capture_output=True, text=True
    )
    if asked.returncode != 0:
        return "", f"no {peer.library} library: apt-get install lib{peer.library}-dev"
    source, program = folder / "peers" / peer.source, path(peer, work)
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        flags = subprocess.run(
            ["pkg-config", "--cflags", "--libs", peer.library],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        command = ["c++", "-O3", "-march=native", "-std=c++17", source, "-o", program, *flags]
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode != 0:
            return "", f"does not compile: {made.stderr.strip().splitlines()[-1][:200]}"
    return asked.stdout.strip(), ""
