#include <gumbo.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "CGumbo.h"

// --- An arena. gumbo frees its tree by recursion, and asks no one how much it may take: here
// nothing is freed alone, everything at once, and who asks for too much lands where it began. ---

typedef struct block {
  struct block *next;
} block;

typedef struct {
  block *blocks;
  uint8_t *free;
  size_t left, taken, limit;
  bool is_exhausted;
  jmp_buf exit;
} arena;

enum { block_size = 256 * 1024 };

static void *arena_take(void *context, size_t size) {
  arena *a = context;
  size = (size + 15) & ~(size_t)15;
  if (size > a->left) {
    size_t wanted = size + sizeof(block) + 16 > block_size ? size + sizeof(block) + 16 : block_size;
    a->is_exhausted = a->taken + wanted > a->limit;
    block *fresh = a->is_exhausted ? NULL : malloc(wanted);
    if (fresh == NULL) longjmp(a->exit, 1);
    fresh->next = a->blocks;
    a->blocks = fresh;
    a->taken += wanted;
    a->free = (uint8_t *)(((uintptr_t)(fresh + 1) + 15) & ~(uintptr_t)15);
    a->left = wanted - (size_t)(a->free - (uint8_t *)fresh);
  }
  void *result = a->free;
  a->free += size;
  a->left -= size;
  return result;
}

static void arena_keep(void *context, void *pointer) {
  (void)context;
  (void)pointer;
}

static void arena_free(arena *a) {
  while (a->blocks != NULL) {
    block *next = a->blocks->next;
    free(a->blocks);
    a->blocks = next;
  }
}

// --- The flat tree. ---

typedef struct {
  const GumboNode *node;
  uint32_t index;
  unsigned next_child;
} frame;

typedef struct {
  cg_tree *tree;
  size_t node_capacity, text_capacity;
  frame *stack;
  size_t depth, stack_capacity;
} builder;

// Makes room for `wanted` elements of `size` bytes; false when memory runs out.
static bool reserve(void **array, size_t *capacity, size_t wanted, size_t size) {
  if (wanted <= *capacity) return true;
  size_t fresh = *capacity * 2 > wanted ? *capacity * 2 : wanted + 1024;
  void *grown = realloc(*array, fresh * size);
  if (grown == NULL) return false;
  *array = grown;
  *capacity = fresh;
  return true;
}

static bool append_text(builder *b, const char *text, size_t count) {
  cg_tree *tree = b->tree;
  if (!reserve((void **)&tree->text, &b->text_capacity, tree->text_count + count, 1)) return false;
  memcpy(tree->text + tree->text_count, text, count);
  tree->text_count += count;
  return true;
}

static const char *value_of(const GumboElement *element, const char *name) {
  const GumboAttribute *found = gumbo_get_attribute(&element->attributes, name);
  return found == NULL ? NULL : found->value;
}

// Whether a style says `property: value`, with or without spaces, in any case.
static bool style_says(const char *style, const char *property, const char *value) {
  size_t property_count = strlen(property), value_count = strlen(value);
  for (const char *s = style; *s != 0; s++) {
    if (strncasecmp(s, property, property_count) != 0) continue;
    const char *rest = s + property_count;
    while (*rest == ' ') rest++;
    if (*rest != ':') continue;
    rest++;
    while (*rest == ' ') rest++;
    if (strncasecmp(rest, value, value_count) == 0) return true;
  }
  return false;
}

static cg_role role_of(const char *role) {
  static const char *const beside[] = {
      "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar",
      "menuitem", "dialog", "alertdialog", "alert", "toolbar", "tablist", "button", "form"};
  if (role == NULL) return cg_role_none;
  if (strcasecmp(role, "main") == 0) return cg_role_main;
  if (strcasecmp(role, "article") == 0) return cg_role_article;
  for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
    if (strcasecmp(role, beside[i]) == 0) return cg_role_beside;
  }
  return cg_role_none;
}

static bool describe(builder *b, cg_node *node, const GumboElement *element) {
  if (element->attributes.length == 0) return true;
  const char *style = value_of(element, "style"), *aria = value_of(element, "aria-hidden");
  const char *class = value_of(element, "class"), *id = value_of(element, "id");
  const char *property = value_of(element, "itemprop");
  bool hidden = value_of(element, "hidden") != NULL ||
                (aria != NULL && strcasecmp(aria, "true") == 0) ||
                (style != NULL && (style_says(style, "display", "none") ||
                                   style_says(style, "visibility", "hidden")));
  if (hidden) node->flags |= cg_hidden;
  if (value_of(element, "href") != NULL) node->flags |= cg_link;
  if (property != NULL && strcasecmp(property, "articlebody") == 0) node->flags |= cg_article_body;
  node->role = (uint8_t)role_of(value_of(element, "role"));
  if (class != NULL && !append_text(b, class, strlen(class))) return false;
  if (id != NULL && (!append_text(b, " ", 1) || !append_text(b, id, strlen(id)))) return false;
  return true;
}

// Adds a node, and puts it on the stack when it can have children.
static bool enter(builder *b, const GumboNode *source) {
  cg_tree *tree = b->tree;
  if (source->type == GUMBO_NODE_COMMENT) return true;
  size_t index = tree->node_count;
  if (!reserve((void **)&tree->nodes, &b->node_capacity, index + 1, sizeof(cg_node))) return false;
  tree->node_count += 1;
  cg_node node = {0};
  node.text_start = (uint32_t)tree->text_count;
  node.end = (uint32_t)(index + 1);
  if (source->type == GUMBO_NODE_ELEMENT || source->type == GUMBO_NODE_TEMPLATE) {
    node.tag = (uint16_t)source->v.element.tag;
    if (!describe(b, &node, &source->v.element)) return false;
    size_t wanted = b->depth + 1;
    if (!reserve((void **)&b->stack, &b->stack_capacity, wanted, sizeof(frame))) return false;
    b->stack[b->depth++] = (frame){source, (uint32_t)index, 0};
  } else {
    node.is_text = 1;
    if (!append_text(b, source->v.text.text, strlen(source->v.text.text))) return false;
  }
  node.text_count = (uint32_t)tree->text_count - node.text_start;
  tree->nodes[index] = node;
  return true;
}

static bool flatten(builder *b, const GumboNode *root) {
  if (!enter(b, root)) return false;
  while (b->depth > 0) {
    frame *top = &b->stack[b->depth - 1];
    const GumboVector *children = &top->node->v.element.children;
    if (top->next_child < children->length) {
      const GumboNode *child = children->data[top->next_child++];
      if (!enter(b, child)) return false;
    } else {
      b->tree->nodes[top->index].end = (uint32_t)b->tree->node_count;
      b->depth -= 1;
    }
  }
  return true;
}

// Null when the arena is exhausted: its exit is set here, in a frame that changes nothing after.
static const GumboOutput *parse_within(arena *a, const uint8_t *markup, size_t count) {
  if (setjmp(a->exit) != 0) return NULL;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = arena_take;
  options.deallocator = arena_keep;
  options.userdata = a;
  options.max_errors = 0;
  return gumbo_parse_with_options(&options, (const char *)markup, count);
}

cg_result cg_parse(const uint8_t *markup, size_t count, size_t maximum_memory,
                   unsigned maximum_depth, cg_tree *tree) {
  *tree = (cg_tree){NULL, 0, NULL, 0};
  if (count >= (size_t)1 << 30 || !cg_is_tractable(markup, count, maximum_depth)) {
    return cg_too_complex;
  }
  arena a = {.limit = maximum_memory};
  const GumboOutput *output = parse_within(&a, markup, count);
  if (output == NULL) {
    arena_free(&a);
    return a.is_exhausted ? cg_too_complex : cg_no_memory;
  }
  builder b = {.tree = tree};
  bool is_whole = flatten(&b, output->root);
  free(b.stack);
  arena_free(&a);
  if (is_whole) return cg_ok;
  cg_tree_free(tree);
  return cg_no_memory;
}

void cg_tree_free(cg_tree *tree) {
  free(tree->nodes);
  free(tree->text);
  *tree = (cg_tree){NULL, 0, NULL, 0};
}

uint16_t cg_tag(const char *name) { return (uint16_t)gumbo_tag_enum(name); }
