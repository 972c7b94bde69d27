// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "time.h"
#include "hold_down.h"
#include "routes.h"

#include <functional>
#include <utility>

namespace model
{

namespace
{

void expire(World& world, Route& route)
{
    if (route.owner.has_callback) {
        ++route.references; // goes to the client
        route.owner.expiries.push_back(&route);
        route.owner.is_woken = true;
        return;
    }
    remove_route(world, route);
    world.sweep();
}

void announce(Notification& notification)
{
    auto& notices = notification.owner.notices;
    std::erase(notices, &notification);
    notices.push_back(&notification);
    notification.owner.is_woken = true;
}

/// The timer that goes off first, and what it does.
struct Next {
    Timer* timer = nullptr;
    std::function<void()> act;

    void consider(const World& world, Timer& other, std::function<void()> its_act)
    {
        if (!other.due || *other.due > world.now)
            return;
        if (timer && std::pair(*timer->due, timer->armed) < std::pair(*other.due, other.armed))
            return;
        timer = &other;
        act = std::move(its_act);
    }
};

Next next_timer(World& world)
{
    Next next;
    for (Route* route : world.all<Route>())
        next.consider(world, route->expiry, [&world, route] { expire(world, *route); });
    for (Destination* destination : world.all<Destination>())
        next.consider(world, destination->hold_end,
                      [&world, destination] { end_hold(world, *destination); });
    for (Notification* notification : world.all<Notification>())
        next.consider(world, notification->due, [notification] { announce(*notification); });
    return next;
}

} // namespace

void pass_time(World& world, Time now)
{
    world.now = now;
    world.timers_run = true;
    for (Next next = next_timer(world); next.timer; next = next_timer(world)) {
        next.timer->due.reset();
        next.act();
    }
    world.timers_run = false;
    ++world.moment;
}

void end_jobs(World& world)
{
    world.jobs_run = false;
    for (Entity* entity : world.all<Entity>())
        entity->is_woken = false;
    world.sweep();
}

std::optional<Event> next_event(const Entity& entity)
{
    if (!entity.news.empty())
        return Event{EventKind::news, entity.news.front().registered, entity.news.front().subject};
    if (!entity.expiries.empty())
        return Event{EventKind::expiry, false, entity.expiries.front()};
    if (!entity.notices.empty())
        return Event{EventKind::notice, false, entity.notices.front()};
    return std::nullopt;
}

void begin_event(World& world, Entity& entity, const Event& event)
{
    switch (event.kind) {
    case EventKind::news:
        world.in_news = as<Entity>(event.subject);
        entity.news.pop_front();
        return;
    case EventKind::expiry:
        entity.expiries.pop_front();
        return;
    case EventKind::notice:
        entity.notices.pop_front();
        return;
    }
}

void end_event(World& world, const Event& event, bool delete_route)
{
    if (event.kind == EventKind::news)
        world.in_news = nullptr;
    if (event.kind == EventKind::expiry && delete_route && event.subject->exists) {
        auto& route = *as<Route>(event.subject);
        if (route.state == RouteState::live)
            remove_route(world, route);
        if (route.references > 0)
            --route.references;
    }
    world.sweep();
}

} // namespace model
