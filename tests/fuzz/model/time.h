// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What happens as time goes by, and what callbacks are told.

#pragma once

#include "world.h"

namespace model
{

/// It is `now`: what is due by then happens.
void pass_time(World& world, Time now);

/// All jobs that were to run have run.
void end_jobs(World& world);

enum class EventKind { news, expiry, notice };

struct Event {
    EventKind kind;
    bool registered = false;
    Object* subject; // an entity, a route or a notification
};

/// The next event that an entity's callback is to be told of; none if there is none.
std::optional<Event> next_event(const Entity& entity);

/// It is being told of.
void begin_event(World& world, Entity& entity, const Event& event);

/// It has been, and has returned. `delete_route`: ERROR_NOT_SUPPORTED, for an expired route.
void end_event(World& world, const Event& event, bool delete_route);

} // namespace model
