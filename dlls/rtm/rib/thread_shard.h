// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Where a thread counts, when counters are split so that threads do not wait for each other's
// cache lines.

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace rtm
{

constexpr std::size_t shard_count = 16;

/// A number that no other thread has at the same time; never 0. Threads that are made one after the
/// other have numbers of different remainders.
inline std::uint32_t thread_number() noexcept
{
#if defined(_WIN32) && (defined(__x86_64__) || defined(__i386__))
    // The number that Windows has for the thread, a multiple of four, is in memory; thread-local
    // storage takes a call of a function for each look there.
    std::uint32_t number;
#ifdef __x86_64__
    __asm__("movl %%gs:0x48, %0" : "=r"(number));
#else
    __asm__("movl %%fs:0x24, %0" : "=r"(number));
#endif
    return number / 4;
#else
    static std::atomic<std::uint32_t> last{0};
    // In a place that is known when the library is loaded: looked at without a call.
    [[gnu::tls_model("initial-exec")]] static thread_local std::uint32_t number = 0;
    if (number == 0)
        number = ++last;
    return number;
#endif
}

/// One of shard_count places, always the same for a thread.
inline std::size_t thread_shard() noexcept
{
    return thread_number() % shard_count;
}

} // namespace rtm
