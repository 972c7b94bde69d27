// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "read_sections.h"

#include <thread>
#include <utility>

namespace rtm
{

namespace
{

void destroy_all(Retired* list) noexcept
{
    while (list) {
        Retired* object = list;
        list = object->next_retired;
        object->destroy(object);
    }
}

} // namespace

std::atomic<std::uint32_t>& ReadSections::current_count() noexcept
{
    return shards_[thread_shard()].readers[epoch_.load(std::memory_order_relaxed) & 1];
}

bool ReadSections::phase_is_empty(unsigned phase) const noexcept
{
    for (const Shard& shard : shards_)
        if (shard.readers[phase].load(std::memory_order_seq_cst) != 0)
            return false;
    return true;
}

void ReadSections::retire(Retired& object) noexcept
{
    std::lock_guard lock(mutex_);
    object.retired_in = epoch_.load(std::memory_order_relaxed);
    object.next_retired = nullptr;
    (newest_ ? newest_->next_retired : oldest_) = &object;
    newest_ = &object;
}

void ReadSections::advance() noexcept
{
    auto epoch = epoch_.load(std::memory_order_relaxed);
    if (phase_is_empty((epoch + 1) & 1))
        epoch_.store(epoch + 1, std::memory_order_seq_cst);
}

void ReadSections::try_advance() noexcept
{
    std::unique_lock lock(mutex_, std::try_to_lock);
    if (lock.owns_lock())
        advance();
}

Retired* ReadSections::take_ripe() noexcept
{
    auto epoch = epoch_.load(std::memory_order_relaxed);
    Retired* first = oldest_;
    Retired* last = nullptr;
    for (Retired* p = oldest_; p && p->retired_in + 2 <= epoch; p = p->next_retired)
        last = p;
    if (!last)
        return nullptr;
    oldest_ = last->next_retired;
    if (!oldest_)
        newest_ = nullptr;
    last->next_retired = nullptr;
    return first;
}

bool ReadSections::reclaim() noexcept
{
    Retired* ripe;
    {
        std::lock_guard lock(mutex_);
        if (!oldest_)
            return true;
        advance();
        advance();
        ripe = take_ripe();
    }
    destroy_all(ripe);
    // Destroying one object may have retired another.
    std::lock_guard lock(mutex_);
    return !oldest_;
}

void ReadSections::wait_for_readers() noexcept
{
    const std::uint64_t begin = epoch();
    while (epoch() < begin + grace) {
        {
            std::lock_guard lock(mutex_);
            advance();
        }
        if (epoch() < begin + grace)
            std::this_thread::yield();
    }
}

void ReadSections::settle() noexcept
{
    for (int tries = 0; tries < 1000 && !reclaim(); ++tries)
        std::this_thread::yield();
}

void ReadSections::drain() noexcept
{
    // Destroying one object may retire another.
    while (oldest_) {
        newest_ = nullptr;
        destroy_all(std::exchange(oldest_, nullptr));
    }
}

} // namespace rtm
