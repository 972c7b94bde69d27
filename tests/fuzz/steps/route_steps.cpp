// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/queries.h"
#include "checked/routes.h"
#include "steps/steps.h"

namespace fuzz
{

namespace
{

/// RTM_ROUTE_CHANGE_FIRST and _NEW, seldom.
DWORD pick_change_flags(std::uint8_t how)
{
    constexpr DWORD flags[] = {0, 0, 0, 0, 1, 1, 2, 3};
    return flags[how % 8] | (how >= 0xf0 ? RTM_ROUTE_CHANGE_BEST : 0);
}

void add_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    AddingRoute adding;
    adding.address = run.pick_address(args);
    const std::uint8_t how = args.byte();
    adding.flags = pick_change_flags(how);
    adding.time_to_live = args.one_of(some_times);
    adding.info = run.pick_route_info(args);
    if (how / 8 % 8 < 5)
        adding.handle = nullptr;
    else if (how / 8 % 8 < 7)
        adding.handle = run.pick(args, model::Kind::route, Among::own);
    if (how / 64 == 1)
        adding.list = run.pick_or_null(args, model::Kind::route_list, Among::own);
    const Quirk quirk(args);
    if (quirk.is(0))
        adding.address.reset();
    if (quirk.is(1))
        adding.info.reset();
    if (quirk.is(2))
        adding.flags.reset();
    add_route(run.session, me, adding);
}

void delete_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::route, Among::own);
    delete_route(run.session, me, handle, !Quirk(args).is(0));
}

void info_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::route);
    const std::uint8_t how = args.byte();
    Buffer info;
    const bool wants_info = how % 8 != 7;
    if (get_route_info(run.session, me, handle, wants_info ? &info : nullptr, how % 2 == 0) &&
        wants_info)
        keep(run.route_infos, std::move(info));
}

void release_info_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    const std::uint8_t which = args.byte();
    const std::uint8_t how = args.byte();
    if (Quirk(args).is(0)) {
        release_route_info(run.session, me, nullptr);
        return;
    }
    if (run.route_infos.empty())
        return;
    const auto held = run.route_infos.begin() + which % static_cast<long>(run.route_infos.size());
    Buffer info = *held;
    if (how % 8 == 7)
        info.as<RTM_ROUTE_INFO>()->Neighbour = run.pick(args, model::Kind::next_hop);
    if (release_route_info(run.session, me, &info) && how % 4 != 0)
        run.route_infos.erase(held);
}

void pointer_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::route, Among::own);
    get_route_pointer(run.session, me, handle, !Quirk(args).is(0));
}

void best_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::route);
    is_best_route(run.session, me, handle, !Quirk(args).is(0));
}

void release_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    auto handles = run.pick_some(args, model::Kind::route);
    const Quirk quirk(args);
    const UINT count = quirk.is(0) ? 1 : static_cast<UINT>(handles.size());
    release_routes(run.session, me, count, quirk.is(0) ? nullptr : &handles);
}

void match_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    std::optional<RTM_NET_ADDRESS> address = run.pick_destination_address(args);
    model::Question question;
    const std::uint8_t how = args.byte();
    question.flags = how < 0x40 ? 0 : how < 0xf0 ? how % 32 : how == 0xff ? 0x10000 : 0xffff;
    question.interface_index = how / 32 % 3;
    question.owner = to_name(run.pick(args, model::Kind::entity));
    const RTM_VIEW_SET views = args.one_of(some_views);
    question.info = run.pick_route_info(args);
    const Quirk quirk(args);
    if (quirk.is(0))
        address.reset();
    if (quirk.is(1))
        question.info.reset();
    Buffer info;
    if (exact_match_route(run.session, me, address, question, views, how % 4 != 0, &info))
        keep(run.route_infos, std::move(info));
}

// The way of the documentation to update a route: get it, edit it, add it again.
void update_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::route, Among::own);
    const std::uint8_t how = args.byte();
    const ULONG time = args.one_of(some_times);
    Buffer buffer;
    if (!get_route_info(run.session, me, handle, &buffer, false))
        return;
    const auto& info = *buffer.as<RTM_ROUTE_INFO>();
    AddingRoute adding;
    adding.handle = handle;
    adding.address = run.pick_address(args);
    adding.flags = 0;
    adding.time_to_live = time;
    adding.info =
        model::RouteInfo{to_name(info.Neighbour),
                         info.Flags1,
                         info.Flags,
                         info.PrefInfo.Metric + how % 3,
                         info.PrefInfo.Preference,
                         info.BelongsToViews,
                         reinterpret_cast<std::uintptr_t>(info.EntitySpecificInfo) + how / 4 % 2,
                         to_names(info.NextHopsList.NextHops, info.NextHopsList.NumNextHops)};
    if (how / 16 % 4 == 1)
        adding.info->views = how / 64 + 1;
    add_route(run.session, me, adding);
    release_route_info(run.session, me, &buffer);
}

} // namespace

const Step route_steps[9] = {
    {"add route", add_step, 10},         {"delete route", delete_step, 4},
    {"route info", info_step, 3},        {"release route info", release_info_step, 3},
    {"route pointer", pointer_step, 1},  {"is best route", best_step, 2},
    {"release routes", release_step, 3}, {"match route", match_step, 3},
    {"update route", update_step, 3},
};

} // namespace fuzz
