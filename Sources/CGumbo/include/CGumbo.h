#ifndef CGUMBO_H
#define CGUMBO_H

// HTML5 parsing by the gumbo library, with bounds on what a hostile page can make it do, and the tree
// as one flat array.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { cg_hidden = 1, cg_link = 2, cg_article_body = 4 };

typedef enum {
  cg_role_none,
  cg_role_main,
  cg_role_article,
  /// Navigation, banner, search and what else is not the page's content.
  cg_role_beside,
} cg_role;

/// A node, in document order; its descendants follow it.
typedef struct {
  /// The index of the first node that is not a descendant.
  uint32_t end;
  /// Where its bytes begin in the tree's text: what a text node says; an element's class and id.
  uint32_t text_start;
  uint32_t text_count;
  /// gumbo's number of the tag.
  uint16_t tag;
  uint8_t is_text;
  uint8_t flags;
  uint8_t role;
} cg_node;

typedef struct {
  cg_node *nodes;
  size_t node_count;
  uint8_t *text;
  size_t text_count;
} cg_tree;

typedef enum { cg_ok, cg_too_complex, cg_no_memory } cg_result;

/// Parses valid UTF-8 of less than 1 GiB. Markup that is nested deeper than `maximum_depth`, has more
/// attributes on one tag than gumbo can take in reasonable time, or grows beyond `maximum_memory`
/// while it is parsed, is too complex. The tree is to be freed when the result is `cg_ok`.
cg_result cg_parse(const uint8_t *markup, size_t count, size_t maximum_memory,
                   unsigned maximum_depth, cg_tree *tree);
void cg_tree_free(cg_tree *tree);

/// gumbo's number of a tag name.
uint16_t cg_tag(const char *name);

/// Whether the markup is within gumbo's bounds: no deeper and with no more attributes a tag.
bool cg_is_tractable(const uint8_t *markup, size_t count, unsigned maximum_depth);

#endif
