// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The multicast group manager: reading forwarding entries and what is counted of them.

#include "mgm_formats.h"
#include "mgm_trace.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

unsigned long ul(DWORD value)
{
    return value;
}

unsigned long pointed(const DWORD* value)
{
    return value ? *value : 0;
}

mgm::Flow data_of(const MIB_IPMCAST_MFE& entry)
{
    return {to_address(entry.dwGroup), to_address(entry.dwSource)};
}

const char* describe_entry(const MIB_IPMCAST_MFE* entry)
{
    return entry ? describe(data_of(*entry)) : "(null)";
}

/// Whether there is memory at a client's buffer. None is needed to ask for the size.
bool is_buffer(const DWORD* size, const BYTE* buffer)
{
    return size && (buffer || *size == 0);
}

/// The entry that `entry` names.
DWORD get_one(const MIB_IPMCAST_MFE* entry, PDWORD buffer_size, PBYTE buffer,
              const EntryFormat* format)
{
    if (!entry || !format || !is_buffer(buffer_size, buffer))
        return ERROR_INVALID_PARAMETER;
    mgm::EntryReport report;
    if (!group_manager().report(data_of(*entry), format->has_counters, report))
        return ERROR_NOT_FOUND;
    const DWORD size = format->size(report.outgoing.size());
    if (size > *buffer_size) {
        *buffer_size = size;
        return ERROR_INSUFFICIENT_BUFFER;
    }
    format->write(report, buffer);
    return NO_ERROR;
}

/// As many as there is room for, behind one or from the first.
DWORD get_some(std::optional<mgm::Flow> last, PDWORD buffer_size, PBYTE buffer, PDWORD count,
               const EntryFormat* format)
{
    if (!format || !count || !is_buffer(buffer_size, buffer))
        return ERROR_INVALID_PARAMETER;
    *count = 0;
    DWORD room = *buffer_size;
    mgm::EntryReport report;
    while (group_manager().report_next(last, format->has_counters, report)) {
        const DWORD size = format->size(report.outgoing.size());
        if (size > room) {
            if (*count != 0)
                return ERROR_MORE_DATA;
            *buffer_size = size;
            return ERROR_INSUFFICIENT_BUFFER;
        }
        format->write(report, buffer);
        buffer += size;
        room -= size;
        ++*count;
        last = report.data;
    }
    return ERROR_NO_MORE_ITEMS;
}

} // namespace

DWORD WINAPI MgmGetMfe(PMIB_IPMCAST_MFE entry, PDWORD buffer_size, PBYTE buffer)
{
    TRACE("(%s, %p (%lu), %p)\n", describe_entry(entry), buffer_size, pointed(buffer_size), buffer);
    return answer_mgm_plainly(__func__,
                              [&] { return get_one(entry, buffer_size, buffer, &plain_format); });
}

DWORD WINAPI MgmGetMfeStats(PMIB_IPMCAST_MFE entry, PDWORD buffer_size, PBYTE buffer, DWORD flags)
{
    TRACE("(%s, %p (%lu), %p, %#lx)\n", describe_entry(entry), buffer_size, pointed(buffer_size),
          buffer, ul(flags));
    return answer_mgm_plainly(
        __func__, [&] { return get_one(entry, buffer_size, buffer, stats_format(flags)); });
}

DWORD WINAPI MgmGetFirstMfe(PDWORD buffer_size, PBYTE buffer, PDWORD entry_count)
{
    TRACE("(%p (%lu), %p, %p)\n", buffer_size, pointed(buffer_size), buffer, entry_count);
    return answer_mgm_plainly(__func__, [&] {
        return get_some(std::nullopt, buffer_size, buffer, entry_count, &plain_format);
    });
}

DWORD WINAPI MgmGetFirstMfeStats(PDWORD buffer_size, PBYTE buffer, PDWORD entry_count, DWORD flags)
{
    TRACE("(%p (%lu), %p, %p, %#lx)\n", buffer_size, pointed(buffer_size), buffer, entry_count,
          ul(flags));
    return answer_mgm_plainly(__func__, [&] {
        return get_some(std::nullopt, buffer_size, buffer, entry_count, stats_format(flags));
    });
}

DWORD WINAPI MgmGetNextMfe(PMIB_IPMCAST_MFE start, PDWORD buffer_size, PBYTE buffer,
                           PDWORD entry_count)
{
    TRACE("(%s, %p (%lu), %p, %p)\n", describe_entry(start), buffer_size, pointed(buffer_size),
          buffer, entry_count);
    return answer_mgm_plainly(__func__, [&]() -> DWORD {
        if (!start)
            return ERROR_INVALID_PARAMETER;
        return get_some(data_of(*start), buffer_size, buffer, entry_count, &plain_format);
    });
}

DWORD WINAPI MgmGetNextMfeStats(PMIB_IPMCAST_MFE start, PDWORD buffer_size, PBYTE buffer,
                                PDWORD entry_count, DWORD flags)
{
    TRACE("(%s, %p (%lu), %p, %p, %#lx)\n", describe_entry(start), buffer_size,
          pointed(buffer_size), buffer, entry_count, ul(flags));
    return answer_mgm_plainly(__func__, [&]() -> DWORD {
        if (!start)
            return ERROR_INVALID_PARAMETER;
        return get_some(data_of(*start), buffer_size, buffer, entry_count, stats_format(flags));
    });
}
