#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include "CText.h"

namespace {

const icu::Normalizer2 *normalizer(ct_form form) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2 *instance = form == ct_nfkc ? icu::Normalizer2::getNFKCInstance(error)
                                                     : icu::Normalizer2::getNFCInstance(error);
  return U_SUCCESS(error) ? instance : nullptr;
}

icu::StringPiece piece(const uint8_t *bytes, size_t count) {
  return {reinterpret_cast<const char *>(bytes), static_cast<int32_t>(count)};
}

}  // namespace

void ct_normalization_classes(ct_form form, uint8_t *classes, uint32_t count) {
  const UProperty quick = form == ct_nfkc ? UCHAR_NFKC_QUICK_CHECK : UCHAR_NFC_QUICK_CHECK;
  for (uint32_t point = 0; point < count; point++) {
    const auto scalar = static_cast<UChar32>(point);
    const bool normal = u_getIntPropertyValue(scalar, quick) == UNORM_YES;
    classes[point] = normal ? u_getCombiningClass(scalar) : static_cast<uint8_t>(ct_class_doubtful);
  }
}

bool ct_is_normalized(ct_form form, const uint8_t *bytes, size_t count) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2 *instance = normalizer(form);
  if (instance == nullptr || count > INT32_MAX) return false;
  return instance->isNormalizedUTF8(piece(bytes, count), error) && U_SUCCESS(error);
}

ptrdiff_t ct_normalize(ct_form form, const uint8_t *bytes, size_t count, uint8_t *output,
                       size_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2 *instance = normalizer(form);
  if (instance == nullptr || count > INT32_MAX || capacity > INT32_MAX) return -1;
  icu::CheckedArrayByteSink sink(reinterpret_cast<char *>(output), static_cast<int32_t>(capacity));
  instance->normalizeUTF8(0, piece(bytes, count), sink, nullptr, error);
  return U_SUCCESS(error) ? sink.NumberOfBytesAppended() : -1;
}

bool ct_has_boundary_before(ct_form form, uint32_t code_point) {
  const icu::Normalizer2 *instance = normalizer(form);
  return instance != nullptr && instance->hasBoundaryBefore(static_cast<UChar32>(code_point));
}
