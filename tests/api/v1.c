/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "v1.h"

#define MOST_CLIENTS 64

const DWORD ip_family = IP, ipx_family = IPX;

static HANDLE clients[MOST_CLIENTS];
static UINT client_count;

HANDLE v1_join(DWORD family, DWORD protocol, HANDLE event, DWORD flags)
{
    HANDLE client = RtmRegisterClient(family, protocol, event, flags);

    if (!client)
        fail_msg("RtmRegisterClient gives %lu", GetLastError());
    assert_true(client_count < MOST_CLIENTS);
    clients[client_count++] = client;
    return client;
}

static void forget_client(HANDLE client)
{
    for (UINT i = 0; i < client_count; i++)
        if (clients[i] == client) {
            clients[i] = clients[--client_count];
            return;
        }
}

void v1_leave(HANDLE client)
{
    forget_client(client);
    ASSERT_STATUS(RtmDeregisterClient(client), NO_ERROR);
}

int v1_teardown(void** state)
{
    while (client_count)
        RtmDeregisterClient(clients[--client_count]);
    if (client_teardown(state))
        return -1;
    if (RtmGetNetworkCount(IP) || RtmGetNetworkCount(IPX))
        fail_msg("the test left %lu IP and %lu IPX networks", RtmGetNetworkCount(IP),
                 RtmGetNetworkCount(IPX));
    return 0;
}

/* ---- routes ---- */

any_route network(DWORD family, USHORT n)
{
    any_route route;

    paint(&route, sizeof(route));
    if (family == IP) {
        const UCHAR number[4] = {10, n % 256, n / 256, 77}; /* the last is beyond the mask */

        memcpy(&route.ip.RR_Network.N_NetNumber, number, 4);
        route.ip.RR_Network.N_NetMask = 0x00ffffff;
    } else {
        route.ipx.RR_Network.N_NetNumber = 0x100 + n;
    }
    return route;
}

void set_metric(DWORD family, any_route* route, USHORT metric)
{
    if (family == IP)
        route->ip.RR_FamilySpecificData.FSD_Metric = metric;
    else
        route->ipx.RR_FamilySpecificData.FSD_TickCount = metric;
}

any_route make(DWORD family, USHORT n, DWORD interface_id, BYTE hop, USHORT metric)
{
    any_route route = network(family, n);

    if (family == IP) {
        const UCHAR address[4] = {192, 0, 2, hop};

        memcpy(&route.ip.RR_NextHopAddress.N_NetNumber, address, 4);
        memset(&route.ip.RR_FamilySpecificData, 0, sizeof(route.ip.RR_FamilySpecificData));
        route.ip.RR_FamilySpecificData.FSD_Type = 4;
        route.ip.RR_FamilySpecificData.FSD_Priority = 0xbad; /* not the client's to set */
        SetRouteValid(&route.ip);
        route.ip.RR_InterfaceID = interface_id;
    } else {
        memset(&route.ipx.RR_NextHopAddress, 0, sizeof(route.ipx.RR_NextHopAddress));
        route.ipx.RR_NextHopAddress.NHA_Mac[5] = hop;
        memset(&route.ipx.RR_FamilySpecificData, 0, sizeof(route.ipx.RR_FamilySpecificData));
        route.ipx.RR_FamilySpecificData.FSD_HopCount = 3;
        route.ipx.RR_InterfaceID = interface_id;
    }
    set_metric(family, &route, metric);
    return route;
}

void* network_of(DWORD family, any_route* route)
{
    return family == IP ? (void*)&route->ip.RR_Network : (void*)&route->ipx.RR_Network;
}

USHORT metric_of(DWORD family, const any_route* route)
{
    return family == IP ? (USHORT)route->ip.RR_FamilySpecificData.FSD_Metric
                        : route->ipx.RR_FamilySpecificData.FSD_TickCount;
}

BYTE hop_of(DWORD family, const any_route* route)
{
    return family == IP ? (BYTE)(route->ip.RR_NextHopAddress.N_NetNumber >> 24)
                        : route->ipx.RR_NextHopAddress.NHA_Mac[5];
}

void assert_same_route(DWORD family, const any_route* got, const any_route* said, DWORD protocol)
{
    any_route expected = *said;

    /* Both families begin alike. */
    assert_int_equal(got->ip.RR_RoutingProtocol, protocol);
    assert_int_equal(got->ip.RR_InterfaceID, said->ip.RR_InterfaceID);
    assert_memory_equal(&got->ip.RR_ProtocolSpecificData, &said->ip.RR_ProtocolSpecificData,
                        sizeof(said->ip.RR_ProtocolSpecificData));
    if (family == IP) {
        expected.ip.RR_Network.N_NetNumber &= expected.ip.RR_Network.N_NetMask;
        expected.ip.RR_FamilySpecificData.FSD_Priority = got->ip.RR_FamilySpecificData.FSD_Priority;
        assert_memory_equal(&got->ip.RR_Network, &expected.ip.RR_Network,
                            sizeof(expected.ip.RR_Network));
        assert_memory_equal(&got->ip.RR_NextHopAddress, &expected.ip.RR_NextHopAddress,
                            sizeof(expected.ip.RR_NextHopAddress));
        assert_memory_equal(&got->ip.RR_FamilySpecificData, &expected.ip.RR_FamilySpecificData,
                            sizeof(expected.ip.RR_FamilySpecificData));
        assert_int_not_equal(got->ip.RR_FamilySpecificData.FSD_Priority, 0xbad);
    } else {
        assert_int_equal(got->ipx.RR_Network.N_NetNumber, expected.ipx.RR_Network.N_NetNumber);
        assert_memory_equal(got->ipx.RR_NextHopAddress.NHA_Mac,
                            expected.ipx.RR_NextHopAddress.NHA_Mac, 6);
        assert_memory_equal(&got->ipx.RR_FamilySpecificData, &expected.ipx.RR_FamilySpecificData,
                            sizeof(expected.ipx.RR_FamilySpecificData));
    }
}

void put(HANDLE client, any_route* route, DWORD expected)
{
    DWORD flags = ~0u;

    ASSERT_STATUS(RtmAddRoute(client, route, INFINITE, &flags, NULL, NULL), NO_ERROR);
    assert_int_equal(flags, expected);
}

void drop(HANDLE client, any_route* route, DWORD expected)
{
    DWORD flags = ~0u;

    ASSERT_STATUS(RtmDeleteRoute(client, route, &flags, NULL), NO_ERROR);
    assert_int_equal(flags, expected);
}

BOOL best(DWORD family, USHORT n, any_route* route)
{
    any_route wanted = network(family, n);

    SetLastError(0xdead);
    if (RtmIsRoute(family, network_of(family, &wanted), route))
        return TRUE;
    assert_int_equal(GetLastError(), NO_ERROR);
    return FALSE;
}

void assert_best(DWORD family, USHORT n, DWORD protocol, USHORT metric)
{
    any_route found;

    assert_int_equal(best(family, n, &found), protocol != 0);
    if (!protocol)
        return;
    assert_int_equal(found.ip.RR_RoutingProtocol, protocol);
    assert_int_equal(metric_of(family, &found), metric);
}

UINT count_walk(DWORD family, DWORD flags, const any_route* criteria)
{
    any_route route;
    UINT count = 0;
    DWORD status;

    paint(&route, sizeof(route));
    if (criteria)
        route = *criteria;
    for (status = RtmGetFirstRoute(family, flags, &route); status == NO_ERROR;
         status = RtmGetNextRoute(family, flags, &route))
        count++;
    assert_int_equal(status, ERROR_NO_ROUTES);
    return count;
}

/* ---- messages ---- */

BOOL is_set(HANDLE event)
{
    return WaitForSingleObject(event, 0) == WAIT_OBJECT_0;
}

static void assert_side(DWORD family, const any_route* got, BOOL is_there, USHORT n, USHORT metric)
{
    any_route wanted = network(family, n);

    if (!is_there) {
        assert_true(painted(got, sizeof(*got)));
        return;
    }
    if (family == IP)
        assert_int_equal(got->ip.RR_Network.N_NetNumber,
                         wanted.ip.RR_Network.N_NetNumber & wanted.ip.RR_Network.N_NetMask);
    else
        assert_int_equal(got->ipx.RR_Network.N_NetNumber, wanted.ipx.RR_Network.N_NetNumber);
    assert_int_equal(metric_of(family, got), metric);
}

void assert_message(HANDLE client, DWORD family, DWORD status, USHORT n, DWORD flags,
                    USHORT previous, USHORT current)
{
    DWORD got = ~0u;
    any_route now, before;

    paint(&now, sizeof(now));
    paint(&before, sizeof(before));
    ASSERT_STATUS(RtmDequeueRouteChangeMessage(client, &got, &now, &before), status);
    assert_int_equal(got, flags);
    assert_side(family, &now, (flags & RTM_CURRENT_BEST_ROUTE) != 0, n, current);
    assert_side(family, &before, (flags & RTM_PREVIOUS_BEST_ROUTE) != 0, n, previous);
}

void assert_no_message(HANDLE client)
{
    DWORD flags = 0xdead;

    ASSERT_STATUS(RtmDequeueRouteChangeMessage(client, &flags, NULL, NULL), ERROR_NO_MESSAGES);
    assert_int_equal(flags, 0xdead);
}
