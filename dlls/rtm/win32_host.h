// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the engine gets from Windows: threads of the Win32 thread pool, limits from the
// registry, fault injection from the environment, and calls of clients' callbacks.

#pragma once

#include "host.h"

#include <memory>

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
    Status configure(Limits& limits) override;
    void tell(ClientFunction callback, EntityEvent event, Entity& receiver,
              Entity& subject) noexcept override;

private:
    std::weak_ptr<ThreadPool> pool_; // lives while a runner does
};

} // namespace rtm
