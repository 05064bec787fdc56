#include <unicode/uregex.h>
#include <unicode/utext.h>
#include <unicode/utypes.h>

#include <new>

#include "CText.h"

struct ct_regex {
  URegularExpression *icu;
  UText *text;
};

namespace {

// Steps, of about ten thousand saved states each, after which a search gives up.
constexpr int32_t step_limit = 1000;
// Bytes of saved states after which a search gives up.
constexpr int32_t stack_limit = 256 << 20;

}  // namespace

ct_regex *ct_regex_open(const uint8_t *pattern, size_t count, bool is_bounded,
                        const char **reason) {
  UErrorCode error = U_ZERO_ERROR;
  if (count > INT32_MAX) return nullptr;
  UText *source =
      utext_openUTF8(nullptr, reinterpret_cast<const char *>(pattern), (int64_t)count, &error);
  UParseError place;
  URegularExpression *icu = uregex_openUText(source, 0, &place, &error);
  utext_close(source);
  if (U_SUCCESS(error)) uregex_setTimeLimit(icu, is_bounded ? step_limit : 0, &error);
  if (U_SUCCESS(error)) uregex_setStackLimit(icu, is_bounded ? stack_limit : 0, &error);
  auto *regex = U_SUCCESS(error) ? new (std::nothrow) ct_regex{icu, nullptr} : nullptr;
  if (regex == nullptr) {
    *reason = u_errorName(error);
    uregex_close(icu);
  }
  return regex;
}

void ct_regex_close(ct_regex *regex) {
  if (regex == nullptr) return;
  uregex_close(regex->icu);
  utext_close(regex->text);
  delete regex;
}

bool ct_regex_start(ct_regex *regex, const uint8_t *text, size_t count) {
  UErrorCode error = U_ZERO_ERROR;
  regex->text = utext_openUTF8(regex->text, reinterpret_cast<const char *>(text), (int64_t)count,
                               &error);
  uregex_setUText(regex->icu, regex->text, &error);
  return U_SUCCESS(error);
}

size_t ct_regex_next(ct_regex *regex, ct_range *matches, size_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  size_t count = 0;
  while (count < capacity && uregex_findNext(regex->icu, &error)) {
    matches[count].start = (size_t)uregex_start64(regex->icu, 0, &error);
    matches[count].end = (size_t)uregex_end64(regex->icu, 0, &error);
    if (U_FAILURE(error)) break;
    count += 1;
  }
  return count;
}
