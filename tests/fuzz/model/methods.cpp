// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "entities.h"

#include <algorithm>

namespace model
{

namespace
{

constexpr unsigned output_header = 12; // of RTM_ENTITY_METHOD_OUTPUT

Entity* find_registered(const World& world, const Entity& me, Name name)
{
    Entity* entity = world.find<Entity>(me.table, name);
    return entity && entity->registered ? entity : nullptr;
}

} // namespace

ListedMethods entity_methods(World& world, Name registration, Name entity,
                             std::optional<unsigned> capacity, bool has_array)
{
    ListedMethods listed;
    listed.verdict.refuse_if(!capacity || (*capacity != 0 && !has_array), Code::invalid_parameter);
    const Entity* me = world.caller(listed.verdict, registration);
    if (!me)
        return listed;
    listed.entity = find_registered(world, *me, entity);
    listed.verdict.refuse_if(!listed.entity, Code::invalid_handle);
    if (!listed.verdict.fine())
        return listed;
    listed.answered = true;
    const auto total = static_cast<unsigned>(listed.entity->methods.size());
    listed.given = std::min(*capacity, total);
    listed.count = *capacity == 0 ? total : listed.given;
    listed.verdict.refuse_if(*capacity != 0 && *capacity < total, Code::insufficient_buffer);
    return listed;
}

Invoked invoke(World& world, Name registration, Name entity, std::optional<std::uint32_t> methods,
               std::optional<unsigned> output, bool has_buffer, unsigned each)
{
    Invoked invoked;
    invoked.verdict.refuse_if(!methods || !output || (*output != 0 && !has_buffer),
                              Code::invalid_parameter);
    const Entity* me = world.caller(invoked.verdict, registration);
    if (!me)
        return invoked;
    const Entity* callee = find_registered(world, *me, entity);
    invoked.verdict.refuse_if(!callee, Code::invalid_handle);
    if (!invoked.verdict.fine())
        return invoked;
    invoked.answered = true;
    for (unsigned bit = 0; bit < callee->methods.size(); ++bit) {
        if ((*methods >> bit & 1) == 0 || !callee->methods[bit])
            continue;
        const unsigned room = *output - invoked.used;
        if (room < output_header) {
            invoked.verdict.refuse(Code::insufficient_buffer);
            break;
        }
        invoked.run.push_back(bit);
        invoked.used += output_header + std::min(each, room - output_header);
    }
    return invoked;
}

bool would_wait_for_methods(const World& world, Name registration, Name entity)
{
    Verdict verdict;
    const Entity* me = world.caller(verdict, registration);
    const Entity* callee = me ? find_registered(world, *me, entity) : nullptr;
    return callee && callee->methods_blocked;
}

Verdict block_methods(World& world, Name registration, Name target, std::uint32_t flag)
{
    Verdict verdict;
    verdict.refuse_if(flag > 1, Code::invalid_parameter);
    Entity* me = world.caller(verdict, registration);
    if (!me)
        return verdict;
    const bool target_is_good = target == 0 || world.find<Destination>(me->table, target) ||
                                world.find<Route>(me->table, target) ||
                                world.find<NextHop>(me->table, target);
    verdict.refuse_if(!target_is_good, Code::invalid_handle);
    if (verdict.fine())
        me->methods_blocked = flag == 1;
    return verdict;
}

} // namespace model
