// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the engine gets from Windows: threads of the Win32 thread pool, limits from the
// registry, fault injection from the environment, and calls of clients' callbacks.

#pragma once

#include "host.h"

#include <cstdint>
#include <memory>
#include <mutex>

namespace rtm
{

class ThreadPool;

/// Keeps the dll in the process for good: threads of the pool may be in here for a moment after
/// the last entity has left.
void keep_dll() noexcept;

class Win32Host final : public Host
{
public:
    void before_first_entity() override;
    std::unique_ptr<Runner> make_runner(Job& job) override;
    std::unique_ptr<Alarm> make_alarm(Job& job) override;
    std::uint64_t now_ms() noexcept override;
    std::uint64_t wall_clock() noexcept override;
    void* map(std::size_t size) override;
    void unmap(void* memory, std::size_t size) noexcept override;
    Status configure(Limits& limits) override;
    void tell(ClientFunction callback, EntityEvent event, Entity& receiver,
              Entity& subject) noexcept override;
    bool tell_expired(ClientFunction callback, Entity& owner, Handle route,
                      RouteInfo& live) noexcept override;
    void tell_changes(ClientFunction callback, Entity& receiver, Handle notification,
                      void* context) noexcept override;

private:
    std::shared_ptr<ThreadPool> pool();

    std::mutex mutex_;
    std::weak_ptr<ThreadPool> pool_; // lives while a runner or an alarm does
    std::uint64_t clock_base_ = 0;   // wall clock when the tick count was 0
};

} // namespace rtm
