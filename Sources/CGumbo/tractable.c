// gumbo walks its stack of open elements at most tags, and compares each attribute with those before
// it: time grows with the square of nesting and of attributes. This pass over the markup, in linear
// time, finds the pages on which that would hurt. It takes an end tag to close one element at most,
// so that it rather counts too much nesting than too little.
#include <string.h>

#include "CGumbo.h"

enum { maximum_attributes = 1000, name_slots = 1024 };

typedef struct {
  const uint8_t *p;
  size_t i, n;
} cursor;

static bool is_space(uint8_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static uint8_t lower(uint8_t c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; }

static bool is_letter(uint8_t c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

// Whether the lower-case word stands at `i`.
static bool stands(const uint8_t *p, size_t i, size_t n, const char *word) {
  size_t length = strlen(word);
  if (n - i < length) return false;
  for (size_t k = 0; k < length; k++) {
    if (lower(p[i + k]) != (uint8_t)word[k]) return false;
  }
  return true;
}

static bool is_among(const uint8_t *name, size_t length, const char *const *names, size_t count) {
  for (size_t k = 0; k < count; k++) {
    if (strlen(names[k]) == length && stands(name, 0, length, names[k])) return true;
  }
  return false;
}

#define AMONG(name, length, names) is_among(name, length, names, sizeof names / sizeof *names)

// Elements that nest in nothing of their own kind: an open one is closed by the next, or is void.
static const char *const flat[] = {
    "area", "base",  "br",    "col",   "embed", "hr",   "img",  "input",  "link",  "meta",
    "option", "p",   "param", "source", "tbody", "td",  "tfoot", "th",    "thead", "tr",
    "track", "wbr",  "html",  "head",  "body",  "keygen", "image", "colgroup", "frame",
    "bgsound", "basefont", "command"};

// Items, which are closed by the next of their list, but can hold one of another kind of list.
static const char *const items[] = {"li", "dd", "dt"};

// Tags before which a drawing or a formula ends, or inside which it holds HTML.
static const char *const breakouts[] = {
    "b",  "big", "blockquote", "center", "code", "div",   "dl",    "em",     "font", "h1",
    "h2", "h3",  "h4",         "h5",     "h6",   "i",     "menu",  "nobr",   "ol",   "p",
    "pre", "ruby", "s",        "small",  "span", "strong", "strike", "sub",  "sup",  "table",
    "tt", "u",   "ul",         "var",    "foreignobject", "annotation-xml"};

// Past the `>` of a tag, by the tokenizer's rules for quotes; returns the number of attributes.
static unsigned skip_tag(cursor *c, bool *closes_itself) {
  enum { before_name, in_name, before_value, bare, quoted } state = before_name;
  unsigned count = 0;
  uint8_t quote = 0;
  for (; c->i < c->n; c->i++) {
    uint8_t byte = c->p[c->i];
    if (state == quoted) {
      if (byte == quote) state = before_name;
      continue;
    }
    if (byte == '>') {
      *closes_itself = state != bare && c->p[c->i - 1] == '/';
      c->i += 1;
      return count;
    }
    switch (state) {
      case before_name:
        if (is_space(byte) || byte == '/') break;
        // A `=` after a name and spaces belongs to that name.
        if (byte == '=' && count > 0) state = before_value;
        else count += 1, state = in_name;
        break;
      case in_name:
        if (byte == '=') state = before_value;
        else if (is_space(byte) || byte == '/') state = before_name;
        break;
      case before_value:
        if (is_space(byte)) break;
        if (byte == '"' || byte == '\'') quote = byte, state = quoted;
        else state = bare;
        break;
      case bare:
        if (is_space(byte)) state = before_name;
        break;
      case quoted: break;
    }
  }
  return count;
}

// Past the end of a comment that begins at `<!--`.
static void skip_comment(cursor *c) {
  for (c->i += 2; c->i < c->n; c->i++) {
    if (stands(c->p, c->i, c->n, "-->")) {
      c->i += 3;
      return;
    }
    if (stands(c->p, c->i, c->n, "--!>")) {
      c->i += 4;
      return;
    }
  }
}

// To the end tag of a script or style.
static void skip_raw(cursor *c, const char *end) {
  while (c->i < c->n && !(c->p[c->i] == '<' && stands(c->p, c->i, c->n, end))) c->i += 1;
}

bool cg_is_tractable(const uint8_t *markup, size_t count, unsigned maximum_depth) {
  uint32_t open[name_slots] = {0};
  uint64_t depth = 0;
  unsigned foreign = 0;
  uint8_t last_item = 0;
  cursor c = {markup, 0, count};
  while (c.i < c.n) {
    const uint8_t *found = memchr(c.p + c.i, '<', c.n - c.i);
    if (found == NULL) break;
    c.i = (size_t)(found - c.p);
    if (stands(c.p, c.i, c.n, "<!--")) {
      skip_comment(&c);
      continue;
    }
    bool closes = c.i + 1 < c.n && c.p[c.i + 1] == '/';
    size_t start = c.i + (closes ? 2 : 1);
    if (start >= c.n || !is_letter(c.p[start])) {
      c.i += 1;
      continue;
    }
    size_t end = start;
    uint32_t hash = 0;
    while (end < c.n && !is_space(c.p[end]) && c.p[end] != '/' && c.p[end] != '>') {
      hash = hash * 31 + lower(c.p[end++]);
    }
    const uint8_t *name = c.p + start;
    size_t length = end - start;
    c.i = end;
    bool closes_itself = false;
    if (skip_tag(&c, &closes_itself) > maximum_attributes) return false;
    bool is_foreign = (length == 3 && stands(name, 0, 3, "svg")) ||
                      (length == 4 && stands(name, 0, 4, "math"));
    bool is_item = AMONG(name, length, items);
    uint8_t item = is_item ? lower(name[0]) : 0;
    if (foreign > 0 && AMONG(name, length, breakouts)) foreign = 0;
    uint32_t *slot = &open[hash % name_slots];
    if (closes) {
      if (*slot > 0) *slot -= 1, depth -= 1;
      if (is_foreign && foreign > 0) foreign -= 1;
    } else if (foreign > 0 ? !closes_itself
                           : !AMONG(name, length, flat) && (!is_item || item != last_item)) {
      *slot += 1, depth += 1;
      if (is_foreign) foreign += 1;
      if (is_item) last_item = item;
      if (depth > maximum_depth) return false;
      // Inside SVG these hold markup like any other element.
      if (foreign == 0 && length == 6 && stands(name, 0, 6, "script")) skip_raw(&c, "</script");
      if (foreign == 0 && length == 5 && stands(name, 0, 5, "style")) skip_raw(&c, "</style");
    }
  }
  return true;
}
