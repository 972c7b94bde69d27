// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "door.h"

#include "families.h"
#include "layouts.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

namespace rtm
{

DWORD win32_code(Status status) noexcept
{
    switch (status) {
    case Status::ok:
        return NO_ERROR;
    case Status::already_exists:
        return ERROR_ALREADY_EXISTS;
    case Status::access_denied:
        return ERROR_ACCESS_DENIED;
    case Status::bad_configuration:
        return ERROR_BAD_CONFIGURATION;
    case Status::invalid_handle:
        return ERROR_INVALID_HANDLE;
    case Status::invalid_parameter:
        return ERROR_INVALID_PARAMETER;
    case Status::not_found:
        return ERROR_NOT_FOUND;
    case Status::no_system_resources:
        return ERROR_NO_SYSTEM_RESOURCES;
    case Status::not_enough_memory:
        return ERROR_NOT_ENOUGH_MEMORY;
    case Status::cannot_complete:
        return ERROR_CAN_NOT_COMPLETE;
    case Status::busy: // no door lets it out
        break;
    }
    return ERROR_NO_SYSTEM_RESOURCES;
}

DWORD release_handles(const char* name, HANDLE entity, Kind kind, UINT count,
                      const HANDLE* handles) noexcept
{
    Caller caller(rib(), to_handle(entity));
    if (!caller)
        return ERROR_INVALID_HANDLE;
    if (!can_be(handles, count))
        return ERROR_INVALID_PARAMETER;
    if (caller.table().references().release(*caller, kind, handles_of(handles, count)))
        return NO_ERROR;
    warn_of_excess_release(name, entity);
    return ERROR_INVALID_HANDLE;
}

DWORD release_dests(const char* name, const Caller& caller, UINT count,
                    PRTM_DEST_INFO infos) noexcept
{
    if (count != 0 && (!infos || std::size_t(count) > PTRDIFF_MAX / dest_stride))
        return ERROR_INVALID_PARAMETER;
    if (count == 0 ||
        caller.table().reports().release(*caller, &record(*infos), count, dest_stride))
        return NO_ERROR;
    warn_of_excess_release(name, to_win32(caller->handle));
    return ERROR_INVALID_HANDLE;
}

void warn_of_excess_release(const char* name, HANDLE entity) noexcept
{
    WARN("%s: %p gives back a handle that it was not handed, or has given back before\n", name,
         entity);
}

void warn_if_in_event(const Entity& entity, const char* name, EventKind kind) noexcept
{
    if (WARN_ON(rtm) && rib().is_in_event(entity))
        WARN("%s called from within %s event of %p, which the documentation forbids\n", name,
             kind == EventKind::entities ? "an entity" : "a change", to_win32(entity.handle));
}

void fill(RTM_ENTITY_INFO& info, const Entity& entity) noexcept
{
    TableId table = entity.table().id();
    info.RtmInstanceId = table.instance;
    info.AddressFamily = family_number(table.family);
    info.EntityId.EntityProtocolId = entity.id.protocol;
    info.EntityId.EntityInstanceId = entity.id.instance;
}

} // namespace rtm
