// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Counters that many threads change and few read. A thread counts in a cache line that it has
// to itself, without a locked instruction: these would be half of what a look-up takes. Who
// finds its line taken by another thread counts in a common one. The sum is right when nobody is
// counting.

#pragma once

#include "handle.h"
#include "thread_shard.h"

#include <array>
#include <atomic>

namespace rtm
{

template <std::size_t size> class ThreadCounters
{
    using Counts = std::array<std::atomic<int>, size>;

    struct alignas(64) Shard {
        std::atomic<std::uint32_t> owner{0}; // the number of the thread that has it, for good
        Counts counts{};

        bool is_of(std::uint32_t thread) noexcept
        {
            std::uint32_t nobody = owner.load(std::memory_order_relaxed);
            return nobody == thread ||
                   (nobody == 0 && owner.compare_exchange_strong(nobody, thread));
        }
    };

public:
    void add(std::size_t counter, int n) noexcept
    {
        const std::uint32_t thread = thread_number();
        Shard& mine = shards_[thread % shard_count];
        if (mine.is_of(thread)) {
            std::atomic<int>& count = mine.counts[counter];
            count.store(count.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
        } else {
            common_.counts[counter].fetch_add(n, std::memory_order_relaxed);
        }
    }

    int sum(std::size_t counter) const noexcept
    {
        int total = common_.counts[counter].load(std::memory_order_relaxed);
        for (const Shard& shard : shards_)
            total += shard.counts[counter].load(std::memory_order_relaxed);
        return total;
    }

private:
    std::array<Shard, shard_count> shards_;
    Shard common_;
};

class ShardedCounter
{
public:
    void add(int n) noexcept { counters_.add(0, n); }
    int sum() const noexcept { return counters_.sum(0); }

private:
    ThreadCounters<1> counters_;
};

/// Handles that an entity was handed and has not given back, by kind.
class HeldHandles
{
    static constexpr std::size_t kinds = static_cast<std::size_t>(Kind::route_list) + 1;

public:
    void add(Kind kind, int n) noexcept
    {
        if (n != 0)
            counters_.add(static_cast<std::size_t>(kind), n);
    }

    int of(Kind kind) const noexcept { return counters_.sum(static_cast<std::size_t>(kind)); }

private:
    ThreadCounters<kinds> counters_;
};

} // namespace rtm
