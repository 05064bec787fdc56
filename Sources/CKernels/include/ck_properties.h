// Properties of every Unicode scalar, in a two-stage table. The bits are listed in
// Tests/Tools/generate-unicode-properties.py, which writes ck_properties.c. They are C because a Swift
// array literal of this size is slow to compile and built on first use; these lie in the binary.
#ifndef CK_PROPERTIES_H
#define CK_PROPERTIES_H

#include <stdint.h>

extern const uint16_t ck_scalar_blocks[17408];
extern const uint8_t ck_scalar_kinds[];
extern const uint16_t ck_kind_properties[];

/// The property bits of a scalar; 0 for a number above 10FFFF.
static inline uint16_t ck_scalar_properties(uint32_t scalar) {
  if (scalar > 0x10FFFF) return 0;
  return ck_kind_properties[ck_scalar_kinds[ck_scalar_blocks[scalar >> 6] * 64 + (scalar & 63)]];
}

#endif
