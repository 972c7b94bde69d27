// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the engine needs from outside. The dll gives it Win32 threads and the registry, a
// native test gives it what it likes.

#pragma once

#include "ids.h"
#include "status.h"

#include <memory>

namespace rtm
{

class Entity;

/// Work that the engine wants done on a thread of the host's.
class Job
{
public:
    virtual void run() noexcept = 0;

protected:
    ~Job() = default;
};

/// Runs one job, as often as it is woken.
class Runner
{
public:
    virtual ~Runner() = default;

    /// Has Job::run called once, soon, on another thread. Never fails: what it takes was
    /// acquired with the runner. The job may wake its own runner, and may destroy it.
    virtual void wake() noexcept = 0;
};

/// A pointer to a client's function. Only the host knows its type.
using ClientFunction = void (*)();

enum class EntityEvent { registered, deregistered };

class Host
{
public:
    /// Called before an entity tries to register while there is no table.
    virtual void before_first_entity() = 0;

    /// Makes a runner for `job`, which outlives it. Throws ResourceExhausted or std::bad_alloc.
    virtual std::unique_ptr<Runner> make_runner(Job& job) = 0;

    /// Replaces what is configured in `limits`. Status::bad_configuration if that is nonsense.
    virtual Status configure(Limits& limits) = 0;

    /// Calls the event callback that `receiver` registered with: `subject` has come or gone.
    /// Called on a runner's thread, with no lock held, never twice at a time for one entity.
    virtual void tell(ClientFunction callback, EntityEvent event, Entity& receiver,
                      Entity& subject) noexcept = 0;

protected:
    ~Host() = default;
};

} // namespace rtm
