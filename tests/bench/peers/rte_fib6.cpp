// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// DPDK's rte_fib6 with its trie, asked for one address at a time.

#include "dpdk.h"
#include "eal.h"

#include <rte_fib6.h>

#include <cstring>

namespace peers
{

namespace
{

constexpr std::uint32_t inner_tables = (1 << 19) - 1;

class RteFib6 final : public Peer
{
public:
    explicit RteFib6(std::uint32_t count)
    {
        rte_fib6_conf conf{};
        conf.type = RTE_FIB6_TRIE;
        conf.max_routes = static_cast<int>(2 * count + 1);
        conf.trie.nh_sz = RTE_FIB6_TRIE_4B;
        conf.trie.num_tbl8 = inner_tables;
        fib_ = rte_fib6_create("bench", -1, &conf);
        if (!fib_)
            throw Unavailable("rte_fib6_create fails");
    }

    ~RteFib6() override { rte_fib6_free(fib_); }

    void add(const prefix& prefix, std::uint32_t value) override
    {
        if (rte_fib6_add(fib_, prefix.bytes, prefix.length, value))
            throw Unavailable("rte_fib6_add fails");
    }

    void erase(const prefix& prefix) override
    {
        rte_fib6_delete(fib_, prefix.bytes, prefix.length);
    }

    bool finds_exact() const override { return false; }

    std::uint32_t longest(const prefix& host) override
    {
        std::uint8_t address[1][RTE_FIB6_IPV6_ADDR_SIZE];
        std::uint64_t next_hop = 0;
        std::memcpy(address[0], host.bytes, sizeof(address[0]));
        rte_fib6_lookup_bulk(fib_, address, &next_hop, 1);
        return static_cast<std::uint32_t>(next_hop);
    }

    double allocated_bytes() const override { return eal_allocated_bytes(); }

private:
    rte_fib6* fib_;
};

} // namespace

std::unique_ptr<Peer> make_rte_fib6(std::uint32_t count)
{
    return std::make_unique<RteFib6>(count);
}

} // namespace peers
