// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "trace.h"

#include "families.h"
#include "wine_debug.h"

// Of ip2string.h, which mingw-w64 lacks.
extern "C" char* WINAPI RtlIpv6AddressToStringA(const IN6_ADDR* address, char* text);

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

namespace rtm
{

namespace
{

const char* family_name(USHORT family) noexcept
{
    switch (family) {
    case af_inet:
        return "AF_INET";
    case af_inet6:
        return "AF_INET6";
    default:
        return wine_dbg_sprintf("family %u", family);
    }
}

} // namespace

const char* code_name(DWORD code) noexcept
{
    switch (code) {
#define NAME(code)                                                                                 \
    case code:                                                                                     \
        return #code
        NAME(NO_ERROR);
        NAME(ERROR_FILE_NOT_FOUND);
        NAME(ERROR_ACCESS_DENIED);
        NAME(ERROR_INVALID_HANDLE);
        NAME(ERROR_NOT_ENOUGH_MEMORY);
        NAME(ERROR_INVALID_DATA);
        NAME(ERROR_NOT_SUPPORTED);
        NAME(ERROR_INVALID_PARAMETER);
        NAME(ERROR_INSUFFICIENT_BUFFER);
        NAME(ERROR_ALREADY_EXISTS);
        NAME(ERROR_MORE_DATA);
        NAME(ERROR_NO_MORE_ITEMS);
        NAME(ERROR_CAN_NOT_COMPLETE);
        NAME(ERROR_NOT_FOUND);
        NAME(ERROR_NO_SYSTEM_RESOURCES);
        NAME(ERROR_BAD_CONFIGURATION);
#undef NAME
    default:
        return wine_dbg_sprintf("error %lu", static_cast<unsigned long>(code));
    }
}

const char* describe(const RTM_ENTITY_INFO* info) noexcept
{
    if (!info)
        return "(null)";
    return wine_dbg_sprintf("{instance %u, %s, protocol %#lx/%#lx}", info->RtmInstanceId,
                            family_name(info->AddressFamily),
                            static_cast<unsigned long>(info->EntityId.EntityProtocolId),
                            static_cast<unsigned long>(info->EntityId.EntityInstanceId));
}

const char* describe(const RTM_NET_ADDRESS* address) noexcept
{
    if (!address)
        return "(null)";
    const UCHAR* a = address->AddrBits;
    if (address->AddressFamily == af_inet)
        return wine_dbg_sprintf("%u.%u.%u.%u/%u", a[0], a[1], a[2], a[3], address->NumBits);
    if (address->AddressFamily != af_inet6)
        return wine_dbg_sprintf("{%s, %u bits}", family_name(address->AddressFamily),
                                address->NumBits);
    char text[46];
    IN6_ADDR ipv6;
    for (int i = 0; i < 16; ++i)
        ipv6.u.Byte[i] = a[i];
    RtlIpv6AddressToStringA(&ipv6, text);
    return wine_dbg_sprintf("%s/%u", text, address->NumBits);
}

const char* describe(const RTM_ROUTE_INFO* info) noexcept
{
    if (!info)
        return "(null)";
    return wine_dbg_sprintf("{preference %lu, metric %lu, views %#lx, %u next hops}",
                            static_cast<unsigned long>(info->PrefInfo.Preference),
                            static_cast<unsigned long>(info->PrefInfo.Metric),
                            static_cast<unsigned long>(info->BelongsToViews),
                            info->NextHopsList.NumNextHops);
}

const char* describe(const RTM_NEXTHOP_INFO* info) noexcept
{
    if (!info)
        return "(null)";
    return wine_dbg_sprintf("{%s on interface %lu}", describe(&info->NextHopAddress),
                            static_cast<unsigned long>(info->InterfaceIndex));
}

void trace_outcome(const char* name, DWORD code) noexcept
{
    if (TRACE_ON(rtm))
        wine_dbg_log(__WINE_DBCL_TRACE, &__wine_dbch_rtm, name, "returns %s\n", code_name(code));
}

} // namespace rtm
