#!/usr/bin/env python3
"""Runs datatrove's four MinHash stages on shards and compares a run of `gristmill deduplicate` with them.

    pip install "datatrove==0.10.1" "spacy>=3.8,<3.9" "xxhash<4" orjson zstandard
    gristmill deduplicate SHARD.jsonl.zst... --profile datatrove --output OUT
    Tests/Tools/check-datatrove-minhash.py OUT FOLDER SHARD.jsonl.zst...

FOLDER takes what datatrove writes; what is there from an earlier call is used again. Compared are the
signatures of all documents with the .minhash.sig files, bit for bit; the clusters; and the number of
removed documents. Documents are told apart by their ids, which have to be unique.
"""
import contextlib, json, struct, sys, time
from collections import defaultdict
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

CONFIG = MinhashConfig()


def run_datatrove(folder, shards):
    """A shard is a task, so that file number and row name a document."""
    inputs = folder / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    for number, shard in enumerate(shards):
        link = inputs / f"{number:05d}.jsonl.zst"
        if not link.exists():
            link.symlink_to(Path(shard).resolve())

    def stage(name, tasks, *steps):
        start = time.process_time()
        LocalPipelineExecutor(list(steps), tasks=tasks, workers=1, logging_dir=str(folder / "logs" / name)).run()
        print(f"datatrove {name}: {time.process_time() - start:.1f} s")

    reader = lambda: JsonlReader(str(inputs), glob_pattern="*.jsonl.zst")
    path = lambda name: str(folder / name)
    stage("signatures", len(shards), reader(), MinhashDedupSignature(path("signatures"), CONFIG))
    stage("buckets", CONFIG.num_buckets, MinhashDedupBuckets(path("signatures"), path("buckets"), config=CONFIG))
    stage("clusters", 1, MinhashDedupCluster(path("buckets"), path("clusters"), CONFIG, save_cluster_id=True))
    stage("filter", len(shards), reader(), MinhashDedupFilter(path("clusters")), JsonlWriter(path("kept")))
    with contextlib.redirect_stdout(None):
        return [[document.id for document in reader().run(rank=rank, world_size=len(shards))] for rank in range(len(shards))]


def datatrove_signatures(folder, ids):
    signatures = defaultdict(bytes)
    numbers = CONFIG.hashes_per_bucket * struct.calcsize(CONFIG.hash_config.struct_format)
    for bucket in range(CONFIG.num_buckets):
        for rank, names in enumerate(ids):
            data = (folder / f"signatures/bucket_{bucket:03d}/{rank:05d}.minhash.sig").read_bytes()
            for place in range(0, len(data), numbers + 4):
                row = struct.unpack_from("<I", data, place + numbers)[0]
                signatures[names[row]] += data[place:place + numbers]
    return dict(signatures)


def datatrove_clusters(folder, ids):
    clusters, removed = defaultdict(set), 0
    for rank, names in enumerate(ids):
        for name in (folder / "clusters").glob(f"{rank:06d}.clusters"):
            for row, cluster in struct.iter_unpack("<2I", name.read_bytes()):
                clusters[cluster].add(names[row])
        for name in (folder / "clusters").glob(f"{rank:06d}.remove"):
            removed += name.stat().st_size // 4
    return {frozenset(c) for c in clusters.values()}, removed


def segments(path):
    """The parts of a segment file, and the length of its records."""
    data = path.read_bytes()
    table, count, _, _ = struct.unpack("<4Q", data[-40:-8])
    places = [struct.unpack_from("<3Q", data, table + 24 * n) for n in range(count)]
    return [data[place:place + length] for place, length, _ in places], struct.unpack_from("<I", data, 24)[0]


def our_signatures(folder):
    signatures = {}
    for path in sorted((folder / "curate").glob("*.signatures")):
        parts, length = segments(path)
        names, _ = segments(path.with_suffix(".ids"))
        for part, ids in zip(parts, names):
            start = 0
            for place in range(0, len(part), length):
                end, has_hashes = struct.unpack_from("<QI", part, place + 64)
                name = ids[start:end].decode()
                start = end
                assert name not in signatures, f"{name} is twice there"
                signatures[name] = part[place + 80:place + length - 8] if has_hashes else None
    return signatures


def main(output, folder, shards):
    ids = run_datatrove(folder, shards)
    assert len({name for names in ids for name in names}) == sum(map(len, ids)), "ids are not unique"
    theirs, ours = datatrove_signatures(folder, ids), our_signatures(output)
    wrong = sum(ours[name] != theirs.get(name) for names in ids for name in names)
    print(f"signatures: {len(theirs)} of {len(ours)} documents have one, {wrong} differ")
    expected, removed = datatrove_clusters(folder, ids)
    with open(output / "clusters.jsonl") as file:
        lines = [json.loads(line)["cluster"] for line in file]
    found = {frozenset(member["id"] if isinstance(member, dict) else member for member in line) for line in lines}
    gone = sum(len(line) - 1 for line in lines)
    print(f"clusters: {len(expected)} of datatrove, {len(found)} of ours, {len(expected ^ found)} differ")
    print(f"removed: {removed} by datatrove, {gone} by us")
    sys.exit(wrong > 0 or expected != found or removed != gone)


main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
