// Sets of features as bitmaps: the loop that empties one.
#ifndef CKERNELS_FEATURES_H
#define CKERNELS_FEATURES_H

#include <stddef.h>
#include <stdint.h>

/// What was in the words of a bitmap.
typedef struct {
  /// Bits that were set.
  size_t marked;
  /// Those of them that were wanted too.
  size_t found;
} ck_taken_t;

/// Clears the words of `marks` that `summary` names, bit `i` word `i`, and writes the numbers of the bits that
/// were set there and in `wanted` to `features`, ascending. Both bitmaps have the words that `summary` names,
/// 64 at most and may be one, and `features` has room for 64 numbers a word; bit 0 of the first word is number 0.
ck_taken_t ck_take_features(uint64_t summary, uint64_t *marks, const uint64_t *wanted,
                            uint32_t *features);

#endif
