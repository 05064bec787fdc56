// The strings of JSON: found, unescaped, brought into one spelling and escaped, a block of 64 bytes
// at a time. A run of plain bytes, and with AVX-512 a run with short escapes too, takes no branch.
#ifndef CK_JSON_H
#define CK_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The ways of going over the blocks, from the plainest to the widest vectors.
enum ck_json_way { ck_json_plain, ck_json_avx2, ck_json_avx512 };

/// Whether this processor can go that way.
bool ck_json_can(enum ck_json_way way);

/// The widest way that this processor can go.
enum ck_json_way ck_json_best_way(void);

/// What ended a walk over a string.
enum ck_json_stop {
  ck_json_ended,    // the bytes, before a closing quote
  ck_json_closed,   // a closing quote, at `read`
  ck_json_refused,  // something that is no escape, at `read`
  ck_json_control,  // a raw control, at `read`
};

typedef struct {
  size_t read;
  size_t written;
  /// Bytes of the text that the string stands for.
  size_t text;
  /// Halves of surrogate pairs that stood alone and became U+FFFD.
  size_t surrogates;
  bool has_control;
  bool has_escape;
} ck_json_progress;

/// How many bytes an output must have room for beyond what is written to it.
enum { ck_json_slack = 64 };

/// Finds the end of the string whose content begins at `from`, checking its escapes: `read`,
/// `has_control` and `has_escape` tell of it. Raw controls do not end it.
enum ck_json_stop ck_json_skip(
    enum ck_json_way way, const uint8_t *from, size_t count, ck_json_progress *progress);

/// Writes the text that the string stands for, at most as long as the string, and the slack.
/// Raw controls pass through.
enum ck_json_stop ck_json_unescape(
    enum ck_json_way way, const uint8_t *from, size_t count, uint8_t *into,
    ck_json_progress *progress);

/// Writes the string as `ck_json_escape` would write its text: never longer, and the slack. A raw
/// control ends it.
enum ck_json_stop ck_json_respell(
    enum ck_json_way way, const uint8_t *from, size_t count, uint8_t *into,
    ck_json_progress *progress);

/// Writes a text as the content of a JSON string, escaping quotes, backslashes and controls, and
/// returns how many bytes that took: at most 6 for each, and the slack.
size_t ck_json_escape(enum ck_json_way way, const uint8_t *from, size_t count, uint8_t *into);

#endif
