// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/entities.h"
#include "steps/steps.h"

namespace fuzz
{

namespace
{

constexpr ULONG protocols[] = {8, 2, 13, 14, 3, 10006, 10007, 10002, 99};
constexpr std::size_t most_entities = 5;

std::vector<bool> pick_methods(Args& args)
{
    const std::uint8_t choice = args.byte();
    const unsigned count = choice == 0xff ? 33 : choice == 0xfe ? 32 : choice % 4;
    std::vector<bool> methods;
    for (unsigned i = 0; i < count; ++i)
        methods.push_back((choice >> (4 + i % 4) & 1) == 0);
    return methods;
}

std::size_t count_registered(const Run& run)
{
    std::size_t count = 0;
    for (const model::Entity* entity : run.session.world.all<model::Entity>())
        count += entity->registered;
    return count;
}

void register_step(Run& run, Args& args)
{
    if (count_registered(run) >= most_entities)
        return;
    const std::uint8_t where = args.byte();
    const std::uint8_t who = args.byte();
    const std::uint8_t how = args.byte();
    Registering registering;
    RTM_ENTITY_INFO info{};
    info.RtmInstanceId = where % 8 == 7;
    info.AddressFamily = where % 4 == 3 ? model::ipv6 : model::ipv4;
    if (where >= 0xfd)
        info.AddressFamily = where == 0xff ? 0 : where;
    info.EntityId.EntityProtocolId = protocols[who % std::size(protocols)];
    info.EntityId.EntityInstanceId = who / 16 % 3;
    registering.has_callback = (how & 1) != 0;
    registering.reserve_slot = (how & 2) != 0;
    if ((how & 4) != 0)
        registering.methods = pick_methods(args);
    const Quirk quirk(args);
    if (!quirk.is(0))
        registering.info = info;
    registering.wants_profile = !quirk.is(1);
    registering.wants_handle = !quirk.is(2);
    register_entity(run.session, registering);
}

void deregister_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    // Seldom: what comes after has nothing to work on.
    if (args.byte() % 4 == 0)
        deregister_entity(run.session, me);
}

void list_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    const std::uint8_t how = args.byte();
    const Quirk quirk(args);
    std::optional<UINT> capacity = how % 8;
    if (quirk.is(0))
        capacity.reset();
    std::vector<HANDLE> got;
    get_registered_entities(run.session, me, capacity, (how & 8) == 0, (how & 16) == 0, got);
    if ((how & 32) != 0)
        release_entities(run.session, me, static_cast<UINT>(got.size()), &got);
}

void release_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    auto handles = run.pick_some(args, model::Kind::entity);
    const Quirk quirk(args);
    const UINT count = quirk.is(0) ? 1 : static_cast<UINT>(handles.size());
    release_entities(run.session, me, count, quirk.is(0) ? nullptr : &handles);
}

void info_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE entity = run.pick(args, model::Kind::entity);
    get_entity_info(run.session, me, entity, !Quirk(args).is(0));
}

void release_info_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    release_entity_info(run.session, me, !Quirk(args).is(0));
}

void methods_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE entity = run.pick(args, model::Kind::entity);
    std::optional<UINT> capacity = args.byte() % 5;
    const Quirk quirk(args);
    if (quirk.is(0))
        capacity.reset();
    get_entity_methods(run.session, me, entity, capacity, !quirk.is(1));
}

void invoke_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE entity = run.pick(args, model::Kind::entity);
    const std::uint8_t which = args.byte();
    std::optional<DWORD> methods = which >= 0xf0 ? METHOD_TYPE_ALL_METHODS : which;
    std::optional<UINT> output = args.byte() % 64;
    const Quirk quirk(args);
    if (quirk.is(0))
        methods.reset();
    if (quirk.is(1))
        output.reset();
    invoke_method(run.session, me, entity, methods, output, !quirk.is(2));
}

void block_step(Run& run, Args& args)
{
    constexpr model::Kind kinds[] = {model::Kind::destination, model::Kind::route,
                                     model::Kind::next_hop};
    HANDLE me = run.pick_caller(args);
    const std::uint8_t how = args.byte();
    HANDLE target = how % 4 == 3 ? nullptr : run.pick(args, kinds[how % 4]);
    block_methods(run.session, me, how < 0x80 ? nullptr : target, how % 5,
                  how == 0xff ? 2 : how / 4 % 2);
}

} // namespace

const Step entity_steps[9] = {
    {"register", register_step, 3},      {"deregister", deregister_step, 2},
    {"list entities", list_step, 2},     {"release entities", release_step, 2},
    {"entity info", info_step, 2},       {"release entity info", release_info_step, 1},
    {"entity methods", methods_step, 1}, {"invoke method", invoke_step, 2},
    {"block methods", block_step, 1},
};

} // namespace fuzz
