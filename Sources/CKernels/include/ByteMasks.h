// Classes of 64 bytes at a time, one bit a byte, the first byte in bit 0.
#ifndef CK_BYTE_MASKS_H
#define CK_BYTE_MASKS_H

#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// `word`: ASCII letters and digits. `sign`: the other visible ASCII, 0x21-0x7E. `high`: 0x80 and
/// above. The remaining bytes, space and controls, are in none of the three.
typedef struct {
  uint64_t word;
  uint64_t sign;
  uint64_t high;
} ck_word_masks_t;

/// `solid`: every byte but the six that Java's `\s` matches. `high`: 0x80 and above.
typedef struct {
  uint64_t solid;
  uint64_t high;
} ck_space_masks_t;

#if defined(__SSE2__)

/// True (0xFF) where `first <= byte < first + count`.
static inline __m128i ck_in_range(__m128i bytes, int first, int count) {
  __m128i moved = _mm_add_epi8(bytes, _mm_set1_epi8((char)(-128 - first)));
  return _mm_cmplt_epi8(moved, _mm_set1_epi8((char)(-128 + count)));
}

static inline ck_word_masks_t ck_word_masks(const uint8_t *bytes) {
  ck_word_masks_t masks = {0, 0, 0};
  for (int part = 0; part < 4; part++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    __m128i folded = _mm_or_si128(v, _mm_set1_epi8(0x20));
    __m128i word = _mm_or_si128(ck_in_range(folded, 'a', 26), ck_in_range(v, '0', 10));
    __m128i visible = ck_in_range(v, 0x21, 0x7F - 0x21);
    uint64_t word_bits = (uint32_t)_mm_movemask_epi8(word);
    uint64_t visible_bits = (uint32_t)_mm_movemask_epi8(visible);
    masks.word |= word_bits << (16 * part);
    masks.sign |= (visible_bits & ~word_bits) << (16 * part);
    masks.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(v) << (16 * part);
  }
  return masks;
}

static inline ck_space_masks_t ck_space_masks(const uint8_t *bytes) {
  ck_space_masks_t masks = {0, 0};
  for (int part = 0; part < 4; part++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    __m128i space = _mm_or_si128(ck_in_range(v, 0x09, 5), _mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
    masks.solid |= (uint64_t)(uint32_t)(~_mm_movemask_epi8(space) & 0xFFFF) << (16 * part);
    masks.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(v) << (16 * part);
  }
  return masks;
}

#else

static inline ck_word_masks_t ck_word_masks(const uint8_t *bytes) {
  ck_word_masks_t masks = {0, 0, 0};
  for (int i = 0; i < 64; i++) {
    uint8_t byte = bytes[i], folded = byte | 0x20;
    uint64_t word = (folded >= 'a' && folded <= 'z') || (byte >= '0' && byte <= '9');
    masks.word |= word << i;
    masks.sign |= (uint64_t)(!word && byte > 0x20 && byte < 0x7F) << i;
    masks.high |= (uint64_t)(byte >> 7) << i;
  }
  return masks;
}

static inline ck_space_masks_t ck_space_masks(const uint8_t *bytes) {
  ck_space_masks_t masks = {0, 0};
  for (int i = 0; i < 64; i++) {
    uint8_t byte = bytes[i];
    masks.solid |= (uint64_t)!(byte == ' ' || (byte >= 0x09 && byte <= 0x0D)) << i;
    masks.high |= (uint64_t)(byte >> 7) << i;
  }
  return masks;
}

#endif
#endif
