// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/destinations.h"
#include "model/hold_down.h"

#include <bit>
#include <cstddef>

namespace fuzz
{

namespace
{

void check_view(Session& session, const RTM_DEST_INFO& info, std::size_t i,
                const model::ViewInfo& expected)
{
    const auto& view = info.ViewInfo[i];
    session.expect_number("ViewId", static_cast<unsigned>(view.ViewId), expected.view);
    session.expect_number("NumRoutes", view.NumRoutes, expected.routes);
    session.expect_handle("Route", view.Route, expected.route);
    session.expect_handle("Owner", view.Owner, expected.route ? &expected.route->owner : nullptr);
    session.expect_number("DestFlags", view.DestFlags,
                          expected.route ? expected.route->shown.flags : 0);
    session.expect_handle("HoldRoute", view.HoldRoute, expected.hold);
}

void check_time(Session& session, const FILETIME& time, const model::Destination& destination)
{
    const std::uint64_t got =
        static_cast<std::uint64_t>(time.dwHighDateTime) << 32 | time.dwLowDateTime;
    session.expect(got >= FuzzHost::wall_clock_at(destination.changed) &&
                       got <= FuzzHost::wall_clock_at(session.world.now),
                   "LastChanged is not between the last change and now");
}

std::size_t views_in(RTM_VIEW_SET views)
{
    return static_cast<std::size_t>(std::popcount(views & model::supported_views));
}

/// Whether the last call succeeded; then *got is the buffer, which is compared.
bool finish(Session& session, const model::AskedDestination& asked, const Buffer& buffer,
            Buffer* got)
{
    if (!session.judge(asked.verdict)) {
        session.expect(buffer.is_painted(), "something was stored");
        return false;
    }
    check_destination(session, buffer, 0, buffer.size(), asked.info);
    *got = buffer;
    return true;
}

} // namespace

std::size_t destination_size(std::size_t views)
{
    return RTM_SIZE_OF_DEST_INFO(views);
}

void check_destination(Session& session, const Buffer& buffer, std::size_t at, std::size_t stride,
                       const model::DestinationInfo& expected)
{
    const auto& info = *buffer.as<RTM_DEST_INFO>(at);
    model::Destination& destination = *expected.destination;
    session.expect_handle("DestHandle", info.DestHandle, &destination);
    session.expect(is_exactly(info.DestAddress, destination.prefix, destination.table.family),
                   "DestAddress is %s, or not zero beyond it", text_of(&info.DestAddress).c_str());
    check_time(session, info.LastChanged, destination);
    session.expect_number("BelongsToViews", info.BelongsToViews, expected.belongs_to);
    session.expect_number("NumberOfViews", info.NumberOfViews, expected.views.size());
    for (std::size_t i = 0; i < expected.views.size(); ++i)
        check_view(session, info, i, expected.views[i]);
    session.expect(buffer.is_painted(at + destination_size(expected.views.size()), at + stride),
                   "too much was stored");
}

model::DestinationHandles handles_in(const RTM_DEST_INFO& info)
{
    model::DestinationHandles handles;
    handles.destination = to_name(info.DestHandle);
    for (UINT i = 0; i < info.NumberOfViews; ++i)
        handles.views.push_back({to_name(info.ViewInfo[i].Route), to_name(info.ViewInfo[i].Owner),
                                 to_name(info.ViewInfo[i].HoldRoute)});
    return handles;
}

bool get_dest_info(Session& session, HANDLE me, HANDLE handle, ULONG protocol, RTM_VIEW_SET views,
                   Buffer* got)
{
    Buffer buffer(destination_size(views_in(views)));
    if (Session::tracing)
        session.say("info of %s for %s, protocol %#lx, views %#lx", session.text(handle).c_str(),
                    session.text(me).c_str(), static_cast<unsigned long>(protocol),
                    static_cast<unsigned long>(views));
    session.call("RtmGetDestInfo", [&] {
        return RtmGetDestInfo(me, handle, protocol, views,
                              got ? buffer.as<RTM_DEST_INFO>() : nullptr);
    });
    return finish(
        session,
        model::destination_info(session.world, to_name(me), to_name(handle), protocol, views, got),
        buffer, got);
}

bool find_destination(Session& session, HANDLE me, model::Search search,
                      const std::optional<RTM_NET_ADDRESS>& address, ULONG protocol,
                      RTM_VIEW_SET views, Buffer* got)
{
    const bool exact = search == model::Search::exact;
    Buffer buffer(destination_size(views_in(views)));
    RTM_NET_ADDRESS argument = address.value_or(RTM_NET_ADDRESS());
    if (Session::tracing)
        session.say("find %s for %s, protocol %#lx, views %#lx",
                    text_of(address ? &argument : nullptr).c_str(), session.text(me).c_str(),
                    static_cast<unsigned long>(protocol), static_cast<unsigned long>(views));
    session.call(exact ? "RtmGetExactMatchDestination" : "RtmGetMostSpecificDestination", [&] {
        auto* function = exact ? RtmGetExactMatchDestination : RtmGetMostSpecificDestination;
        return function(me, address ? &argument : nullptr, protocol, views,
                        got ? buffer.as<RTM_DEST_INFO>() : nullptr);
    });
    return finish(session,
                  model::find_destination(session.world, to_name(me), search,
                                          to_address(address ? &*address : nullptr), protocol,
                                          views, got),
                  buffer, got);
}

bool less_specific(Session& session, HANDLE me, HANDLE handle, ULONG protocol, RTM_VIEW_SET views,
                   Buffer* got)
{
    Buffer buffer(destination_size(views_in(views)));
    if (Session::tracing)
        session.say("less specific than %s for %s, views %#lx", session.text(handle).c_str(),
                    session.text(me).c_str(), static_cast<unsigned long>(views));
    session.call("RtmGetLessSpecificDestination", [&] {
        return RtmGetLessSpecificDestination(me, handle, protocol, views,
                                             got ? buffer.as<RTM_DEST_INFO>() : nullptr);
    });
    return finish(
        session,
        model::less_specific(session.world, to_name(me), to_name(handle), protocol, views, got),
        buffer, got);
}

bool release_dest_info(Session& session, HANDLE me, Buffer* info)
{
    std::optional<std::vector<model::DestinationHandles>> handles;
    if (info)
        handles.emplace(1, handles_in(*info->as<RTM_DEST_INFO>()));
    if (Session::tracing && info)
        session.say("release info of %s for %s",
                    session.text(info->as<RTM_DEST_INFO>()->DestHandle).c_str(),
                    session.text(me).c_str());
    session.call("RtmReleaseDestInfo", [&] {
        return RtmReleaseDestInfo(me, info ? info->as<RTM_DEST_INFO>() : nullptr);
    });
    return session.judge(model::release_destinations(session.world, to_name(me), 1, handles));
}

bool hold_destination(Session& session, HANDLE me, HANDLE handle, RTM_VIEW_SET views, ULONG time)
{
    if (Session::tracing)
        session.say("hold %s for %s, views %#lx, %lu ms", session.text(handle).c_str(),
                    session.text(me).c_str(), static_cast<unsigned long>(views),
                    static_cast<unsigned long>(time));
    session.call("RtmHoldDestination", [&] { return RtmHoldDestination(me, handle, views, time); });
    return !session.ran_out_of_memory() &&
           session.judge(
               model::hold_destination(session.world, to_name(me), to_name(handle), views, time));
}

bool opaque_pointer(Session& session, HANDLE me, HANDLE handle, bool wants_pointer,
                    std::optional<std::uintptr_t> store)
{
    Output<PVOID> pointer;
    if (Session::tracing)
        session.say("opaque pointer of %s for %s", session.text(handle).c_str(),
                    session.text(me).c_str());
    session.call("RtmGetOpaqueInformationPointer", [&] {
        return RtmGetOpaqueInformationPointer(me, handle, wants_pointer ? &pointer.value : nullptr);
    });
    if (!session.ran_out_of_memory()) {
        auto asked = model::opaque_slot(session.world, to_name(me), to_name(handle), wants_pointer);
        if (session.judge(asked.verdict)) {
            auto* slot = static_cast<std::uintptr_t*>(pointer.value);
            const auto address = reinterpret_cast<Name>(slot);
            session.expect(slot && (asked.slot->address == 0 || asked.slot->address == address),
                           "the slot has moved");
            asked.slot->address = address;
            session.expect_number("the slot", *slot, asked.slot->value);
            if (store)
                *slot = asked.slot->value = *store;
            return true;
        }
    }
    session.expect(pointer.is_unset(), "something was stored");
    return false;
}

} // namespace fuzz
