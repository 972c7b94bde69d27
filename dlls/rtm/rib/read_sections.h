// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Read sections: how a reader may follow pointers and handles without a lock
// while others delete what they lead to.
//
// A reader is inside a Scope while it looks. Whoever unlinks an object retires it
// here; it is destroyed once every Scope that was open at that time has been left.
// Entering and leaving cost one uncontended atomic addition each.
//
// There are two phases. New readers count themselves in the current one, so the
// other one drains; the phases change places when it is empty. A reader that was
// delayed may count itself in either, therefore an object waits for two changes
// of phase: by then both counts have been seen at zero after its retirement.

#pragma once

#include "thread_shard.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace rtm
{

/// Base of what can be retired. Costs no allocation, so that deleting never fails.
struct Retired {
    void (*destroy)(Retired*) noexcept = nullptr;
    Retired* next_retired = nullptr;
    std::uint64_t retired_in = 0;
};

class ReadSections
{
    // Readers of different threads count in different cache lines.
    struct alignas(64) Shard {
        std::array<std::atomic<std::uint32_t>, 2> readers{};
    };

public:
    /// An open read section. Do not wait, and do not call a client, inside one.
    class Scope
    {
    public:
        explicit Scope(ReadSections& sections) noexcept : count_(sections.current_count())
        {
            count_.fetch_add(1, std::memory_order_seq_cst);
        }
        ~Scope() { count_.fetch_sub(1, std::memory_order_release); }
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

    private:
        std::atomic<std::uint32_t>& count_;
    };

    ReadSections() = default;
    ReadSections(const ReadSections&) = delete;
    ReadSections& operator=(const ReadSections&) = delete;

    ~ReadSections() { drain(); }

    /// Has `object`, which no new reader can reach any more, destroyed in due time.
    void retire(Retired& object) noexcept;

    /// Counts the changes of phase. What was unlinked before epoch() said e is seen by no reader
    /// once it says e + grace: the check for the next change may have been under way.
    std::uint64_t epoch() const noexcept { return epoch_.load(std::memory_order_seq_cst); }
    static constexpr std::uint64_t grace = 3;

    /// Changes phases if readers allow it. May be called inside a Scope, though in vain.
    void try_advance() noexcept;

    /// Destroys what no reader can see any more. True if nothing is left. Call it outside of
    /// any Scope and lock.
    bool reclaim() noexcept;

    /// Waits until every Scope that is open now has been left. Not inside one, nor with a lock
    /// that a reader may want.
    void wait_for_readers() noexcept;

    /// Reclaims until nothing is left; gives up if a reader dawdles.
    void settle() noexcept;

    /// Destroys all that is retired. No Scope may be open.
    void drain() noexcept;

private:
    std::atomic<std::uint32_t>& current_count() noexcept;
    bool phase_is_empty(unsigned phase) const noexcept;
    void advance() noexcept;
    Retired* take_ripe() noexcept;

    std::array<Shard, shard_count> shards_{};
    std::atomic<std::uint64_t> epoch_{0};

    std::mutex mutex_; // guards the list and changes of epoch_
    Retired* oldest_ = nullptr;
    Retired* newest_ = nullptr;
};

} // namespace rtm
