// The few loops that need wide vectors or byte masks. Every function has a slow twin in the tests.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "ByteMasks.h"
#include "Datatrove.h"
#include "Features.h"
#include "Rows.h"
#include "Shingles.h"
#include "SplitMasks.h"
#include "Words.h"
#include "ck_json.h"
#include "ck_masks.h"
#include "ck_properties.h"
#include "ck_text.h"
#include "ck_utf8.h"

/// Asks for the cache line at `address` ahead of its use.
static inline void ck_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// The first occurrence of `needle` in `bytes`, or NULL: the system's memmem, which Swift's Glibc
/// module does not show.
const uint8_t *ck_find(
    const uint8_t *bytes, size_t count, const uint8_t *needle, size_t needle_count);

#endif
