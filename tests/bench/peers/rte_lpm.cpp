// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// DPDK's rte_lpm, for IPv4. It looks for a rule among all of the same length whenever one is added
// or deleted, which takes hours for a large table.

#include "addresses.h"
#include "dpdk.h"
#include "eal.h"

#include <rte_lpm.h>

namespace peers
{

namespace
{

constexpr std::uint32_t most_prefixes = 100000;
constexpr std::uint32_t longer_than_24_bits = 1 << 15;

class RteLpm final : public Peer
{
public:
    explicit RteLpm(std::uint32_t count)
    {
        const rte_lpm_config config{
            .max_rules = count + 1, .number_tbl8s = longer_than_24_bits, .flags = 0};
        lpm_ = rte_lpm_create("bench", -1, &config);
        if (!lpm_)
            throw Unavailable("rte_lpm_create fails");
    }

    ~RteLpm() override { rte_lpm_free(lpm_); }

    void add(const prefix& prefix, std::uint32_t value) override
    {
        if (rte_lpm_add(lpm_, ipv4_of(prefix), prefix.length, value))
            throw Unavailable("rte_lpm_add fails");
    }

    void erase(const prefix& prefix) override
    {
        rte_lpm_delete(lpm_, ipv4_of(prefix), prefix.length);
    }

    bool finds_exact() const override { return false; }

    std::uint32_t longest(const prefix& host) override
    {
        std::uint32_t next_hop = 0;
        return rte_lpm_lookup(lpm_, ipv4_of(host), &next_hop) ? 0 : next_hop;
    }

    double allocated_bytes() const override { return eal_allocated_bytes(); }

private:
    rte_lpm* lpm_;
};

} // namespace

std::unique_ptr<Peer> make_rte_lpm(std::uint32_t count)
{
    if (count > most_prefixes)
        throw Unavailable("adding takes time that grows with the square of the table");
    return std::make_unique<RteLpm>(count);
}

} // namespace peers
