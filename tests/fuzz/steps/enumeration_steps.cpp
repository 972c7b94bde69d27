// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/enumerations.h"
#include "checked/next_hops.h"
#include "steps/steps.h"

namespace fuzz
{

namespace
{

/// RTM_ENUM_START, NEXT or RANGE, with `own` or without; seldom nonsense.
DWORD pick_flags(std::uint8_t how, DWORD own)
{
    constexpr DWORD ways[] = {0, 0, 1, 2, 1, 2, 0, 3};
    return (how >= 0xf8 ? how : ways[how % 8]) | (how / 8 % 4 == 3 ? own : 0);
}

std::optional<UINT> pick_capacity(Args& args, const Run& run)
{
    constexpr UINT too_many = 1000;
    const std::uint8_t choice = args.byte();
    if (choice >= 0xf8)
        return choice == 0xf8 ? std::nullopt : std::optional<UINT>(choice % 2 == 0 ? 0 : too_many);
    return 1 + choice % run.session.world.limits.handles_in_enum;
}

model::Question pick_question(Run& run, Args& args)
{
    model::Question question;
    const std::uint8_t how = args.byte();
    if (how < 0x80)
        return question;
    question.flags = how < 0xfc ? how % 32 : how == 0xff ? 0x10000 : 0xffff;
    question.interface_index = how / 32 % 3;
    question.owner = to_name(run.pick(args, model::Kind::entity));
    if (how % 16 != 15)
        question.info = run.pick_route_info(args);
    return question;
}

void create_dest_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    const DWORD flags = pick_flags(args.byte(), RTM_ENUM_OWN_DESTS);
    const RTM_VIEW_SET views = args.one_of(some_views);
    const ULONG protocol = args.one_of(some_protocols);
    std::optional<RTM_NET_ADDRESS> address = run.pick_address(args);
    const Quirk quirk(args);
    if (quirk.is(0))
        address.reset();
    create_dest_enum(run.session, me, views, flags, address, protocol, !quirk.is(1));
}

void create_route_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    const std::uint8_t how = args.byte();
    DWORD flags = pick_flags(how, RTM_ENUM_OWN_ROUTES);
    const RTM_VIEW_SET views = args.one_of(some_views);
    std::optional<RTM_NET_ADDRESS> address = run.pick_address(args);
    HANDLE destination = how / 32 % 4 == 3 ? run.pick(args, model::Kind::destination) : nullptr;
    const model::Question question = pick_question(run, args);
    const Quirk quirk(args);
    // Of a single destination, whether the address is looked at is open.
    if (destination)
        flags &= ~DWORD(3);
    else if (quirk.is(0))
        address.reset();
    create_route_enum(run.session, me, destination, views, flags, address, question, !quirk.is(1));
}

void create_hop_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    const DWORD flags = pick_flags(args.byte(), 0);
    std::optional<RTM_NET_ADDRESS> address = run.pick_address(args);
    const Quirk quirk(args);
    if (quirk.is(0))
        address.reset();
    create_next_hop_enum(run.session, me, flags, address, !quirk.is(1));
}

void create_list_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE list = run.pick(args, model::Kind::route_list, Among::own);
    create_list_enum(run.session, me, list, !Quirk(args).is(0));
}

void delete_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    delete_enum(run.session, me, run.pick(args, model::Kind::enumeration, Among::own));
}

void get_dests_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick_enumeration(args, model::Enumeration::Of::destinations);
    HeldDests held;
    const auto capacity = pick_capacity(args, run);
    if (get_enum_dests(run.session, me, handle, capacity, !Quirk(args).is(0), held.infos,
                       held.count))
        keep(run.dest_arrays, std::move(held));
}

void get_routes_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick_enumeration(args, model::Enumeration::Of::routes);
    std::vector<HANDLE> got;
    const auto capacity = pick_capacity(args, run);
    get_enum_routes(run.session, me, handle, capacity, !Quirk(args).is(0), got);
    if (args.byte() % 2 == 0)
        release_routes(run.session, me, static_cast<UINT>(got.size()), &got);
}

void get_hops_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick_enumeration(args, model::Enumeration::Of::next_hops);
    std::vector<HANDLE> got;
    const auto capacity = pick_capacity(args, run);
    get_enum_next_hops(run.session, me, handle, capacity, !Quirk(args).is(0), got);
    if (args.byte() % 2 == 0)
        release_next_hops(run.session, me, static_cast<UINT>(got.size()), &got);
}

void get_list_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick_enumeration(args, model::Enumeration::Of::list);
    std::vector<HANDLE> got;
    const auto capacity = pick_capacity(args, run);
    get_list_enum_routes(run.session, me, handle, capacity, !Quirk(args).is(0), got);
    if (args.byte() % 2 == 0)
        release_routes(run.session, me, static_cast<UINT>(got.size()), &got);
}

void release_dests_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    const std::uint8_t how = args.byte();
    if (Quirk(args).is(0) || run.dest_arrays.empty()) {
        release_dests(run.session, me, how % 2, nullptr);
        return;
    }
    HeldDests& held = run.dest_arrays.front();
    const UINT count = how % 8 == 7 ? held.count / 2 : held.count;
    if (release_dests(run.session, me, count, &held.infos) && how % 4 != 0)
        run.dest_arrays.pop_front();
}

} // namespace

const Step enumeration_steps[10] = {
    {"enumerate destinations", create_dest_step, 3},
    {"enumerate routes", create_route_step, 4},
    {"enumerate next hops", create_hop_step, 2},
    {"enumerate list", create_list_step, 2},
    {"delete enumeration", delete_step, 2},
    {"get destinations", get_dests_step, 4},
    {"get routes", get_routes_step, 5},
    {"get next hops", get_hops_step, 2},
    {"get list routes", get_list_step, 3},
    {"release destinations", release_dests_step, 2},
};

} // namespace fuzz
