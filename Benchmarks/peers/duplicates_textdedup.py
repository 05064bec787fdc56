"""text-dedup's MinHash, as its command line runs it: word 5-grams, 112 permutations, 14 bands of 8 rows.

duplicates_textdedup.py INPUT.jsonl.zst FOLDER [--own THRESHOLD] [--clusters]

With --own its defaults and a threshold instead: 250 permutations, bands and rows chosen by it. With
--clusters writes clusters.jsonl too, outside the time.
"""

import argparse
import json
import os
import pickle
import subprocess
import sys

from reporting import Timed, documents, report, write_removed

parser = argparse.ArgumentParser()
parser.add_argument("input")
parser.add_argument("folder")
parser.add_argument("--own", type=float)
parser.add_argument("--clusters", action="store_true")
options = parser.parse_args()
folder = os.path.abspath(options.folder)
# It asks for at least one column that is an id, and keeps what its reader makes of the input.
command = [sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--split", "train"]
command += ["--data_files", os.path.abspath(options.input), "--cache_dir", f"{folder}/cache"]
command += ["--output", f"{folder}/documents", "--column", "text", "--idx_column", "id"]
command += ["--num_proc", "1", "--debug", "--no-clean_cache"]
if options.own:
    command += ["--threshold", str(options.own)]
else:
    command += ["--num_perm", "112", "--b", "14", "--r", "8", "--ngram", "5"]
environment = os.environ | {"HF_HOME": f"{folder}/home", "HF_DATASETS_OFFLINE": "1"}
with Timed() as timed:
    subprocess.run(command, check=True, env=environment, stdout=sys.stderr)

from datasets import load_from_disk  # noqa: E402

identities = [document["id"] for document in documents(options.input)]
kept = set(load_from_disk(f"{folder}/documents")["id"])
write_removed(folder, [identity for identity in identities if identity not in kept])
if options.clusters:
    with open(f"{folder}/documents/uf.pkl", "rb") as file:
        union = pickle.load(file)
    members: dict[str, list[str]] = {}
    for identity in identities:
        if identity in union.parent:
            members.setdefault(union.find(identity), []).append(identity)
    with open(f"{folder}/clusters.jsonl", "w") as file:
        for cluster in members.values():
            if len(cluster) > 1:
                file.write(json.dumps({"cluster": cluster}) + "\n")
report(timed)
