// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What is used of libfrr. Debian has no headers of it, so these are declarations of our own, made
// for version 8; whether they fit the library is tried before it is used.

#pragma once

#include <cstdint>

namespace peers::frr
{

struct Prefix {
    std::uint8_t family;
    std::uint16_t length;
    alignas(8) std::uint8_t address[48];
};

/// A node is there for its children too; then it has no info.
struct Node {
    Prefix prefix;
    void* table;
    Node* parent;
    Node* child[2];
    unsigned locks;
    void* hash_next;
    std::uint64_t hash;
    void* info;
};

/// What they return is locked, and who has it unlocks it.
struct Library {
    void* (*route_table_init)();
    Node* (*route_node_get)(void* table, const Prefix* prefix);
    Node* (*route_node_lookup)(void* table, const Prefix* prefix);
    Node* (*route_node_match)(void* table, const Prefix* prefix);
    /// Of a node that nobody has locked.
    void (*route_node_delete)(Node* node);
    Node* (*route_top)(void* table);
    /// Unlocks the node that it is given.
    Node* (*route_next)(Node* node);
};

/// The one that the environment's RTM_BENCH_LIBFRR names, or the system's.
const Library& library();

} // namespace peers::frr
