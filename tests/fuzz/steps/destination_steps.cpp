// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/destinations.h"
#include "steps/steps.h"

namespace fuzz
{

namespace
{

void info_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::destination);
    const ULONG protocol = args.one_of(some_protocols);
    const RTM_VIEW_SET views = args.one_of(some_views);
    Buffer info;
    if (get_dest_info(run.session, me, handle, protocol, views,
                      Quirk(args).is(0) ? nullptr : &info))
        keep(run.dest_infos, std::move(info));
}

void find(Run& run, Args& args, model::Search search)
{
    HANDLE me = run.pick_caller(args);
    std::optional<RTM_NET_ADDRESS> address = run.pick_destination_address(args);
    const ULONG protocol = args.one_of(some_protocols);
    const RTM_VIEW_SET views = args.one_of(some_views);
    const Quirk quirk(args);
    if (quirk.is(0))
        address.reset();
    Buffer info;
    if (find_destination(run.session, me, search, address, protocol, views,
                         quirk.is(1) ? nullptr : &info))
        keep(run.dest_infos, std::move(info));
}

void exact_step(Run& run, Args& args)
{
    find(run, args, model::Search::exact);
}

void most_specific_step(Run& run, Args& args)
{
    find(run, args, model::Search::most_specific);
}

void less_specific_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::destination);
    const ULONG protocol = args.one_of(some_protocols);
    const RTM_VIEW_SET views = args.one_of(some_views);
    Buffer info;
    if (less_specific(run.session, me, handle, protocol, views,
                      Quirk(args).is(0) ? nullptr : &info))
        keep(run.dest_infos, std::move(info));
}

void release_info_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    const std::uint8_t which = args.byte();
    const std::uint8_t how = args.byte();
    if (Quirk(args).is(0)) {
        release_dest_info(run.session, me, nullptr);
        return;
    }
    if (run.dest_infos.empty())
        return;
    const auto held = run.dest_infos.begin() + which % static_cast<long>(run.dest_infos.size());
    Buffer info = *held;
    if (how % 8 == 7)
        info.as<RTM_DEST_INFO>()->DestHandle = run.pick(args, model::Kind::destination);
    if (release_dest_info(run.session, me, &info) && how % 4 != 0)
        run.dest_infos.erase(held);
}

void hold_step(Run& run, Args& args)
{
    constexpr ULONG times[] = {40, 40, 100, 100, 1000, 30000, 0, 0xfffffffe};
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::destination);
    const RTM_VIEW_SET views = args.one_of(some_views);
    hold_destination(run.session, me, handle, views, args.one_of(times));
}

void opaque_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::destination);
    const std::uint8_t how = args.byte();
    std::optional<std::uintptr_t> store;
    if (how % 2 == 0)
        store = how;
    opaque_pointer(run.session, me, handle, !Quirk(args).is(0), store);
}

// A lone destination handle is given back in a structure that the client makes.
void release_handle_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    Buffer info(destination_size(0));
    info.as<RTM_DEST_INFO>()->DestHandle = run.pick(args, model::Kind::destination);
    info.as<RTM_DEST_INFO>()->NumberOfViews = 0;
    release_dest_info(run.session, me, &info);
}

} // namespace

const Step destination_steps[8] = {
    {"destination info", info_step, 3},
    {"exact match", exact_step, 4},
    {"most specific", most_specific_step, 4},
    {"less specific", less_specific_step, 3},
    {"release destination info", release_info_step, 3},
    {"hold destination", hold_step, 4},
    {"opaque pointer", opaque_step, 3},
    {"release destination", release_handle_step, 3},
};

} // namespace fuzz
