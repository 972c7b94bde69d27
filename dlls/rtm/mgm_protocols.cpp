// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The multicast group manager: protocols and their interfaces.

#include "mgm_door.h"
#include "mgm_trace.h"
#include "win32_host.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

extern "C" BOOLEAN WINAPI RtlDllShutdownInProgress(void);

using namespace rtm;

namespace
{

/// Any function will do: the engine gives it back to those that know its type.
template <class Function> ClientFunction erase(Function function)
{
    return reinterpret_cast<ClientFunction>(function);
}

mgm::Callbacks callbacks_of(const ROUTING_PROTOCOL_CONFIG& config)
{
    return {
        .rpf = erase(config.pfnRpfCallback),
        .creation_alert = erase(config.pfnCreationAlertCallback),
        .prune_alert = erase(config.pfnPruneAlertCallback),
        .join_alert = erase(config.pfnJoinAlertCallback),
        .local_join = erase(config.pfnLocalJoinCallback),
        .local_leave = erase(config.pfnLocalLeaveCallback),
        .disable_igmp = erase(config.pfnDisableIgmpCallback),
        .enable_igmp = erase(config.pfnEnableIgmpCallback),
    };
}

unsigned long ul(DWORD value)
{
    return value;
}

void trace_protocol(HANDLE handle, mgm::ProtocolId id)
{
    TRACE("%p is protocol %#lx/%#lx%s\n", handle, ul(id.protocol), ul(id.component),
          id.is_igmp() ? ", IGMP" : "");
}

void trace_owner(mgm::ProtocolId id)
{
    TRACE("protocol %#lx/%#lx\n", ul(id.protocol), ul(id.component));
}

void report_leaks(HANDLE protocol, unsigned walks)
{
    if (walks != 0)
        WARN("%p leaves and has not ended %u group enumerations\n", protocol, walks);
}

} // namespace

DWORD WINAPI MgmRegisterMProtocol(PROUTING_PROTOCOL_CONFIG info, DWORD protocol_id,
                                  DWORD component_id, HANDLE* protocol)
{
    TRACE("(%p, %#lx, %#lx, %p)\n", info, ul(protocol_id), ul(component_id), protocol);
    return answer_mgm(__func__, [&]() -> DWORD {
        if (!info || !protocol)
            return ERROR_INVALID_PARAMETER;
        keep_dll();
        Handle made = 0;
        const Status status =
            group_manager().join({protocol_id, component_id}, callbacks_of(*info), made);
        if (status != Status::ok)
            return mgm_code(status);
        *protocol = to_win32(made);
        trace_protocol(*protocol, {protocol_id, component_id});
        return NO_ERROR;
    });
}

DWORD WINAPI MgmDeRegisterMProtocol(HANDLE protocol)
{
    TRACE("(%p)\n", protocol);
    return answer_mgm_plainly(__func__, [&]() -> DWORD {
        // The process ends: threads that one would wait for were killed where they stood.
        if (RtlDllShutdownInProgress())
            return NO_ERROR;
        return mgm_code(group_manager().leave(
            to_handle(protocol), [&](unsigned walks) { report_leaks(protocol, walks); }));
    });
}

DWORD WINAPI MgmTakeInterfaceOwnership(HANDLE protocol, DWORD interface_index,
                                       DWORD next_hop_address)
{
    const mgm::InterfaceId iface = to_interface(interface_index, next_hop_address);
    TRACE("(%p, %s)\n", protocol, describe(iface));
    return answer_mgm(__func__,
                      [&] { return mgm_code(group_manager().take(to_handle(protocol), iface)); });
}

DWORD WINAPI MgmReleaseInterfaceOwnership(HANDLE protocol, DWORD interface_index,
                                          DWORD next_hop_address)
{
    const mgm::InterfaceId iface = to_interface(interface_index, next_hop_address);
    TRACE("(%p, %s)\n", protocol, describe(iface));
    return answer_mgm_plainly(
        __func__, [&] { return mgm_code(group_manager().release(to_handle(protocol), iface)); });
}

DWORD WINAPI MgmGetProtocolOnInterface(DWORD interface_index, DWORD next_hop_address,
                                       PDWORD protocol_id, PDWORD component_id)
{
    const mgm::InterfaceId iface = to_interface(interface_index, next_hop_address);
    TRACE("(%s, %p, %p)\n", describe(iface), protocol_id, component_id);
    return answer_mgm_plainly(__func__, [&]() -> DWORD {
        if (!protocol_id || !component_id)
            return ERROR_INVALID_PARAMETER;
        const auto owner = group_manager().owner_of(iface);
        if (!owner)
            return ERROR_NOT_FOUND;
        *protocol_id = owner->protocol;
        *component_id = owner->component;
        trace_owner(*owner);
        return NO_ERROR;
    });
}
