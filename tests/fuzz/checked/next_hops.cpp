// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "next_hops.h"
#include "buffer.h"

#include "model/next_hops.h"
#include "model/references.h"

namespace fuzz
{

namespace
{

std::optional<model::HopInfo> to_info(const std::optional<RTM_NEXTHOP_INFO>& info)
{
    if (!info)
        return std::nullopt;
    model::HopInfo result;
    result.address = *to_address(&info->NextHopAddress);
    result.interface_index = info->InterfaceIndex;
    result.flags = info->Flags;
    result.specific = reinterpret_cast<std::uintptr_t>(info->EntitySpecificInfo);
    result.remote = to_name(info->RemoteNextHop);
    return result;
}

void check_live(Session& session, const RTM_NEXTHOP_INFO* live, const model::NextHop& hop)
{
    session.expect_address(live, hop);
    check_next_hop(session, *live, hop, hop.remote);
}

void trace(Session& session, const char* what, HANDLE me,
           const std::optional<RTM_NEXTHOP_INFO>& info, HANDLE handle)
{
    if (!Session::tracing)
        return;
    session.say(
        "%s for %s: %s, interface %lu, flags %#x, remote %s, handle %s", what,
        session.text(me).c_str(), info ? text_of(&info->NextHopAddress).c_str() : "no address",
        info ? static_cast<unsigned long>(info->InterfaceIndex) : 0, info ? info->Flags : 0,
        session.text(info ? info->RemoteNextHop : nullptr).c_str(), session.text(handle).c_str());
}

} // namespace

void check_next_hop(Session& session, const RTM_NEXTHOP_INFO& info, const model::NextHop& hop,
                    model::Destination* remote)
{
    session.expect(is_exactly(info.NextHopAddress, hop.key.address, hop.table.family),
                   "NextHopAddress is %s instead of %s, or not zero beyond it",
                   text_of(&info.NextHopAddress).c_str(),
                   model::text_of(hop.key.address, hop.table.family).c_str());
    session.expect_handle("NextHopOwner", info.NextHopOwner, &hop.owner);
    session.expect_number("InterfaceIndex", info.InterfaceIndex, hop.key.interface_index);
    session.expect_number("State", info.State, hop.deleted ? 1 : 0);
    session.expect_number("Flags", info.Flags, hop.flags);
    session.expect_number("EntitySpecificInfo",
                          reinterpret_cast<std::uintptr_t>(info.EntitySpecificInfo), hop.specific);
    session.expect_handle("RemoteNextHop", info.RemoteNextHop, remote);
}

bool add_next_hop(Session& session, HANDLE me, const std::optional<RTM_NEXTHOP_INFO>& info,
                  std::optional<HANDLE> handle, bool has_flags)
{
    RTM_NEXTHOP_INFO argument = info.value_or(RTM_NEXTHOP_INFO());
    HANDLE stored = handle.value_or(nullptr);
    Output<RTM_NEXTHOP_CHANGE_FLAGS> flags;
    trace(session, "add next hop", me, info, stored);
    session.call("RtmAddNextHop", [&] {
        return RtmAddNextHop(me, info ? &argument : nullptr, handle ? &stored : nullptr,
                             has_flags ? &flags.value : nullptr);
    });
    if (!session.ran_out_of_memory()) {
        std::optional<Name> name;
        if (handle)
            name = to_name(*handle);
        auto added =
            model::add_next_hop(session.world, to_name(me), to_info(info), name, has_flags);
        if (session.judge(added.verdict)) {
            session.expect_number("ChangeFlags", flags.value, added.is_new ? 1 : 0);
            if (added.handed_out)
                session.expect_handle("the handle", stored, added.hop);
            else
                session.expect(stored == handle.value_or(nullptr), "the handle has changed");
            return true;
        }
    }
    session.expect(stored == handle.value_or(nullptr) && flags.is_unset(), "something was stored");
    return false;
}

bool find_next_hop(Session& session, HANDLE me, const std::optional<RTM_NEXTHOP_INFO>& info,
                   bool wants_handle, bool wants_pointer)
{
    RTM_NEXTHOP_INFO argument = info.value_or(RTM_NEXTHOP_INFO());
    Output<HANDLE> handle;
    Output<RTM_NEXTHOP_INFO*> pointer;
    trace(session, "find next hop", me, info, nullptr);
    session.call("RtmFindNextHop", [&] {
        return RtmFindNextHop(me, info ? &argument : nullptr,
                              wants_handle ? &handle.value : nullptr,
                              wants_pointer ? &pointer.value : nullptr);
    });
    auto found = model::find_next_hop(session.world, to_name(me), to_info(info), wants_handle);
    if (!session.judge(found.verdict)) {
        session.expect(handle.is_unset() && pointer.is_unset(), "something was stored");
        return false;
    }
    if (wants_handle)
        session.expect_handle("the handle", handle.value, found.hop);
    if (wants_pointer)
        check_live(session, pointer.value, *found.hop);
    return true;
}

bool delete_next_hop(Session& session, HANDLE me, HANDLE handle,
                     const std::optional<RTM_NEXTHOP_INFO>& info)
{
    RTM_NEXTHOP_INFO argument = info.value_or(RTM_NEXTHOP_INFO());
    trace(session, "delete next hop", me, info, handle);
    session.call("RtmDeleteNextHop",
                 [&] { return RtmDeleteNextHop(me, handle, info ? &argument : nullptr); });
    if (session.ran_out_of_memory())
        return false;
    return session.judge(
        model::delete_next_hop(session.world, to_name(me), to_name(handle), to_info(info)));
}

bool get_next_hop_info(Session& session, HANDLE me, HANDLE handle, RTM_NEXTHOP_INFO* got)
{
    Output<RTM_NEXTHOP_INFO> info;
    if (Session::tracing)
        session.say("info of %s for %s", session.text(handle).c_str(), session.text(me).c_str());
    session.call("RtmGetNextHopInfo",
                 [&] { return RtmGetNextHopInfo(me, handle, got ? &info.value : nullptr); });
    auto found = model::next_hop_info(session.world, to_name(me), to_name(handle), got);
    if (!session.judge(found.verdict)) {
        session.expect(info.is_unset(), "something was stored");
        return false;
    }
    // It has ended if clients released it more often than they should.
    model::Destination* remote = found.hop->remote;
    check_next_hop(session, info.value, *found.hop, remote && remote->exists ? remote : nullptr);
    *got = info.value;
    return true;
}

bool release_next_hop_info(Session& session, HANDLE me, RTM_NEXTHOP_INFO* info)
{
    if (Session::tracing && info)
        session.say("release next hop info of %s and %s", session.text(info->NextHopOwner).c_str(),
                    session.text(info->RemoteNextHop).c_str());
    session.call("RtmReleaseNextHopInfo", [&] { return RtmReleaseNextHopInfo(me, info); });
    return session.judge(model::release_next_hop_info(session.world, to_name(me), info,
                                                      info ? to_name(info->NextHopOwner) : 0,
                                                      info ? to_name(info->RemoteNextHop) : 0));
}

bool get_next_hop_pointer(Session& session, HANDLE me, HANDLE handle, bool wants_pointer)
{
    Output<RTM_NEXTHOP_INFO*> pointer;
    session.call("RtmGetNextHopPointer", [&] {
        return RtmGetNextHopPointer(me, handle, wants_pointer ? &pointer.value : nullptr);
    });
    auto found =
        model::next_hop_pointer(session.world, to_name(me), to_name(handle), wants_pointer);
    if (!session.judge(found.verdict)) {
        session.expect(pointer.is_unset(), "something was stored");
        return false;
    }
    check_live(session, pointer.value, *found.hop);
    return true;
}

bool lock_next_hop(Session& session, HANDLE me, HANDLE handle, BOOL exclusive, BOOL lock,
                   bool wants_pointer)
{
    Output<RTM_NEXTHOP_INFO*> pointer;
    if (Session::tracing)
        session.say("%s %s%s", lock ? "lock" : "unlock", session.text(handle).c_str(),
                    exclusive ? " exclusively" : "");
    session.call("RtmLockNextHop", [&] {
        return RtmLockNextHop(me, handle, exclusive, lock,
                              wants_pointer ? &pointer.value : nullptr);
    });
    if (session.ran_out_of_memory())
        return false;
    auto found = model::lock_next_hop(session.world, to_name(me), to_name(handle), exclusive, lock);
    if (!session.judge(found.verdict)) {
        session.expect(pointer.is_unset(), "something was stored");
        return false;
    }
    // Nothing says whether it is stored when unlocking.
    if (wants_pointer && (lock || !pointer.is_unset()))
        check_live(session, pointer.value, *found.hop);
    return true;
}

bool release_next_hops(Session& session, HANDLE me, UINT count, std::vector<HANDLE>* handles)
{
    session.call("RtmReleaseNextHops", [&] {
        return RtmReleaseNextHops(me, count, handles ? handles->data() : nullptr);
    });
    const auto names = to_names(handles ? handles->data() : nullptr, count);
    return session.judge(model::release_array<model::NextHop>(session.world, to_name(me), count,
                                                              handles ? &names : nullptr));
}

bool edit_next_hop(Session& session, HANDLE me, HANDLE handle, USHORT flags,
                   std::uintptr_t specific)
{
    model::Verdict verdict;
    model::Entity* entity = session.world.caller(verdict, to_name(me));
    auto* hop = entity ? session.world.find_own<model::NextHop>(*entity, to_name(handle)) : nullptr;
    if (!hop || hop->locks.exclusive == 0)
        return false;
    RTM_NEXTHOP_INFO* live = nullptr;
    session.call("RtmGetNextHopPointer", [&] { return RtmGetNextHopPointer(me, handle, &live); });
    session.expect_address(live, *hop);
    live->Flags = hop->flags = flags;
    live->EntitySpecificInfo = reinterpret_cast<void*>(hop->specific = specific);
    return true;
}

} // namespace fuzz
