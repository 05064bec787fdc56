// From text to shingles as datatrove makes them.
#ifndef CKERNELS_DATATROVE_H
#define CKERNELS_DATATROVE_H

#include <stddef.h>
#include <stdint.h>

/// Copies the ASCII bytes at the start of `text` up to the first digit: letters in lower case, the
/// rest as spaces. Returns how many; `output` has room for `byteCount` + 64 bytes.
size_t ck_simplify_letters(const uint8_t *text, size_t byteCount, uint8_t *output);

/// The hashes of `count` shingles of `wordCount` words each: shingle i reaches from `starts[i]` to
/// before the byte ahead of `starts[i + wordCount]`. XXH64, XXH32 with seed 0, and SHA-1's first eight
/// or four bytes as a little-endian number; a hash of 32 bits stands in the high half.
void ck_shingles_xxh64(const uint8_t *text, const size_t *starts, size_t wordCount, size_t count,
                       uint64_t *hashes);
void ck_shingles_xxh32(const uint8_t *text, const size_t *starts, size_t wordCount, size_t count,
                       uint64_t *hashes);
void ck_shingles_sha1_64(const uint8_t *text, const size_t *starts, size_t wordCount, size_t count,
                         uint64_t *hashes);
void ck_shingles_sha1_32(const uint8_t *text, const size_t *starts, size_t wordCount, size_t count,
                         uint64_t *hashes);

/// Writes the offsets from `begin` to before `end` at which words begin and end in turn, words being
/// what is between spaces. A word that reaches over `begin` only ends here. Up to 63 bytes from `end`
/// on may be read. Returns how many.
size_t ck_word_edges(const uint8_t *text, size_t begin, size_t end, size_t *edges);

#endif
