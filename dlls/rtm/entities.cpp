// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Entities: registering, leaving, and finding each other.

#include "door.h"
#include "families.h"
#include "win32_host.h"

#include <algorithm>
#include <bit>

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

extern "C" BOOLEAN WINAPI RtlDllShutdownInProgress(void);

using namespace rtm;

namespace
{

// One for each bit of RTM_ENTITY_METHOD_TYPE.
constexpr UINT most_methods = 32;

void fill(RTM_REGN_PROFILE& profile, const Limits& limits)
{
    // One more than a route can hold: clients size their buffers by this number with the SDK's
    // RTM_SIZE_OF_ROUTE_INFO, which forgets one handle.
    profile.MaxNextHopsInRoute = limits.next_hops_in_route + 1;
    profile.MaxHandlesInEnum = limits.handles_in_enum;
    profile.ViewsSupported = views_supported;
    profile.NumberOfViews = std::popcount(views_supported);
}

std::span<const ClientFunction> methods_of(const RTM_ENTITY_EXPORT_METHODS* exported)
{
    if (!exported)
        return {};
    return {reinterpret_cast<const ClientFunction*>(exported->Methods), exported->NumMethods};
}

void trace_entity(HANDLE handle, const RTM_ENTITY_INFO& info)
{
    TRACE("%p is %s\n", handle, describe(&info));
}

const char* name_of(Kind kind)
{
    switch (kind) {
    case Kind::entity:
        return "entity handles";
    case Kind::destination:
        return "destination handles";
    case Kind::route:
        return "route handles";
    case Kind::next_hop:
        return "next hop handles";
    case Kind::enumeration:
        return "enumerations";
    case Kind::notification:
        return "change notifications";
    case Kind::route_list:
        return "route lists";
    case Kind::mgm_protocol:
    case Kind::mgm_enumeration: // not of a table
    case Kind::none:
    case Kind::v1_client:
    case Kind::v1_enumeration:
    case Kind::v1_route:
        break; // entities hold none
    }
    return "handles";
}

void report_leaks(const Entity& entity)
{
    for (int i = 1; i <= static_cast<int>(Kind::route_list); ++i) {
        auto kind = static_cast<Kind>(i);
        if (int n = entity.held.of(kind); n > 0)
            WARN("%p leaves and has not released %d %s\n", to_win32(entity.handle), n,
                 name_of(kind));
    }
}

} // namespace

DWORD WINAPI RtmRegisterEntity(PRTM_ENTITY_INFO info, PRTM_ENTITY_EXPORT_METHODS methods,
                               RTM_EVENT_CALLBACK callback, BOOL reserve_opaque_pointer,
                               PRTM_REGN_PROFILE profile, PRTM_ENTITY_HANDLE handle)
{
    TRACE("(%s, %p, %p, %d, %p, %p)\n", describe(info), methods, reinterpret_cast<void*>(callback),
          reserve_opaque_pointer, profile, handle);
    return answer(__func__, [&]() -> DWORD {
        if (!info || !profile || !handle)
            return ERROR_INVALID_PARAMETER;
        if (info->AddressFamily == af_unspec || (methods && methods->NumMethods > most_methods))
            return ERROR_INVALID_DATA;
        auto family = family_of(info->AddressFamily);
        if (!family)
            return ERROR_FILE_NOT_FOUND;
        Registration registration{
            .table = {info->RtmInstanceId, *family},
            .id = {info->EntityId.EntityProtocolId, info->EntityId.EntityInstanceId},
            .methods = methods_of(methods),
            .callback = reinterpret_cast<ClientFunction>(callback),
            .reserve_opaque_pointer = reserve_opaque_pointer != FALSE,
        };
        keep_dll();
        Status status = rib().join(registration, [&](Handle made, const Limits& limits) {
            fill(*profile, limits);
            *handle = to_win32(made);
        });
        if (status == Status::ok)
            trace_entity(*handle, *info);
        return win32_code(status);
    });
}

DWORD WINAPI RtmDeregisterEntity(RTM_ENTITY_HANDLE handle)
{
    TRACE("(%p)\n", handle);
    return answer(__func__, [&]() -> DWORD {
        if (Caller caller(rib(), to_handle(handle)); caller) {
            // The process ends: threads that one would wait for were killed where they stood.
            if (RtlDllShutdownInProgress())
                return NO_ERROR;
            warn_if_in_event(*caller, "RtmDeregisterEntity", EventKind::entities);
        }
        return rib().leave(to_handle(handle), report_leaks) ? NO_ERROR : ERROR_INVALID_HANDLE;
    });
}

DWORD WINAPI RtmGetRegisteredEntities(RTM_ENTITY_HANDLE handle, PUINT count,
                                      PRTM_ENTITY_HANDLE handles, PRTM_ENTITY_INFO infos)
{
    TRACE("(%p, %p (%u), %p, %p)\n", handle, count, count ? *count : 0, handles, infos);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!count)
            return ERROR_INVALID_PARAMETER;
        warn_if_in_event(*caller, "RtmGetRegisteredEntities", EventKind::entities);
        const UINT capacity = *count;
        const UINT total = caller.table().members().list(
            *caller, capacity, handles != nullptr, [&](UINT i, const Entity& entity) {
                if (handles)
                    handles[i] = to_win32(entity.handle);
                if (infos)
                    rtm::fill(infos[i], entity);
            });
        // A call without room asks for the number; one with too little is told what it got.
        *count = capacity == 0 ? total : std::min(capacity, total);
        return capacity < total ? ERROR_INSUFFICIENT_BUFFER : NO_ERROR;
    });
}

DWORD WINAPI RtmReleaseEntities(RTM_ENTITY_HANDLE handle, UINT count, PRTM_ENTITY_HANDLE handles)
{
    TRACE("(%p, %u, %p)\n", handle, count, handles);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!can_be(handles, count))
            return ERROR_INVALID_PARAMETER;
        if (caller.table().members().release(*caller, handles_of(handles, count)))
            return NO_ERROR;
        warn_of_excess_release("RtmReleaseEntities", handle);
        return ERROR_INVALID_HANDLE;
    });
}

DWORD WINAPI RtmGetEntityInfo(RTM_ENTITY_HANDLE handle, RTM_ENTITY_HANDLE entity,
                              PRTM_ENTITY_INFO info)
{
    TRACE("(%p, %p, %p)\n", handle, entity, info);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        // An entity that has left can be asked about while somebody refers to it.
        const Entity* found = caller.find_entity(to_handle(entity));
        if (!found)
            return ERROR_INVALID_HANDLE;
        if (!info)
            return ERROR_INVALID_PARAMETER;
        rtm::fill(*info, *found);
        trace_entity(entity, *info);
        return NO_ERROR;
    });
}

DWORD WINAPI RtmReleaseEntityInfo(RTM_ENTITY_HANDLE handle, PRTM_ENTITY_INFO info)
{
    TRACE("(%p, %p)\n", handle, info);
    return answer(__func__, [&]() -> DWORD {
        // There is nothing to release: the structure is the client's and has no handle in it.
        if (!Caller(rib(), to_handle(handle)))
            return ERROR_INVALID_HANDLE;
        return info ? NO_ERROR : ERROR_INVALID_PARAMETER;
    });
}
