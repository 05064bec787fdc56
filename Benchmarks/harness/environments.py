"""The peers' virtual environments, one a requirements file, made once and kept."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path


class Environment:
    """What requirements-NAME.txt asks for, at the versions of constraints-NAME.txt, from PyPI.

    When they cannot all be installed, each is tried alone: what remains missing is known with the
    reason, and its rows say so.
    """

    def __init__(self, name: str, folder: Path, work: Path):
        self.name = name
        self.requirements = folder / f"requirements-{name}.txt"
        self.constraints = folder / f"constraints-{name}.txt"
        self.path = work / f"environment-{name}"
        self.python = str(self.path / "bin" / "python")
        self.versions: dict[str, str] = {}
        self.missing: dict[str, str] = {}
        self._prepare()

    def reason_missing(self, distribution: str) -> str | None:
        """Why a distribution is not there; None when it is."""
        key = normalized(distribution)
        if key in self.versions:
            return None
        return self.missing.get(key, f"{distribution} is not in {self.requirements.name}")

    def version(self, distribution: str) -> str:
        return self.versions[normalized(distribution)]

    def _prepare(self):
        digest = hashlib.sha256(sys.version.encode())
        for file in (self.requirements, self.constraints):
            digest.update(file.read_bytes())
        stamp = self.path / "installed.json"
        if stamp.exists():
            kept = json.loads(stamp.read_text())
            # What could not be installed is tried again the next time.
            if kept["digest"] == digest.hexdigest() and not kept["missing"]:
                self.versions = kept["versions"]
                return
        print(f"installing {self.requirements.name} into {self.path}", file=sys.stderr)
        failure = self._create()
        wanted = [line.split("#")[0].strip() for line in self.requirements.read_text().splitlines()]
        wanted = [line for line in wanted if line]
        if failure is None and self._install(["-r", str(self.requirements)]):
            for line in wanted:
                if reason := self._install([line]):
                    self.missing[normalized(re.split(r"[\[=<>]", line)[0])] = reason
        if failure is not None:
            self.missing = {normalized(re.split(r"[\[=<>]", line)[0]): failure for line in wanted}
            return
        listing = subprocess.run(
            [self.python, "-m", "pip", "list", "--format", "json"], capture_output=True, check=True
        )
        self.versions = {normalized(x["name"]): x["version"] for x in json.loads(listing.stdout)}
        stamp.write_text(
            json.dumps(
                {
                    "digest": digest.hexdigest(),
                    "versions": self.versions,
                    "missing": self.missing,
                }
            )
        )

    def _create(self) -> str | None:
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(self.path)], capture_output=True, text=True
        )
        if made.returncode == 0:
            return None
        return "no virtual environment: install python3-venv (" + last(made) + ")"

    def _install(self, what: list[str]) -> str | None:
        """None when it worked, else pip's last word."""
        pip = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run(
            pip + ["-c", str(self.constraints)] + what, capture_output=True, text=True
        )
        return None if done.returncode == 0 else "not installed: " + last(done)


def last(process: subprocess.CompletedProcess) -> str:
    lines = (process.stderr or process.stdout or "no message").strip().splitlines()
    errors = [line for line in lines if line.startswith("ERROR")] or lines
    return errors[-1][:200]


def normalized(distribution: str) -> str:
    """PyPI's one spelling of a name."""
    return re.sub(r"[-_.]+", "-", distribution).lower()
