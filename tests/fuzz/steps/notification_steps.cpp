// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/notifications.h"
#include "steps/steps.h"

namespace fuzz
{

namespace
{

using model::Kind;

void watch_step(Run& run, Args& args)
{
    constexpr DWORD flags[] = {1,       2,       4,       7,       1, 2, 4, 3,
                               0x10001, 0x10002, 0x10004, 0x10007, 1, 2, 0, 8};
    HANDLE me = run.pick_caller(args);
    const RTM_VIEW_SET views = args.one_of(some_views);
    const DWORD wanted = args.one_of(flags);
    register_for_changes(run.session, me, views, wanted, args.byte(), !Quirk(args).is(0));
}

void unwatch_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    deregister_from_changes(run.session, me, run.pick(args, Kind::notification, Among::own));
}

void get_step(Run& run, Args& args)
{
    constexpr UINT too_many = 1000;
    HANDLE me = run.pick_caller(args);
    HeldDests held;
    held.notification = run.pick(args, Kind::notification, Among::own);
    const std::uint8_t how = args.byte();
    std::optional<UINT> capacity = 1 + how % run.session.world.limits.handles_in_enum;
    if (how >= 0xf8)
        capacity = how % 2 == 0 ? 0 : too_many;
    const Quirk quirk(args);
    if (quirk.is(0))
        capacity.reset();
    if (get_changed_dests(run.session, me, held.notification, capacity, !quirk.is(1), held.infos,
                          held.count))
        keep(run.changes, std::move(held));
}

void release_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    const std::uint8_t how = args.byte();
    const Quirk quirk(args);
    if (quirk.is(0) || run.changes.empty()) {
        HANDLE handle = run.pick(args, Kind::notification, Among::own);
        release_changed_dests(run.session, me, handle, how % 2, nullptr);
        return;
    }
    HeldDests& held = run.changes.front();
    HANDLE handle =
        quirk.is(1) ? run.pick(args, Kind::notification, Among::own) : held.notification;
    const UINT count = how % 8 == 7 ? held.count / 2 : held.count;
    if (release_changed_dests(run.session, me, handle, count, &held.infos) && how % 4 != 0)
        run.changes.pop_front();
}

void ignore_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, Kind::notification, Among::own);
    auto destinations = run.pick_some(args, Kind::destination);
    const Quirk quirk(args);
    const UINT count = quirk.is(0) ? 1 : static_cast<UINT>(destinations.size());
    ignore_changed_dests(run.session, me, handle, count, quirk.is(0) ? nullptr : &destinations);
}

void mark_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, Kind::notification, Among::own);
    HANDLE destination = run.pick(args, Kind::destination);
    mark_dest(run.session, me, handle, destination, args.byte() % 4 != 0);
}

void status_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, Kind::notification, Among::own);
    HANDLE destination = run.pick(args, Kind::destination);
    get_change_status(run.session, me, handle, destination, !Quirk(args).is(0));
}

void is_marked_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, Kind::notification, Among::own);
    HANDLE destination = run.pick(args, Kind::destination);
    is_marked(run.session, me, handle, destination, !Quirk(args).is(0));
}

} // namespace

const Step notification_steps[8] = {
    {"watch", watch_step, 4},           {"unwatch", unwatch_step, 2},
    {"get changes", get_step, 5},       {"release changes", release_step, 3},
    {"ignore changes", ignore_step, 2}, {"mark destination", mark_step, 4},
    {"change status", status_step, 2},  {"is marked", is_marked_step, 1},
};

} // namespace fuzz
