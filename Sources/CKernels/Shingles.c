#include "Shingles.h"

// One function body, compiled for each level of the x86-64 family; the loader picks the widest.
#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define WIDEST
#endif
#define INLINE static inline __attribute__((always_inline))

typedef uint32_t lanes __attribute__((vector_size(64)));

// `width` vectors of 16 hashes over all values: hashes and parameters stay in registers.
INLINE void minhash_block(const uint64_t *values, size_t valueCount, const uint32_t *multipliers,
                          const uint32_t *offsets, uint32_t *hashes, const int width) {
  lanes a[4], b[4], least[4];
  for (int k = 0; k < width; k++) {
    __builtin_memcpy(&a[k], multipliers + 16 * k, sizeof(lanes));
    __builtin_memcpy(&b[k], offsets + 16 * k, sizeof(lanes));
    __builtin_memcpy(&least[k], hashes + 16 * k, sizeof(lanes));
  }
  for (size_t i = 0; i < valueCount; i++) {
    lanes value = (lanes){} + (uint32_t)(values[i] >> 32);
    for (int k = 0; k < width; k++)
      least[k] = __builtin_elementwise_min(least[k], a[k] * value + b[k]);
  }
  for (int k = 0; k < width; k++) __builtin_memcpy(hashes + 16 * k, &least[k], sizeof(lanes));
}

WIDEST void ck_minhash32(const uint64_t *values, size_t valueCount, const uint32_t *multipliers,
                         const uint32_t *offsets, uint32_t *hashes, size_t hashCount) {
  size_t j = 0;
  for (; j + 64 <= hashCount; j += 64)
    minhash_block(values, valueCount, multipliers + j, offsets + j, hashes + j, 4);
  switch ((hashCount - j) / 16) {
  case 3: minhash_block(values, valueCount, multipliers + j, offsets + j, hashes + j, 3); break;
  case 2: minhash_block(values, valueCount, multipliers + j, offsets + j, hashes + j, 2); break;
  case 1: minhash_block(values, valueCount, multipliers + j, offsets + j, hashes + j, 1); break;
  default: break;
  }
}

typedef uint64_t wide_lanes __attribute__((vector_size(64)));

WIDEST void ck_minhash64(const uint64_t *values, size_t valueCount, const uint64_t *multipliers,
                         const uint64_t *offsets, uint64_t *hashes, size_t hashCount) {
  for (size_t j = 0; j < hashCount; j += 8) {
    wide_lanes a, b, least;
    __builtin_memcpy(&a, multipliers + j, sizeof a);
    __builtin_memcpy(&b, offsets + j, sizeof b);
    __builtin_memcpy(&least, hashes + j, sizeof least);
    for (size_t i = 0; i < valueCount; i++)
      least = __builtin_elementwise_min(least, a * values[i] + b);
    __builtin_memcpy(hashes + j, &least, sizeof least);
  }
}

WIDEST uint64_t ck_least_exchanged(const uint64_t *values, size_t valueCount, uint64_t least) {
  for (size_t i = 0; i < valueCount; i++) {
    uint64_t exchanged = values[i] << 32 | values[i] >> 32;
    least = exchanged < least ? exchanged : least;
  }
  return least;
}

WIDEST size_t ck_equal_lane_count(const void *left, const void *right, size_t count,
                                  size_t byteWidth) {
  const uint8_t *l = left, *r = right;
  size_t equal = 0;
  if (byteWidth == 8) {
    for (size_t i = 0; i < count; i++) {
      uint64_t x, y;
      __builtin_memcpy(&x, l + 8 * i, 8);
      __builtin_memcpy(&y, r + 8 * i, 8);
      equal += x == y;
    }
    return equal;
  }
  for (size_t i = 0; i < count; i++) {
    uint32_t x, y;
    __builtin_memcpy(&x, l + 4 * i, 4);
    __builtin_memcpy(&y, r + 4 * i, 4);
    equal += x == y;
  }
  return equal;
}

typedef uint8_t bytes64 __attribute__((vector_size(64)));
typedef _Bool mask64 __attribute__((ext_vector_type(64)));

// Simplifies 64 bytes and returns the bits of those that are not ASCII.
INLINE uint64_t simplify_block(const uint8_t *text, uint8_t *output) {
  bytes64 bytes;
  __builtin_memcpy(&bytes, text, sizeof bytes);
  bytes64 upper = (bytes64)(bytes - 'A' < 26);
  bytes64 lower = bytes | (upper & 0x20);
  bytes64 word = (bytes64)(lower - 'a' < 26) | (bytes64)(bytes - '0' < 10);
  bytes64 simple = (lower & word) | (~word & ' ');
  __builtin_memcpy(output, &simple, sizeof simple);
  mask64 beyond = __builtin_convertvector(bytes > 0x7F, mask64);
  uint64_t bits;
  __builtin_memcpy(&bits, &beyond, sizeof bits);
  return bits;
}

WIDEST size_t ck_simplify_ascii(const uint8_t *text, size_t byteCount, uint8_t *output) {
  size_t done = 0;
  while (byteCount - done >= 64) {
    uint64_t beyond = simplify_block(text + done, output + done);
    if (beyond) return done + (size_t)__builtin_ctzll(beyond);
    done += 64;
  }
  size_t rest = byteCount - done;
  if (rest == 0) return done;
  uint8_t tail[64] = {0};
  __builtin_memcpy(tail, text + done, rest);
  uint64_t beyond = simplify_block(tail, output + done);
  size_t ascii = beyond ? (size_t)__builtin_ctzll(beyond) : rest;
  return done + ascii;
}
