#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/utf8.h>

#include <new>
#include <string>

#include "CText.h"

struct ct_converter {
  UConverter *icu;
  std::string name;
  std::string text;
  size_t malformed_count;
  bool replaces;
};

namespace {

// Called for each malformed or unmapped sequence.
void count_malformed(const void *context, UConverterToUnicodeArgs *arguments, const char *, int32_t,
                     UConverterCallbackReason reason, UErrorCode *error) {
  if (reason > UCNV_IRREGULAR) return;
  auto *converter = static_cast<ct_converter *>(const_cast<void *>(context));
  converter->malformed_count += 1;
  *error = U_ZERO_ERROR;
  if (!converter->replaces) return;
  static const UChar replacement = 0xFFFD;
  ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, error);
}

void append_utf8(std::string &text, UChar32 scalar) {
  char bytes[4];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, scalar);
  text.append(bytes, static_cast<size_t>(length));
}

}  // namespace

ct_converter *ct_converter_open(const char *name) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter *icu = ucnv_open(name, &error);
  if (U_FAILURE(error)) return nullptr;
  const char *internal = ucnv_getName(icu, &error);
  const char *preferred = nullptr;
  for (const char *standard : {"MIME", "IANA"}) {
    UErrorCode absent = U_ZERO_ERROR;
    if (preferred == nullptr) preferred = ucnv_getStandardName(internal, standard, &absent);
  }
  auto *converter = new (std::nothrow)
      ct_converter{icu, preferred != nullptr ? preferred : internal, {}, 0, true};
  if (converter == nullptr) {
    ucnv_close(icu);
    return nullptr;
  }
  ucnv_setToUCallBack(icu, count_malformed, converter, nullptr, nullptr, &error);
  return converter;
}

void ct_converter_close(ct_converter *converter) {
  if (converter == nullptr) return;
  ucnv_close(converter->icu);
  delete converter;
}

const char *ct_converter_name(const ct_converter *converter) { return converter->name.c_str(); }

const uint8_t *ct_converter_decode(ct_converter *converter, const uint8_t *bytes, size_t count,
                                   bool replaces, size_t *decoded_count, size_t *malformed_count) {
  converter->malformed_count = 0;
  converter->replaces = replaces;
  converter->text.clear();
  ucnv_resetToUnicode(converter->icu);
  const char *source = reinterpret_cast<const char *>(bytes);
  const char *end = source + count;
  UChar units[4096];
  UChar32 high = 0;
  UErrorCode error;
  try {
    converter->text.reserve(count + count / 2);
    do {
      error = U_ZERO_ERROR;
      UChar *target = units;
      ucnv_toUnicode(converter->icu, &target, units + 4096, &source, end, nullptr, true, &error);
      if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR) return nullptr;
      for (const UChar *unit = units; unit < target; unit++) {
        if (U16_IS_LEAD(*unit)) {
          high = *unit;
        } else if (U16_IS_TRAIL(*unit) && high != 0) {
          append_utf8(converter->text, U16_GET_SUPPLEMENTARY(high, *unit));
          high = 0;
        } else {
          append_utf8(converter->text, U16_IS_SURROGATE(*unit) ? 0xFFFD : *unit);
        }
      }
    } while (error == U_BUFFER_OVERFLOW_ERROR);
  } catch (const std::bad_alloc &) {
    return nullptr;
  }
  *decoded_count = converter->text.size();
  *malformed_count = converter->malformed_count;
  return reinterpret_cast<const uint8_t *>(converter->text.data());
}
