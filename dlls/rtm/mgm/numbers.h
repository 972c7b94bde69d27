// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Small numbers for objects, so that they can be in SparseBits. A number that is given back is
// used again, the lowest numbers being used for as long as there are objects.

#pragma once

#include "faults.h"

#include <cstdint>
#include <vector>

namespace rtm::mgm
{

template <class T> class Numbers
{
public:
    /// Throws std::bad_alloc.
    std::uint32_t take()
    {
        if (!free_.empty()) {
            const std::uint32_t number = free_.back();
            free_.pop_back();
            return number;
        }
        if (free_.capacity() < objects_.size() + 1) // so that give_back() cannot fail
            free_.reserve(objects_.size() * 2 + 1);
        objects_.push_back(nullptr);
        return static_cast<std::uint32_t>(objects_.size() - 1);
    }

    void give_back(std::uint32_t number) noexcept
    {
        objects_[number] = nullptr;
        free_.push_back(number);
    }

    void set(std::uint32_t number, T& object) noexcept { objects_[number] = &object; }
    T& at(std::uint32_t number) const noexcept { return *objects_[number]; }

private:
    std::vector<T*, Allocator<T*>> objects_;
    std::vector<std::uint32_t, Allocator<std::uint32_t>> free_;
};

} // namespace rtm::mgm
