#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>

#include "CText.h"

namespace {

// The characters of Unicode 9, which the `_9` forms know alone.
const icu::UnicodeSet *characters_of_9() {
  static const icu::UnicodeSet *set = [] {
    UErrorCode error = U_ZERO_ERROR;
    auto *made = new icu::UnicodeSet(u"[:age=9.0:]", error);
    made->freeze();
    return made;
  }();
  return set;
}

const icu::Normalizer2 *make_normalizer(ct_form form) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2 *instance = nullptr;
  switch (form) {
    case ct_nfc:
    case ct_nfc_9: instance = icu::Normalizer2::getNFCInstance(error); break;
    case ct_nfkc:
    case ct_nfkc_9: instance = icu::Normalizer2::getNFKCInstance(error); break;
    case ct_nfd_9: instance = icu::Normalizer2::getNFDInstance(error); break;
    case ct_nfkd_9: instance = icu::Normalizer2::getNFKDInstance(error); break;
  }
  if (U_FAILURE(error)) return nullptr;
  if (form == ct_nfc || form == ct_nfkc) return instance;
  return new icu::FilteredNormalizer2(*instance, *characters_of_9());
}

const icu::Normalizer2 *normalizer(ct_form form) {
  static const icu::Normalizer2 *instances[] = {
      make_normalizer(ct_nfc),   make_normalizer(ct_nfkc),   make_normalizer(ct_nfc_9),
      make_normalizer(ct_nfd_9), make_normalizer(ct_nfkc_9), make_normalizer(ct_nfkd_9)};
  return instances[form];
}

UProperty quick_check(ct_form form) {
  switch (form) {
    case ct_nfc:
    case ct_nfc_9: return UCHAR_NFC_QUICK_CHECK;
    case ct_nfkc:
    case ct_nfkc_9: return UCHAR_NFKC_QUICK_CHECK;
    case ct_nfd_9: return UCHAR_NFD_QUICK_CHECK;
    case ct_nfkd_9: return UCHAR_NFKD_QUICK_CHECK;
  }
  return UCHAR_NFC_QUICK_CHECK;
}

icu::StringPiece piece(const uint8_t *bytes, size_t count) {
  return {reinterpret_cast<const char *>(bytes), static_cast<int32_t>(count)};
}

}  // namespace

void ct_normalization_classes(ct_form form, uint8_t *classes, uint32_t count) {
  const UProperty quick = quick_check(form);
  const bool is_filtered = form != ct_nfc && form != ct_nfkc;
  for (uint32_t point = 0; point < count; point++) {
    const auto scalar = static_cast<UChar32>(point);
    if (is_filtered && !characters_of_9()->contains(scalar)) {
      classes[point] = 0;
      continue;
    }
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
