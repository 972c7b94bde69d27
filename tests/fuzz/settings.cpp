// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "settings.h"

#include "checked/entities.h"
#include "platform/wine.h"

namespace fuzz
{

namespace
{

model::Limits pick_limits(Args& args)
{
    model::Limits limits;
    const std::uint8_t choice = args.byte();
    limits.next_hops_in_route = 1 + choice % 3;
    limits.handles_in_enum = 1 + choice / 3 % 5;
    limits.opaque_pointers = choice / 16 % 4;
    limits.notifications = 1 + choice / 64;
    constexpr unsigned delays[] = {20, 20, 20, 0, 1, 20, 50, 20};
    limits.notification_delay = args.one_of(delays);
    return limits;
}

/// Protocols with different numbers in table 0/IPv4.
void register_first(Run& run, Args& args)
{
    constexpr ULONG protocols[] = {8, 2, 13};
    const std::uint8_t how = args.byte();
    for (unsigned i = 0; i < 1u + how % 3; ++i) {
        Registering registering;
        registering.info = RTM_ENTITY_INFO{0, model::ipv4, {{{protocols[i], 0}}}};
        registering.has_callback = (how >> (2 + 2 * i) & 1) != 0;
        registering.reserve_slot = (how >> (3 + 2 * i) & 1) != 0;
        register_entity(run.session, registering);
        run.session.settle();
    }
}

} // namespace

std::unique_ptr<Run> make_run(std::span<const std::uint8_t> record)
{
    Args args(record);
    if (!Session::tracing)
        set_debugging(args.byte() % 4 == 0 ? Debugging::formatted : Debugging::off);
    else
        args.byte();
    auto run = std::make_unique<Run>(pick_limits(args));
    register_first(*run, args);
    return run;
}

} // namespace fuzz
