// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "thread_pool.h"

#include "faults.h"

#include <utility>

namespace rtm
{

namespace
{

// So many callbacks can sleep before one of another entity has to wait.
constexpr DWORD most_threads = 1024;

} // namespace

class ThreadPool::PoolRunner final : public Runner
{
public:
    PoolRunner(std::shared_ptr<ThreadPool> pool, Job& job) : pool_(std::move(pool))
    {
        TP_CALLBACK_ENVIRON environment = pool_->environment();
        faults::before_resource();
        work_ = CreateThreadpoolWork(&run, &job, &environment);
        if (!work_)
            throw ResourceExhausted();
    }
    ~PoolRunner() override { CloseThreadpoolWork(work_); }

    void wake() noexcept override { SubmitThreadpoolWork(work_); }

private:
    static void CALLBACK run(PTP_CALLBACK_INSTANCE, void* job, PTP_WORK) noexcept
    {
        static_cast<Job*>(job)->run();
    }

    const std::shared_ptr<ThreadPool> pool_;
    PTP_WORK work_;
};

class ThreadPool::PoolAlarm final : public Alarm
{
public:
    PoolAlarm(std::shared_ptr<ThreadPool> pool, Job& job) : pool_(std::move(pool))
    {
        TP_CALLBACK_ENVIRON environment = pool_->environment();
        faults::before_resource();
        timer_ = CreateThreadpoolTimer(&run, &job, &environment);
        if (!timer_)
            throw ResourceExhausted();
    }
    ~PoolAlarm() override
    {
        SetThreadpoolTimer(timer_, nullptr, 0, 0);
        WaitForThreadpoolTimerCallbacks(timer_, TRUE);
        CloseThreadpoolTimer(timer_);
    }

    void set(std::uint64_t delay_ms) noexcept override
    {
        // Negative is relative, in units of 100 ns; 0 is at once.
        constexpr std::uint64_t longest = 30ull * 24 * 3600 * 1000;
        ULARGE_INTEGER due;
        due.QuadPart = 0 - (delay_ms < longest ? delay_ms : longest) * 10000;
        FILETIME time{due.LowPart, due.HighPart};
        SetThreadpoolTimer(timer_, &time, 0, 0);
    }

private:
    static void CALLBACK run(PTP_CALLBACK_INSTANCE, void* job, PTP_TIMER) noexcept
    {
        static_cast<Job*>(job)->run();
    }

    const std::shared_ptr<ThreadPool> pool_;
    PTP_TIMER timer_;
};

TP_CALLBACK_ENVIRON ThreadPool::environment() const noexcept
{
    TP_CALLBACK_ENVIRON environment{};
    environment.Version = 1;
    environment.Pool = pool_;
    return environment;
}

ThreadPool::ThreadPool()
{
    faults::before_resource();
    pool_ = CreateThreadpool(nullptr);
    if (!pool_)
        throw ResourceExhausted();
    SetThreadpoolThreadMaximum(pool_, most_threads);
    // One thread that is always there: waking a runner cannot fail for want of one.
    if (!SetThreadpoolThreadMinimum(pool_, 1)) {
        CloseThreadpool(pool_);
        throw ResourceExhausted();
    }
}

ThreadPool::~ThreadPool()
{
    CloseThreadpool(pool_);
}

std::shared_ptr<ThreadPool> ThreadPool::make()
{
    return std::allocate_shared<ThreadPool>(Allocator<ThreadPool>());
}

std::unique_ptr<Runner> ThreadPool::make_runner(std::shared_ptr<ThreadPool> pool, Job& job)
{
    faults::before_allocation();
    return std::make_unique<PoolRunner>(std::move(pool), job);
}

std::unique_ptr<Alarm> ThreadPool::make_alarm(std::shared_ptr<ThreadPool> pool, Job& job)
{
    faults::before_allocation();
    return std::make_unique<PoolAlarm>(std::move(pool), job);
}

} // namespace rtm
