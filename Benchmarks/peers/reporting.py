"""What every peer's script shares: its documents, the time of its useful part, and its last words.

Each script does one job the way the peer's documentation shows, on one thread, and prints one JSON
object: `cpu_seconds` without imports and loading, and `result` in a few words. Where Gristmill's
command reads and writes files, so does the timed part here, unless it says otherwise.
"""

import io
import json
import os
import resource
from collections.abc import Iterator


def documents(path: str) -> Iterator[dict]:
    import orjson
    import zstandard

    with open(path, "rb") as file:
        stream = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        for line in io.BufferedReader(stream, 1 << 20):
            yield orjson.loads(line)


def used() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, kinds))


class Timed:
    """CPU seconds of a `with` block, all threads and ended children included."""

    def __enter__(self):
        self.start = used()
        return self

    def __exit__(self, *_):
        self.cpu_seconds = used() - self.start


def report(timed: Timed, result: str | None = None):
    said = {"cpu_seconds": timed.cpu_seconds}
    if result is not None:
        said["result"] = result
    print(json.dumps(said), flush=True)


def write_removed(folder: str, identities: list[str]):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "removed.jsonl"), "w") as file:
        file.writelines(json.dumps({"id": identity}) + "\n" for identity in identities)
