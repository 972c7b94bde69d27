// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// DPDK's rte_rib6: a binary trie of IPv6 prefixes, from a pool of nodes.

#include "dpdk.h"
#include "eal.h"

#include <rte_rib6.h>

namespace peers
{

namespace
{

class RteRib6 final : public Peer
{
public:
    explicit RteRib6(std::uint32_t count)
    {
        rte_rib6_conf conf{};
        conf.max_nodes = static_cast<int>(2 * count + 1); // a fork for each prefix, at most
        rib_ = rte_rib6_create("bench", -1, &conf);
        if (!rib_)
            throw Unavailable("rte_rib6_create fails");
    }

    ~RteRib6() override { rte_rib6_free(rib_); }

    void add(const prefix& prefix, std::uint32_t value) override
    {
        rte_rib6_node* node = rte_rib6_insert(rib_, prefix.bytes, prefix.length);
        if (!node)
            throw Unavailable("rte_rib6_insert fails");
        rte_rib6_set_nh(node, value);
    }

    void erase(const prefix& prefix) override
    {
        rte_rib6_remove(rib_, prefix.bytes, prefix.length);
    }

    std::uint32_t exact(const prefix& prefix) override
    {
        return value(rte_rib6_lookup_exact(rib_, prefix.bytes, prefix.length));
    }

    std::uint32_t longest(const prefix& host) override
    {
        return value(rte_rib6_lookup(rib_, host.bytes));
    }

    double allocated_bytes() const override { return eal_allocated_bytes(); }

private:
    static std::uint32_t value(const rte_rib6_node* node)
    {
        std::uint64_t next_hop = 0;
        if (node)
            rte_rib6_get_nh(node, &next_hop);
        return static_cast<std::uint32_t>(next_hop);
    }

    rte_rib6* rib_;
};

} // namespace

std::unique_ptr<Peer> make_rte_rib6(std::uint32_t count)
{
    return std::make_unique<RteRib6>(count);
}

} // namespace peers
