// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// DPDK's rte_rib: a binary trie of IPv4 prefixes, from a pool of nodes.

#include "addresses.h"
#include "dpdk.h"
#include "eal.h"

#include <rte_rib.h>

namespace peers
{

namespace
{

class RteRib final : public Peer
{
public:
    explicit RteRib(std::uint32_t count)
    {
        rte_rib_conf conf{};
        conf.max_nodes = static_cast<int>(2 * count + 1); // a fork for each prefix, at most
        rib_ = rte_rib_create("bench", -1, &conf);
        if (!rib_)
            throw Unavailable("rte_rib_create fails");
    }

    ~RteRib() override { rte_rib_free(rib_); }

    void add(const prefix& prefix, std::uint32_t value) override
    {
        rte_rib_node* node = rte_rib_insert(rib_, ipv4_of(prefix), prefix.length);
        if (!node)
            throw Unavailable("rte_rib_insert fails");
        rte_rib_set_nh(node, value);
    }

    void erase(const prefix& prefix) override
    {
        rte_rib_remove(rib_, ipv4_of(prefix), prefix.length);
    }

    std::uint32_t exact(const prefix& prefix) override
    {
        return value(rte_rib_lookup_exact(rib_, ipv4_of(prefix), prefix.length));
    }

    std::uint32_t longest(const prefix& host) override
    {
        return value(rte_rib_lookup(rib_, ipv4_of(host)));
    }

    double allocated_bytes() const override { return eal_allocated_bytes(); }

private:
    static std::uint32_t value(const rte_rib_node* node)
    {
        std::uint64_t next_hop = 0;
        if (node)
            rte_rib_get_nh(node, &next_hop);
        return static_cast<std::uint32_t>(next_hop);
    }

    rte_rib* rib_;
};

} // namespace

std::unique_ptr<Peer> make_rte_rib(std::uint32_t count)
{
    return std::make_unique<RteRib>(count);
}

} // namespace peers
