// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The mutex behind a table's writing lock.
//
// Writers hold it for less than a microsecond, and a thread that sleeps takes many to wake, under
// Wine by way of another process; so who finds it taken looks again for a while, then lets others
// run, among them perhaps the one that has it, and only then sleeps.

#pragma once

#include <mutex>
#include <thread>

namespace rtm
{

class WritingMutex
{
public:
    void lock()
    {
        for (int tries = 0; tries < looks + yields; ++tries) {
            if (mutex_.try_lock())
                return;
            if (tries < looks)
                pause_a_little();
            else
                std::this_thread::yield();
        }
        mutex_.lock();
    }
    bool try_lock() { return mutex_.try_lock(); }
    void unlock() { mutex_.unlock(); }

private:
    static constexpr int looks = 100;
    static constexpr int yields = 20;

    static void pause_a_little() noexcept
    {
#if defined(__x86_64__) || defined(__i386__)
        for (int pauses = 10; pauses != 0; --pauses)
            __builtin_ia32_pause();
#endif
    }

    std::mutex mutex_;
};

} // namespace rtm
