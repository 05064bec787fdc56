#pragma once

// One function body, compiled for each level of the x86-64 family; the loader picks the widest.
#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define WIDEST
#endif
#define INLINE static inline __attribute__((always_inline))
