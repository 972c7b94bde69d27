/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "trie.h"

#include "give_up.h"

#include <stdlib.h>
#include <string.h>

/* ---- nodes ---- */

struct trie_chunk {
    struct trie_chunk* next;
    struct trie_node nodes[1023];
};

static void add_chunk(struct trie* trie)
{
    struct trie_chunk* chunk = malloc(sizeof(*chunk));

    if (!chunk)
        give_up("out of memory");
    chunk->next = trie->chunks;
    trie->chunks = chunk;
    for (uint32_t i = sizeof(chunk->nodes) / sizeof(chunk->nodes[0]); i-- > 0;) {
        chunk->nodes[i].child[0] = trie->unused;
        trie->unused = &chunk->nodes[i];
    }
}

static struct trie_node* take(struct trie* trie, const struct prefix* prefix, bool is_there)
{
    struct trie_node* node;

    if (!trie->unused)
        add_chunk(trie);
    node = trie->unused;
    trie->unused = node->child[0];
    trie->nodes++;
    node->child[0] = node->child[1] = NULL;
    node->prefix = *prefix;
    node->is_there = is_there;
    node->value = 0;
    return node;
}

static void give_back(struct trie* trie, struct trie_node* node)
{
    trie->nodes--;
    node->child[0] = trie->unused;
    trie->unused = node;
}

void trie_free(struct trie* trie)
{
    while (trie->chunks) {
        struct trie_chunk* next = trie->chunks->next;

        free(trie->chunks);
        trie->chunks = next;
    }
    memset(trie, 0, sizeof(*trie));
}

/* ---- prefixes ---- */

/* How many leading bits two prefixes share, `most` at most. */
static uint32_t common_bits(const struct prefix* a, const struct prefix* b, uint32_t most)
{
    uint32_t bits = 0;

    while (bits < most && a->bytes[bits / 8] == b->bytes[bits / 8])
        bits += 8;
    if (bits < most)
        bits += (uint32_t)__builtin_clz((uint32_t)(a->bytes[bits / 8] ^ b->bytes[bits / 8])) - 24;
    return bits < most ? bits : most;
}

static bool covers(const struct prefix* outer, const struct prefix* inner)
{
    return outer->length <= inner->length &&
           common_bits(outer, inner, outer->length) == outer->length;
}

/* The link to the first node that does not cover `prefix`, or is it. *above is the link before it.
 */
static struct trie_node** descend(struct trie_node** link, const struct prefix* prefix,
                                  struct trie_node*** above)
{
    *above = NULL;
    while (*link && (*link)->prefix.length < prefix->length && covers(&(*link)->prefix, prefix)) {
        *above = link;
        link = &(*link)->child[prefix_bit(prefix, (*link)->prefix.length)];
    }
    return link;
}

static bool is_same(const struct trie_node* node, const struct prefix* prefix)
{
    return node && node->prefix.length == prefix->length && covers(&node->prefix, prefix);
}

/* ---- the table ---- */

bool trie_insert(struct trie* trie, const struct prefix* prefix)
{
    struct trie_node **above, **link = descend(&trie->root, prefix, &above), *below = *link;
    struct trie_node* made;
    struct prefix fork = *prefix;

    if (is_same(below, prefix)) {
        bool is_new = !below->is_there;

        below->is_there = true;
        return is_new;
    }
    made = take(trie, prefix, true);
    *link = made;
    if (!below)
        return true;
    prefix_shorten(
        &fork,
        common_bits(prefix, &below->prefix,
                    prefix->length < below->prefix.length ? prefix->length : below->prefix.length));
    if (fork.length < prefix->length) {
        *link = take(trie, &fork, false);
        (*link)->child[prefix_bit(prefix, fork.length)] = made;
    }
    (*link)->child[prefix_bit(&below->prefix, fork.length)] = below;
    return true;
}

struct trie_node* trie_find(const struct trie* trie, const struct prefix* prefix)
{
    struct trie_node** above;
    struct trie_node* root = trie->root;
    struct trie_node* found = *descend(&root, prefix, &above);

    return is_same(found, prefix) && found->is_there ? found : NULL;
}

struct trie_node* trie_find_longest(const struct trie* trie, const struct prefix* host)
{
    struct trie_node* found = NULL;

    for (struct trie_node* node = trie->root; node && covers(&node->prefix, host);) {
        if (node->is_there)
            found = node;
        if (node->prefix.length == host->length)
            break;
        node = node->child[prefix_bit(host, node->prefix.length)];
    }
    return found;
}

/* Takes a node out that is neither a prefix nor a fork. */
static bool prune(struct trie* trie, struct trie_node** link)
{
    struct trie_node* node = *link;

    if (node->is_there || (node->child[0] && node->child[1]))
        return false;
    *link = node->child[node->child[0] == NULL];
    give_back(trie, node);
    return true;
}

bool trie_erase(struct trie* trie, const struct prefix* prefix)
{
    struct trie_node **above, **link = descend(&trie->root, prefix, &above);

    if (!is_same(*link, prefix) || !(*link)->is_there)
        return false;
    (*link)->is_there = false;
    if (prune(trie, link) && above)
        prune(trie, above);
    return true;
}

static void walk(const struct trie_node* node, void (*visit)(void* visitor, uint32_t value),
                 void* visitor)
{
    for (; node; node = node->child[1]) {
        if (node->is_there)
            visit(visitor, node->value);
        walk(node->child[0], visit, visitor);
    }
}

void trie_walk(const struct trie* trie, void (*visit)(void* visitor, uint32_t value), void* visitor)
{
    walk(trie->root, visit, visitor);
}
