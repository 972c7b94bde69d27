// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// DPDK's rte_lpm6.

#include "dpdk.h"
#include "eal.h"

#include <rte_lpm6.h>

namespace peers
{

namespace
{

constexpr std::uint32_t inner_tables = 1 << 19;

class RteLpm6 final : public Peer
{
public:
    explicit RteLpm6(std::uint32_t count)
    {
        const rte_lpm6_config config{
            .max_rules = count + 1, .number_tbl8s = inner_tables, .flags = 0};
        lpm_ = rte_lpm6_create("bench", -1, &config);
        if (!lpm_)
            throw Unavailable("rte_lpm6_create fails");
    }

    ~RteLpm6() override { rte_lpm6_free(lpm_); }

    void add(const prefix& prefix, std::uint32_t value) override
    {
        if (rte_lpm6_add(lpm_, prefix.bytes, prefix.length, value))
            throw Unavailable("rte_lpm6_add fails");
    }

    void erase(const prefix& prefix) override
    {
        rte_lpm6_delete(lpm_, prefix.bytes, prefix.length);
    }

    std::uint32_t exact(const prefix& prefix) override
    {
        std::uint32_t next_hop = 0;
        return rte_lpm6_is_rule_present(lpm_, prefix.bytes, prefix.length, &next_hop) == 1
                   ? next_hop
                   : 0;
    }

    std::uint32_t longest(const prefix& host) override
    {
        std::uint32_t next_hop = 0;
        return rte_lpm6_lookup(lpm_, host.bytes, &next_hop) ? 0 : next_hop;
    }

    double allocated_bytes() const override { return eal_allocated_bytes(); }

private:
    rte_lpm6* lpm_;
};

} // namespace

std::unique_ptr<Peer> make_rte_lpm6(std::uint32_t count)
{
    return std::make_unique<RteLpm6>(count);
}

} // namespace peers
