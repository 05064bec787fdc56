// What a pre-tokenizer asks of 64 bytes at a time, one bit a byte, the first byte in bit 0.
#ifndef CK_SPLIT_MASKS_H
#define CK_SPLIT_MASKS_H

#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// `letter`, `digit`: ASCII ones. `whitespace`: 0x09-0x0D and space. `newline`: CR and LF.
/// `high`: 0x80 and above.
typedef struct {
  uint64_t letter, digit, whitespace, newline, space, apostrophe, high;
} ck_split_masks_t;

#if defined(__SSE2__)

static inline ck_split_masks_t ck_split_masks(const uint8_t *bytes) {
  ck_split_masks_t masks = {0, 0, 0, 0, 0, 0, 0};
  for (int part = 0; part < 4; part++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    __m128i folded = _mm_or_si128(v, _mm_set1_epi8(0x20));
    // Signed comparisons: bytes of 0x80 and above are negative and in no range.
    __m128i letter = _mm_and_si128(_mm_cmpgt_epi8(folded, _mm_set1_epi8('a' - 1)),
                                   _mm_cmplt_epi8(folded, _mm_set1_epi8('z' + 1)));
    __m128i digit = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('0' - 1)),
                                  _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1)));
    __m128i space = _mm_cmpeq_epi8(v, _mm_set1_epi8(' '));
    __m128i control = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(0x08)),
                                    _mm_cmplt_epi8(v, _mm_set1_epi8(0x0E)));
    __m128i newline = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                                   _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')));
    __m128i apostrophe = _mm_cmpeq_epi8(v, _mm_set1_epi8('\''));
    int shift = 16 * part;
    masks.letter |= (uint64_t)(uint32_t)_mm_movemask_epi8(letter) << shift;
    masks.digit |= (uint64_t)(uint32_t)_mm_movemask_epi8(digit) << shift;
    masks.whitespace |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(space, control)) << shift;
    masks.newline |= (uint64_t)(uint32_t)_mm_movemask_epi8(newline) << shift;
    masks.space |= (uint64_t)(uint32_t)_mm_movemask_epi8(space) << shift;
    masks.apostrophe |= (uint64_t)(uint32_t)_mm_movemask_epi8(apostrophe) << shift;
    masks.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(v) << shift;
  }
  return masks;
}

/// Which of 64 bytes lie in a range of ASCII.
static inline uint64_t ck_range_mask(const uint8_t *bytes, uint8_t first, uint8_t last) {
  uint64_t mask = 0;
  for (int part = 0; part < 4; part++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    __m128i found = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)(first - 1))),
                                  _mm_cmplt_epi8(v, _mm_set1_epi8((char)(last + 1))));
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (16 * part);
  }
  return mask;
}

#else

static inline ck_split_masks_t ck_split_masks(const uint8_t *bytes) {
  ck_split_masks_t masks = {0, 0, 0, 0, 0, 0, 0};
  for (int i = 0; i < 64; i++) {
    uint8_t byte = bytes[i], folded = byte | 0x20;
    masks.letter |= (uint64_t)(folded >= 'a' && folded <= 'z') << i;
    masks.digit |= (uint64_t)(byte >= '0' && byte <= '9') << i;
    masks.whitespace |= (uint64_t)(byte == ' ' || (byte >= 0x09 && byte <= 0x0D)) << i;
    masks.newline |= (uint64_t)(byte == '\n' || byte == '\r') << i;
    masks.space |= (uint64_t)(byte == ' ') << i;
    masks.apostrophe |= (uint64_t)(byte == '\'') << i;
    masks.high |= (uint64_t)(byte >> 7) << i;
  }
  return masks;
}

static inline uint64_t ck_range_mask(const uint8_t *bytes, uint8_t first, uint8_t last) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) {
    mask |= (uint64_t)(bytes[i] >= first && bytes[i] <= last) << i;
  }
  return mask;
}

#endif
#endif
