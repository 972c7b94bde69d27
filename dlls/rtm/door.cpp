// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "door.h"

#include "families.h"

namespace rtm
{

DWORD win32_code(Status status) noexcept
{
    switch (status) {
    case Status::ok:
        return NO_ERROR;
    case Status::already_exists:
        return ERROR_ALREADY_EXISTS;
    case Status::bad_configuration:
        return ERROR_BAD_CONFIGURATION;
    case Status::no_system_resources:
        return ERROR_NO_SYSTEM_RESOURCES;
    case Status::not_enough_memory:
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    return ERROR_NO_SYSTEM_RESOURCES;
}

void fill(RTM_ENTITY_INFO& info, const Entity& entity) noexcept
{
    TableId table = entity.table().id();
    info.RtmInstanceId = table.instance;
    info.AddressFamily = win32_family(table.family);
    info.EntityId.EntityProtocolId = entity.id.protocol;
    info.EntityId.EntityInstanceId = entity.id.instance;
}

} // namespace rtm
