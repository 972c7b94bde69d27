// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "entities.h"
#include "enumerating.h"
#include "references.h"
#include "routes.h"

#include <algorithm>

namespace model
{

namespace
{

constexpr unsigned most_methods = 32;

Table& table_for(World& world, const EntityInfo& info)
{
    auto& table = world.tables[{info.instance, info.family}];
    if (!table) {
        table = std::make_unique<Table>();
        table->instance = info.instance;
        table->family = info.family;
    }
    return *table;
}

const Table* find_table(const World& world, const EntityInfo& info)
{
    auto found = world.tables.find({info.instance, info.family});
    return found == world.tables.end() ? nullptr : found->second.get();
}

Verdict judge(const World& world, const Joining& joining)
{
    Verdict verdict;
    verdict.refuse_if(!joining.info || !joining.wants_profile || !joining.wants_handle,
                      Code::invalid_parameter);
    verdict.refuse_if(joining.methods && joining.methods->size() > most_methods,
                      Code::invalid_data);
    if (!joining.info)
        return verdict;
    const EntityInfo& info = *joining.info;
    verdict.refuse_if(info.family == 0, Code::invalid_data);
    verdict.refuse_if(info.family != 0 && info.family != ipv4 && info.family != ipv6,
                      Code::file_not_found);
    const auto& members =
        find_table(world, info) ? find_table(world, info)->members : std::vector<Entity*>();
    verdict.refuse_if(std::any_of(members.begin(), members.end(),
                                  [&](Entity* other) { return other->id == info.id; }),
                      Code::already_exists);
    const auto slots = std::count_if(members.begin(), members.end(),
                                     [](Entity* other) { return other->has_slot; });
    verdict.refuse_if(joining.reserve_slot && slots >= world.limits.opaque_pointers,
                      Code::no_system_resources);
    return verdict;
}

void tell_others(Entity& subject, bool registered)
{
    for (Entity* other : subject.table.members)
        if (other != &subject && other->has_callback) {
            other->news.push_back({registered, &subject});
            other->is_woken = true;
        }
}

void forget_events(Entity& entity)
{
    entity.news.clear();
    for (Route* route : entity.expiries)
        --route->references; // which were to go to the client
    entity.expiries.clear();
    entity.notices.clear();
}

void end_locks(World& world, Entity& entity)
{
    for (Destination* destination : world.all<Destination>())
        destination->locks.erase(&entity);
}

void end_possessions(World& world, Entity& entity)
{
    for (Notification* notification : world.all<Notification>())
        if (&notification->owner == &entity)
            notification->exists = false;
    for (NextHop* hop : world.all<NextHop>())
        if (&hop->owner == &entity)
            hop->deleted = true;
    entity.next_hops.clear();
    for (Enumeration* enumeration : world.all<Enumeration>())
        if (&enumeration->owner == &entity)
            end_enum(*enumeration);
    for (RouteList* list : world.all<RouteList>())
        if (&list->owner == &entity)
            list->exists = false;
    // Newest first: the oldest of a destination is the one that is held.
    auto routes = world.all<Route>();
    std::reverse(routes.begin(), routes.end());
    for (Route* route : routes)
        if (&route->owner == &entity && route->state == RouteState::live)
            remove_route(world, *route);
    for (Destination* destination : world.all<Destination>())
        destination->slots.erase(&entity);
}

void end_table(World& world, Table& table)
{
    for (const auto& object : world.objects)
        if (&object->table == &table)
            object->exists = false;
    table.destinations.clear();
    auto entry = world.tables.find({table.instance, table.family});
    world.ended_tables.push_back(std::move(entry->second));
    world.tables.erase(entry);
}

} // namespace

Joined join(World& world, const Joining& joining)
{
    Verdict verdict = judge(world, joining);
    if (!verdict.fine())
        return {verdict};
    Table& table = table_for(world, *joining.info);
    Entity& entity = world.make<Entity>(table);
    entity.id = joining.info->id;
    entity.methods = joining.methods.value_or(std::vector<bool>());
    entity.has_callback = joining.has_callback;
    entity.has_slot = joining.reserve_slot;
    table.members.push_back(&entity);
    tell_others(entity, true);
    world.sweep();
    return {verdict, &entity};
}

Verdict leave(World& world, Name registration)
{
    Verdict verdict;
    Entity* me = world.caller(verdict, registration);
    if (!me)
        return verdict;
    forget_events(*me);
    end_locks(world, *me);
    end_possessions(world, *me);
    me->registered = false;
    me->references = std::max(me->references, 0);
    std::erase(me->table.members, me);
    tell_others(*me, false);
    if (me->table.members.empty())
        end_table(world, me->table);
    world.sweep();
    return verdict;
}

Listed list_entities(World& world, Name registration, std::optional<unsigned> capacity,
                     bool wants_handles)
{
    Listed listed;
    listed.verdict.refuse_if(!capacity, Code::invalid_parameter);
    const Entity* me = world.caller(listed.verdict, registration);
    if (!listed.verdict.fine())
        return listed;
    listed.answered = true;
    const auto& members = me->table.members;
    const auto total = static_cast<unsigned>(members.size());
    listed.verdict.refuse_if(*capacity < total, Code::insufficient_buffer);
    listed.count = *capacity == 0 ? total : std::min(*capacity, total);
    listed.entities.assign(members.begin(), members.begin() + std::min(*capacity, total));
    if (wants_handles)
        for (Entity* entity : listed.entities)
            ++entity->references;
    return listed;
}

Verdict release_entities(World& world, Name registration, unsigned count,
                         const std::vector<Name>* handles)
{
    return release_array<Entity>(world, registration, count, handles);
}

EntityInfo info_of(const Entity& entity)
{
    return {entity.table.instance, entity.table.family, entity.id};
}

AskedEntity entity_info(World& world, Name registration, Name entity, bool wants_info)
{
    AskedEntity asked;
    asked.verdict.refuse_if(!wants_info, Code::invalid_parameter);
    const Entity* me = world.caller(asked.verdict, registration);
    if (!me)
        return asked;
    const Entity* other = world.find<Entity>(me->table, entity);
    asked.verdict.refuse_if(!other, Code::invalid_handle);
    // Its job may be the one that has just run, or one that is still to run.
    if (other && !other->registered && other->is_woken && world.jobs_run)
        asked.verdict.permit(Code::invalid_handle);
    if (other)
        asked.info = info_of(*other);
    return asked;
}

Verdict release_entity_info(World& world, Name registration, bool has_info)
{
    Verdict verdict;
    verdict.refuse_if(!has_info, Code::invalid_parameter);
    world.caller(verdict, registration);
    return verdict;
}

} // namespace model
