// The few loops that need wide vectors or byte masks. Every function has a slow twin in the tests.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "ByteMasks.h"
#include "ck_masks.h"
#include "ck_properties.h"
#include "ck_utf8.h"
#include "Shingles.h"

/// Asks for the cache line at `address` ahead of its use.
static inline void ck_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

#endif
