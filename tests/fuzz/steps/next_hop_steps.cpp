// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/next_hops.h"
#include "steps/steps.h"

namespace fuzz
{

namespace
{

RTM_NEXTHOP_INFO pick_info(Run& run, Args& args, bool of_known)
{
    RTM_NEXTHOP_INFO info;
    std::memset(&info, 0xcc, sizeof(info)); // what the API ignores
    info.NextHopAddress = of_known ? run.pick_hop_address(args) : run.pick_address(args);
    const std::uint8_t rest = args.byte();
    info.InterfaceIndex = rest % 4 == 3 ? 1 : 0;
    info.EntitySpecificInfo = reinterpret_cast<void*>(std::uintptr_t(rest / 4 % 4));
    info.Flags = rest / 16 % 4;
    info.RemoteNextHop = rest < 0x80 ? nullptr : run.pick_or_null(args, model::Kind::destination);
    return info;
}

bool is_wrong(const Run& run, const RTM_NET_ADDRESS& address)
{
    return !run.caller() || !model::prefix_of(*to_address(&address), run.caller()->table.family);
}

void add_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    std::optional<RTM_NEXTHOP_INFO> info = pick_info(run, args, false);
    const std::uint8_t how = args.byte();
    std::optional<HANDLE> handle = nullptr;
    if (how % 4 == 1) {
        handle = run.pick(args, model::Kind::next_hop, Among::own);
        // Whether an address that does not matter is looked at is open.
        if (*handle && is_wrong(run, info->NextHopAddress))
            return;
    } else if (how % 4 == 2) {
        handle.reset();
    }
    const Quirk quirk(args);
    if (quirk.is(0))
        info.reset();
    add_next_hop(run.session, me, info, handle, !quirk.is(1));
}

void find_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    std::optional<RTM_NEXTHOP_INFO> info = pick_info(run, args, true);
    const std::uint8_t how = args.byte();
    if (Quirk(args).is(0))
        info.reset();
    find_next_hop(run.session, me, info, (how & 1) == 0, (how & 2) == 0);
}

void delete_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    std::optional<RTM_NEXTHOP_INFO> info = pick_info(run, args, true);
    const std::uint8_t how = args.byte();
    HANDLE handle = how % 2 == 0 ? run.pick(args, model::Kind::next_hop, Among::own) : nullptr;
    if (how / 2 % 2 == 0 || Quirk(args).is(0))
        info.reset();
    delete_next_hop(run.session, me, handle, info);
}

void info_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::next_hop);
    RTM_NEXTHOP_INFO info;
    if (get_next_hop_info(run.session, me, handle, Quirk(args).is(0) ? nullptr : &info))
        keep(run.hop_infos, info);
}

void release_info_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    const std::uint8_t which = args.byte();
    const std::uint8_t how = args.byte();
    if (Quirk(args).is(0)) {
        release_next_hop_info(run.session, me, nullptr);
        return;
    }
    if (run.hop_infos.empty())
        return;
    const auto held = run.hop_infos.begin() + which % static_cast<long>(run.hop_infos.size());
    RTM_NEXTHOP_INFO info = *held;
    if (how % 8 == 7)
        info.RemoteNextHop = run.pick(args, model::Kind::destination);
    if (release_next_hop_info(run.session, me, &info) && how % 4 != 0)
        run.hop_infos.erase(held);
}

void pointer_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::next_hop, Among::own);
    get_next_hop_pointer(run.session, me, handle, !Quirk(args).is(0));
}

void lock_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::next_hop, Among::own);
    const std::uint8_t how = args.byte();
    lock_next_hop(run.session, me, handle, how & 1, (how & 2) == 0, (how & 4) == 0);
}

void edit_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, model::Kind::next_hop, Among::locked);
    const std::uint8_t how = args.byte();
    edit_next_hop(run.session, me, handle, how % 4, how / 4);
}

void release_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    auto handles = run.pick_some(args, model::Kind::next_hop);
    const Quirk quirk(args);
    const UINT count = quirk.is(0) ? 1 : static_cast<UINT>(handles.size());
    release_next_hops(run.session, me, count, quirk.is(0) ? nullptr : &handles);
}

} // namespace

const Step next_hop_steps[9] = {
    {"add next hop", add_step, 5},
    {"find next hop", find_step, 2},
    {"delete next hop", delete_step, 3},
    {"next hop info", info_step, 2},
    {"release next hop info", release_info_step, 2},
    {"next hop pointer", pointer_step, 1},
    {"lock next hop", lock_step, 2},
    {"edit next hop", edit_step, 2},
    {"release next hops", release_step, 3},
};

} // namespace fuzz
