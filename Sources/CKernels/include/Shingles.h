// From text to min-hashes: the loops of near-duplicate signatures.
#ifndef CKERNELS_SHINGLES_H
#define CKERNELS_SHINGLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Lowers hashes[j] to the least of multipliers[j] * x + offsets[j] (mod 2^32) over the high halves x
/// of `values`. `hashCount` is a multiple of 16.
void ck_minhash32(const uint64_t *values, size_t valueCount, const uint32_t *multipliers,
                  const uint32_t *offsets, uint32_t *hashes, size_t hashCount);

/// Lowers hashes[j] to the least of multipliers[j] * x + offsets[j] (mod 2^64) over the x of `values`.
/// `hashCount` is a multiple of 8.
void ck_minhash64(const uint64_t *values, size_t valueCount, const uint64_t *multipliers,
                  const uint64_t *offsets, uint64_t *hashes, size_t hashCount);

/// Lowers hashes[j] to the least of (multipliers[j] * x + offsets[j] mod 2^64) mod (2^61 - 1), of
/// which the bits of `mask` count, where x is a value shifted right. `hashCount` is a multiple of 8.
void ck_minhash_mersenne(const uint64_t *values, size_t valueCount, const uint64_t *multipliers,
                         const uint64_t *offsets, uint64_t *hashes, size_t hashCount,
                         unsigned shift, uint64_t mask);

/// Lowers hashes[j] to the least of (multipliers[j] * (x + 1) + offsets[j]) mod 2038074743, where x is
/// the high half of a value and below 2^31, as multipliers and offsets are.
void ck_minhash_spark(const uint64_t *values, size_t valueCount, const uint64_t *multipliers,
                      const uint64_t *offsets, uint64_t *hashes, size_t hashCount);

/// The least of the `values`, each put through a bijection that mixes all its bits, and of `least`.
uint64_t ck_least_mixed(const uint64_t *values, size_t valueCount, uint64_t least);

/// How many of `count` lanes of four or eight bytes are equal; neither side needs to be aligned.
size_t ck_equal_lane_count(const void *left, const void *right, size_t count, size_t byteWidth);

/// Copies the ASCII bytes at the start of `text`: letters in lower case, digits as they are, the
/// rest as spaces. Returns how many; `output` has room for `byteCount` + 64 bytes.
size_t ck_simplify_ascii(const uint8_t *text, size_t byteCount, uint8_t *output);

/// Where the search for words stands between two calls of `ck_hash_words`.
struct ck_word_search {
  /// How far the text has been searched.
  size_t scanned;
  /// Where the last word begins, when it has not ended.
  size_t wordStart;
  /// Whether the text so far ends in a word.
  bool isInWord;
};

/// Writes the hash of each word that ends in text[scanned..<filled], words being what is between
/// spaces, and returns how many there are. 64 bytes from `filled` on may be read.
size_t ck_hash_words(const uint8_t *text, size_t filled, struct ck_word_search *search,
                     uint64_t *hashes);

/// The hash of one word; nothing beyond it is read.
uint64_t ck_hash_word(const uint8_t *word, size_t byteCount);

/// Goes from the hashes of units to those of shingles of `size` units: words[0..<size] are the units
/// before, words[size..<size + count] the new ones. Writes one shingle for each new unit.
void ck_hash_shingles(const uint64_t *words, size_t count, size_t size, uint64_t *polynomial,
                      uint64_t *shingles);

#endif
