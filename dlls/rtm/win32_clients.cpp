// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "win32_clients.h"

#include "mgm_door.h"
#include "mgm_trace.h"

#include <cstddef>

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

namespace rtm
{

namespace
{

static_assert(sizeof(MGM_IF_ENTRY) == sizeof(mgm::OutgoingChoice) &&
              offsetof(MGM_IF_ENTRY, dwIfNextHopAddr) == offsetof(mgm::OutgoingChoice, next_hop) &&
              offsetof(MGM_IF_ENTRY, bIGMP) == offsetof(mgm::OutgoingChoice, has_igmp) &&
              offsetof(MGM_IF_ENTRY, bIsEnabled) == offsetof(mgm::OutgoingChoice, is_enabled));

/// A flow as callbacks have it.
struct FlowArguments {
    explicit FlowArguments(const mgm::Flow& flow) noexcept
        : source(to_win32_address(flow.source)), source_mask(mask_with(flow.source)),
          group(to_win32_address(flow.group)), group_mask(mask_with(flow.group))
    {
    }

    const DWORD source;
    const DWORD source_mask;
    const DWORD group;
    const DWORD group_mask;
};

void trace_call(const mgm::Protocol& protocol, const char* what, const mgm::Flow& flow,
                const mgm::InterfaceId& iface, bool of_membership, ClientFunction callback)
{
    TRACE("%s %s%s, %s: telling %p at %p\n", what, describe(flow),
          of_membership ? "" : " of an entry", describe(iface), to_win32(protocol.handle),
          reinterpret_cast<void*>(callback));
}

const char* name_of(mgm::Alert::Kind kind)
{
    switch (kind) {
    case mgm::Alert::Kind::join:
        return "join";
    case mgm::Alert::Kind::prune:
        return "prune";
    case mgm::Alert::Kind::local_join:
        return "local join";
    case mgm::Alert::Kind::local_leave:
        return "local leave";
    }
    return "?";
}

ClientFunction callback_for(const mgm::Callbacks& callbacks, mgm::Alert::Kind kind)
{
    switch (kind) {
    case mgm::Alert::Kind::join:
        return callbacks.join_alert;
    case mgm::Alert::Kind::prune:
        return callbacks.prune_alert;
    case mgm::Alert::Kind::local_join:
        return callbacks.local_join;
    case mgm::Alert::Kind::local_leave:
        return callbacks.local_leave;
    }
    return nullptr;
}

} // namespace

void Win32Clients::tell(const mgm::Protocol& protocol, const mgm::Alert& alert,
                        std::uint32_t& life) noexcept
{
    const FlowArguments flow(alert.flow);
    const DWORD index = alert.iface.index;
    const DWORD next_hop = to_win32_address(alert.iface.next_hop);
    const ClientFunction callback = callback_for(protocol.callbacks, alert.kind);
    trace_call(protocol, name_of(alert.kind), alert.flow, alert.iface, alert.of_membership,
               callback);
    DWORD timeout = life;
    switch (alert.kind) {
    case mgm::Alert::Kind::join:
        reinterpret_cast<PMGM_JOIN_ALERT_CALLBACK>(callback)(
            flow.source, flow.source_mask, flow.group, flow.group_mask, alert.of_membership);
        break;
    case mgm::Alert::Kind::prune:
        reinterpret_cast<PMGM_PRUNE_ALERT_CALLBACK>(callback)(
            flow.source, flow.source_mask, flow.group, flow.group_mask, index, next_hop,
            alert.of_membership, &timeout);
        break;
    case mgm::Alert::Kind::local_join:
    case mgm::Alert::Kind::local_leave:
        // The types of the two are alike.
        reinterpret_cast<PMGM_LOCAL_JOIN_CALLBACK>(callback)(
            flow.source, flow.source_mask, flow.group, flow.group_mask, index, next_hop);
        break;
    }
    life = timeout;
}

void Win32Clients::ask_way(const mgm::Protocol& protocol, const mgm::WayQuestion& question) noexcept
{
    const FlowArguments flow(question.packet.data);
    mgm::Upstream& upstream = question.upstream;
    trace_call(protocol, "way of", question.packet.data, upstream.incoming, true,
               protocol.callbacks.rpf);
    DWORD index = upstream.incoming.index;
    DWORD next_hop = to_win32_address(upstream.incoming.next_hop);
    DWORD neighbour = to_win32_address(upstream.neighbour);
    reinterpret_cast<PMGM_RPF_CALLBACK>(protocol.callbacks.rpf)(
        flow.source, flow.source_mask, flow.group, flow.group_mask, &index, &next_hop, &neighbour,
        static_cast<DWORD>(question.packet.header.size()), question.packet.header.data(),
        reinterpret_cast<BYTE*>(&question.route));
    upstream.incoming = to_interface(index, next_hop);
    upstream.neighbour = to_address(neighbour);
    TRACE("%p says %s\n", to_win32(protocol.handle), describe(upstream.incoming));
}

void Win32Clients::ask_outgoing(const mgm::Protocol& protocol, const mgm::Flow& data,
                                mgm::InterfaceId incoming,
                                std::span<mgm::OutgoingChoice> choices) noexcept
{
    const FlowArguments flow(data);
    trace_call(protocol, "new entry", data, incoming, true, protocol.callbacks.creation_alert);
    for (mgm::OutgoingChoice& choice : choices)
        choice.next_hop = to_win32_address(choice.next_hop);
    reinterpret_cast<PMGM_CREATION_ALERT_CALLBACK>(protocol.callbacks.creation_alert)(
        flow.source, flow.source_mask, flow.group, flow.group_mask, incoming.index,
        to_win32_address(incoming.next_hop), static_cast<DWORD>(choices.size()),
        reinterpret_cast<PMGM_IF_ENTRY>(choices.data()));
}

void Win32Clients::disable_igmp(const mgm::Protocol& igmp, mgm::InterfaceId iface) noexcept
{
    TRACE("%s is about to change hands, telling IGMP %p\n", describe(iface), to_win32(igmp.handle));
    reinterpret_cast<PMGM_DISABLE_IGMP_CALLBACK>(igmp.callbacks.disable_igmp)(
        iface.index, to_win32_address(iface.next_hop));
}

void Win32Clients::enable_igmp(const mgm::Protocol& igmp, mgm::InterfaceId iface) noexcept
{
    TRACE("%s has changed hands, telling IGMP %p\n", describe(iface), to_win32(igmp.handle));
    reinterpret_cast<PMGM_ENABLE_IGMP_CALLBACK>(igmp.callbacks.enable_igmp)(
        iface.index, to_win32_address(iface.next_hop));
}

DWORD WINAPI hear_of_routes(RTM_ENTITY_HANDLE, RTM_EVENT_TYPE type, PVOID, PVOID)
{
    if (type == RTM_CHANGE_NOTIFICATION)
        group_manager().follow_routes();
    return NO_ERROR;
}

} // namespace rtm
