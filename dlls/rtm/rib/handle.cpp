// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "handle.h"

#include <new>

namespace rtm
{

static_assert(handle_bits::place - handle_bits::slot >= 13, "every slab has a number");

Handle SlabDirectory::add(Kind kind, void* slab)
{
    std::lock_guard lock(mutex_);
    if (used_ == capacity)
        throw std::bad_alloc();
    auto entry = reinterpret_cast<std::uintptr_t>(slab) | static_cast<std::uintptr_t>(kind);
    entries_[used_].store(entry, std::memory_order_release);
    return used_++;
}

} // namespace rtm
