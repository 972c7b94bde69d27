// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The mutex behind a table's writing lock.
//
// Writers hold it for less than a microsecond, and a thread that sleeps takes many to wake; so who
// finds it taken looks again for a while before it sleeps.

#pragma once

#include <mutex>

namespace rtm
{

class WritingMutex
{
public:
    void lock()
    {
        for (int tries = 100; tries != 0; --tries) {
            if (mutex_.try_lock())
                return;
            for (int pauses = 10; pauses != 0; --pauses)
                pause();
        }
        mutex_.lock();
    }
    bool try_lock() { return mutex_.try_lock(); }
    void unlock() { mutex_.unlock(); }

private:
    static void pause() noexcept
    {
#if defined(__x86_64__) || defined(__i386__)
        __builtin_ia32_pause();
#endif
    }

    std::mutex mutex_;
};

} // namespace rtm
