#include "CText.h"

#include <unicode/uscript.h>

void ct_scripts(uint8_t *scripts, uint32_t count) {
  for (uint32_t code_point = 0; code_point < count; code_point++) {
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(static_cast<UChar32>(code_point), &error);
    if (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || code_point == 0x30FC)
      script = USCRIPT_HAN;
    scripts[code_point] = U_SUCCESS(error) && script < 255 ? static_cast<uint8_t>(script) : 255;
  }
}
