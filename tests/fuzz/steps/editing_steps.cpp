// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Locks of destinations, and routes edited in place.

#include "checked/locks.h"
#include "steps/steps.h"

namespace fuzz
{

namespace
{

Edits pick_edits(Run& run, Args& args)
{
    const model::RouteInfo info = run.pick_route_info(args);
    const std::uint8_t what = args.byte();
    Edits edits;
    edits.metric = info.metric;
    edits.preference = info.preference;
    edits.views = info.views;
    edits.specific = info.specific;
    if ((what & 1) != 0)
        edits.neighbour = info.neighbour;
    if ((what & 2) != 0)
        edits.next_hops = info.next_hops;
    return edits;
}

/// Before a route or destination is unlocked without being committed.
void undo(Run& run, HANDLE handle)
{
    model::Object* object = run.session.world.known(to_name(handle));
    const auto* route = model::as<model::Route>(object);
    const auto* destination = route ? &route->destination : model::as<model::Destination>(object);
    if (destination && !undo_edits(run.session, *destination))
        run.is_over = true;
}

void lock_destination_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::destination);
    const std::uint8_t how = args.byte();
    if ((how & 2) != 0)
        undo(run, handle);
    lock_destination(run.session, me, handle, how & 1, (how & 2) == 0);
}

void lock_route_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::route, Among::own);
    const std::uint8_t how = args.byte();
    if ((how & 2) != 0)
        undo(run, handle);
    lock_route(run.session, me, handle, how & 1, (how & 2) == 0, (how & 4) == 0);
}

void edit_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::route, Among::locked);
    edit_route(run.session, me, handle, pick_edits(run, args));
}

void commit_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::route, Among::locked);
    const ULONG time = args.one_of(some_times);
    HANDLE list = run.pick_or_null(args, model::Kind::route_list, Among::own);
    update_and_unlock(run.session, me, handle, time, args.byte() % 2 == 0 ? nullptr : list,
                      !Quirk(args).is(0));
}

// The documented sequence in one step.
void update_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::route, Among::own);
    const ULONG time = args.one_of(some_times);
    const Edits edits = pick_edits(run, args);
    if (!lock_route(run.session, me, handle, TRUE, TRUE, true))
        return;
    edit_route(run.session, me, handle, edits);
    if (update_and_unlock(run.session, me, handle, time, nullptr, true))
        return;
    undo(run, handle);
    lock_route(run.session, me, handle, TRUE, FALSE, false);
}

} // namespace

const Step editing_steps[5] = {
    {"lock destination", lock_destination_step, 3},
    {"lock route", lock_route_step, 3},
    {"edit route", edit_step, 4},
    {"commit route", commit_step, 4},
    {"update in place", update_step, 5},
};

} // namespace fuzz
