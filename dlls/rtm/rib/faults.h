// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Fault injection: makes the Nth allocation, or the Nth request for a system
// resource, fail, so that tests and client authors can see what happens then.
// Off unless armed.

#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace rtm::faults
{

/// Makes the `nth` allocation from now on fail once; 0 switches it off.
void fail_allocation(unsigned nth) noexcept;

/// Makes the `nth` request for a system resource from now on fail once; 0 switches it off.
void fail_resource(unsigned nth) noexcept;

/// Called before every allocation of the engine. Throws std::bad_alloc if this one is to fail.
void before_allocation();

/// Called by a Host before every request for a system resource. Throws ResourceExhausted if
/// this one is to fail.
void before_resource();

} // namespace rtm::faults

namespace rtm
{

/// The allocator of every container in the engine: the standard one, open to fault injection.
template <class T> struct Allocator {
    using value_type = T;

    Allocator() noexcept = default;
    template <class U> Allocator(const Allocator<U>&) noexcept {}

    T* allocate(std::size_t n)
    {
        faults::before_allocation();
        return std::allocator<T>().allocate(n);
    }

    void deallocate(T* p, std::size_t n) noexcept { std::allocator<T>().deallocate(p, n); }

    template <class U> bool operator==(const Allocator<U>&) const noexcept { return true; }
};

} // namespace rtm
