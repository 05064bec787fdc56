#ifndef CTEXT_H
#define CTEXT_H

// What Gristmill asks of ICU, behind types of its own: ICU's headers stay out of sight, because they
// do not compile in one Swift module with Foundation's.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A decoder from one charset to UTF-8, with the text it decoded last. Not for two threads at once.
typedef struct ct_converter ct_converter;

/// Null when ICU knows no charset of that name.
ct_converter *ct_converter_open(const char *name);
void ct_converter_close(ct_converter *converter);

/// The charset's preferred name as registered with IANA or MIME, or ICU's own when it has none.
const char *ct_converter_name(const ct_converter *converter);

/// Decodes whole bytes; what is malformed becomes U+FFFD, or nothing, and is counted.
/// Returns the UTF-8 bytes, valid until the next call, or null when memory runs out.
const uint8_t *ct_converter_decode(ct_converter *converter, const uint8_t *bytes, size_t count,
                                   bool replaces, size_t *decoded_count, size_t *malformed_count);

/// The forms named `_9` leave alone what Unicode 9 does not know.
typedef enum { ct_nfc, ct_nfkc, ct_nfc_9, ct_nfd_9, ct_nfkc_9, ct_nfkd_9 } ct_form;

enum { ct_class_doubtful = 254 };

/// Fills in, for the code points below `count`, what they mean for the form: 0 for one that is always
/// normal, `ct_class_doubtful` for one that may not be, else its combining class, which matters for
/// its order alone.
void ct_normalization_classes(ct_form form, uint8_t *classes, uint32_t count);

/// Whether valid UTF-8 of less than 2 GiB is in the form.
bool ct_is_normalized(ct_form form, const uint8_t *bytes, size_t count);

/// Writes the form of valid UTF-8 of less than 2 GiB and returns its length, which may be above the
/// capacity: then the output is not complete. Negative when ICU fails.
ptrdiff_t ct_normalize(ct_form form, const uint8_t *bytes, size_t count, uint8_t *output,
                       size_t capacity);

/// Whether text can be cut before the code point and both halves be normalised alone.
bool ct_has_boundary_before(ct_form form, uint32_t code_point);

enum { ct_script_inherited = 1 };

/// Fills in ICU's numbers of the scripts of the code points below `count`, kana as Han.
void ct_scripts(uint8_t *scripts, uint32_t count);

/// A regular expression in ICU's dialect with the text that it searches. Not for two threads at once.
typedef struct ct_regex ct_regex;

typedef struct {
  size_t start;
  size_t end;
} ct_range;

/// Null when the pattern, UTF-8, is none; `reason` is then ICU's name for what is wrong.
///
/// A search that is bounded ends where it takes too many steps, or too much memory for going back.
ct_regex *ct_regex_open(const uint8_t *pattern, size_t count, bool is_bounded,
                        const char **reason);
void ct_regex_close(ct_regex *regex);

/// Begins a search of UTF-8 text, which has to stay where it is until the search is over.
bool ct_regex_start(ct_regex *regex, const uint8_t *text, size_t count);

/// The next matches, in bytes; fewer than `capacity` when there are no more.
size_t ct_regex_next(ct_regex *regex, ct_range *matches, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
