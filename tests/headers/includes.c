/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * includes.c: that the headers need no other and get on with others, in the order chosen by ORDER
 * (1 to INCLUDE_ORDERS of meson.build), and that what clients write with them compiles. Nothing
 * here runs. Compiles as C89 with GNU extensions and, from includes.cpp, as C++.
 */
#if ORDER == 1
#include <rtmv2.h>
#elif ORDER == 2
#include <mgm.h>
#elif ORDER == 3
#include <rtm.h>
#elif ORDER == 4
/* clang-format off */
#include <rtmv2.h>
#include <mgm.h>
#include <rtm.h>
#elif ORDER == 5
#include <rtm.h>
#include <mgm.h>
#include <rtmv2.h>
#include <rtm.h>
#include <mgm.h>
#elif ORDER == 6
#include <winsock2.h>
#include <windows.h>
#include <mgm.h>
#include <rtmv2.h>
#include <rtm.h>
#elif ORDER == 7
#include <windows.h>
#include <rtmv2.h>
#include <rtm.h>
#include <mgm.h>
#elif ORDER == 8
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <rtm.h>
#include <rtmv2.h>
#include <mgm.h>
#include <winsock2.h>
#elif ORDER == 9
#include <mgm.h>
#include <rtmv2.h>
#include <rtm.h>
#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
#elif ORDER == 10
#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <rtmv2.h>
#include <mgm.h>
#elif ORDER == 11
#include <windows.h>
#include <iprtrmib.h>
#include <mgm.h>
#elif ORDER == 12
#include <rtmv2.h>
#include <winsock2.h>
#elif ORDER == 13
#include <mgm.h>
#include <winsock.h>
#include <rtmv2.h>
/* clang-format on */
#else
#error "no such ORDER"
#endif

#ifdef __ROUTING_RTM_H__
DWORD use_rtm(HANDLE client, PRTM_IP_ROUTE route);

DWORD use_rtm(HANDLE client, PRTM_IP_ROUTE route)
{
    DWORD flags = RTM_NO_CHANGE;

    ClearRouteFlags(route);
    SetRouteValid(route);
    if (IsRouteLoopback(route) || IsRouteNonUnicast(route))
        ClearRouteValid(route);
    if (!IsRouteValid(route) || RtmGetSpecificRoute(RTM_PROTOCOL_FAMILY_IP, route) != NO_ERROR)
        return ERROR_NO_ROUTES;
    return RtmAddRoute(client, route, INFINITE, &flags, NULL, NULL);
}
#endif

#ifdef _MGM_H_
DWORD WINAPI on_local_join(DWORD source, DWORD source_mask, DWORD group, DWORD group_mask,
                           DWORD index, DWORD next_hop);
DWORD use_mgm(PMIB_IPMCAST_MFE mfe, PBYTE buffer, DWORD size);

DWORD WINAPI on_local_join(DWORD source, DWORD source_mask, DWORD group, DWORD group_mask,
                           DWORD index, DWORD next_hop)
{
    return (source & source_mask) + (group & group_mask) + index + next_hop;
}

DWORD use_mgm(PMIB_IPMCAST_MFE mfe, PBYTE buffer, DWORD size)
{
    ROUTING_PROTOCOL_CONFIG config;
    MIB_IPMCAST_MFE_STATS_EX stats;
    HANDLE protocol;

    config.dwCallbackFlags = 0;
    config.pfnLocalJoinCallback = on_local_join;
    if (MgmRegisterMProtocol(&config, 1, 2, &protocol) != NO_ERROR)
        return 0;
    stats.ulNumOutIf = mfe->ulNumOutIf;
    if (size < SIZEOF_MIB_MFE(mfe->ulNumOutIf) || size < SIZEOF_MIB_MFE_STATS_EX(stats.ulNumOutIf))
        return ERROR_INSUFFICIENT_BUFFER;
    return MgmGetMfe(mfe, &size, buffer);
}
#endif

#ifdef __ROUTING_RTMv2_H__
DWORD WINAPI on_event(RTM_ENTITY_HANDLE self, RTM_EVENT_TYPE event, PVOID context1, PVOID context2);
DWORD use_rtmv2(RTM_ENTITY_HANDLE self, BYTE* buffer);

DWORD WINAPI on_event(RTM_ENTITY_HANDLE self, RTM_EVENT_TYPE event, PVOID context1, PVOID context2)
{
    RTM_ROUTE_HANDLE route = context1;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    if (event != RTM_ROUTE_EXPIRED || RtmLockRoute(self, route, TRUE, TRUE, NULL) != NO_ERROR)
        return ERROR_NOT_SUPPORTED;
    ((PRTM_ROUTE_INFO)context2)->PrefInfo.Metric = 16;
    RtmUpdateAndUnlockRoute(self, route, INFINITE, NULL, 0, NULL, &flags);
    return RtmReleaseRoutes(self, 1, &route);
}

DWORD use_rtmv2(RTM_ENTITY_HANDLE self, BYTE* buffer)
{
    PRTM_DEST_INFO dest = (PRTM_DEST_INFO)(buffer + RTM_SIZE_OF_DEST_INFO(1));
    RTM_ENTITY_INFO info;
    RTM_REGN_PROFILE profile;

    info.RtmInstanceId = 0;
    info.EntityId.EntityId = 0;
    info.EntityId.EntityProtocolId = 1;
    if (RtmRegisterEntity(&info, NULL, on_event, FALSE, &profile, &self) != NO_ERROR)
        return RTM_SIZE_OF_ROUTE_INFO(profile.MaxNextHopsInRoute);
    return RtmGetDestInfo(self, dest->ViewInfo[0].Route, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_UCAST,
                          dest);
}

#ifdef AF_INET
DWORD use_addresses(PRTM_NET_ADDRESS net, ULONG addr, IN6_ADDR addr6);

DWORD use_addresses(PRTM_NET_ADDRESS net, ULONG addr, IN6_ADDR addr6)
{
    struct in_addr in;
    RTM_NEXTHOP_INFO hop;
    DWORD length;
    USHORT bits;
    ULONG mask = RTM_IPV4_MASK_FROM_LEN(24) & RTM_IPV4_MASK_FROM_LEN(0);

    RTM_IPV4_MAKE_NET_ADDRESS(&hop.NextHopAddress, addr, 32);
    if (addr)
        RTM_IPV4_SET_ADDR_AND_LEN(net, addr, 24);
    else
        RTM_IPV4_SET_ADDR_AND_MASK(net, addr, mask);
    RTM_IPV4_GET_ADDR_AND_LEN(in.s_addr, bits, net);
    RTM_IPV4_GET_ADDR_AND_MASK(addr, mask, &hop.NextHopAddress);
    for (length = 0; length <= 32; ++length)
        RTM_IPV4_LEN_FROM_MASK(bits, RTM_IPV4_MASK_FROM_LEN(length));
    RTM_IPV6_MAKE_NET_ADDRESS(net, addr6, 48);
    if (RTM_IPV6_SET_ADDR_AND_LEN(net, addr6, bits) != NO_ERROR)
        return in.s_addr;
    return RTM_IPV6_GET_ADDR_AND_LEN(&addr6, &length, net);
}
#endif
#endif
