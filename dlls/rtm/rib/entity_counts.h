// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Counters that many threads change and few read. Every thread counts in a cache line of its own;
// the sum is right when nobody is counting.

#pragma once

#include "handle.h"
#include "thread_shard.h"

#include <array>
#include <atomic>

namespace rtm
{

class ShardedCounter
{
    struct alignas(64) Shard {
        std::atomic<int> count{0};
    };

public:
    void add(int n) noexcept
    {
        shards_[thread_shard()].count.fetch_add(n, std::memory_order_relaxed);
    }

    int sum() const noexcept
    {
        int total = 0;
        for (const Shard& shard : shards_)
            total += shard.count.load(std::memory_order_relaxed);
        return total;
    }

private:
    std::array<Shard, shard_count> shards_;
};

/// Handles that an entity was handed and has not given back, by kind.
class HeldHandles
{
    static constexpr std::size_t kinds = static_cast<std::size_t>(Kind::route_list) + 1;

    struct alignas(64) Shard {
        std::array<std::atomic<int>, kinds> counts{};
    };

public:
    void add(Kind kind, int n) noexcept
    {
        if (n != 0)
            shards_[thread_shard()].counts[index(kind)].fetch_add(n, std::memory_order_relaxed);
    }

    int of(Kind kind) const noexcept
    {
        int total = 0;
        for (const Shard& shard : shards_)
            total += shard.counts[index(kind)].load(std::memory_order_relaxed);
        return total;
    }

private:
    static std::size_t index(Kind kind) noexcept { return static_cast<std::size_t>(kind); }

    std::array<Shard, shard_count> shards_;
};

} // namespace rtm
