// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "faults.h"

#include "status.h"

#include <atomic>

namespace rtm::faults
{

namespace
{

// How many more may pass, plus one; 0 while off.
constinit std::atomic<unsigned> allocations_left{0};
constinit std::atomic<unsigned> resources_left{0};

bool is_the_one(std::atomic<unsigned>& left) noexcept
{
    unsigned n = left.load(std::memory_order_relaxed);
    while (n != 0)
        if (left.compare_exchange_weak(n, n - 1, std::memory_order_relaxed))
            return n == 1;
    return false;
}

} // namespace

void fail_allocation(unsigned nth) noexcept
{
    allocations_left = nth;
}

void fail_resource(unsigned nth) noexcept
{
    resources_left = nth;
}

void before_allocation()
{
    if (is_the_one(allocations_left))
        throw std::bad_alloc();
}

void before_resource()
{
    if (is_the_one(resources_left))
        throw ResourceExhausted();
}

} // namespace rtm::faults
