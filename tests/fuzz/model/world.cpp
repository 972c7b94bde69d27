// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "world.h"

namespace model
{

namespace
{

bool keeps(const World&, const Route& route)
{
    return route.state != RouteState::deleted || route.references > 0;
}

bool keeps(const World&, const NextHop& hop)
{
    return !hop.deleted || hop.references > 0;
}

bool keeps(const World& world, const Destination& destination)
{
    if (destination.references > 0)
        return true;
    for (const Route* route : world.all<Route>())
        if (&route->destination == &destination)
            return true;
    for (const Notification* notification : world.all<Notification>())
        for (const auto* kept : {&notification->marks, &notification->pending})
            if (kept->contains(const_cast<Destination*>(&destination)))
                return true;
    return false;
}

bool keeps(const World& world, const Entity& entity)
{
    if (entity.registered || entity.references > 0 || entity.is_woken || world.in_news == &entity)
        return true;
    for (const Route* route : world.all<Route>())
        if (&route->owner == &entity)
            return true;
    for (const NextHop* hop : world.all<NextHop>())
        if (&hop->owner == &entity)
            return true;
    for (const Entity* other : world.all<Entity>())
        for (const EntityNews& news : other->news)
            if (news.subject == &entity)
                return true;
    return false;
}

void let_go(Object* object)
{
    if (object && object->exists && object->references > 0)
        --object->references;
}

// What else goes when one ends.
void end(Route& route)
{
    let_go(route.shown.neighbour);
    for (NextHop* hop : route.shown.next_hops)
        let_go(hop);
}
void end(NextHop& hop)
{
    let_go(hop.remote);
}
void end(Destination& destination)
{
    destination.table.destinations.erase(destination.prefix);
}
void end(Entity&) {}

/// Ends those that nothing keeps. True if there were any.
template <class T> bool end_unkept(const World& world)
{
    bool ended = false;
    for (T* object : world.all<T>())
        if (!keeps(world, *object)) {
            object->exists = false;
            end(*object);
            ended = true;
        }
    return ended;
}

} // namespace

Entity* World::caller(Verdict& verdict, Name registration) const
{
    Entity* entity = as<Entity>(known(registration));
    if (entity && entity->registered)
        return entity;
    verdict.refuse(Code::invalid_handle);
    return nullptr;
}

bool World::learn(Object& object, Name name)
{
    if (object.name != 0)
        return object.name == name;
    object.name = name;
    return name != 0 && names.emplace(name, &object).second;
}

void World::arm(Timer& timer, Time delay)
{
    timer.due = now + delay;
    timer.armed = ++steps;
}

void World::sweep()
{
    if (!timers_run)
        ++moment;
    // One end may be the cause of the next.
    while (end_unkept<Route>(*this) || end_unkept<NextHop>(*this) ||
           end_unkept<Destination>(*this) || end_unkept<Entity>(*this))
        ;
    std::erase_if(living, [](Object* object) { return !object->exists; });
}

} // namespace model
