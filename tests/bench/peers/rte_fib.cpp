// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// DPDK's rte_fib with its DIR24_8 index, for IPv4, asked for one address at a time.

#include "addresses.h"
#include "dpdk.h"
#include "eal.h"

#include <rte_fib.h>

namespace peers
{

namespace
{

constexpr std::uint32_t longer_than_24_bits = 1 << 15;

class RteFib final : public Peer
{
public:
    explicit RteFib(std::uint32_t count)
    {
        rte_fib_conf conf{};
        conf.type = RTE_FIB_DIR24_8;
        conf.max_routes = static_cast<int>(2 * count + 1);
        conf.dir24_8.nh_sz = RTE_FIB_DIR24_8_4B;
        conf.dir24_8.num_tbl8 = longer_than_24_bits;
        fib_ = rte_fib_create("bench", -1, &conf);
        if (!fib_)
            throw Unavailable("rte_fib_create fails");
    }

    ~RteFib() override { rte_fib_free(fib_); }

    void add(const prefix& prefix, std::uint32_t value) override
    {
        if (rte_fib_add(fib_, ipv4_of(prefix), prefix.length, value))
            throw Unavailable("rte_fib_add fails");
    }

    void erase(const prefix& prefix) override
    {
        rte_fib_delete(fib_, ipv4_of(prefix), prefix.length);
    }

    bool finds_exact() const override { return false; }

    std::uint32_t longest(const prefix& host) override
    {
        std::uint32_t address = ipv4_of(host);
        std::uint64_t next_hop = 0;
        rte_fib_lookup_bulk(fib_, &address, &next_hop, 1);
        return static_cast<std::uint32_t>(next_hop);
    }

    double allocated_bytes() const override { return eal_allocated_bytes(); }

private:
    rte_fib* fib_;
};

} // namespace

std::unique_ptr<Peer> make_rte_fib(std::uint32_t count)
{
    return std::make_unique<RteFib>(count);
}

} // namespace peers
