// From text to min-hashes: the loops of near-duplicate signatures.
#ifndef CKERNELS_SHINGLES_H
#define CKERNELS_SHINGLES_H

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

/// The least of `values` with their halves exchanged, and of `least`.
uint64_t ck_least_exchanged(const uint64_t *values, size_t valueCount, uint64_t least);

/// How many of `count` lanes of four or eight bytes are equal; neither side needs to be aligned.
size_t ck_equal_lane_count(const void *left, const void *right, size_t count, size_t byteWidth);

/// Copies the ASCII bytes at the start of `text`: letters in lower case, digits as they are, the
/// rest as spaces. Returns how many; `output` has room for `byteCount` + 64 bytes.
size_t ck_simplify_ascii(const uint8_t *text, size_t byteCount, uint8_t *output);

/// Bit i is set when byte i of the 64 bytes at `text` is a space.
static inline uint64_t ck_space_mask(const uint8_t *text) {
  typedef uint8_t block __attribute__((vector_size(16)));
  typedef _Bool mask __attribute__((ext_vector_type(16)));
  uint64_t bits = 0;
  for (int quarter = 0; quarter < 4; quarter++) {
    block bytes;
    __builtin_memcpy(&bytes, text + 16 * quarter, sizeof bytes);
    mask spaces = __builtin_convertvector(bytes == (block){} + ' ', mask);
    uint16_t part;
    __builtin_memcpy(&part, &spaces, sizeof part);
    bits |= (uint64_t)part << (16 * quarter);
  }
  return bits;
}

#endif
