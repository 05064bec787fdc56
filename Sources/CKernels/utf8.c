// UTF-8 validation: J. Keiser, D. Lemire, "Validating UTF-8 In Less Than One Instruction Per Byte",
// Software: Practice and Experience 51 (5), 2021. Three table look-ups by nibble give, for every byte
// and the one before it, the set of errors the pair can be part of; what remains in all three is one.
#include "ck_utf8.h"
#include <string.h>

// --- The plain way: Table 3-7 of the Unicode Standard. ---

static bool is_trail(uint8_t byte) { return (byte & 0xC0) == 0x80; }

static bool valid_scalar(const uint8_t *p, size_t n) {
  size_t i = 0;
  while (i < n) {
    uint8_t lead = p[i];
    if (lead < 0x80) {
      i += 1;
    } else if (lead >= 0xC2 && lead <= 0xDF) {
      if (n - i < 2 || !is_trail(p[i + 1])) return false;
      i += 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      uint8_t low = lead == 0xE0 ? 0xA0 : 0x80, high = lead == 0xED ? 0x9F : 0xBF;
      if (n - i < 3 || p[i + 1] < low || p[i + 1] > high || !is_trail(p[i + 2])) return false;
      i += 3;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      uint8_t low = lead == 0xF0 ? 0x90 : 0x80, high = lead == 0xF4 ? 0x8F : 0xBF;
      if (n - i < 4 || p[i + 1] < low || p[i + 1] > high) return false;
      if (!is_trail(p[i + 2]) || !is_trail(p[i + 3])) return false;
      i += 4;
    } else {
      return false;
    }
  }
  return true;
}

#if defined(__x86_64__)
#include <immintrin.h>

// The errors a pair of bytes can be part of, one bit each.
enum {
  too_short = 1 << 0,   // a lead byte without its trail
  too_long = 1 << 1,    // a trail byte after ASCII
  overlong_3 = 1 << 2,  // E0 80..9F
  too_large_1000 = 1 << 3,
  surrogate = 1 << 4,   // ED A0..BF
  overlong_2 = 1 << 5,  // C0, C1
  overlong_4 = 1 << 6,  // F0 80..8F; shares its bit with too large by 1000
  two_trails = 1 << 7,  // legal only as the third or fourth byte
  too_large = too_large_1000,
  too_large_f5 = overlong_4,
  carry = too_short | too_long | two_trails,
};

// By the high nibble of the byte before.
#define FIRST_HIGH                                                                              \
  too_long, too_long, too_long, too_long, too_long, too_long, too_long, too_long,               \
      (char)two_trails, (char)two_trails, (char)two_trails, (char)two_trails,                   \
      too_short | overlong_2, too_short, too_short | overlong_3 | surrogate,                    \
      too_short | too_large | too_large_f5 | overlong_4

// By the low nibble of the byte before.
#define FIRST_LOW                                                                               \
  (char)(carry | overlong_3 | overlong_2 | overlong_4), (char)(carry | overlong_2),             \
      (char)carry, (char)carry, (char)(carry | too_large),                                      \
      (char)(carry | too_large | too_large_f5), (char)(carry | too_large | too_large_f5),       \
      (char)(carry | too_large | too_large_f5), (char)(carry | too_large | too_large_f5),       \
      (char)(carry | too_large | too_large_f5), (char)(carry | too_large | too_large_f5),       \
      (char)(carry | too_large | too_large_f5), (char)(carry | too_large | too_large_f5),       \
      (char)(carry | too_large | too_large_f5 | surrogate),                                     \
      (char)(carry | too_large | too_large_f5), (char)(carry | too_large | too_large_f5)

// By the high nibble of the byte itself.
#define SECOND_HIGH                                                                             \
  too_short, too_short, too_short, too_short, too_short, too_short, too_short, too_short,       \
      (char)(too_long | overlong_2 | two_trails | overlong_3 | too_large_f5 | overlong_4),      \
      (char)(too_long | overlong_2 | two_trails | overlong_3 | too_large),                      \
      (char)(too_long | overlong_2 | two_trails | surrogate | too_large),                       \
      (char)(too_long | overlong_2 | two_trails | surrogate | too_large), too_short, too_short, \
      too_short, too_short

// The last three bytes of a block must not want more trail bytes than the block has left.
#define LAST_THREE (char)(0xF0 - 1), (char)(0xE0 - 1), (char)(0xC0 - 1)

// A byte two after E0..FF or three after F0..FF gets its high bit.
#define THIRD_FROM (char)(0xE0 - 0x80)
#define FOURTH_FROM (char)(0xF0 - 0x80)

#define THIRTEEN(X) X, X, X, X, X, X, X, X, X, X, X, X, X

__attribute__((target("ssse3"))) static inline __m128i errors16(__m128i now, __m128i before) {
  const __m128i nibble = _mm_set1_epi8(0x0F);
  __m128i one = _mm_alignr_epi8(now, before, 15);
  __m128i two = _mm_alignr_epi8(now, before, 14);
  __m128i three = _mm_alignr_epi8(now, before, 13);
  __m128i high = _mm_and_si128(_mm_srli_epi16(one, 4), nibble);
  __m128i pair = _mm_shuffle_epi8(_mm_setr_epi8(FIRST_HIGH), high);
  pair = _mm_and_si128(
      pair, _mm_shuffle_epi8(_mm_setr_epi8(FIRST_LOW), _mm_and_si128(one, nibble)));
  high = _mm_and_si128(_mm_srli_epi16(now, 4), nibble);
  pair = _mm_and_si128(pair, _mm_shuffle_epi8(_mm_setr_epi8(SECOND_HIGH), high));
  __m128i wanted = _mm_or_si128(_mm_subs_epu8(two, _mm_set1_epi8(THIRD_FROM)),
                                _mm_subs_epu8(three, _mm_set1_epi8(FOURTH_FROM)));
  return _mm_xor_si128(_mm_and_si128(wanted, _mm_set1_epi8((char)0x80)), pair);
}

__attribute__((target("ssse3"))) static bool valid_ssse3(const uint8_t *p, size_t n) {
  const __m128i limit = _mm_setr_epi8(THIRTEEN(-1), LAST_THREE);
  __m128i error = _mm_setzero_si128(), before = error;
  uint8_t tail[64];
  for (size_t i = 0;; i += 64) {
    const uint8_t *q = p + i;
    bool last = n - i < 64;
    if (last) {
      memset(tail, ' ', 64);
      if (n - i > 0) memcpy(tail, q, n - i);
      q = tail;
    }
    __m128i a = _mm_loadu_si128((const __m128i *)q);
    __m128i b = _mm_loadu_si128((const __m128i *)(q + 16));
    __m128i c = _mm_loadu_si128((const __m128i *)(q + 32));
    __m128i d = _mm_loadu_si128((const __m128i *)(q + 48));
    if (_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d))) == 0) {
      error = _mm_or_si128(error, _mm_subs_epu8(before, limit));
    } else {
      error = _mm_or_si128(error, _mm_or_si128(errors16(a, before), errors16(b, a)));
      error = _mm_or_si128(error, _mm_or_si128(errors16(c, b), errors16(d, c)));
    }
    before = d;
    if (last) break;
  }
  error = _mm_or_si128(error, _mm_subs_epu8(before, limit));
  return _mm_movemask_epi8(_mm_cmpeq_epi8(error, _mm_setzero_si128())) == 0xFFFF;
}

#define TWICE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

__attribute__((target("avx2"))) static inline __m256i errors32(__m256i now, __m256i before) {
  const __m256i nibble = _mm256_set1_epi8(0x0F);
  __m256i joint = _mm256_permute2x128_si256(before, now, 0x21);
  __m256i one = _mm256_alignr_epi8(now, joint, 15);
  __m256i two = _mm256_alignr_epi8(now, joint, 14);
  __m256i three = _mm256_alignr_epi8(now, joint, 13);
  __m256i high = _mm256_and_si256(_mm256_srli_epi16(one, 4), nibble);
  __m256i pair = _mm256_shuffle_epi8(TWICE(FIRST_HIGH), high);
  pair = _mm256_and_si256(
      pair, _mm256_shuffle_epi8(TWICE(FIRST_LOW), _mm256_and_si256(one, nibble)));
  high = _mm256_and_si256(_mm256_srli_epi16(now, 4), nibble);
  pair = _mm256_and_si256(pair, _mm256_shuffle_epi8(TWICE(SECOND_HIGH), high));
  __m256i wanted = _mm256_or_si256(_mm256_subs_epu8(two, _mm256_set1_epi8(THIRD_FROM)),
                                   _mm256_subs_epu8(three, _mm256_set1_epi8(FOURTH_FROM)));
  return _mm256_xor_si256(_mm256_and_si256(wanted, _mm256_set1_epi8((char)0x80)), pair);
}

__attribute__((target("avx2"))) static bool valid_avx2(const uint8_t *p, size_t n) {
  const __m256i limit =
      _mm256_setr_epi8(THIRTEEN(-1), -1, -1, -1, THIRTEEN(-1), LAST_THREE);
  __m256i error = _mm256_setzero_si256(), before = error;
  uint8_t tail[64];
  for (size_t i = 0;; i += 64) {
    const uint8_t *q = p + i;
    bool last = n - i < 64;
    if (last) {
      memset(tail, ' ', 64);
      if (n - i > 0) memcpy(tail, q, n - i);
      q = tail;
    }
    __m256i a = _mm256_loadu_si256((const __m256i *)q);
    __m256i b = _mm256_loadu_si256((const __m256i *)(q + 32));
    if (_mm256_movemask_epi8(_mm256_or_si256(a, b)) == 0) {
      error = _mm256_or_si256(error, _mm256_subs_epu8(before, limit));
    } else {
      error = _mm256_or_si256(error, _mm256_or_si256(errors32(a, before), errors32(b, a)));
    }
    before = b;
    if (last) break;
  }
  error = _mm256_or_si256(error, _mm256_subs_epu8(before, limit));
  return _mm256_testz_si256(error, error);
}

#define FOURFOLD(...) _mm512_broadcast_i32x4(_mm_setr_epi8(__VA_ARGS__))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))

AVX512 static inline __m512i errors64(__m512i now, __m512i before, __m512i one_back) {
  const __m512i nibble = _mm512_set1_epi8(0x0F), step = _mm512_set1_epi8(1);
  __m512i two_back = _mm512_sub_epi8(one_back, step);
  __m512i three_back = _mm512_sub_epi8(two_back, step);
  __m512i one = _mm512_permutex2var_epi8(before, one_back, now);
  __m512i two = _mm512_permutex2var_epi8(before, two_back, now);
  __m512i three = _mm512_permutex2var_epi8(before, three_back, now);
  __m512i high = _mm512_and_si512(_mm512_srli_epi16(one, 4), nibble);
  __m512i pair = _mm512_shuffle_epi8(FOURFOLD(FIRST_HIGH), high);
  pair = _mm512_and_si512(
      pair, _mm512_shuffle_epi8(FOURFOLD(FIRST_LOW), _mm512_and_si512(one, nibble)));
  high = _mm512_and_si512(_mm512_srli_epi16(now, 4), nibble);
  pair = _mm512_and_si512(pair, _mm512_shuffle_epi8(FOURFOLD(SECOND_HIGH), high));
  __m512i wanted = _mm512_or_si512(_mm512_subs_epu8(two, _mm512_set1_epi8(THIRD_FROM)),
                                   _mm512_subs_epu8(three, _mm512_set1_epi8(FOURTH_FROM)));
  return _mm512_xor_si512(_mm512_and_si512(wanted, _mm512_set1_epi8((char)0x80)), pair);
}

AVX512 static inline bool is_ascii256(const uint8_t *p) {
  const __m512i one = _mm512_or_si512(_mm512_loadu_si512(p), _mm512_loadu_si512(p + 64));
  const __m512i other = _mm512_or_si512(_mm512_loadu_si512(p + 128), _mm512_loadu_si512(p + 192));
  return _mm512_movepi8_mask(_mm512_or_si512(one, other)) == 0;
}

AVX512 static bool valid_avx512(const uint8_t *p, size_t n) {
  uint8_t numbers[64], limits[64];
  for (int k = 0; k < 64; k++) numbers[k] = (uint8_t)(63 + k);
  memset(limits, 0xFF, 64);
  limits[61] = 0xF0 - 1;
  limits[62] = 0xE0 - 1;
  limits[63] = 0xC0 - 1;
  const __m512i one_back = _mm512_loadu_si512(numbers), limit = _mm512_loadu_si512(limits);
  __m512i error = _mm512_setzero_si512(), before = error;
  for (size_t i = 0;; i += 64) {
    bool last = n - i < 64;
    __m512i now;
    if (last) {
      __mmask64 left = ((__mmask64)1 << (n - i)) - 1;
      now = _mm512_mask_loadu_epi8(_mm512_set1_epi8(' '), left, p + i);
    } else {
      now = _mm512_loadu_si512(p + i);
    }
    if (_mm512_movepi8_mask(now) == 0) {
      error = _mm512_or_si512(error, _mm512_subs_epu8(before, limit));
      // Behind one block of ASCII many more are likely, and they take nothing but a look.
      while (n - i >= 5 * 64 && is_ascii256(p + i + 64)) i += 4 * 64;
    } else {
      error = _mm512_or_si512(error, errors64(now, before, one_back));
    }
    before = now;
    if (last) break;
  }
  error = _mm512_or_si512(error, _mm512_subs_epu8(before, limit));
  return _mm512_test_epi8_mask(error, error) == 0;
}

bool ck_utf8_can(enum ck_utf8_way way) {
  switch (way) {
    case ck_utf8_scalar: return true;
    case ck_utf8_ssse3: return __builtin_cpu_supports("ssse3");
    case ck_utf8_avx2: return __builtin_cpu_supports("avx2");
    case ck_utf8_avx512:
      return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
             __builtin_cpu_supports("avx512vbmi");
  }
  return false;
}

bool ck_utf8_valid_by(enum ck_utf8_way way, const uint8_t *bytes, size_t count) {
  switch (way) {
    case ck_utf8_scalar: return valid_scalar(bytes, count);
    case ck_utf8_ssse3: return valid_ssse3(bytes, count);
    case ck_utf8_avx2: return valid_avx2(bytes, count);
    case ck_utf8_avx512: return valid_avx512(bytes, count);
  }
  return false;
}

#else

bool ck_utf8_can(enum ck_utf8_way way) { return way == ck_utf8_scalar; }

bool ck_utf8_valid_by(enum ck_utf8_way way, const uint8_t *bytes, size_t count) {
  return way == ck_utf8_scalar && valid_scalar(bytes, count);
}

#endif

bool ck_utf8_valid(const uint8_t *bytes, size_t count) {
  // Chosen at the first call; threads that choose at once choose the same.
  static _Atomic int chosen = -1;
  int way = chosen;
  if (way < 0) {
    way = ck_utf8_avx512;
    while (!ck_utf8_can((enum ck_utf8_way)way)) way -= 1;
    chosen = way;
  }
  return ck_utf8_valid_by((enum ck_utf8_way)way, bytes, count);
}
