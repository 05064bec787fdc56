#ifndef CK_UTF8_H
#define CK_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The ways to validate UTF-8, from the plainest to the widest vectors.
enum ck_utf8_way { ck_utf8_scalar, ck_utf8_ssse3, ck_utf8_avx2, ck_utf8_avx512 };

/// Whether this processor can go that way.
bool ck_utf8_can(enum ck_utf8_way way);

/// Whether the bytes are valid UTF-8; `way` must be one the processor can go.
bool ck_utf8_valid_by(enum ck_utf8_way way, const uint8_t *bytes, size_t count);

/// Whether the bytes are valid UTF-8, by the widest vectors of this processor.
bool ck_utf8_valid(const uint8_t *bytes, size_t count);

#endif
