// The few loops that need wide vectors or byte masks. Every function has a slow twin in the tests.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "ByteMasks.h"
#include "Shingles.h"
#include "SplitMasks.h"
#include "ck_masks.h"
#include "ck_properties.h"
#include "ck_text.h"
#include "ck_utf8.h"

/// Asks for the cache line at `address` ahead of its use.
static inline void ck_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// The first occurrence of `needle` in `bytes`, or NULL: the system's memmem, which Swift's Glibc
/// module does not show.
const uint8_t *ck_find(
    const uint8_t *bytes, size_t count, const uint8_t *needle, size_t needle_count);

/// One bit for each of the 16 bytes at `bytes` that a JSON string cannot hold as it is: a quote, a
/// backslash, a control below 0x20. Bit 0 is the first byte.
static inline uint32_t ck_json_special_mask16(const uint8_t *bytes) {
#if defined(__SSE2__)
  __m128i v = _mm_loadu_si128((const __m128i *)bytes);
  __m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
  __m128i backslash = _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'));
  __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v);
  return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), control));
#else
  uint32_t mask = 0;
  for (int i = 0; i < 16; i++) {
    uint8_t b = bytes[i];
    mask |= (uint32_t)(b == '"' || b == '\\' || b < 0x20) << i;
  }
  return mask;
#endif
}

#endif
