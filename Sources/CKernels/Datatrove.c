#include "Datatrove.h"
#include "widest.h"

typedef uint8_t bytes64 __attribute__((vector_size(64)));
typedef _Bool mask64 __attribute__((ext_vector_type(64)));

// Simplifies 64 bytes and returns the bits of the digits and of what is not ASCII.
INLINE uint64_t simplify_block(const uint8_t *text, uint8_t *output) {
  bytes64 bytes;
  __builtin_memcpy(&bytes, text, sizeof bytes);
  bytes64 upper = (bytes64)(bytes - 'A' < 26);
  bytes64 lower = bytes | (upper & 0x20);
  bytes64 letter = (bytes64)(lower - 'a' < 26);
  bytes64 simple = (lower & letter) | (~letter & ' ');
  __builtin_memcpy(output, &simple, sizeof simple);
  bytes64 stops = (bytes64)(bytes > 0x7F) | (bytes64)(bytes - '0' < 10);
  mask64 beyond = __builtin_convertvector(stops != 0, mask64);
  uint64_t bits;
  __builtin_memcpy(&bits, &beyond, sizeof bits);
  return bits;
}

WIDEST size_t ck_simplify_letters(const uint8_t *text, size_t byteCount, uint8_t *output) {
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
  size_t simple = beyond ? (size_t)__builtin_ctzll(beyond) : rest;
  return done + (simple < rest ? simple : rest);
}

INLINE uint64_t load64(const uint8_t *bytes) {
  uint64_t value;
  __builtin_memcpy(&value, bytes, sizeof value);
  return value;
}

INLINE uint32_t load32(const uint8_t *bytes) {
  uint32_t value;
  __builtin_memcpy(&value, bytes, sizeof value);
  return value;
}

INLINE uint64_t rotate64(uint64_t value, int count) { return value << count | value >> (64 - count); }

INLINE uint32_t rotate32(uint32_t value, int count) { return value << count | value >> (32 - count); }

// XXH64 and XXH32: the xxHash specification, version 0.1.1.
static const uint64_t p1 = 0x9E3779B185EBCA87, p2 = 0xC2B2AE3D27D4EB4F, p3 = 0x165667B19E3779F9,
                      p4 = 0x85EBCA77C2B2AE63, p5 = 0x27D4EB2F165667C5;

INLINE uint64_t xxh64_round(uint64_t lane, uint64_t word) {
  return rotate64(lane + word * p2, 31) * p1;
}

INLINE uint64_t xxh64(const uint8_t *text, size_t byteCount) {
  const uint8_t *end = text + byteCount;
  uint64_t hash = p5;
  if (byteCount >= 32) {
    uint64_t lanes[4] = {p1 + p2, p2, 0, 0 - p1};
    for (; end - text >= 32; text += 32)
      for (int i = 0; i < 4; i++) lanes[i] = xxh64_round(lanes[i], load64(text + 8 * i));
    hash = rotate64(lanes[0], 1) + rotate64(lanes[1], 7) + rotate64(lanes[2], 12) +
           rotate64(lanes[3], 18);
    for (int i = 0; i < 4; i++) hash = (hash ^ xxh64_round(0, lanes[i])) * p1 + p4;
  }
  hash += byteCount;
  for (; end - text >= 8; text += 8)
    hash = rotate64(hash ^ xxh64_round(0, load64(text)), 27) * p1 + p4;
  if (end - text >= 4) {
    hash = rotate64(hash ^ load32(text) * p1, 23) * p2 + p3;
    text += 4;
  }
  for (; text < end; text++) hash = rotate64(hash ^ *text * p5, 11) * p1;
  hash = (hash ^ hash >> 33) * p2;
  hash = (hash ^ hash >> 29) * p3;
  return hash ^ hash >> 32;
}

static const uint32_t q1 = 0x9E3779B1, q2 = 0x85EBCA77, q3 = 0xC2B2AE3D, q4 = 0x27D4EB2F,
                      q5 = 0x165667B1;

INLINE uint32_t xxh32(const uint8_t *text, size_t byteCount) {
  const uint8_t *end = text + byteCount;
  uint32_t hash = q5;
  if (byteCount >= 16) {
    uint32_t lanes[4] = {q1 + q2, q2, 0, 0 - q1};
    for (; end - text >= 16; text += 16)
      for (int i = 0; i < 4; i++)
        lanes[i] = rotate32(lanes[i] + load32(text + 4 * i) * q2, 13) * q1;
    hash = rotate32(lanes[0], 1) + rotate32(lanes[1], 7) + rotate32(lanes[2], 12) +
           rotate32(lanes[3], 18);
  }
  hash += (uint32_t)byteCount;
  for (; end - text >= 4; text += 4) hash = rotate32(hash + load32(text) * q3, 17) * q4;
  for (; text < end; text++) hash = rotate32(hash + *text * q5, 11) * q1;
  hash = (hash ^ hash >> 15) * q2;
  hash = (hash ^ hash >> 13) * q3;
  return hash ^ hash >> 16;
}

// SHA-1: FIPS 180-4.
static void sha1_block(const uint8_t *block, uint32_t state[5]) {
  uint32_t w[80];
  for (int i = 0; i < 16; i++) w[i] = __builtin_bswap32(load32(block + 4 * i));
  for (int i = 16; i < 80; i++) w[i] = rotate32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  for (int i = 0; i < 80; i++) {
    uint32_t f = i < 20   ? ((b & c) | (~b & d)) + 0x5A827999
                 : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1
                 : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC
                          : (b ^ c ^ d) + 0xCA62C1D6;
    uint32_t next = rotate32(a, 5) + f + e + w[i];
    e = d, d = c, c = rotate32(b, 30), b = a, a = next;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}

static uint64_t sha1(const uint8_t *text, size_t byteCount) {
  uint32_t state[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  size_t whole = byteCount / 64 * 64, rest = byteCount - whole;
  for (size_t i = 0; i < whole; i += 64) sha1_block(text + i, state);
  uint8_t tail[128] = {0};
  __builtin_memcpy(tail, text + whole, rest);
  tail[rest] = 0x80;
  size_t end = rest < 56 ? 64 : 128;
  for (int i = 0; i < 8; i++) tail[end - 1 - i] = (uint8_t)((uint64_t)byteCount << 3 >> (8 * i));
  for (size_t i = 0; i < end; i += 64) sha1_block(tail + i, state);
  return (uint64_t)__builtin_bswap32(state[1]) << 32 | __builtin_bswap32(state[0]);
}

#define SHINGLES(name, function, shift)                                                            \
  void name(const uint8_t *text, const size_t *starts, size_t wordCount, size_t count,              \
            uint64_t *hashes) {                                                                     \
    for (size_t i = 0; i < count; i++)                                                              \
      hashes[i] = (uint64_t)function(text + starts[i], starts[i + wordCount] - 1 - starts[i])       \
                  << shift;                                                                         \
  }
SHINGLES(ck_shingles_xxh64, xxh64, 0)
SHINGLES(ck_shingles_xxh32, xxh32, 32)
SHINGLES(ck_shingles_sha1_64, sha1, 0)
SHINGLES(ck_shingles_sha1_32, sha1, 32)

// The bits of the bytes that are spaces, of 64.
INLINE uint64_t space_bits(const uint8_t *text) {
  bytes64 bytes;
  __builtin_memcpy(&bytes, text, sizeof bytes);
  mask64 spaces = __builtin_convertvector(bytes == (bytes64){} + ' ', mask64);
  uint64_t bits;
  __builtin_memcpy(&bits, &spaces, sizeof bits);
  return bits;
}

WIDEST size_t ck_word_edges(const uint8_t *text, size_t begin, size_t end, size_t *edges) {
  size_t count = 0;
  uint64_t previous = begin == 0 || text[begin - 1] == ' ';
  for (size_t position = begin; position < end; position += 64) {
    uint64_t spaces = space_bits(text + position);
    uint64_t changes = spaces ^ (spaces << 1 | previous);
    previous = spaces >> 63;
    if (end - position < 64) changes &= ((uint64_t)1 << (end - position)) - 1;
    for (; changes; changes &= changes - 1)
      edges[count++] = position + (size_t)__builtin_ctzll(changes);
  }
  return count;
}
