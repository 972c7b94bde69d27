// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "handle.h"

#include <new>

namespace rtm
{

static_assert(handle_bits::place - handle_bits::slot >= 13, "every slab has a number");

Handle SlabDirectory::take_number()
{
    if (!returned_.empty()) {
        Handle number = returned_.back();
        returned_.pop_back();
        return number;
    }
    if (used_ == capacity)
        throw std::bad_alloc();
    // So that give_back() cannot fail.
    if (returned_.capacity() < used_ + 1)
        returned_.reserve(used_ * 2);
    return used_++;
}

Handle SlabDirectory::add(Kind kind, void* slab, const void* owner, std::size_t stride)
{
    std::lock_guard lock(mutex_);
    const Handle number = take_number();
    Entry& entry = entries_[number];
    entry.owner.store(owner, std::memory_order_relaxed);
    entry.stride.store(static_cast<std::uint32_t>(stride), std::memory_order_relaxed);
    entry.slab_and_kind.store(reinterpret_cast<std::uintptr_t>(slab) |
                                  static_cast<std::uintptr_t>(kind),
                              std::memory_order_release);
    return number;
}

void SlabDirectory::remove(Handle number) noexcept
{
    entries_[number].slab_and_kind.store(0, std::memory_order_seq_cst);
}

void SlabDirectory::give_back(Handle number, std::uint32_t lives) noexcept
{
    std::lock_guard lock(mutex_);
    entries_[number].lives += lives;
    returned_.push_back(static_cast<std::uint16_t>(number));
}

std::uint32_t SlabDirectory::first_generation(Place place) const noexcept
{
    const std::uint32_t lives = entries_[place >> handle_bits::slot].lives;
    return (handle_bits::first_generation(place) + lives) &
           static_cast<std::uint32_t>(handle_bits::last_generation);
}

} // namespace rtm
