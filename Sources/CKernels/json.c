#include "ck_json.h"
#include "ck_masks.h"
#include <string.h>

// --- Single escapes. ---

// What the letter after a backslash stands for; 0 where that is no escape of two bytes.
static const uint8_t meanings[256] = {
    ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f',
    ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',
};

// The letter that stands for a byte after a backslash; 0 where there is none.
static const uint8_t letters[128] = {
    ['"'] = '"', ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't',
};

// 16 more than the value of a hexadecimal digit; 0 for other bytes.
static const uint8_t digits[256] = {
    ['0'] = 16, ['1'] = 17, ['2'] = 18, ['3'] = 19, ['4'] = 20, ['5'] = 21, ['6'] = 22, ['7'] = 23,
    ['8'] = 24, ['9'] = 25, ['a'] = 26, ['b'] = 27, ['c'] = 28, ['d'] = 29, ['e'] = 30, ['f'] = 31,
    ['A'] = 26, ['B'] = 27, ['C'] = 28, ['D'] = 29, ['E'] = 30, ['F'] = 31,
};

// The value of four hexadecimal digits; above 0xFFFF when they are not.
static inline uint32_t hexadecimal(const uint8_t *p) {
  const uint32_t a = digits[p[0]], b = digits[p[1]], c = digits[p[2]], d = digits[p[3]];
  if ((a & b & c & d) == 0) return UINT32_MAX;
  return (a << 12) + (b << 8) + (c << 4) + d - 0x11110;
}

static inline size_t encode(uint32_t scalar, uint8_t *into) {
  if (scalar < 0x80) {
    into[0] = (uint8_t)scalar;
    return 1;
  }
  if (scalar < 0x800) {
    into[0] = (uint8_t)(0xC0 | scalar >> 6);
    into[1] = (uint8_t)(0x80 | (scalar & 0x3F));
    return 2;
  }
  if (scalar < 0x10000) {
    into[0] = (uint8_t)(0xE0 | scalar >> 12);
    into[1] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
    into[2] = (uint8_t)(0x80 | (scalar & 0x3F));
    return 3;
  }
  into[0] = (uint8_t)(0xF0 | scalar >> 18);
  into[1] = (uint8_t)(0x80 | (scalar >> 12 & 0x3F));
  into[2] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
  into[3] = (uint8_t)(0x80 | (scalar & 0x3F));
  return 4;
}

// Writes the escape of a quote, a backslash or a control.
static inline size_t write_escape(uint8_t byte, uint8_t *into) {
  static const uint8_t hexadecimal_digits[16] = "0123456789abcdef";
  into[0] = '\\';
  if (letters[byte] != 0) {
    into[1] = letters[byte];
    return 2;
  }
  into[1] = 'u', into[2] = '0', into[3] = '0';
  into[4] = hexadecimal_digits[byte >> 4];
  into[5] = hexadecimal_digits[byte & 15];
  return 6;
}

// Undoes the run of \u escapes at `read`, or one escape of two bytes; false when there is none.
// With `respells`, what must be escaped is escaped again.
static inline bool undo_escapes(
    const uint8_t *from, size_t count, uint8_t *into, ck_json_progress *progress, bool respells) {
  size_t read = progress->read, written = progress->written, text = progress->text;
  if (count - read < 2) return false;
  if (from[read + 1] != 'u') {
    const uint8_t meaning = meanings[from[read + 1]];
    if (meaning == 0) return false;
    if (respells && letters[meaning] != 0) {
      written += write_escape(meaning, into + written);
    } else {
      into[written++] = meaning;
    }
    progress->read = read + 2, progress->written = written, progress->text = text + 1;
    return true;
  }
  bool is_undone = false;
  while (count - read >= 6 && from[read] == '\\' && from[read + 1] == 'u') {
    uint32_t scalar = hexadecimal(from + read + 2);
    if (scalar > 0xFFFF) break;
    read += 6;
    if ((scalar & 0xF800) == 0xD800) {
      uint32_t second = UINT32_MAX;
      if (scalar < 0xDC00 && count - read >= 6 && from[read] == '\\' && from[read + 1] == 'u') {
        second = hexadecimal(from + read + 2);
      }
      if ((second & 0xFFFFFC00) == 0xDC00) {
        scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (second & 0x3FF);
        read += 6;
      } else {
        scalar = 0xFFFD;
        progress->surrogates += 1;
      }
    }
    if (respells && (scalar < 0x20 || scalar == '"' || scalar == '\\')) {
      written += write_escape((uint8_t)scalar, into + written);
      text += 1;
    } else {
      const size_t length = encode(scalar, into + written);
      written += length;
      text += length;
    }
    is_undone = true;
  }
  progress->read = read, progress->written = written, progress->text = text;
  return is_undone;
}

// --- Blocks. ---

// Which of 64 bytes matter in a string, one bit a byte.
typedef struct {
  uint64_t backslash, quote, control;
} block_masks;

// The backslashes that begin an escape, given that the first byte is not escaped. The subtraction
// carries through each run of backslashes and so tells odd places in it from even ones: G. Langdale,
// D. Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28 (6), 2019.
static inline uint64_t escaping(uint64_t backslash) {
  const uint64_t odd = 0xAAAAAAAAAAAAAAAA;
  return ((((backslash << 1) | odd) - backslash) ^ odd) & backslash;
}

static inline uint64_t low_bits(size_t count) {
  return count >= 64 ? UINT64_MAX : ((uint64_t)1 << count) - 1;
}

static inline size_t first_bit(uint64_t mask, size_t otherwise) {
  return mask == 0 ? otherwise : (size_t)__builtin_ctzll(mask);
}

#define WAY(name) name##_plain
#define TARGET
static inline block_masks masks_plain(const uint8_t *p) {
  block_masks masks = {0};
  for (int shift = 0; shift < 64; shift += CK_WIDTH) {
    const ck_bytes v = ck_load(p + shift);
    masks.backslash |= ck_mask(ck_equal(v, '\\')) << shift;
    masks.quote |= ck_mask(ck_equal(v, '"')) << shift;
    masks.control |= ck_mask(ck_between(v, 0, 0x1F)) << shift;
  }
  return masks;
}
#include "json_blocks.h"
#undef WAY
#undef TARGET

#if defined(__x86_64__)
#include <immintrin.h>

#define WAY(name) name##_avx2
#define TARGET __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
TARGET static inline block_masks masks_avx2(const uint8_t *p) {
  const __m256i a = _mm256_loadu_si256((const __m256i *)p);
  const __m256i b = _mm256_loadu_si256((const __m256i *)(p + 32));
  const __m256i backslash = _mm256_set1_epi8('\\'), quote = _mm256_set1_epi8('"');
  const __m256i top = _mm256_set1_epi8(0x1F);
#define BITS(one, other)                              \
  ((uint64_t)(uint32_t)_mm256_movemask_epi8(one) |    \
   (uint64_t)(uint32_t)_mm256_movemask_epi8(other) << 32)
  return (block_masks){
      .backslash = BITS(_mm256_cmpeq_epi8(a, backslash), _mm256_cmpeq_epi8(b, backslash)),
      .quote = BITS(_mm256_cmpeq_epi8(a, quote), _mm256_cmpeq_epi8(b, quote)),
      .control = BITS(_mm256_cmpeq_epi8(_mm256_min_epu8(a, top), a),
                      _mm256_cmpeq_epi8(_mm256_min_epu8(b, top), b)),
  };
#undef BITS
}
#include "json_blocks.h"
#undef WAY
#undef TARGET

#define TARGET \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")))
#include "json_avx512.h"
#undef TARGET

bool ck_json_can(enum ck_json_way way) {
  switch (way) {
    case ck_json_plain: return true;
    case ck_json_avx2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
    case ck_json_avx512:
      return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
             __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
             __builtin_cpu_supports("bmi2");
  }
  return false;
}

#define GO(way, name, ...)                                  \
  switch (way) {                                            \
    case ck_json_plain: return name##_plain(__VA_ARGS__);   \
    case ck_json_avx2: return name##_avx2(__VA_ARGS__);     \
    case ck_json_avx512: return name##_avx512(__VA_ARGS__); \
  }                                                         \
  return name##_plain(__VA_ARGS__)

#else

bool ck_json_can(enum ck_json_way way) { return way == ck_json_plain; }

#define GO(way, name, ...) return name##_plain(__VA_ARGS__)

#endif

enum ck_json_way ck_json_best_way(void) {
  // Chosen at the first call; threads that choose at once choose the same.
  static _Atomic int chosen = -1;
  int way = chosen;
  if (way < 0) {
    way = ck_json_avx512;
    while (!ck_json_can((enum ck_json_way)way)) way -= 1;
    chosen = way;
  }
  return (enum ck_json_way)way;
}

enum ck_json_stop ck_json_skip(
    enum ck_json_way way, const uint8_t *from, size_t count, ck_json_progress *progress) {
  GO(way, skip, from, count, progress);
}

enum ck_json_stop ck_json_unescape(
    enum ck_json_way way, const uint8_t *from, size_t count, uint8_t *into,
    ck_json_progress *progress) {
  GO(way, unescape, from, count, into, progress);
}

enum ck_json_stop ck_json_respell(
    enum ck_json_way way, const uint8_t *from, size_t count, uint8_t *into,
    ck_json_progress *progress) {
  GO(way, respell, from, count, into, progress);
}

size_t ck_json_escape(enum ck_json_way way, const uint8_t *from, size_t count, uint8_t *into) {
  GO(way, escape, from, count, into);
}
