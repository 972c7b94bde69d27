// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/enumerations.h"
#include "model/enumerating.h"

namespace fuzz
{

namespace
{

std::optional<model::Address> to_address(const std::optional<RTM_NET_ADDRESS>& address)
{
    return fuzz::to_address(address ? &*address : nullptr);
}

/// Lets the model make the enumeration that a call has made, or not.
template <class Make> EnumResult finish(Session& session, const Output<HANDLE>& handle, Make make)
{
    if (!session.ran_out_of_memory()) {
        model::MadeEnum made = make();
        if (session.judge(made.verdict)) {
            session.expect_handle("the handle", handle.value, made.made);
            return {true, handle.value};
        }
    }
    session.expect(handle.is_unset(), "something was stored");
    return {};
}

void trace(Session& session, HANDLE me, const char* what, RTM_VIEW_SET views, DWORD flags,
           const std::optional<RTM_NET_ADDRESS>& address)
{
    if (Session::tracing)
        session.say("enumerate %s for %s, views %#lx, flags %#lx, address %s", what,
                    session.text(me).c_str(), static_cast<unsigned long>(views),
                    static_cast<unsigned long>(flags),
                    text_of(address ? &*address : nullptr).c_str());
}

} // namespace

EnumResult create_dest_enum(Session& session, HANDLE me, RTM_VIEW_SET views, DWORD flags,
                            const std::optional<RTM_NET_ADDRESS>& address, ULONG protocol,
                            bool wants_handle)
{
    RTM_NET_ADDRESS argument = address.value_or(RTM_NET_ADDRESS());
    Output<HANDLE> handle;
    trace(session, me, "destinations", views, flags, address);
    session.call("RtmCreateDestEnum", [&] {
        return RtmCreateDestEnum(me, views, flags, address ? &argument : nullptr, protocol,
                                 wants_handle ? &handle.value : nullptr);
    });
    return finish(session, handle, [&] {
        return model::create_destination_enum(session.world, to_name(me), views, flags,
                                              to_address(address), protocol, wants_handle);
    });
}

EnumResult create_route_enum(Session& session, HANDLE me, HANDLE destination, RTM_VIEW_SET views,
                             DWORD flags, const std::optional<RTM_NET_ADDRESS>& start,
                             const model::Question& question, bool wants_handle)
{
    RTM_NET_ADDRESS argument = start.value_or(RTM_NET_ADDRESS());
    Buffer criteria = question.info ? route_argument(*question.info, question.owner) : Buffer();
    Output<HANDLE> handle;
    trace(session, me, "routes", views, flags, start);
    session.call("RtmCreateRouteEnum", [&] {
        return RtmCreateRouteEnum(me, destination, views, flags, start ? &argument : nullptr,
                                  question.flags,
                                  question.info ? criteria.as<RTM_ROUTE_INFO>() : nullptr,
                                  question.interface_index, wants_handle ? &handle.value : nullptr);
    });
    return finish(session, handle, [&] {
        return model::create_route_enum(session.world, to_name(me), to_name(destination), views,
                                        flags, to_address(start), question, wants_handle);
    });
}

EnumResult create_next_hop_enum(Session& session, HANDLE me, DWORD flags,
                                const std::optional<RTM_NET_ADDRESS>& address, bool wants_handle)
{
    RTM_NET_ADDRESS argument = address.value_or(RTM_NET_ADDRESS());
    Output<HANDLE> handle;
    trace(session, me, "next hops", 0, flags, address);
    session.call("RtmCreateNextHopEnum", [&] {
        return RtmCreateNextHopEnum(me, flags, address ? &argument : nullptr,
                                    wants_handle ? &handle.value : nullptr);
    });
    return finish(session, handle, [&] {
        return model::create_next_hop_enum(session.world, to_name(me), flags, to_address(address),
                                           wants_handle);
    });
}

EnumResult create_list_enum(Session& session, HANDLE me, HANDLE list, bool wants_handle)
{
    Output<HANDLE> handle;
    session.call("RtmCreateRouteListEnum", [&] {
        return RtmCreateRouteListEnum(me, list, wants_handle ? &handle.value : nullptr);
    });
    return finish(session, handle, [&] {
        return model::create_list_enum(session.world, to_name(me), to_name(list), wants_handle);
    });
}

bool delete_enum(Session& session, HANDLE me, HANDLE handle)
{
    if (Session::tracing)
        session.say("delete %s for %s", session.text(handle).c_str(), session.text(me).c_str());
    session.call("RtmDeleteEnumHandle", [&] { return RtmDeleteEnumHandle(me, handle); });
    return session.judge(model::delete_enum(session.world, to_name(me), to_name(handle)));
}

} // namespace fuzz
