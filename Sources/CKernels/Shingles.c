#include "Shingles.h"
#include "widest.h"

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

WIDEST void ck_minhash_mersenne(const uint64_t *values, size_t valueCount,
                                const uint64_t *multipliers, const uint64_t *offsets,
                                uint64_t *hashes, size_t hashCount, unsigned shift,
                                uint64_t mask) {
  const uint64_t prime = (UINT64_C(1) << 61) - 1;
  for (size_t j = 0; j < hashCount; j += 8) {
    wide_lanes a, b, least;
    __builtin_memcpy(&a, multipliers + j, sizeof a);
    __builtin_memcpy(&b, offsets + j, sizeof b);
    __builtin_memcpy(&least, hashes + j, sizeof least);
    for (size_t i = 0; i < valueCount; i++) {
      wide_lanes x = a * (values[i] >> shift) + b;
      // 2^61 is 1 modulo the prime, so the bits above join those below. The sum is below twice the
      // prime, and where the prime cannot be taken away, the difference wraps to something greater.
      x = (x & prime) + (x >> 61);
      x = __builtin_elementwise_min(x, x - prime);
      least = __builtin_elementwise_min(least, x & mask);
    }
    __builtin_memcpy(hashes + j, &least, sizeof least);
  }
}

WIDEST void ck_minhash_spark(const uint64_t *values, size_t valueCount, const uint64_t *multipliers,
                             const uint64_t *offsets, uint64_t *hashes, size_t hashCount) {
  for (size_t i = 0; i < valueCount; i++) {
    uint64_t x = (values[i] >> 32) + 1;
    for (size_t j = 0; j < hashCount; j++) {
      uint64_t hash = (multipliers[j] * x + offsets[j]) % 2038074743;
      if (hash < hashes[j]) hashes[j] = hash;
    }
  }
}

WIDEST uint64_t ck_least_mixed(const uint64_t *values, size_t valueCount, uint64_t least) {
  for (size_t i = 0; i < valueCount; i++) {
    uint64_t value = values[i];
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
    value = (value ^ value >> 27) * 0x94D049BB133111EB;
    value ^= value >> 31;
    least = value < least ? value : least;
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

INLINE uint64_t space_mask(const uint8_t *text) {
  bytes64 bytes;
  __builtin_memcpy(&bytes, text, sizeof bytes);
  mask64 spaces = __builtin_convertvector(bytes == (bytes64){} + ' ', mask64);
  uint64_t bits;
  __builtin_memcpy(&bits, &spaces, sizeof bits);
  return bits;
}

// Both halves of the 128-bit product, combined.
INLINE uint64_t fold(uint64_t left, uint64_t right) {
  unsigned __int128 product = (unsigned __int128)left * right;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

INLINE uint64_t load64(const uint8_t *bytes) {
  uint64_t value;
  __builtin_memcpy(&value, bytes, sizeof value);
  return value;
}

// The first `count` bytes of `value`, all of them when there are eight or more.
INLINE uint64_t first_bytes(uint64_t value, size_t count) {
  uint64_t part = value & ((UINT64_C(1) << (8 * count & 63)) - 1);
  return count >= 8 ? value : part;
}

static const uint64_t wordKey = 0x9E3779B97F4A7C15, lengthKey = 0xA0761D6478BD642F;

// Takes parts of 16 bytes; at `last` stand the last 16 bytes or fewer, and 16 bytes can be read.
INLINE uint64_t hash_parts(const uint8_t *word, const uint8_t *last, size_t byteCount) {
  uint64_t hash = wordKey;
  size_t rest = byteCount;
  for (; rest > 16; rest -= 16, word += 16)
    hash = fold(hash ^ load64(word), lengthKey ^ load64(word + 8));
  uint64_t low = first_bytes(load64(last), rest);
  uint64_t high = first_bytes(load64(last + 8), rest - 8);
  high = rest > 8 ? high : 0;
  return fold(hash ^ low, high ^ (lengthKey + byteCount));
}

INLINE const uint8_t *last_part(const uint8_t *word, size_t byteCount) {
  return byteCount > 16 ? word + (byteCount - 1) / 16 * 16 : word;
}

WIDEST size_t ck_hash_words(const uint8_t *text, size_t filled, struct ck_word_search *search,
                            uint64_t *hashes) {
  size_t count = 0, start = search->wordStart;
  uint64_t before = search->isInWord;
  for (size_t position = search->scanned; position < filled; position += 64) {
    uint64_t words = ~space_mask(text + position);
    size_t valid = filled - position;
    // Behind the text its last byte goes on, so that no word begins or ends there.
    if (valid < 64) {
      uint64_t beyond = ~UINT64_C(0) << valid;
      words = words >> (valid - 1) & 1 ? words | beyond : words & ~beyond;
    }
    uint64_t shifted = words << 1 | before;
    uint64_t starts = words & ~shifted, ends = ~words & shifted;
    before = words >> 63;
    while (ends) {
      size_t end = position + (size_t)__builtin_ctzll(ends);
      ends &= ends - 1;
      size_t next = starts ? position + (size_t)__builtin_ctzll(starts) : end;
      // The first word that ends in this block may have begun in one before.
      if (next < end) {
        start = next;
        starts &= starts - 1;
      }
      const uint8_t *word = text + start;
      hashes[count++] = hash_parts(word, last_part(word, end - start), end - start);
    }
    if (starts) start = position + (size_t)__builtin_ctzll(starts);
  }
  search->scanned = filled;
  search->wordStart = start;
  search->isInWord = before;
  return count;
}

uint64_t ck_hash_word(const uint8_t *word, size_t byteCount) {
  uint8_t last[16] = {0};
  const uint8_t *part = last_part(word, byteCount);
  __builtin_memcpy(last, part, (size_t)(word + byteCount - part));
  return hash_parts(word, last, byteCount);
}

WIDEST void ck_hash_shingles(const uint64_t *words, size_t count, size_t size,
                             uint64_t *polynomial, uint64_t *shingles) {
  const uint64_t base = 0xD6E8FEB86659FD93;
  uint64_t leavingWeight = 1, sum = *polynomial;
  for (size_t i = 0; i < size; i++) leavingWeight *= base;
  for (size_t i = 0; i < count; i++) {
    sum = sum * base + (words[size + i] - words[i] * leavingWeight);
    shingles[i] = fold(sum, 0x8EBC6AF09C88C6E3);
  }
  *polynomial = sum;
}
