/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * A yardstick: a plain path-compressed binary trie, as routing tables have used it for decades
 * (the kind of FRR's lib/table.c and DPDK's rte_rib). One thread, no locks, no handles, no
 * references, no notification: a prefix and a number. */
#ifndef RTM_TESTS_BENCH_TRIE_H
#define RTM_TESTS_BENCH_TRIE_H

#include "prefixes.h"

#ifdef __cplusplus
extern "C" {
#endif

struct trie_node {
    struct trie_node* child[2];
    struct prefix prefix;
    bool is_there; /* a prefix of the table, not only a fork */
    uint32_t value;
};

struct trie {
    struct trie_node* root;
    struct trie_node* unused;
    struct trie_chunk* chunks;
    uint32_t nodes;
};

/* False if the prefix is there. */
bool trie_insert(struct trie* trie, const struct prefix* prefix);
/* NULL if the prefix is not there. */
struct trie_node* trie_find(const struct trie* trie, const struct prefix* prefix);
/* The longest prefix that covers `host`, or NULL. */
struct trie_node* trie_find_longest(const struct trie* trie, const struct prefix* host);
/* False if the prefix is not there. */
bool trie_erase(struct trie* trie, const struct prefix* prefix);
/* All values by address, shorter prefixes first. */
void trie_walk(const struct trie* trie, void (*visit)(void* visitor, uint32_t value),
               void* visitor);
void trie_free(struct trie* trie);

#ifdef __cplusplus
}
#endif

#endif
