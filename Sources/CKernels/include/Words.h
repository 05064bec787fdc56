// The two loops of a byte-level encoder: pre-tokens to keys, and keys to the ids remembered for them.
#ifndef CK_WORDS_H
#define CK_WORDS_H

#include <stddef.h>
#include <stdint.h>

/// Pre-tokens of up to so many bytes are their own keys; of longer ones a key is a hash.
enum { ck_word_short = 15 };
/// Longer pre-tokens are not remembered.
enum { ck_word_longest = 1024 };
/// So many ids lie in the slot itself.
enum { ck_word_inline_ids = 5 };
/// A pre-token lies in one of so many lines, from that of its hash on.
enum { ck_word_lines = 8 };
/// Set in the last byte of a slot whose ids, and bytes of a long pre-token, are in the ring.
static const uint64_t ck_word_far = (uint64_t)0x80 << 56;
/// Set in `high` of a long pre-token.
static const uint64_t ck_word_long = (uint64_t)0x80 << 56;

/// Half a cache line: `low` and `high` are the pre-token, its bytes with zeros behind them and in the
/// last byte their number; both zero when the slot is empty. `first` and `second` are five ids of 24
/// bits and in the last byte their number, or the offset and turn of the ring and the number of ids.
typedef struct {
  uint64_t low, high, first, second;
} ck_word_slot;

/// A key and the line where the search for it begins. `high` is 0 when the pre-token is not remembered.
typedef struct {
  uint64_t low, high, line;
} ck_word_key;

/// A table of 2^n lines of two slots, and the ring of records: the bytes of a long pre-token, then ids of 24
/// bits. Twelve bytes more than the ring holds can be read. Records are those of turn `turn` below
/// `head`, and those of the turn before from `head` on.
typedef struct {
  const ck_word_slot *slots;
  uint64_t line_mask;
  /// How far a hash is shifted to the right to be a line.
  uint64_t shift;
  const uint8_t *ring;
  uint32_t head, turn;
} ck_words;

static inline uint64_t ck_word_hash(uint64_t low, uint64_t high) {
  const __uint128_t product = (__uint128_t)(low ^ 0x9E3779B97F4A7C15) * (high ^ 0xD6E8FEB86659FD93);
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/// The key of one pre-token of one byte or more, by itself.
ck_word_key ck_word_key_of(const uint8_t *bytes, size_t count, const ck_words *words);

/// Makes the keys of `count` pre-tokens, which lie between `count + 1` bounds in the text, and asks for
/// the memory where they may be remembered.
void ck_word_keys(const uint8_t *text, size_t text_count, const intptr_t *bounds, size_t count,
                  const ck_words *words, ck_word_key *keys);

/// Writes the ids of successive pre-tokens at `*ids` and moves it behind them, up to `count` or the first
/// pre-token that is not remembered, whose number it returns. Eight ids more than there are may be
/// written.
size_t ck_word_ids(const uint8_t *text, const intptr_t *bounds, const ck_word_key *keys, size_t from,
                   size_t count, const ck_words *words, uint32_t **ids);

#endif
