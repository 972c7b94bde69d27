// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Single members of structures that clients may be editing in place at the same time.

#pragma once

#include <atomic>

namespace rtm
{

template <class T> T read_field(const T& field) noexcept
{
    return std::atomic_ref<T>(const_cast<T&>(field)).load(std::memory_order_acquire);
}

template <class T> void write_field(T& field, T value) noexcept
{
    std::atomic_ref<T>(field).store(value, std::memory_order_release);
}

} // namespace rtm
