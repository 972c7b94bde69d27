/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * rtm.h: version 1 of the Routing Table Manager API (rtm.dll). A replacement for the header of the
 * same name in the Windows SDK and in mingw-w64: same names, values, layouts and calling
 * conventions, for C and C++, mingw-w64 and winelib. Version 2 is in rtmv2.h.
 *
 * There is one table per protocol family, IP or IPX. Where a function takes a PVOID route, it is an
 * RTM_IP_ROUTE* or an RTM_IPX_ROUTE*, after the family; all memory is the caller's. Times are in
 * seconds. Addresses are in network byte order, as the macros here need it (the pages say machine
 * order). Functions that return a handle, a BOOL or a count give their error code by GetLastError.
 *
 * "Page:" names the page of Microsoft's documentation that a declaration restates.
 */
#ifndef __ROUTING_RTM_H__
#define __ROUTING_RTM_H__

#include <stdarg.h>
#include <windef.h>

#include <winbase.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Protocol families ---- */

#define RTM_PROTOCOL_FAMILY_IPX 0
#define RTM_PROTOCOL_FAMILY_IP 1

/* ---- Error codes ---- */

/* RtmDequeueRouteChangeMessage: a message came, and more wait. */
#define ERROR_MORE_MESSAGES ERROR_MORE_DATA
/* RtmRegisterClient: the protocol has a client already. */
#define ERROR_CLIENT_ALREADY_EXISTS ERROR_ALREADY_EXISTS
/* RtmDequeueRouteChangeMessage: no message. */
#define ERROR_NO_MESSAGES ERROR_NO_MORE_ITEMS

/* The end of an enumeration; nothing matches; the route is not in the table. */
#define ERROR_NO_MORE_ROUTES ERROR_NO_MORE_ITEMS
#define ERROR_NO_ROUTES ERROR_NO_MORE_ITEMS
#define ERROR_NO_SUCH_ROUTE ERROR_NO_MORE_ITEMS

/* ---- Networks and next hops ---- */

/* Page: IPX_NETWORK. */
typedef struct _IPX_NETWORK {
    DWORD N_NetNumber; /* machine byte order */
} IPX_NETWORK, *PIPX_NETWORK;

/* Page: IP_NETWORK. */
typedef struct _IP_NETWORK {
    DWORD N_NetNumber; /* address */
    DWORD N_NetMask;
} IP_NETWORK, *PIP_NETWORK;

/* Page: IPX_NEXT_HOP_ADDRESS. */
typedef struct _IPX_NEXT_HOP_ADDRESS {
    BYTE NHA_Mac[6]; /* MAC address of the router */
} IPX_NEXT_HOP_ADDRESS, *PIPX_NEXT_HOP_ADDRESS;

/* Page: IP_NEXT_HOP_ADDRESS. */
typedef IP_NETWORK IP_NEXT_HOP_ADDRESS, *PIP_NEXT_HOP_ADDRESS;

/* ---- Data of a family and of a protocol ---- */

/* Page: IPX_SPECIFIC_DATA. */
typedef struct _IPX_SPECIFIC_DATA {
    DWORD FSD_Flags;      /* 0 or IPX_GLOBAL_CLIENT_WAN_ROUTE */
    USHORT FSD_TickCount; /* ticks to the network */
    USHORT FSD_HopCount;  /* hops to the network */
} IPX_SPECIFIC_DATA, *PIPX_SPECIFIC_DATA;

/* The route of the global network of WAN clients. */
#define IPX_GLOBAL_CLIENT_WAN_ROUTE 0x00000001

/* Routes of a network are ranked by FSD_Priority, then by FSD_Metric. Page: IP_SPECIFIC_DATA. */
typedef struct _IP_SPECIFIC_DATA {
    DWORD FSD_Type;      /* as in RFC 1354: 1 other, 2 invalid (not to use), 3 local, 4 remote */
    DWORD FSD_Policy;    /* conditions of a multipath route, usually a TOS */
    DWORD FSD_NextHopAS; /* autonomous system of the next hop */
    DWORD FSD_Priority;  /* rank of the protocol, set by the RTM */
    DWORD FSD_Metric;    /* rank within the protocol, set by the protocol */
    DWORD FSD_Metric1;   /* this and the following: only shown by MIB agents */
    DWORD FSD_Metric2;
    DWORD FSD_Metric3;
    DWORD FSD_Metric4;
    DWORD FSD_Metric5;
    DWORD FSD_Flags; /* to be cleared first, then IP_VALID_ROUTE */
} IP_SPECIFIC_DATA, *PIP_SPECIFIC_DATA;

/* ---- Flags of an RTM_IP_ROUTE ---- */

#define IP_VALID_ROUTE 0x00000001

/* pRoute is an RTM_IP_ROUTE*. Page: IP_SPECIFIC_DATA. */
#define ClearRouteFlags(pRoute) ((pRoute)->RR_FamilySpecificData.FSD_Flags = 0x00000000)
#define IsRouteValid(pRoute) ((pRoute)->RR_FamilySpecificData.FSD_Flags & IP_VALID_ROUTE)
#define SetRouteValid(pRoute) ((pRoute)->RR_FamilySpecificData.FSD_Flags |= IP_VALID_ROUTE)
#define ClearRouteValid(pRoute) ((pRoute)->RR_FamilySpecificData.FSD_Flags &= ~IP_VALID_ROUTE)

/* The network is 224.0.0.0 or above. On no page. */
#define IsRouteNonUnicast(pRoute)                                                                  \
    (((DWORD)((pRoute)->RR_Network.N_NetNumber & 0x000000FF)) >= ((DWORD)0x000000E0))

/* The network is in 127/8, or the next hop is 127.0.0.1. On no page. */
#define IsRouteLoopback(pRoute)                                                                    \
    ((((pRoute)->RR_Network.N_NetNumber & 0x000000FF) == 0x0000007F) ||                            \
     ((pRoute)->RR_NextHopAddress.N_NetNumber == 0x0100007F))

/* ---- Routes ---- */

/* Private data of the protocol, never looked at. Page: PROTOCOL_SPECIFIC_DATA. */
typedef struct _PROTOCOL_SPECIFIC_DATA {
    DWORD PSD_Data[4];
} PROTOCOL_SPECIFIC_DATA, *PPROTOCOL_SPECIFIC_DATA;

/* A member that starts and ends at a multiple of a DWORD. */
#define DWORD_ALIGN(type, field)                                                                   \
    __extension__ union {                                                                          \
        type field;                                                                                \
        DWORD field##Align;                                                                        \
    }

/* What routes of each family begin with: when the RTM got or updated the route, the protocol, the
 * interface, the protocol's own data. The RTM sets the first two. */
#define ROUTE_HEADER                                                                               \
    DWORD_ALIGN(FILETIME, RR_TimeStamp);                                                           \
    DWORD RR_RoutingProtocol;                                                                      \
    DWORD RR_InterfaceID;                                                                          \
    DWORD_ALIGN(PROTOCOL_SPECIFIC_DATA, RR_ProtocolSpecificData)

/* Network, protocol, interface and next hop are the identity of a route; for a client with
 * RTM_PROTOCOL_SINGLE_ROUTE only network and protocol. Page: RTM_IPX_ROUTE. */
typedef struct _RTM_IPX_ROUTE {
    ROUTE_HEADER;
    DWORD_ALIGN(IPX_NETWORK, RR_Network);
    DWORD_ALIGN(IPX_NEXT_HOP_ADDRESS, RR_NextHopAddress);
    DWORD_ALIGN(IPX_SPECIFIC_DATA, RR_FamilySpecificData);
} RTM_IPX_ROUTE, *PRTM_IPX_ROUTE;

/* The same for IP. Page: RTM_IP_ROUTE. */
typedef struct _RTM_IP_ROUTE {
    ROUTE_HEADER;
    DWORD_ALIGN(IP_NETWORK, RR_Network);
    DWORD_ALIGN(IP_NEXT_HOP_ADDRESS, RR_NextHopAddress);
    DWORD_ALIGN(IP_SPECIFIC_DATA, RR_FamilySpecificData);
} RTM_IP_ROUTE, *PRTM_IP_ROUTE;

/* ---- Flags of changes ---- */

/* Which of CurBestRoute and PrevBestRoute is filled. */
#define RTM_CURRENT_BEST_ROUTE 0x00000001
#define RTM_PREVIOUS_BEST_ROUTE 0x00000002

/* What happened to the best route of a network: nothing, it is the first, it was the last, or it
 * is another or has changed. Page: RtmDequeueRouteChangeMessage. */
#define RTM_NO_CHANGE 0
#define RTM_ROUTE_ADDED RTM_CURRENT_BEST_ROUTE
#define RTM_ROUTE_DELETED RTM_PREVIOUS_BEST_ROUTE
#define RTM_ROUTE_CHANGED (RTM_CURRENT_BEST_ROUTE | RTM_PREVIOUS_BEST_ROUTE)

/* ---- Flags of enumerations ---- */

/* Only routes that agree with the criteria in RR_Network, RR_InterfaceID, RR_RoutingProtocol; only
 * the best route of each network. */
#define RTM_ONLY_THIS_NETWORK 0x00000001
#define RTM_ONLY_THIS_INTERFACE 0x00000002
#define RTM_ONLY_THIS_PROTOCOL 0x00000004
#define RTM_ONLY_BEST_ROUTES 0x00000008

/* ---- Functions: clients ---- */

/* RtmRegisterClient: keep one route per network; a new one replaces it. */
#define RTM_PROTOCOL_SINGLE_ROUTE 0x00000001

/* Registers the one client of a protocol in a family. ChangeEvent, which may be NULL, is set while
 * messages wait. Flags: 0 or RTM_PROTOCOL_SINGLE_ROUTE. Returns the client's handle, for
 * RtmDeregisterClient, or NULL.
 * ERROR_CLIENT_ALREADY_EXISTS. ERROR_INVALID_PARAMETER: bad family or flags.
 * ERROR_NO_SYSTEM_RESOURCES. ERROR_NOT_ENOUGH_MEMORY. Page: RtmRegisterClient. */
HANDLE WINAPI RtmRegisterClient(DWORD ProtocolFamily, DWORD RoutingProtocol, HANDLE ChangeEvent,
                                DWORD Flags);

/* Deletes the client's routes and the client.
 * ERROR_INVALID_HANDLE. ERROR_NO_SYSTEM_RESOURCES. Page: RtmDeregisterClient. */
DWORD WINAPI RtmDeregisterClient(HANDLE ClientHandle);

/* Takes one message off the client's queue: a change of a best route by somebody else. *Flags:
 * RTM_ROUTE_ADDED, _DELETED or _CHANGED. CurBestRoute and PrevBestRoute may be NULL. The event is
 * reset once the queue is empty.
 * ERROR_MORE_MESSAGES: as NO_ERROR, but more wait. ERROR_NO_MESSAGES: there was none.
 * ERROR_INVALID_HANDLE: also for a client without an event. ERROR_NO_SYSTEM_RESOURCES.
 * Page: RtmDequeueRouteChangeMessage. */
DWORD WINAPI RtmDequeueRouteChangeMessage(HANDLE ClientHandle, DWORD* Flags, PVOID CurBestRoute,
                                          PVOID PrevBestRoute);

/* ---- Functions: routes ---- */

/* Adds a route of the client, or updates the same one. TimeToLive: at most 2147483, or INFINITE.
 * *Flags: RTM_NO_CHANGE, RTM_ROUTE_ADDED or RTM_ROUTE_CHANGED. CurBestRoute and PrevBestRoute get
 * the best route after and before, and may be NULL.
 * ERROR_INVALID_HANDLE. ERROR_INVALID_PARAMETER: bad route. ERROR_NO_SYSTEM_RESOURCES.
 * ERROR_NOT_ENOUGH_MEMORY. Page: RtmAddRoute. */
DWORD WINAPI RtmAddRoute(HANDLE ClientHandle, PVOID Route, DWORD TimeToLive, DWORD* Flags,
                         PVOID CurBestRoute, PVOID PrevBestRoute);

/* Deletes a route of the client. *Flags: RTM_NO_CHANGE, RTM_ROUTE_DELETED or RTM_ROUTE_CHANGED.
 * CurBestRoute gets the best route after, and may be NULL.
 * ERROR_INVALID_HANDLE. ERROR_INVALID_PARAMETER: bad route. ERROR_NO_SUCH_ROUTE.
 * ERROR_NO_SYSTEM_RESOURCES. Page: RtmDeleteRoute. */
DWORD WINAPI RtmDeleteRoute(HANDLE ClientHandle, PVOID Route, DWORD* Flags, PVOID CurBestRoute);

/* Deletes all routes of the client that agree with CriteriaRoute. The client gets messages too.
 * ERROR_NO_ROUTES: none does. ERROR_INVALID_HANDLE. ERROR_INVALID_PARAMETER.
 * ERROR_NO_SYSTEM_RESOURCES. ERROR_NOT_ENOUGH_MEMORY. Page: RtmBlockDeleteRoutes. */
DWORD WINAPI RtmBlockDeleteRoutes(HANDLE ClientHandle, DWORD EnumerationFlags, PVOID CriteriaRoute);

/* ---- Functions: queries, for anyone ---- */

/* Stores the best route of a network (IP_NETWORK* or IPX_NETWORK*). FALSE if there is none, then
 * with NO_ERROR as last error, or for a failure.
 * ERROR_INVALID_PARAMETER: bad family. ERROR_NO_SYSTEM_RESOURCES. Page: RtmIsRoute. */
BOOL WINAPI RtmIsRoute(DWORD ProtocolFamily, PVOID Network, PVOID BestRoute);

/* Returns the number of networks that have routes; 0 if there are none, then with NO_ERROR as last
 * error, or for a failure.
 * ERROR_INVALID_PARAMETER: bad family. Page: RtmGetNetworkCount. */
ULONG WINAPI RtmGetNetworkCount(DWORD ProtocolFamily);

/* Returns the age of a route got from the RTM since its last update, or INFINITE.
 * ERROR_INVALID_PARAMETER: bad route. Page: RtmGetRouteAge. */
ULONG WINAPI RtmGetRouteAge(PVOID Route);

/* By its name: stores the best route to an IPv4 address and returns TRUE, or FALSE. Page: none. */
BOOL WINAPI RtmLookupIPDestination(DWORD dwDestAddr, PRTM_IP_ROUTE prir);

/* ---- Functions: enumerations, for anyone ---- */

/* Starts an enumeration, in no order, of the routes that agree with CriteriaRoute in what
 * EnumerationFlags names. Returns a handle for RtmCloseEnumerationHandle, or NULL.
 * ERROR_NO_ROUTES: nothing agrees. ERROR_INVALID_PARAMETER. ERROR_NO_SYSTEM_RESOURCES.
 * ERROR_NOT_ENOUGH_MEMORY. Page: RtmCreateEnumerationHandle. */
HANDLE WINAPI RtmCreateEnumerationHandle(DWORD ProtocolFamily, DWORD EnumerationFlags,
                                         PVOID CriteriaRoute);

/* Stores the next route.
 * ERROR_INVALID_HANDLE. ERROR_NO_MORE_ROUTES: the end. ERROR_NO_SYSTEM_RESOURCES.
 * Page: RtmEnumerateGetNextRoute. */
DWORD WINAPI RtmEnumerateGetNextRoute(HANDLE EnumerationHandle, PVOID Route);

/* Ends an enumeration.
 * ERROR_INVALID_HANDLE. ERROR_NO_SYSTEM_RESOURCES. Page: RtmCloseEnumerationHandle. */
DWORD WINAPI RtmCloseEnumerationHandle(HANDLE EnumerationHandle);

/* Replaces the criteria in Route by the first route that agrees, in the order of network, protocol,
 * interface and next hop.
 * ERROR_INVALID_PARAMETER. ERROR_NO_ROUTES. ERROR_NO_SYSTEM_RESOURCES. Page: RtmGetFirstRoute. */
DWORD WINAPI RtmGetFirstRoute(DWORD ProtocolFamily, DWORD EnumerationFlags, PVOID Route);

/* RtmGetFirstRoute for the very network, protocol and interface in Route. */
#define RtmGetSpecificRoute(ProtocolFamily, Route)                                                 \
    RtmGetFirstRoute(ProtocolFamily,                                                               \
                     RTM_ONLY_THIS_NETWORK | RTM_ONLY_THIS_PROTOCOL | RTM_ONLY_THIS_INTERFACE,     \
                     Route)

/* Replaces Route, position and criteria, by the route after it that agrees, in the order of
 * RtmGetFirstRoute.
 * ERROR_INVALID_PARAMETER. ERROR_NO_ROUTES. ERROR_NO_SYSTEM_RESOURCES. Page: RtmGetNextRoute. */
DWORD WINAPI RtmGetNextRoute(DWORD ProtocolFamily, DWORD EnumerationFlags, PVOID Route);

#ifdef __cplusplus
}
#endif

#endif /* __ROUTING_RTM_H__ */
