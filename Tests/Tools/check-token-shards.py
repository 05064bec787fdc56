#!/usr/bin/env python3
"""Reads what `gristmill pack` writes with the formats' own readers, and compares every token.

    pip install "torch==2.13.0+cpu" "mosaicml-streaming==0.13.0" "megatron-core==0.16.1" "datatrove==0.10.1" \
        "datasets<5" "webdataset==1.0.2" pyarrow pandas zstandard
    check-token-shards.py [--gristmill PROGRAM] [--work FOLDER] [--formats a,b] [--strategies a,b]
        --tokenizer FILE [--tokenizer FILE ...] DOCUMENTS...

DOCUMENTS are JSON lines whose ids are unique. Give a tokenizer of fewer than 65,000 entries and one of more,
so that both widths are written. For every tokenizer, format and strategy the documents are packed and the
tokens of each part are read by

    megatron    IndexedDataset of megatron-core
    mds         StreamingDataset of mosaicml-streaming, checksums verified; with and without zstd; every shard
                is written again by MDSWriter and must have the same bytes
    datatrove   DatatroveFileDataset, with the positions that it derives from the index
    parquet     pyarrow, pandas, and load_dataset of datasets on the folder
    webdataset  webdataset with open_lm's pipeline, by its manifest
    npy         numpy.load
    nanogpt, llmc, olmo    the few lines of nanoGPT's train.py, llm.c's and modded-nanogpt's loaders, and
                OLMo-core's memory-mapped data sets, which are no packages to be called

and held against `gristmill tokenizer encode`: every piece that the provenance names is that piece of that
document's tokens, every token of every document is in exactly one piece or counted as cropped, the rest is
padding, and the sums are those of ledger.json. Concatenated shards are compared without the provenance as
well: documents in their order, end to end. Ends with status 1 when anything differs.
"""
import argparse, csv, glob, gzip, json, os, shutil, struct, subprocess, sys, tempfile, types, warnings

import numpy as np

warnings.filterwarnings("ignore")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
FORMATS = ["megatron", "mds", "mds+zstd", "nanogpt", "llmc", "olmo", "datatrove", "npy", "webdataset", "parquet"]
STRATEGIES = ["concatenate", "best-fit", "one-per-document", "buckets"]


class Refused(Exception):
    """The format does not take such shards, and said so."""


# --- The formats' own readers: each gives the tokens of a part, all its shards in order.


def megatron(folder, names, part, facts):
    from megatron.core.datasets.indexed_dataset import IndexedDataset

    tokens = []
    for name in names:
        data = IndexedDataset(f"{folder}/{name}")
        tokens += [data[index].copy() for index in range(len(data))]
        assert data.document_indices[0] == 0 and data.document_indices[-1] == len(data)
    return np.concatenate(tokens)


def streaming():
    """mosaicml-streaming, which imports torchvision for its data sets of pictures alone."""
    import transformers  # noqa: F401  looks for the true torchvision first

    missing = []
    for name, member in [("", ""), (".datasets", "VisionDataset"), (".transforms", ""), (".transforms.functional", "to_tensor")]:
        if "torchvision" + name not in sys.modules:
            missing.append("torchvision" + name)
            module = sys.modules[missing[-1]] = types.ModuleType(missing[-1])
            if member:
                setattr(module, member, type(member, (), {}))
    import streaming

    for name in missing:
        del sys.modules[name]
    return streaming


def mds(folder, names, part, facts):
    library = streaming()
    data = library.StreamingDataset(local=folder, split=part, shuffle=False, batch_size=1, validate_hash="xxh64")
    samples = [data[index].copy() for index in range(len(data))]
    assert all(isinstance(sample["tokens"], np.ndarray) for sample in samples)
    with open(f"{folder}/{part}/index.json") as file:
        shards = json.load(file)["shards"]
    start = 0
    for shard in shards:
        rewrite(library, f"{folder}/{part}", shard, samples[start : start + shard["samples"]])
        start += shard["samples"]
    assert start == len(samples)
    return np.concatenate([sample["tokens"] for sample in samples])


def rewrite(library, folder, shard, samples):
    """Holds a shard against what MDSWriter makes of its samples."""
    with tempfile.TemporaryDirectory() as other:
        columns = dict(zip(shard["column_names"], shard["column_encodings"]))
        options = {"hashes": shard["hashes"], "compression": shard["compression"]}
        with library.MDSWriter(out=f"{other}/out", columns=columns, size_limit=shard["size_limit"], **options) as writer:
            for sample in samples:
                writer.write(sample)
        with open(f"{other}/out/index.json") as file:
            (theirs,) = json.load(file)["shards"]
        assert theirs["raw_data"]["hashes"] == shard["raw_data"]["hashes"], "bytes differ from MDSWriter's"
        for facts in (theirs, shard):
            facts["raw_data"].pop("basename")
            facts.pop("zip_data")
        assert theirs == shard, "the entry of the index differs from MDSWriter's"


def nanogpt(folder, names, part, facts):
    (name,) = names
    return np.memmap(f"{folder}/{name}.bin", dtype=np.uint16, mode="r")


def llmc(folder, names, part, facts):
    tokens = []
    for name in names:
        path = f"{folder}/{name}.bin"
        header = np.fromfile(path, dtype="<i4", count=256)
        kinds = {(20240520, 1): "<u2", (20240801, 7): "<u4"}
        dtype = np.dtype(kinds[header[0], header[1]])
        assert os.path.getsize(path) == 1024 + dtype.itemsize * header[2] and not header[3:].any()
        tokens.append(np.fromfile(path, dtype=dtype, offset=1024))
    return np.concatenate(tokens)


def olmo(folder, names, part, facts):
    tokens = []
    dtype = np.uint16 if facts["vocabulary_size"] <= 1 << 16 else np.uint32
    for name in names:
        data = np.memmap(f"{folder}/{name}.npy", dtype=dtype, mode="r")
        with gzip.open(f"{folder}/{name}.csv.gz", "rt", newline="") as file:
            ends = [(int(row[0]), int(row[1])) for row in csv.reader(file)]
        assert all(start < end <= len(data) for start, end in ends), "a document outside of the tokens"
        assert all(before[1] <= after[0] for before, after in zip(ends, ends[1:])), "documents overlap"
        tokens.append(data)
    return np.concatenate(tokens)


def datatrove(folder, names, part, facts):
    from datatrove.utils.dataset import DatatroveFileDataset

    tokens = []
    for name in names:
        path = f"{folder}/{name}.ds"
        with open(path + ".metadata") as file:
            tokenizer, count = file.read().split("\n")[:2]
        size = int(tokenizer.rsplit("|", 1)[1])
        # A window is the whole file, so that nothing is dropped behind the last one.
        data = DatatroveFileDataset(path, int(count) - 1, size, return_positions=True)
        assert len(data) == 1
        window = data[0]
        ends = np.fromfile(path + ".index", dtype="<u8")
        assert ends[-1] == int(count) and (np.diff(ends.astype(np.int64)) > 0).all()
        starts = np.concatenate([[0], ends[:-1]]).astype(np.int64)
        positions = np.arange(int(count)) - np.repeat(starts, np.diff(np.concatenate([[0], ends])).astype(np.int64))
        assert np.array_equal(window["positions"].numpy(), positions), "positions differ"
        tokens.append(window["input_ids"].numpy())
    return np.concatenate(tokens)


def npy(folder, names, part, facts):
    arrays = [np.load(f"{folder}/{name}.npy", mmap_mode="r") for name in names]
    assert all(array.ndim == 2 and array.shape[1] == facts["sequence_length"] for array in arrays)
    return np.concatenate([array.reshape(-1) for array in arrays])


def webdataset(folder, names, part, facts):
    import webdataset as wds

    tokens = []
    with open(f"{folder}/{part}/manifest.jsonl") as file:
        manifest = [json.loads(line) for line in file]
    for line in manifest:
        archive = wds.SimpleShardList(f"{folder}/{part}/{line['shard']}.tar")
        steps = [wds.tarfile_to_samples(handler=wds.reraise_exception), wds.decode(), wds.rename(json="json.gz"), wds.to_tuple("json")]
        samples = [sample for (sample,) in wds.DataPipeline(archive, *steps)]
        assert len(samples) == line["num_sequences"], "the manifest counts otherwise"
        assert all(len(sample) == facts["sequence_length"] for sample in samples)
        tokens += [token for sample in samples for token in sample]
    return np.array(tokens)


def parquet(folder, names, part, facts):
    import datasets, pandas, pyarrow.parquet

    tokens = []
    for name in names:
        path = f"{folder}/{name}.parquet"
        table = pyarrow.parquet.read_table(path)
        for ids, positions, documents in zip(*(table[column].to_numpy() for column in ["input_ids", "position_ids", "document_ids"])):
            assert len(ids) == len(positions) == len(documents)
            begins = np.concatenate([[True], np.diff(documents) != 0])
            assert np.array_equal(positions == 0, begins), "positions do not begin with documents"
            tokens.append(ids)
        frame = pandas.read_parquet(path)
        assert np.array_equal(np.concatenate(frame["input_ids"]), np.concatenate(tokens[-len(frame) :]))
    tokens = np.concatenate(tokens)
    with tempfile.TemporaryDirectory() as cache:
        splits = datasets.load_dataset(folder, cache_dir=cache)
        data = splits[{"val": "validation"}.get(part, part)].with_format("numpy")
        assert np.array_equal(np.concatenate([row["input_ids"] for row in data]), tokens), "load_dataset differs"
    return tokens


# --- What the tokens must be.


def run(*command):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def gold(program, tokenizer, documents, work):
    """The tokens of each document by its id, without those around it, in the order of the input."""
    path = f"{work}/gold.bin"
    status, output = run(program, "tokenizer", "encode", "--tokenizer", tokenizer, *documents, "--output", path)
    if status != 0:
        sys.exit(f"tokenizer encode: {output}")
    ids = [json.loads(line)["id"] for name in documents for line in open(name, encoding="utf-8") if line.strip()]
    lengths = np.fromfile(path + ".lengths", dtype="<u4").astype(np.int64)
    assert len(ids) == len(lengths) and len(set(ids)) == len(ids), "ids must be unique"
    return dict(zip(ids, np.split(np.fromfile(path, dtype="<u4"), np.cumsum(lengths)[:-1])))


def provenance(path):
    """For each piece of a shard: tokens, the document's id (None: padding), and where in it the piece begins."""
    import zstandard

    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == b"GRISTPRV" and struct.unpack_from("<I", data, 8) == (1,)
    tokens, _, pieces, documents, _, ends, numbers, starts, _, table, blocks = struct.unpack_from("<11Q", data, 16)
    ends = np.frombuffer(data, "<u8", pieces, ends).astype(np.int64)
    numbers = np.frombuffer(data, "<u4", pieces, numbers)
    starts = np.frombuffer(data, "<u4", pieces, starts)
    offsets = [int(offset) for offset in np.frombuffer(data, "<u8", blocks, table)]
    ids = []
    for offset in offsets:
        block = zstandard.ZstdDecompressor().decompressobj().decompress(data[offset:])
        place = 0
        while place < len(block):
            strings = []
            for _ in range(4):
                (size,) = struct.unpack_from("<I", block, place)
                strings.append(block[place + 4 : place + 4 + size].decode())
                place += 4 + size
            ids.append(strings[0])
    assert len(ids) == documents, f"{len(ids)} origins for {documents} documents"
    assert (ends[-1] if pieces else 0) == tokens
    counts = np.diff(np.concatenate([[0], ends]))
    return [
        (int(count), None if number == 0xFFFFFFFF else ids[number], int(start))
        for count, number, start in zip(counts, numbers, starts)
    ]


def around(document, facts):
    """The tokens of a document with those that stand before and after it."""
    before, after = facts.get("beginning_of_document"), facts.get("end_of_document")
    parts = [[before]] if before is not None else []
    return np.concatenate(parts + [document] + ([[after]] if after is not None else [])).astype(np.int64)


def compare(tokens, pieces, whole, facts, seen):
    """Holds the tokens of a part against its pieces; gives the number of padding tokens."""
    place = padding = 0
    for count, document, start in pieces:
        piece = tokens[place : place + count]
        place += count
        if document is None:
            assert (piece == facts["padding"]).all(), f"padding at token {place - count} is something else"
            padding += count
            continue
        expected = whole[document][start : start + count]
        assert np.array_equal(piece, expected), f"document {document} differs from its token {start} on"
        assert not seen[document][start : start + count].any(), f"document {document}: token {start} twice"
        seen[document][start : start + count] = True
    assert place == len(tokens), f"{len(tokens)} tokens read, {place} accounted for"
    return padding


def compare_in_order(tokens, shards, whole, ids, facts):
    """Documents end to end, as they came; what fills a shard up is behind its last."""
    place, documents = 0, iter(ids)
    for shard in shards:
        end = place + shard["tokens"] - shard["padding"]
        for _ in range(shard["documents"]):
            document = whole[next(documents)]
            assert np.array_equal(tokens[place : place + len(document)], document), f"out of order at token {place}"
            place += len(document)
        assert place == end, "documents do not end with the shard"
        place += shard["padding"]
    assert place == len(tokens)


def check(program, tokenizer, documents, name, strategy, texts, folder, length):
    """Packs and compares; gives a line of what was compared."""
    layout, _, compression = name.partition("+")
    options = ["--tokenizer", tokenizer, "--output", folder, "--format", layout, "--strategy", strategy]
    options += ["--sequence-length", length, "--validation-share", "0.1"]
    options += ["--set", "shards.compression=zstd"] if compression else []
    status, output = run(program, "pack", *documents, *options)
    if status == 64:
        raise Refused(" ".join(output.split())[:150])
    assert status == 0, f"pack ended with {status}: {output[-500:]}"
    with open(f"{folder}/shards.json") as file:
        facts = json.load(file)
    whole = {key: around(value, facts) for key, value in texts.items()}
    seen = {key: np.zeros(len(value), bool) for key, value in whole.items()}
    packed = padding = 0
    for part in ["train", "val", "test"]:
        shards = [shard for shard in facts["shards"] if shard["part"] == part]
        if not shards:
            continue
        names = [shard["name"] for shard in shards]
        tokens = np.asarray(globals()[layout](folder, names, part, facts)).astype(np.int64)
        pieces = [piece for shard in names for piece in provenance(f"{folder}/{shard}.provenance")]
        fill = compare(tokens, pieces, whole, facts, seen)
        padding += fill
        packed += len(tokens) - fill
        if strategy == "concatenate":
            order = list(dict.fromkeys(document for _, document, _ in pieces if document is not None))
            positions = {key: number for number, key in enumerate(texts)}
            assert [positions[key] for key in order] == sorted(positions[key] for key in order), "not as they came"
            compare_in_order(tokens, shards, whole, order, facts)
    with open(f"{folder}/ledger.json") as file:
        ledger = totals(json.load(file))
    made = sum(len(value) for value in whole.values())
    missing = sum(int((~value).sum()) for value in seen.values())
    assert ledger["encoded"] + ledger["end_of_document"] == made, "the ledger counts other tokens"
    assert ledger["packed"] == packed and ledger["padding"] == padding, f"the ledger: {ledger}, read: {packed} + {padding}"
    assert ledger["cropped"] + ledger["remainder"] == missing, f"{missing} tokens are not in the shards, the ledger: {ledger}"
    return f"{packed} tokens in {len(facts['shards'])} shards, {padding} of padding, {missing} cropped or left"


def totals(ledger):
    """The counts of tokens of the whole run, wherever the ledger has them."""
    found = {}

    def walk(value):
        if isinstance(value, dict):
            names = {"".join("_" + c.lower() if c.isupper() else c for c in key): key for key in value}
            if {"encoded", "packed"} <= set(names) and not found:
                found.update({name: value[key] for name, key in names.items()})
            for member in value.values():
                walk(member)
        elif isinstance(value, list):
            for member in value:
                walk(member)

    walk(ledger)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gristmill", default=".build/release/gristmill")
    parser.add_argument("--tokenizer", action="append", required=True)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--strategies", default=",".join(STRATEGIES))
    parser.add_argument("--sequence-length", default="257")
    parser.add_argument("--work", help="keeps the shards of failed comparisons here")
    parser.add_argument("documents", nargs="+")
    arguments = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        for tokenizer in arguments.tokenizer:
            texts = gold(arguments.gristmill, tokenizer, arguments.documents, scratch)
            print(f"{tokenizer}: {len(texts)} documents, {sum(map(len, texts.values()))} tokens", flush=True)
            for name in arguments.formats.split(","):
                for strategy in arguments.strategies.split(","):
                    folder = f"{arguments.work or scratch}/{os.path.basename(tokenizer)}-{name}-{strategy}"
                    shutil.rmtree(folder, ignore_errors=True)
                    try:
                        outcome = check(
                            arguments.gristmill, tokenizer, arguments.documents, name, strategy, texts, folder,
                            arguments.sequence_length)
                        shutil.rmtree(folder, ignore_errors=True)
                    except Refused as refusal:
                        # 16 bits alone, and sequences of one length alone.
                        is_meant = name == "nanogpt" or strategy == "buckets"
                        failures += 0 if is_meant else 1
                        outcome = f"{'refused' if is_meant else 'FAILED'}: {refusal}"
                    except Exception as error:
                        failures += 1
                        outcome = f"FAILED: {type(error).__name__}: {error}"
                    print(f"  {name:11} {strategy:17} {outcome}", flush=True)
    print("all equal" if failures == 0 else f"{failures} comparisons failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
