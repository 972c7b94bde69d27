// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the doors of the multicast group manager have in common.

#pragma once

#include "door.h"

#include "wine_mgm.h"

#include "group_manager.h"
#include "memory_forwarder.h"

namespace rtm
{

/// Those of this process.
mgm::GroupManager& group_manager() noexcept;
mgm::MemoryForwarder& memory_forwarder() noexcept;

/// Addresses are in network byte order in the API, numbers in the engine.
constexpr mgm::Address to_address(DWORD network_order) noexcept
{
    return __builtin_bswap32(network_order);
}
constexpr DWORD to_win32_address(mgm::Address address) noexcept
{
    return __builtin_bswap32(address);
}

constexpr mgm::InterfaceId to_interface(DWORD index, DWORD next_hop) noexcept
{
    return {index, to_address(next_hop)};
}

/// The mask that goes with an address: of one, or of any.
constexpr DWORD mask_with(mgm::Address address) noexcept
{
    return address == mgm::any ? 0 : ~DWORD(0);
}

/// The Win32 code that says the same as `status` for these functions, which have only the most
/// general ones.
DWORD mgm_code(Status status) noexcept;

/// As answer(), for functions whose pages have ERROR_NOT_ENOUGH_MEMORY.
template <class Body> DWORD answer_mgm(const char* name, Body body) noexcept
{
    return answer(name, [&]() -> DWORD {
        try {
            return body();
        } catch (const ResourceExhausted&) {
            return ERROR_CAN_NOT_COMPLETE;
        }
    });
}

/// The same for those whose pages have it not.
template <class Body> DWORD answer_mgm_plainly(const char* name, Body body) noexcept
{
    return answer_mgm(name, [&]() -> DWORD {
        try {
            const DWORD code = body();
            return code == ERROR_NOT_ENOUGH_MEMORY ? ERROR_CAN_NOT_COMPLETE : code;
        } catch (const std::bad_alloc&) {
            return ERROR_CAN_NOT_COMPLETE;
        }
    });
}

} // namespace rtm
