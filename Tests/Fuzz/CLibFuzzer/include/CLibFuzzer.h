#pragma once
#include <stddef.h>
#include <stdint.h>

/// libFuzzer's loop without its main function (libclang_rt.fuzzer_no_main).
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

/// A file in memory (Linux; glibc hides it without _GNU_SOURCE).
int memfd_create(const char *name, unsigned int flags);
