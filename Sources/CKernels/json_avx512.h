// The walks over a JSON string with AVX-512: short escapes are undone and made by compressing the
// bytes of a block, without a look at each.

TARGET static inline __m512i load_avx512(const uint8_t *from, size_t count, size_t offset) {
  if (count - offset >= 64) return _mm512_loadu_si512(from + offset);
  return _mm512_mask_loadu_epi8(_mm512_set1_epi8(' '), low_bits(count - offset), from + offset);
}

TARGET static inline block_masks masks_avx512(__m512i v) {
  return (block_masks){
      .backslash = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\\')),
      .quote = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('"')),
      .control = _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(0x20)),
  };
}

// What the bytes stand for after a backslash; 0 where that is no escape of two bytes.
TARGET static inline __m512i meanings_avx512(__m512i v) {
  const __m512i found = _mm512_permutex2var_epi8(
      _mm512_loadu_si512(meanings), v, _mm512_loadu_si512(meanings + 64));
  return _mm512_maskz_mov_epi8(~_mm512_movepi8_mask(v), found);
}

// Loops keep their places in variables of their own, which no store to the output can change, and go
// on from a whole block by a branch, so that one block need not wait for the one before.

// Which bytes are hexadecimal digits.
TARGET static inline uint64_t digits_avx512(__m512i v) {
  const __m512i found = _mm512_permutex2var_epi8(
      _mm512_loadu_si512(digits), v, _mm512_loadu_si512(digits + 64));
  return _mm512_test_epi8_mask(found, found) & ~_mm512_movepi8_mask(v);
}

TARGET static enum ck_json_stop skip_avx512(
    const uint8_t *from, size_t count, ck_json_progress *progress) {
  uint64_t carry = 0;  // Whether an escape at the end of the block before goes on here.
  for (size_t read = 0; read < count; read += 64) {
    const __m512i v = load_avx512(from, count, read);
    const block_masks masks = masks_avx512(v);
    uint64_t ends = masks.quote, escapes = 0;
    if ((masks.backslash | carry) != 0) {
      const uint64_t known = _mm512_test_epi8_mask(meanings_avx512(v), _mm512_set1_epi8(-1));
      escapes = escaping(masks.backslash & ~carry);
      const uint64_t escaped = escapes << 1 | carry;
      ends &= ~escaped;
      uint64_t odd = escaped & ~known & low_bits(first_bit(ends, 64));
      if (odd != 0) {
        // A `u` with four digits in this block; the others are looked at one by one.
        const uint64_t hex = digits_avx512(v), two = hex >> 1 & hex >> 2;
        odd &= ~(_mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('u')) & two & two >> 2);
      }
      for (; odd != 0; odd &= odd - 1) {
        const size_t at = read + (size_t)__builtin_ctzll(odd);
        if (count - at < 5 || from[at] != 'u' || hexadecimal(from + at + 1) > 0xFFFF) {
          progress->read = at - 1;
          return ck_json_refused;
        }
      }
      progress->has_escape |= (escapes & low_bits(first_bit(ends, 64))) != 0;
      carry = escapes >> 63;
    }
    if (ends != 0) {
      const size_t end = first_bit(ends, 64);
      progress->has_control |= (masks.control & low_bits(end)) != 0;
      progress->read = read + end;
      return ck_json_closed;
    }
    progress->has_control |= masks.control != 0;
  }
  progress->read = count - carry;
  return carry != 0 ? ck_json_refused : ck_json_ended;
}

TARGET static enum ck_json_stop unescape_avx512(
    const uint8_t *from, size_t count, uint8_t *into, ck_json_progress *progress) {
  size_t read = progress->read, written = progress->written, text = progress->text;
  uint64_t controls = 0;
  enum ck_json_stop stop = ck_json_ended;
  while (read < count) {
    const size_t left = count - read;
    const __m512i v = load_avx512(from, count, read);
    const block_masks masks = masks_avx512(v);
    if ((masks.backslash | masks.quote) == 0) {
      _mm512_storeu_si512(into + written, v);
      controls |= masks.control;
      if (left < 64) {
        read += left, written += left, text += left;
        break;
      }
      read += 64, written += 64, text += 64;
      continue;
    }
    const __m512i meaning = meanings_avx512(v);
    const uint64_t escapes = escaping(masks.backslash), escaped = escapes << 1;
    // The walk goes up to a closing quote, a cut escape or one that is not of two bytes.
    const uint64_t known = _mm512_test_epi8_mask(meaning, _mm512_set1_epi8(-1));
    const uint64_t odd = escapes & ~(known >> 1);
    const uint64_t stops = (masks.quote & ~escaped) | odd;
    const __m512i plain = _mm512_mask_mov_epi8(v, escaped, meaning);
    if (stops == 0 && left >= 64) {
      _mm512_storeu_si512(into + written, _mm512_maskz_compress_epi8(~escapes, plain));
      const size_t length = 64 - (size_t)__builtin_popcountll(escapes);
      controls |= masks.control;
      read += 64, written += length, text += length;
      continue;
    }
    const size_t end = first_bit(stops, left < 64 ? left : 64);
    const uint64_t kept = ~escapes & low_bits(end);
    _mm512_storeu_si512(into + written, _mm512_maskz_compress_epi8(kept, plain));
    const size_t length = (size_t)__builtin_popcountll(kept);
    controls |= masks.control & low_bits(end);
    read += end, written += length, text += length;
    if (stops == 0 || end >= left) break;
    if ((odd >> end & 1) == 0) {
      stop = ck_json_closed;
      break;
    }
    progress->read = read, progress->written = written, progress->text = text;
    if (!undo_escapes(from, count, into, progress, false)) {
      stop = ck_json_refused;
      break;
    }
    read = progress->read, written = progress->written, text = progress->text;
  }
  progress->read = read, progress->written = written, progress->text = text;
  progress->has_control |= controls != 0;
  return stop;
}

TARGET static enum ck_json_stop respell_avx512(
    const uint8_t *from, size_t count, uint8_t *into, ck_json_progress *progress) {
  size_t read = progress->read, written = progress->written, text = progress->text;
  enum ck_json_stop stop = ck_json_ended;
  while (read < count) {
    const size_t left = count - read;
    const __m512i v = load_avx512(from, count, read);
    const block_masks masks = masks_avx512(v);
    _mm512_storeu_si512(into + written, v);
    if ((masks.backslash | masks.quote | masks.control) == 0) {
      if (left < 64) {
        read += left, written += left, text += left;
        break;
      }
      read += 64, written += 64, text += 64;
      continue;
    }
    // A slash needs no escape, so its escape is not how it is spelled.
    const uint64_t slash = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('/'));
    const uint64_t known =
        _mm512_test_epi8_mask(meanings_avx512(v), _mm512_set1_epi8(-1)) & ~slash;
    const uint64_t escapes = escaping(masks.backslash);
    const uint64_t odd = escapes & ~(known >> 1);
    const uint64_t stops = (masks.quote & ~(escapes << 1)) | odd | masks.control;
    if (stops == 0 && left >= 64) {
      read += 64, written += 64, text += 64 - (size_t)__builtin_popcountll(escapes);
      continue;
    }
    const size_t end = first_bit(stops, left < 64 ? left : 64);
    read += end, written += end;
    text += end - (size_t)__builtin_popcountll(escapes & low_bits(end));
    if (stops == 0 || end >= left) break;
    if (masks.control >> end & 1) {
      stop = ck_json_control;
      break;
    }
    if ((odd >> end & 1) == 0) {
      stop = ck_json_closed;
      break;
    }
    progress->read = read, progress->written = written, progress->text = text;
    if (!undo_escapes(from, count, into, progress, true)) {
      stop = ck_json_refused;
      break;
    }
    read = progress->read, written = progress->written, text = progress->text;
  }
  progress->read = read, progress->written = written, progress->text = text;
  return stop;
}

// Each of 32 bytes becomes a pair, the second of which is kept where the byte needs an escape.
TARGET static size_t escape_avx512(const uint8_t *from, size_t count, uint8_t *into) {
  size_t read = 0, written = 0;
  while (read < count) {
    const size_t left = count - read;
    const __m512i v = load_avx512(from, count, read);
    const block_masks masks = masks_avx512(v);
    const uint64_t special = masks.backslash | masks.quote | masks.control;
    if (special == 0) {
      _mm512_storeu_si512(into + written, v);
      read += left < 64 ? left : 64, written += left < 64 ? left : 64;
      continue;
    }
    const __m512i letter = _mm512_permutex2var_epi8(
        _mm512_loadu_si512(letters), v, _mm512_loadu_si512(letters + 64));
    const uint64_t known = _mm512_test_epi8_mask(letter, _mm512_set1_epi8(-1));
    const uint64_t unknown = special & ~known;
    const size_t end = first_bit(unknown, left < 64 ? left : 64);
    const __m512i first = _mm512_mask_mov_epi8(v, special, _mm512_set1_epi8('\\'));
    for (size_t half = 0; half < end; half += 32) {
      const __m256i low = half == 0 ? _mm512_castsi512_si256(first)
                                    : _mm512_extracti64x4_epi64(first, 1);
      const __m256i high = half == 0 ? _mm512_castsi512_si256(letter)
                                     : _mm512_extracti64x4_epi64(letter, 1);
      const __m512i pairs = _mm512_or_si512(
          _mm512_cvtepu8_epi16(low), _mm512_slli_epi16(_mm512_cvtepu8_epi16(high), 8));
      const size_t length = end - half < 32 ? end - half : 32;
      const uint64_t second = _pdep_u64((uint32_t)(special >> half), 0xAAAAAAAAAAAAAAAA);
      const uint64_t kept = (second | 0x5555555555555555) & low_bits(2 * length);
      _mm512_storeu_si512(into + written, _mm512_maskz_compress_epi8(kept, pairs));
      written += (size_t)__builtin_popcountll(kept);
    }
    read += end;
    if (unknown != 0 && end < left) written += write_escape(from[read++], into + written);
  }
  return written;
}
