// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A Win32 thread pool of our own, so that a client's callback that sleeps takes no thread from
// the rest of the process.

#pragma once

#include "host.h"

#include <memory>

#include <windef.h>
#include <winbase.h>

namespace rtm
{

class ThreadPool
{
public:
    /// Throws ResourceExhausted or std::bad_alloc.
    static std::shared_ptr<ThreadPool> make();

    /// A runner that keeps the pool. Throws ResourceExhausted or std::bad_alloc.
    static std::unique_ptr<Runner> make_runner(std::shared_ptr<ThreadPool> pool, Job& job);

    /// The same for an alarm.
    static std::unique_ptr<Alarm> make_alarm(std::shared_ptr<ThreadPool> pool, Job& job);

    ThreadPool();
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

private:
    class PoolRunner;
    class PoolAlarm;

    TP_CALLBACK_ENVIRON environment() const noexcept;

    PTP_POOL pool_;
};

} // namespace rtm
