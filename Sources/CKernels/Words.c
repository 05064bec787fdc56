#include "Words.h"
#include "widest.h"

#include <stdbool.h>
#include <string.h>

#define LIKELY(condition) __builtin_expect(!!(condition), 1)

typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef uint8_t bytes32 __attribute__((vector_size(32)));

// The bytes of a key that a pre-token of each length has.
static const uint64_t low_masks[16] = {
    0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF,
    ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull};
static const uint64_t high_masks[16] = {
    0, 0, 0, 0, 0, 0, 0, 0,
    0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF};

INLINE uint64_t load64(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

INLINE uint64_t fold(uint64_t a, uint64_t b) {
  const __uint128_t product = (__uint128_t)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

// The key of a pre-token that is long or near the end of the text.
static __attribute__((noinline)) void other_key(const uint8_t *bytes, size_t count, ck_word_key *key) {
  if (count <= ck_word_short) {
    uint8_t copy[16] = {0};
    memcpy(copy, bytes, count);
    key->low = load64(copy);
    key->high = load64(copy + 8) | (uint64_t)count << 56;
    return;
  }
  key->low = 1;
  key->high = 0;
  if (count > ck_word_longest) return;
  // Whole words, the last of them up to the end: two that overlap where the count is no multiple of 8.
  uint64_t hash = 0x9E3779B97F4A7C15 ^ count;
  for (size_t i = 0; i + 8 < count; i += 8) hash = fold(hash ^ load64(bytes + i), 0xA0761D6478BD642F);
  key->low = fold(hash ^ load64(bytes + count - 8), 0xE7037ED1A0B428DB);
  key->high = ck_word_long | (uint64_t)count;
}

INLINE bool holds(const ck_word_slot *slot, const ck_word_key *key) {
  return ((slot->low ^ key->low) | (slot->high ^ key->high)) == 0;
}

// Four ids of 24 bits, of which 16 bytes can be read.
INLINE void spread4(const uint8_t *packed, uint32_t *ids) {
#if defined(__x86_64__)
  bytes16 bytes;
  memcpy(&bytes, packed, 16);
  const bytes16 none = {0};
  const bytes16 spread =
      __builtin_shufflevector(bytes, none, 0, 1, 2, 16, 3, 4, 5, 16, 6, 7, 8, 16, 9, 10, 11, 16);
  memcpy(ids, &spread, 16);
#else
  for (int i = 0; i < 4; i++)
    ids[i] = packed[3 * i] | packed[3 * i + 1] << 8 | packed[3 * i + 2] << 16;
#endif
}

// Whether 16 bytes or more are the same.
INLINE bool equal(const uint8_t *a, const uint8_t *b, size_t count) {
  uint64_t differing = 0;
  for (size_t i = 0; i + 16 < count; i += 16)
    differing |= (load64(a + i) ^ load64(b + i)) | (load64(a + i + 8) ^ load64(b + i + 8));
  differing |= load64(a + count - 16) ^ load64(b + count - 16);
  differing |= load64(a + count - 8) ^ load64(b + count - 8);
  return differing == 0;
}

// The slot of a key that is not in its first line.
static __attribute__((noinline)) const ck_word_slot *find_behind(
    const ck_words *words, const ck_word_key *key) {
  if (key->high == 0) return NULL;
  for (uint64_t step = 0; step < ck_word_lines; step++) {
    const ck_word_slot *line = words->slots + 2 * ((key->line + step) & words->line_mask);
    if (holds(line, key)) return line;
    if (holds(line + 1, key)) return line + 1;
    if (line[1].high == 0) return NULL;
  }
  return NULL;
}

// A slot's record in the ring; NULL when it has been overwritten.
INLINE const uint8_t *record(const ck_words *words, const ck_word_slot *slot) {
  const uint32_t offset = (uint32_t)slot->first, turn = (uint32_t)(slot->first >> 32);
  const bool is_whole = turn == words->turn || (turn + 1 == words->turn && offset >= words->head);
  return is_whole ? words->ring + offset : NULL;
}

// Copies ids out of the ring, where they stand behind the bytes of a long pre-token.
INLINE bool far_ids(
    const ck_words *words, const ck_word_slot *slot, const uint8_t *bytes, uint32_t **ids) {
  const uint8_t *from = record(words, slot);
  if (from == NULL) return false;
  if (slot->high & ck_word_long) {
    const size_t byte_count = (size_t)(slot->high & 0xFFFFFFFF);
    if (!equal(from, bytes, byte_count)) return false;
    from += byte_count;
  }
  uint32_t *out = *ids;
  const size_t count = (uint32_t)slot->second;
  for (size_t i = 0; i < count; i += 4) spread4(from + 3 * i, out + i);
  *ids = out + count;
  return true;
}

ck_word_key ck_word_key_of(const uint8_t *bytes, size_t count, const ck_words *words) {
  ck_word_key key;
  other_key(bytes, count, &key);
  key.line = ck_word_hash(key.low, key.high) >> words->shift;
  return key;
}

WIDEST void ck_word_keys(const uint8_t *text, size_t text_count, const intptr_t *bounds, size_t count,
                         const ck_words *words, ck_word_key *keys) {
  const ck_word_slot *slots = words->slots;
  const uint64_t shift = words->shift;
  // Sixteen bytes can be read from pre-tokens that begin up to here.
  const intptr_t last = (intptr_t)text_count - 16;
  intptr_t start = bounds[0];
  bool has_long = false;
  for (size_t i = 0; i < count; i++) {
    const intptr_t end = bounds[i + 1];
    const size_t length = (size_t)(end - start);
    if (LIKELY(length <= ck_word_short && start <= last)) {
      keys[i].low = load64(text + start) & low_masks[length];
      keys[i].high = (load64(text + start + 8) & high_masks[length]) | (uint64_t)length << 56;
    } else {
      other_key(text + start, length, &keys[i]);
      has_long = true;
    }
    keys[i].line = ck_word_hash(keys[i].low, keys[i].high) >> shift;
    __builtin_prefetch(slots + 2 * keys[i].line, 0, 3);
    start = end;
  }
  if (!has_long) return;
  // The lines have been asked for, so that the records of long pre-tokens can be asked for too.
  for (size_t i = 0; i < count; i++) {
    if ((keys[i].high & ck_word_long) == 0) continue;
    const ck_word_slot *slot = slots + 2 * keys[i].line;
    if (!holds(slot, &keys[i])) slot += 1;
    if (holds(slot, &keys[i])) __builtin_prefetch(words->ring + (uint32_t)slot->first, 0, 3);
  }
}

WIDEST size_t ck_word_ids(const uint8_t *text, const intptr_t *bounds, const ck_word_key *keys,
                          size_t from, size_t count, const ck_words *words, uint32_t **ids) {
  const ck_word_slot *slots = words->slots;
  uint32_t *out = *ids;
  for (; from < count; from++) {
    const ck_word_key *key = &keys[from];
    const ck_word_slot *slot = slots + 2 * key->line;
    // Both slots are looked at: which of them it is cannot be predicted.
    slot += holds(slot + 1, key);
    if (!LIKELY(holds(slot, key))) {
      slot = find_behind(words, key);
      if (slot == NULL) break;
    }
    const uint64_t id_count = slot->second >> 56;
    if (LIKELY(id_count <= ck_word_inline_ids)) {
#if defined(__x86_64__)
      bytes16 packed;
      memcpy(&packed, &slot->first, 16);
      const bytes16 none = {0};
      const bytes32 spread = __builtin_shufflevector(
          packed, none, 0, 1, 2, 16, 3, 4, 5, 16, 6, 7, 8, 16, 9, 10, 11, 16, 12, 13, 14, 16, 16, 16, 16,
          16, 16, 16, 16, 16, 16, 16, 16, 16);
      memcpy(out, &spread, 32);
#else
      const uint64_t first = slot->first, second = slot->second;
      out[0] = first & 0xFFFFFF;
      out[1] = first >> 24 & 0xFFFFFF;
      out[2] = first >> 48 | (second & 0xFF) << 16;
      out[3] = second >> 8 & 0xFFFFFF;
      out[4] = second >> 32 & 0xFFFFFF;
#endif
      out += id_count;
      continue;
    }
    *ids = out;
    if (!far_ids(words, slot, text + bounds[from], ids)) return from;
    out = *ids;
  }
  *ids = out;
  return from;
}
