# Writes Tests/Fixtures/Deduplication/peer-signatures.json: signatures by datasketch 2.0, and by the definition of NeMo Curator
# and cuDF (which runs on GPUs alone).
import json
import re
import string
import numpy as np
from datasketch import MinHash

def murmur32(data, seed):
    c1, c2, mask = 0xCC9E2D51, 0x1B873593, 0xFFFFFFFF
    rot = lambda x, r: ((x << r) | (x >> (32 - r))) & mask
    h, n = seed, len(data)
    for i in range(0, n - n % 4, 4):
        k = int.from_bytes(data[i:i + 4], "little")
        h = (rot(h ^ (rot(k * c1 & mask, 15) * c2 & mask), 13) * 5 + 0xE6546B64) & mask
    if n % 4:
        k = int.from_bytes(data[n - n % 4:], "little")
        h ^= rot(k * c1 & mask, 15) * c2 & mask
    h ^= n
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        h = ((h ^ (h >> shift)) * factor) & mask
    return h

def murmur128(data, seed):
    c1, c2, mask = 0x87C37B91114253D5, 0x4CF5AD432745937F, (1 << 64) - 1
    rot = lambda x, r: ((x << r) | (x >> (64 - r))) & mask
    def fmix(k):
        for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
            k = ((k ^ (k >> 33)) * factor) & mask
        return k ^ (k >> 33)
    h1 = h2 = seed
    n = len(data)
    for i in range(0, n - n % 16, 16):
        k1, k2 = int.from_bytes(data[i:i + 8], "little"), int.from_bytes(data[i + 8:i + 16], "little")
        h1 ^= rot(k1 * c1 & mask, 31) * c2 & mask
        h1 = ((rot(h1, 27) + h2) * 5 + 0x52DCE729) & mask
        h2 ^= rot(k2 * c2 & mask, 33) * c1 & mask
        h2 = ((rot(h2, 31) + h1) * 5 + 0x38495AB5) & mask
    tail = data[n - n % 16:]
    h2 ^= rot(int.from_bytes(tail[8:], "little") * c2 & mask, 33) * c1 & mask
    h1 ^= rot(int.from_bytes(tail[:8], "little") * c1 & mask, 31) * c2 & mask
    h1 ^= n
    h2 ^= n
    h1 = (h1 + h2) & mask
    h2 = (h2 + h1) & mask
    h1, h2 = fmix(h1), fmix(h2)
    return (h1 + h2) & mask

def nemo(text, bits, seed, count, width):
    """GPUMinHash.generate_seeds, then cuDF's minhash_seed_kernel and minhash_kernel."""
    dtype, prime = (np.uint32, (1 << 31) - 1) if bits == 32 else (np.uint64, (1 << 61) - 1)
    gen = np.random.RandomState(seed)
    params = [(int(gen.randint(1, prime, dtype=dtype)), int(gen.randint(0, prime, dtype=dtype))) for _ in range(count)]
    grams = [text[i:i + width] for i in range(max(1, len(text) - width + 1))] if text else []
    function = murmur32 if bits == 32 else murmur128
    hashes = [max(1, function(gram.encode(), params[0][0])) for gram in grams]
    mask = (1 << bits) - 1
    return [min((((h * a + b) & mask) % ((1 << 61) - 1)) & mask for h in hashes) for a, b in params] if hashes else []

def datasketch(text, scheme, seed, count, width):
    sketch = MinHash(num_perm=count, seed=seed, scheme=scheme)
    words = text.split()
    grams = [" ".join(words[i:i + width]) for i in range(len(words) - width + 1)]
    if not grams:
        return []
    sketch.update_batch([gram.encode() for gram in grams])
    return [int(value) for value in sketch.hashvalues]

def simplify(text):
    """get_features in dedup/to_hash.py of Cerebras' Model Zoo, but for the n-grams."""
    bare = text.lower().translate(str.maketrans("", "", string.punctuation))
    return re.sub(r"\s+", " ", bare.strip())

def slimpajama(text):
    simple = simplify(text)
    grams = [simple[i:i + 13] for i in range(len(simple) - 12)]
    if not grams:
        return []
    sketch = MinHash(num_perm=128, scheme="legacy")
    sketch.update_batch([gram.encode() for gram in grams])
    return [int(value) for value in sketch.hashvalues[:9 * 13]]

texts = ["", "short", "exactly twenty-four char", "the quick brown fox jumps over the lazy dog and runs away into the deep dark wood",
         "Größe, naïve café: déjà vu — 日本語のテキストです。これは二十四文字より長いはずです。", "ab" * 60,
         "one  two\tthree\nfour five six seven eight nine ten eleven twelve thirteen one two three",
         "  ΟΔΥΣΣΕΥΣ, Σ ΑΣ' ΒΣ: «İSTANBUL» \u00a0\u2003 $5 — (Don't!)\u001c STRASSE\u0085ẞ Σ\u0301\u0130\u03a3  ", "!!! ..."]
rows = []
for text in texts:
    rows.append({
        "text": text,
        "nemo32": nemo(text, 32, 42, 20, 24), "nemo64": [str(v) for v in nemo(text, 64, 42, 20, 24)],
        "affine32": datasketch(text, "affine32", 1, 20, 3), "affine64": [str(v) for v in datasketch(text, "affine64", 1, 20, 3)],
        "legacy": datasketch(text, "legacy", 1, 20, 3),
        "simple": simplify(text), "slimpajama": slimpajama(text)})
print(json.dumps(rows, ensure_ascii=False, indent=0))
