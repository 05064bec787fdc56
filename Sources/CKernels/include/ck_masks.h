// Which of 64 bytes belong to a set, one bit a byte, the first byte lowest. Swift has no instruction
// for this (movemask), and everything that walks text by words and lines starts with it.
#ifndef CK_MASKS_H
#define CK_MASKS_H

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>

typedef __m128i ck_bytes;
static inline ck_bytes ck_load(const uint8_t *p) { return _mm_loadu_si128((const __m128i *)p); }
static inline ck_bytes ck_equal(ck_bytes v, uint8_t b) { return _mm_cmpeq_epi8(v, _mm_set1_epi8((char)b)); }
static inline ck_bytes ck_same(ck_bytes v, ck_bytes w) { return _mm_cmpeq_epi8(v, w); }
static inline ck_bytes ck_between(ck_bytes v, uint8_t low, uint8_t high) {
  ck_bytes shifted = _mm_sub_epi8(v, _mm_set1_epi8((char)low));
  return _mm_cmpeq_epi8(_mm_min_epu8(shifted, _mm_set1_epi8((char)(high - low))), shifted);
}
static inline ck_bytes ck_or(ck_bytes a, ck_bytes b) { return _mm_or_si128(a, b); }
static inline ck_bytes ck_and(ck_bytes a, ck_bytes b) { return _mm_and_si128(a, b); }
static inline ck_bytes ck_with_bits(ck_bytes v, uint8_t bits) {
  return _mm_or_si128(v, _mm_set1_epi8((char)bits));
}
static inline uint64_t ck_mask(ck_bytes v) { return (uint32_t)_mm_movemask_epi8(v); }
#define CK_WIDTH 16

#else

typedef struct { uint8_t lane[16]; } ck_bytes;
#define CK_EACH(expression)                                          \
  ck_bytes r;                                                        \
  for (int i = 0; i < 16; i++) r.lane[i] = (uint8_t)(expression);    \
  return r
static inline ck_bytes ck_load(const uint8_t *p) { CK_EACH(p[i]); }
static inline ck_bytes ck_equal(ck_bytes v, uint8_t b) { CK_EACH(v.lane[i] == b ? 255 : 0); }
static inline ck_bytes ck_same(ck_bytes v, ck_bytes w) { CK_EACH(v.lane[i] == w.lane[i] ? 255 : 0); }
static inline ck_bytes ck_between(ck_bytes v, uint8_t low, uint8_t high) {
  CK_EACH(v.lane[i] >= low && v.lane[i] <= high ? 255 : 0);
}
static inline ck_bytes ck_or(ck_bytes a, ck_bytes b) { CK_EACH(a.lane[i] | b.lane[i]); }
static inline ck_bytes ck_and(ck_bytes a, ck_bytes b) { CK_EACH(a.lane[i] & b.lane[i]); }
static inline ck_bytes ck_with_bits(ck_bytes v, uint8_t bits) { CK_EACH(v.lane[i] | bits); }
static inline uint64_t ck_mask(ck_bytes v) {
  uint64_t mask = 0;
  for (int i = 0; i < 16; i++) mask |= (uint64_t)(v.lane[i] >> 7) << i;
  return mask;
}
#define CK_WIDTH 16

#endif

/// The classes that word and line boundaries of ASCII text are made of.
typedef struct {
  uint64_t letters, digits, underscores;
  uint64_t white;          // Python's str.isspace: 09-0D, 1C-20
  uint64_t letter_joints;  // : . '   join two letters
  uint64_t digit_joints;   // , ; . ' join two digits
  uint64_t not_ascii;
  uint64_t repeats_next;   // equal to the byte after it
} ck_text_masks;

/// Reads 65 bytes.
static inline ck_text_masks ck_classify_text(const uint8_t *p) {
  ck_text_masks m = {0};
  for (int shift = 0; shift < 64; shift += CK_WIDTH) {
    ck_bytes v = ck_load(p + shift);
    m.repeats_next |= ck_mask(ck_same(v, ck_load(p + shift + 1))) << shift;
    ck_bytes either = ck_or(ck_equal(v, '.'), ck_equal(v, '\''));
    m.letters |= ck_mask(ck_between(ck_with_bits(v, 0x20), 'a', 'z')) << shift;
    m.digits |= ck_mask(ck_between(v, '0', '9')) << shift;
    m.underscores |= ck_mask(ck_equal(v, '_')) << shift;
    m.white |= ck_mask(ck_or(ck_between(v, 0x09, 0x0D), ck_between(v, 0x1C, 0x20))) << shift;
    m.letter_joints |= ck_mask(ck_or(either, ck_equal(v, ':'))) << shift;
    m.digit_joints |= ck_mask(ck_or(either, ck_or(ck_equal(v, ','), ck_equal(v, ';')))) << shift;
    m.not_ascii |= ck_mask(v) << shift;
  }
  return m;
}

/// ASCII white space, and the first bytes of the white space beyond ASCII (C2, E1, E2, E3).
static inline void ck_white_space(const uint8_t *p, uint64_t *ascii, uint64_t *leads) {
  *ascii = *leads = 0;
  for (int shift = 0; shift < 64; shift += CK_WIDTH) {
    ck_bytes v = ck_load(p + shift);
    *ascii |= ck_mask(ck_or(ck_between(v, 0x09, 0x0D), ck_between(v, 0x1C, 0x20))) << shift;
    *leads |= ck_mask(ck_or(ck_equal(v, 0xC2), ck_between(v, 0xE1, 0xE3))) << shift;
  }
}

/// ASCII line ends (0A-0D, 1C-1E), and the first bytes of those beyond ASCII (C2, E2).
static inline void ck_line_ends(const uint8_t *p, uint64_t *ascii, uint64_t *leads) {
  *ascii = *leads = 0;
  for (int shift = 0; shift < 64; shift += CK_WIDTH) {
    ck_bytes v = ck_load(p + shift);
    *ascii |= ck_mask(ck_or(ck_between(v, 0x0A, 0x0D), ck_between(v, 0x1C, 0x1E))) << shift;
    *leads |= ck_mask(ck_or(ck_equal(v, 0xC2), ck_equal(v, 0xE2))) << shift;
  }
}

/// Bytes equal to `byte`.
static inline uint64_t ck_equal_bytes(const uint8_t *p, uint8_t byte) {
  uint64_t mask = 0;
  for (int shift = 0; shift < 64; shift += CK_WIDTH)
    mask |= ck_mask(ck_equal(ck_load(p + shift), byte)) << shift;
  return mask;
}

/// Places i where p[i] is `first` and p[i + distance] is `second`, each after or-ing `bits`.
/// Reads 64 + distance bytes.
static inline uint64_t ck_byte_pairs(
    const uint8_t *p, uint8_t bits, uint8_t first, intptr_t distance, uint8_t second) {
  uint64_t mask = 0;
  for (int shift = 0; shift < 64; shift += CK_WIDTH) {
    ck_bytes a = ck_equal(ck_with_bits(ck_load(p + shift), bits), first);
    ck_bytes b = ck_equal(ck_with_bits(ck_load(p + shift + distance), bits), second);
    mask |= ck_mask(ck_and(a, b)) << shift;
  }
  return mask;
}

#endif
