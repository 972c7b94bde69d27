// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "frr_library.h"

#include "peer.h"

#include <dlfcn.h>
#include <sys/socket.h>

#include <cstdlib>
#include <string>

namespace peers::frr
{

namespace
{

template <typename Function> void find(void* library, const char* name, Function& function)
{
    function = reinterpret_cast<Function>(dlsym(library, name));
    if (!function)
        throw Unavailable(std::string("libfrr has no ") + name);
}

/// Adds a prefix and sees whether the node says what it has to.
void try_layout(const Library& library)
{
    Prefix prefix{};
    prefix.family = AF_INET;
    prefix.length = 24;
    prefix.address[0] = 10;
    void* table = library.route_table_init();
    Node* node = library.route_node_get(table, &prefix);
    bool fits = node->table == table && node->prefix.length == 24 && node->locks == 1 &&
                !node->info && !library.route_node_lookup(table, &prefix);
    node->info = &prefix;
    fits = fits && library.route_node_lookup(table, &prefix) == node && node->locks == 2;
    if (!fits)
        throw Unavailable("this libfrr is not laid out like that of FRR 8");
}

Library load()
{
    const char* path = std::getenv("RTM_BENCH_LIBFRR");
    void* opened = dlopen(path ? path : "libfrr.so.0", RTLD_NOW);
    if (!opened)
        throw Unavailable(dlerror());
    Library loaded;
    find(opened, "route_table_init", loaded.route_table_init);
    find(opened, "route_node_get", loaded.route_node_get);
    find(opened, "route_node_lookup", loaded.route_node_lookup);
    find(opened, "route_node_match", loaded.route_node_match);
    find(opened, "route_node_delete", loaded.route_node_delete);
    find(opened, "route_top", loaded.route_top);
    find(opened, "route_next", loaded.route_next);
    try_layout(loaded);
    return loaded;
}

} // namespace

const Library& library()
{
    static const Library loaded = load();
    return loaded;
}

} // namespace peers::frr
