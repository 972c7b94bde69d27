// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The multicast group manager: group memberships, and enumerating them.

#include "mgm_door.h"
#include "mgm_trace.h"

#include <cstring>
#include <optional>

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

unsigned long ul(DWORD value)
{
    return value;
}

/// Any address with mask 0, or one address. Its mask may be left out, as ranges are not supported.
bool read_address(DWORD address, DWORD mask, mgm::Address& out)
{
    out = to_address(address);
    return mask == 0 || (mask == ~DWORD(0) && out != mgm::any);
}

/// What of (*,*), (*,g) and (s,g) is meant.
std::optional<mgm::Flow> read_flow(DWORD source, DWORD source_mask, DWORD group, DWORD group_mask)
{
    mgm::Flow flow;
    if (!read_address(source, source_mask, flow.source) ||
        !read_address(group, group_mask, flow.group) || mgm::is_multicast(flow.source))
        return std::nullopt;
    if (flow.group == mgm::any ? flow.source != mgm::any : !mgm::is_multicast(flow.group))
        return std::nullopt;
    return flow;
}

constexpr DWORD known_flags = MGM_JOIN_STATE_FLAG | MGM_FORWARD_STATE_FLAG;

std::optional<mgm::Scope> read_scope(DWORD flags)
{
    if (flags == 0 || (flags & ~known_flags) != 0)
        return std::nullopt;
    return mgm::Scope{(flags & MGM_JOIN_STATE_FLAG) != 0, (flags & MGM_FORWARD_STATE_FLAG) != 0};
}

void warn_if_enabling(const char* name, HANDLE protocol)
{
    if (WARN_ON(rtm) && group_manager().is_enabling(to_handle(protocol)))
        WARN("%s called from within the enable callback of %p, which the documentation forbids\n",
             name, protocol);
}

SOURCE_GROUP_ENTRY entry_of(const mgm::Flow& flow)
{
    return {to_win32_address(flow.source), mask_with(flow.source), to_win32_address(flow.group),
            mask_with(flow.group)};
}

} // namespace

DWORD WINAPI MgmAddGroupMembershipEntry(HANDLE protocol, DWORD source_address, DWORD source_mask,
                                        DWORD group_address, DWORD group_mask,
                                        DWORD interface_index, DWORD next_hop_address, DWORD flags)
{
    const mgm::InterfaceId iface = to_interface(interface_index, next_hop_address);
    TRACE("(%p, %s, %s, %s, %#lx)\n", protocol, describe_address(source_address, source_mask),
          describe_address(group_address, group_mask), describe(iface), ul(flags));
    return answer_mgm(__func__, [&]() -> DWORD {
        const auto flow = read_flow(source_address, source_mask, group_address, group_mask);
        const auto scope = read_scope(flags);
        if (!flow || !scope)
            return ERROR_INVALID_PARAMETER;
        warn_if_enabling("MgmAddGroupMembershipEntry", protocol);
        const Status status = group_manager().add(to_handle(protocol), *flow, iface, *scope);
        // Its page has no code of its own for an interface that nobody has taken.
        return status == Status::not_found ? ERROR_INVALID_PARAMETER : mgm_code(status);
    });
}

DWORD WINAPI MgmDeleteGroupMembershipEntry(HANDLE protocol, DWORD source_address, DWORD source_mask,
                                           DWORD group_address, DWORD group_mask,
                                           DWORD interface_index, DWORD next_hop_address,
                                           DWORD flags)
{
    const mgm::InterfaceId iface = to_interface(interface_index, next_hop_address);
    TRACE("(%p, %s, %s, %s, %#lx)\n", protocol, describe_address(source_address, source_mask),
          describe_address(group_address, group_mask), describe(iface), ul(flags));
    return answer_mgm_plainly(__func__, [&]() -> DWORD {
        const auto flow = read_flow(source_address, source_mask, group_address, group_mask);
        const auto scope = read_scope(flags);
        if (!flow || !scope)
            return ERROR_INVALID_PARAMETER;
        return mgm_code(group_manager().remove(to_handle(protocol), *flow, iface, *scope));
    });
}

DWORD WINAPI MgmGroupEnumerationStart(HANDLE protocol, MGM_ENUM_TYPES type, HANDLE* enumeration)
{
    TRACE("(%p, %d, %p)\n", protocol, static_cast<int>(type), enumeration);
    return answer_mgm(__func__, [&]() -> DWORD {
        if (!enumeration || (type != ANY_SOURCE && type != ALL_SOURCES))
            return ERROR_INVALID_PARAMETER;
        Handle made = 0;
        const Status status = group_manager().begin_walk(
            to_handle(protocol), type == ANY_SOURCE ? mgm::WalkType::groups : mgm::WalkType::flows,
            made);
        if (status == Status::ok)
            *enumeration = to_win32(made);
        return mgm_code(status);
    });
}

DWORD WINAPI MgmGroupEnumerationGetNext(HANDLE enumeration, PDWORD buffer_size, PBYTE buffer,
                                        PDWORD entry_count)
{
    TRACE("(%p, %p (%lu), %p, %p)\n", enumeration, buffer_size, ul(buffer_size ? *buffer_size : 0),
          buffer, entry_count);
    return answer_mgm(__func__, [&]() -> DWORD {
        if (!buffer_size || !entry_count || (!buffer && *buffer_size != 0))
            return ERROR_INVALID_PARAMETER;
        const DWORD room = *buffer_size / sizeof(SOURCE_GROUP_ENTRY);
        *entry_count = 0;
        const auto take = [&](const mgm::Flow& flow) {
            if (*entry_count == room)
                return false;
            const SOURCE_GROUP_ENTRY entry = entry_of(flow);
            std::memcpy(buffer + std::size_t(*entry_count) * sizeof(entry), &entry, sizeof(entry));
            ++*entry_count;
            return true;
        };
        mgm::Step step;
        do
            step = group_manager().step(to_handle(enumeration), take);
        while (step == mgm::Step::taken);
        if (step == mgm::Step::no_walk)
            return ERROR_INVALID_PARAMETER;
        if (step == mgm::Step::end)
            return ERROR_NO_MORE_ITEMS;
        if (*entry_count != 0)
            return ERROR_MORE_DATA;
        *buffer_size = sizeof(SOURCE_GROUP_ENTRY);
        return ERROR_INSUFFICIENT_BUFFER;
    });
}

DWORD WINAPI MgmGroupEnumerationEnd(HANDLE enumeration)
{
    TRACE("(%p)\n", enumeration);
    return answer_mgm_plainly(__func__, [&]() -> DWORD {
        return group_manager().end_walk(to_handle(enumeration)) ? NO_ERROR
                                                                : ERROR_INVALID_PARAMETER;
    });
}
