// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "mgm_door.h"

namespace rtm
{

DWORD mgm_code(Status status) noexcept
{
    switch (status) {
    case Status::ok:
        return NO_ERROR;
    case Status::already_exists:
        return ERROR_ALREADY_EXISTS;
    case Status::invalid_handle:
    case Status::invalid_parameter:
        return ERROR_INVALID_PARAMETER;
    case Status::not_found:
        return ERROR_NOT_FOUND;
    case Status::not_enough_memory:
        return ERROR_NOT_ENOUGH_MEMORY;
    default:
        return ERROR_CAN_NOT_COMPLETE;
    }
}

} // namespace rtm
