#ifndef CK_TEXT_H
#define CK_TEXT_H

#include <stddef.h>
#include <stdint.h>

/// What a character means to normalisation; 1 to 240 is a combining class.
enum { ck_class_space = 253, ck_class_doubtful = 254, ck_class_rewritten = 255 };

/// What a scan met on its way, one bit each.
enum {
  /// A character that may not be in normal form, or marks out of order.
  ck_met_doubtful = 1,
  /// White space at the end of a line or at either end of the text, or three line feeds in a row.
  ck_met_spacing = 2,
};

/// The classes of all characters: a row of 64 for every block of 64 code points.
typedef struct {
  const uint16_t *rows;
  const uint8_t *classes;
} ck_class_table;

/// Walks over UTF-8 from `start` and returns the offset of the first character to rewrite, or `count`;
/// what it met before that is added to `met`. Bytes that are not UTF-8 count as one to rewrite.
size_t ck_scan_text(const uint8_t *bytes, size_t start, size_t count, ck_class_table table,
                    uint32_t *met);

#endif
