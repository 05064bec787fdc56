// The walks over a JSON string by masks of 64 bytes, for WAY: included once for each TARGET.

// The block at `offset`, or what is left of it, followed by spaces in `tail`.
TARGET static inline const uint8_t *WAY(block)(
    const uint8_t *from, size_t count, size_t offset, uint8_t *tail) {
  if (count - offset >= 64) return from + offset;
  memset(tail, ' ', 64);
  memcpy(tail, from + offset, count - offset);
  return tail;
}

TARGET static enum ck_json_stop WAY(skip)(
    const uint8_t *from, size_t count, ck_json_progress *progress) {
  uint8_t tail[64];
  size_t read = 0;
  while (read < count) {
    const size_t left = count - read;
    const block_masks masks = WAY(masks)(WAY(block)(from, count, read, tail));
    const uint64_t escapes = escaping(masks.backslash);
    const size_t end = first_bit(masks.quote & ~(escapes << 1), 64);
    progress->has_control |= (masks.control & low_bits(end)) != 0;
    // An escape that the block cuts is looked at again with the next.
    const size_t whole = end == 64 && (escapes >> 63) != 0 ? 63 : end;
    progress->has_escape |= (escapes & low_bits(whole)) != 0;
    for (uint64_t rest = escapes & low_bits(whole); rest != 0; rest &= rest - 1) {
      const size_t at = read + (size_t)__builtin_ctzll(rest);
      const bool is_short = count - at >= 2 && meanings[from[at + 1]] != 0;
      if (is_short) continue;
      if (count - at < 6 || from[at + 1] != 'u' || hexadecimal(from + at + 2) > 0xFFFF) {
        progress->read = at;
        return ck_json_refused;
      }
    }
    read += whole < left ? whole : left;
    if (end < 64) {
      progress->read = read;
      return ck_json_closed;
    }
  }
  progress->read = count;
  return ck_json_ended;
}

TARGET static enum ck_json_stop WAY(unescape)(
    const uint8_t *from, size_t count, uint8_t *into, ck_json_progress *progress) {
  uint8_t tail[64];
  ck_json_progress at = *progress;  // a copy, which no store to the output can change
  enum ck_json_stop stop = ck_json_ended;
  while (at.read < count) {
    const size_t left = count - at.read;
    const uint8_t *block = WAY(block)(from, count, at.read, tail);
    const block_masks masks = WAY(masks)(block);
    memcpy(into + at.written, block, 64);
    const uint64_t stops = masks.backslash | masks.quote;
    const size_t end = first_bit(stops, left < 64 ? left : 64);
    at.has_control |= (masks.control & low_bits(end)) != 0;
    at.read += end, at.written += end, at.text += end;
    if (end == 64 || end == left) continue;
    if (from[at.read] == '"') {
      stop = ck_json_closed;
      break;
    }
    if (!undo_escapes(from, count, into, &at, false)) {
      stop = ck_json_refused;
      break;
    }
  }
  *progress = at;
  return stop;
}

TARGET static enum ck_json_stop WAY(respell)(
    const uint8_t *from, size_t count, uint8_t *into, ck_json_progress *progress) {
  uint8_t tail[64];
  ck_json_progress at = *progress;  // a copy, which no store to the output can change
  enum ck_json_stop stop = ck_json_ended;
  while (at.read < count) {
    const size_t left = count - at.read;
    const uint8_t *block = WAY(block)(from, count, at.read, tail);
    const block_masks masks = WAY(masks)(block);
    memcpy(into + at.written, block, 64);
    const uint64_t stops = masks.backslash | masks.quote | masks.control;
    const size_t end = first_bit(stops, left < 64 ? left : 64);
    at.read += end, at.written += end, at.text += end;
    if (end == 64 || end == left) continue;
    if (from[at.read] == '"') {
      stop = ck_json_closed;
      break;
    }
    if (from[at.read] != '\\') {
      stop = ck_json_control;
      break;
    }
    if (!undo_escapes(from, count, into, &at, true)) {
      stop = ck_json_refused;
      break;
    }
  }
  *progress = at;
  return stop;
}

TARGET static size_t WAY(escape)(const uint8_t *from, size_t count, uint8_t *into) {
  uint8_t tail[64];
  size_t read = 0, written = 0;
  while (read < count) {
    const size_t left = count - read;
    const uint8_t *block = WAY(block)(from, count, read, tail);
    const block_masks masks = WAY(masks)(block);
    memcpy(into + written, block, 64);
    const uint64_t stops = masks.backslash | masks.quote | masks.control;
    const size_t end = first_bit(stops, left < 64 ? left : 64);
    read += end;
    written += end;
    if (end < 64 && end < left) written += write_escape(from[read++], into + written);
  }
  return written;
}
