// The scan that finds nothing to do in text that is normal already: sixteen bytes of ASCII at a time,
// one table row a character beyond.
#include "ck_text.h"
#include <stdbool.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static bool is_blank(uint8_t byte) { return byte == ' ' || byte == '\t'; }

// Whether the line feed at `i` ends a line in blanks, or is the third in a row.
static bool is_untidy_line_feed(const uint8_t *p, size_t i) {
  if (i >= 1 && is_blank(p[i - 1])) return true;
  return i >= 2 && p[i - 1] == '\n' && p[i - 2] == '\n';
}

#if defined(__SSE2__)

// Which of the 16 bytes from `i` are not printable ASCII, tabs or line feeds; what was met before the
// first of them is added to `met`.
static inline unsigned odd_bytes(const uint8_t *p, size_t i, uint32_t *met) {
  const __m128i v = _mm_loadu_si128((const __m128i *)(p + i));
  const __m128i line_feed = _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'));
  const __m128i tab = _mm_cmpeq_epi8(v, _mm_set1_epi8('\t'));
  const __m128i blank = _mm_or_si128(tab, _mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
  // Signed: bytes from 0x80 are below 0x20 too.
  const __m128i low = _mm_andnot_si128(_mm_or_si128(tab, line_feed),
                                       _mm_cmplt_epi8(v, _mm_set1_epi8(0x20)));
  const __m128i odd = _mm_or_si128(low, _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)));
  const unsigned odd_bits = (unsigned)_mm_movemask_epi8(odd);
  const unsigned below = odd_bits == 0 ? 0xFFFF : (odd_bits & -odd_bits) - 1;
  const unsigned feeds = (unsigned)_mm_movemask_epi8(line_feed) & below;
  if (feeds != 0) {
    unsigned blanks = (unsigned)_mm_movemask_epi8(blank) << 1;
    unsigned one = feeds << 1, two = feeds << 2;
    if (i >= 1) {
      blanks |= is_blank(p[i - 1]);
      one |= p[i - 1] == '\n';
      two |= (unsigned)(p[i - 1] == '\n') << 1;
    }
    if (i >= 2) two |= p[i - 2] == '\n';
    if (feeds & (blanks | (one & two))) *met |= ck_met_spacing;
  }
  return odd_bits;
}

#endif

size_t ck_scan_text(const uint8_t *p, size_t start, size_t n, ck_class_table table,
                    uint32_t *met) {
  size_t i = start;
  uint8_t before = 0;  // The combining class of the character before.
  if (n > 0 && start == 0 && (is_blank(p[0]) || p[0] == '\n')) *met |= ck_met_spacing;
  if (n > 0 && (is_blank(p[n - 1]) || p[n - 1] == '\n')) *met |= ck_met_spacing;
  while (i < n) {
    uint8_t lead = p[i];
    size_t length;
    uint32_t row, column;
    if (lead < 0x80) {
#if defined(__SSE2__)
      if (n - i >= 16) {
        const unsigned odd = odd_bytes(p, i, met);
        if (odd == 0) {
          // By a branch, so that the next 16 need not wait for these.
          before = 0;
          i += 16;
          continue;
        }
        if ((odd & 1) == 0) {
          before = 0;
          i += (unsigned)__builtin_ctz(odd);
          continue;
        }
      }
#endif
      if (lead == '\n' && is_untidy_line_feed(p, i)) *met |= ck_met_spacing;
      row = lead >> 6, column = lead & 63, length = 1;
    } else if (lead < 0xE0) {
      if (n - i < 2) return i;
      row = lead & 0x1F, column = p[i + 1] & 0x3F, length = 2;
    } else if (lead < 0xF0) {
      if (n - i < 3) return i;
      row = (uint32_t)(lead & 0x0F) << 6 | (p[i + 1] & 0x3F), column = p[i + 2] & 0x3F, length = 3;
    } else {
      if (n - i < 4 || lead > 0xF4) return i;
      row = (uint32_t)(lead & 7) << 12 | (uint32_t)(p[i + 1] & 0x3F) << 6 | (p[i + 2] & 0x3F);
      if (row >= 0x110000 >> 6) return i;
      column = p[i + 3] & 0x3F, length = 4;
    }
    const uint8_t class = table.classes[(size_t)table.rows[row] * 64 + column];
    if (class != 0) {
      if (class == ck_class_rewritten) return i;
      if (class == ck_class_doubtful) {
        *met |= ck_met_doubtful;
        before = 0;
      } else if (class == ck_class_space) {
        if (i == 0 || i + length == n || p[i + length] == '\n') *met |= ck_met_spacing;
        before = 0;
      } else {
        if (class < before) *met |= ck_met_doubtful;
        before = class;
      }
    } else {
      before = 0;
    }
    i += length;
  }
  return n;
}
