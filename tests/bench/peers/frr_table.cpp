// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "frr.h"
#include "frr_library.h"

#include <cstring>

namespace peers
{

namespace
{

using namespace frr;

class FrrTable final : public Peer
{
public:
    explicit FrrTable(std::uint16_t family)
        : family_(static_cast<std::uint8_t>(family)), table_(frr_.route_table_init())
    {
    }

    void add(const prefix& prefix, std::uint32_t value) override
    {
        const Prefix added = translated(prefix);
        // Remains locked, for its info.
        frr_.route_node_get(table_, &added)->info = to_info(value);
    }

    void erase(const prefix& prefix) override
    {
        const Prefix erased = translated(prefix);
        Node* node = frr_.route_node_lookup(table_, &erased);
        node->info = nullptr;
        unlock(node);
        unlock(node);
    }

    std::uint32_t exact(const prefix& prefix) override
    {
        const Prefix sought = translated(prefix);
        return take_value(frr_.route_node_lookup(table_, &sought));
    }

    std::uint32_t longest(const prefix& host) override
    {
        const Prefix sought = translated(host);
        return take_value(frr_.route_node_match(table_, &sought));
    }

    bool walks_in_order() const override { return true; }

    void walk(Visitor& visitor) override
    {
        for (Node* node = frr_.route_top(table_); node; node = frr_.route_next(node)) {
            if (node->info)
                visitor.visit(to_value(node->info));
        }
    }

private:
    Prefix translated(const prefix& prefix) const
    {
        Prefix made{};
        made.family = family_;
        made.length = prefix.length;
        std::memcpy(made.address, prefix.bytes, sizeof(prefix.bytes));
        return made;
    }

    static void* to_info(std::uint32_t value)
    {
        return reinterpret_cast<void*>(static_cast<std::uintptr_t>(value));
    }

    static std::uint32_t to_value(void* info)
    {
        return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(info));
    }

    void unlock(Node* node)
    {
        if (--node->locks == 0)
            frr_.route_node_delete(node);
    }

    std::uint32_t take_value(Node* node)
    {
        if (!node)
            return 0;
        const std::uint32_t value = to_value(node->info);
        unlock(node);
        return value;
    }

    const Library& frr_ = library();
    std::uint8_t family_;
    void* table_;
};

} // namespace

std::unique_ptr<Peer> make_frr_table(std::uint16_t family)
{
    return std::make_unique<FrrTable>(family);
}

} // namespace peers
