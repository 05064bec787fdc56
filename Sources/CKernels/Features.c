#include "Features.h"

#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define WIDEST
#endif
#define INLINE static inline __attribute__((always_inline))

INLINE uint32_t *take_word(size_t word, uint64_t *marks, const uint64_t *wanted, size_t *marked,
                           uint32_t *next) {
  // `wanted` may be `marks` itself.
  uint64_t bits = marks[word] & wanted[word];
  *marked += (size_t)__builtin_popcountll(marks[word]);
  marks[word] = 0;
  for (; bits != 0; bits &= bits - 1)
    *next++ = (uint32_t)(word * 64 + (size_t)__builtin_ctzll(bits));
  return next;
}

// Where most words have bits, looking at all of them in order is cheaper than finding the ones that do.
WIDEST ck_taken_t ck_take_features(uint64_t summary, uint64_t *marks, const uint64_t *wanted,
                                   uint32_t *features) {
  size_t marked = 0;
  uint32_t *next = features;
  if (summary == ~(uint64_t)0) {
    for (size_t word = 0; word < 64; word++)
      next = take_word(word, marks, wanted, &marked, next);
  } else {
    for (; summary != 0; summary &= summary - 1)
      next = take_word((size_t)__builtin_ctzll(summary), marks, wanted, &marked, next);
  }
  return (ck_taken_t){marked, (size_t)(next - features)};
}
