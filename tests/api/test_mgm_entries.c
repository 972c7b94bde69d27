/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The multicast group manager: forwarding entries and what is counted of them. */

#include "multicast.h"

static RTM_ENTITY_HANDLE router;

/* PIM has interfaces 1 and 2, DVMRP 3 and 4, IGMP 4 and 5. Sources are behind 1. */
static void begin(void)
{
    enter(PIM);
    enter(DVMRP);
    enter(IGMP);
    take(PIM, 1);
    take(PIM, 2);
    take(DVMRP, 3);
    take(DVMRP, 4);
    take(IGMP, 4);
    take(IGMP, 5);
    router = route_sources(1);
}

static void assert_outgoing(const char* source, const char* group, UINT count, ...)
{
    entry read = read_entry(source, group);
    va_list list;

    assert_int_equal(read.mfe.ulNumOutIf, count);
    va_start(list, count);
    for (UINT i = 0; i < count; i++)
        assert_int_equal(read.mfe.rgmioOutInfo[i].dwOutIfIndex, va_arg(list, UINT));
    va_end(list);
}

static void the_first_packet(void** state)
{
    entry read;

    (void)state;
    begin();
    join_group(PIM, "*", "239.1.1.1", 2);
    join_group(DVMRP, "10.0.0.1", "239.1.1.1", 3);
    join_group(IGMP, "*", "239.1.1.1", 4);
    join_group(IGMP, "*", "*", 5);
    forget_told();
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    ASSERT_TOLD("PIM way (10.0.0.1, 239.1.1.1) by 192.0.2.1 on if1",
                "PIM new (10.0.0.1, 239.1.1.1) on if1 to if2",
                "DVMRP new (10.0.0.1, 239.1.1.1) on if1 to if3 if4+",
                "IGMP new (10.0.0.1, 239.1.1.1) on if1 to if5+");
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    ASSERT_TOLD_NOTHING();
    read = read_entry("10.0.0.1", "239.1.1.1");
    assert_int_equal(read.mfe.dwGroup, ip("239.1.1.1"));
    assert_int_equal(read.mfe.dwSource, ip("10.0.0.1"));
    assert_int_equal(read.mfe.dwSrcMask, ~0u);
    assert_int_equal(read.mfe.dwUpStrmNgbr, ip("192.0.2.1"));
    assert_int_equal(read.mfe.dwInIfIndex, 1);
    assert_int_equal(read.mfe.dwInIfProtocol, protocol_ids[PIM]);
    assert_int_equal(read.mfe.dwRouteProtocol, 3);
    assert_int_equal(read.mfe.dwRouteNetwork, ip("10.0.0.0"));
    assert_int_equal(read.mfe.dwRouteMask, ip("255.0.0.0"));
    assert_int_equal(read.mfe.ulTimeOut, 900);
    assert_int_equal(read.mfe.ulUpTime + read.mfe.ulExpiryTime, 900);
    assert_int_equal(read.mfe.fFlags, 0);
    assert_int_equal(read.mfe.dwReserved, 0);
    assert_outgoing("10.0.0.1", "239.1.1.1", 4, 2, 3, 4, 5);
}

static void no_way(void** state)
{
    (void)state;
    begin();
    join_group(PIM, "*", "239.1.1.1", 2);
    forget_told();
    ASSERT_STATUS(send_packet("11.0.0.1", "239.1.1.1", 1), ERROR_NOT_FOUND);
    ASSERT_STATUS(send_packet("10.0.0.1", "10.0.0.2", 1), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(send_packet("*", "239.1.1.1", 1), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(__wine_mgm_receive_packet(NULL), ERROR_INVALID_PARAMETER);
    assert_false(has_entry("11.0.0.1", "239.1.1.1"));
    ASSERT_TOLD_NOTHING();
}

static void redirect(DWORD* index, DWORD* next_hop, DWORD* neighbour, RTM_DEST_INFO* route)
{
    CHECK(*index == 1 && *next_hop == 0 && *neighbour == ip("192.0.2.1"));
    CHECK(route->NumberOfViews == 1 && route->ViewInfo[0].ViewId == RTM_VIEW_ID_MCAST);
    CHECK(route->ViewInfo[0].Route != NULL && route->DestAddress.NumBits == 8);
    /* Its handles are good while the callback runs. */
    CHECK_STATUS(RtmGetRouteInfo(router, route->ViewInfo[0].Route, NULL, &route->DestAddress),
                 NO_ERROR);
    *index = 2;
    *neighbour = ip("192.0.2.77");
    route->DestAddress.NumBits = 16;
    route->DestHandle = (HANDLE)0x1234;
    memset(route->ViewInfo, 0xa5, sizeof(route->ViewInfo[0]));
}

static void refuse_the_first(DWORD count, MGM_IF_ENTRY* entries)
{
    CHECK(count == 2);
    entries[0].bIsEnabled = FALSE;
    entries[0].dwIfIndex = 99;
}

static void protocols_decide(void** state)
{
    entry read;

    (void)state;
    begin();
    join_group(DVMRP, "*", "239.1.1.1", 3);
    join_group(DVMRP, "*", "239.1.1.1", 4);
    hook.way = redirect;
    hook.creation = refuse_the_first;
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 2), NO_ERROR);
    read = read_entry("10.0.0.1", "239.1.1.1");
    assert_int_equal(read.mfe.dwInIfIndex, 2);
    assert_int_equal(read.mfe.dwUpStrmNgbr, ip("192.0.2.77"));
    assert_int_equal(read.mfe.dwRouteMask, ip("255.255.0.0"));
    assert_outgoing("10.0.0.1", "239.1.1.1", 1, 4);
    ASSERT_STATUS(try_join(DVMRP, "10.0.0.1", "239.1.1.1", 3, MGM_FORWARD_STATE_FLAG), NO_ERROR);
    assert_outgoing("10.0.0.1", "239.1.1.1", 2, 3, 4);
}

static void outgoing_interfaces(void** state)
{
    (void)state;
    begin();
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    assert_outgoing("10.0.0.1", "239.1.1.1", 0);
    join_group(PIM, "*", "239.1.1.1", 2);
    join_group(DVMRP, "10.0.0.1", "239.1.1.1", 3);
    join_group(IGMP, "*", "*", 5);
    join_group(DVMRP, "*", "239.1.1.2", 4);
    assert_outgoing("10.0.0.1", "239.1.1.1", 3, 2, 3, 5);
    leave_group(DVMRP, "10.0.0.1", "239.1.1.1", 3);
    assert_outgoing("10.0.0.1", "239.1.1.1", 2, 2, 5);
    release(IGMP, 5);
    assert_outgoing("10.0.0.1", "239.1.1.1", 1, 2);
    release(PIM, 2);
    assert_outgoing("10.0.0.1", "239.1.1.1", 0);
    release(PIM, 1);
    assert_false(has_entry("10.0.0.1", "239.1.1.1"));
}

static void forwarding_state(void** state)
{
    (void)state;
    begin();
    join_group(DVMRP, "*", "239.1.1.1", 3);
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    forget_told();
    ASSERT_STATUS(try_prune(DVMRP, "10.0.0.1", "239.1.1.1", 3, MGM_FORWARD_STATE_FLAG), NO_ERROR);
    ASSERT_TOLD("PIM prune (10.0.0.1, 239.1.1.1) if3 entry");
    assert_outgoing("10.0.0.1", "239.1.1.1", 0);
    ASSERT_STATUS(try_join(DVMRP, "10.0.0.1", "239.1.1.1", 4, MGM_FORWARD_STATE_FLAG), NO_ERROR);
    ASSERT_TOLD("PIM join (10.0.0.1, 239.1.1.1) entry");
    assert_outgoing("10.0.0.1", "239.1.1.1", 1, 4);
    ASSERT_STATUS(try_join(DVMRP, "10.0.0.1", "239.9.9.9", 4, MGM_FORWARD_STATE_FLAG), NO_ERROR);
    ASSERT_TOLD_NOTHING();
}

static void make_short(DWORD* timeout)
{
    *timeout = 1;
}

static void make_timeless(DWORD* timeout)
{
    *timeout = ~0u;
}

static void lifetimes(void** state)
{
    (void)state;
    begin();
    join_group(DVMRP, "*", "239.1.1.1", 3);
    join_group(DVMRP, "*", "239.1.1.2", 3);
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.2", 1), NO_ERROR);
    hook.prune = make_timeless;
    ASSERT_STATUS(try_prune(DVMRP, "*", "239.1.1.2", 3, MGM_FORWARD_STATE_FLAG), NO_ERROR);
    assert_in_range(read_entry("10.0.0.1", "239.1.1.2").mfe.ulTimeOut, ~0u - 1, ~0u);
    hook.prune = make_short;
    ASSERT_STATUS(try_prune(DVMRP, "*", "239.1.1.1", 3, MGM_FORWARD_STATE_FLAG), NO_ERROR);
    assert_in_range(read_entry("10.0.0.1", "239.1.1.1").mfe.ulTimeOut, 1, 2);
    Sleep(500);
    assert_true(has_entry("10.0.0.1", "239.1.1.1"));
    for (UINT tries = 0; has_entry("10.0.0.1", "239.1.1.1"); tries++) {
        assert_true(tries < WAIT_MS / 10);
        Sleep(10);
    }
    assert_true(has_entry("10.0.0.1", "239.1.1.2"));
}

/* The table tells of the change after a while. */
static void await_way(const char* source, DWORD index)
{
    for (UINT tries = 0; read_entry(source, "239.1.1.1").mfe.dwInIfIndex != index; tries++) {
        assert_true(tries < WAIT_MS / 10);
        Sleep(10);
    }
}

static void follows_routes(void** state)
{
    RTM_ROUTE_HANDLE route;

    (void)state;
    begin();
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    ASSERT_STATUS(send_packet("10.2.0.1", "239.1.1.1", 1), NO_ERROR);
    route = add_route(router, "10.2.0.0/16", next_hop(router, "192.0.2.3", 3), 1, 1, MCAST);
    await_way("10.2.0.1", 3);
    assert_int_equal(read_entry("10.0.0.1", "239.1.1.1").mfe.dwInIfIndex, 1);
    assert_int_equal(read_entry("10.2.0.1", "239.1.1.1").mfe.dwUpStrmNgbr, ip("192.0.2.3"));
    assert_int_equal(read_entry("10.2.0.1", "239.1.1.1").mfe.dwInIfProtocol, protocol_ids[DVMRP]);
    delete_route(router, route);
    await_way("10.2.0.1", 1);
    leave(router);
    for (UINT tries = 0; has_entry("10.0.0.1", "239.1.1.1"); tries++) {
        assert_true(tries < WAIT_MS / 10);
        Sleep(10);
    }
}

/* ---- sizes ---- */

static void of_one(void** state)
{
    MIB_IPMCAST_MFE which = key("10.0.0.1", "239.1.1.1"), other = key("10.0.0.9", "239.1.1.1");
    struct {
        DWORD flags, size;
    } kinds[] = {{0, SIZEOF_MIB_MFE(2)},
                 {MGM_MFE_STATS_0, SIZEOF_MIB_MFE_STATS(2)},
                 {MGM_MFE_STATS_1, SIZEOF_MIB_MFE_STATS_EX(2)}};

    (void)state;
    begin();
    join_group(PIM, "*", "239.1.1.1", 2);
    join_group(DVMRP, "*", "239.1.1.1", 3);
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    for (UINT i = 0; i < COUNT_OF(kinds); i++) {
        const DWORD flags = kinds[i].flags;
        entry read;
        DWORD size = kinds[i].size - 1;

#define GET(key, size, buffer)                                                                     \
    (flags ? MgmGetMfeStats(key, size, buffer, flags) : MgmGetMfe(key, size, buffer))
        PAINT(read);
        ASSERT_STATUS(GET(&which, &size, read.bytes), ERROR_INSUFFICIENT_BUFFER);
        assert_int_equal(size, kinds[i].size);
        ASSERT_PAINTED(read);
        ASSERT_STATUS(GET(&which, &size, read.bytes + 1), NO_ERROR); /* at any address */
        assert_int_equal(size, kinds[i].size);
        assert_true(painted(read.bytes + 1 + size, sizeof(read) - size - 1));
        size = 0;
        ASSERT_STATUS(GET(&which, &size, NULL), ERROR_INSUFFICIENT_BUFFER);
        ASSERT_STATUS(GET(&which, &size, NULL), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(GET(&which, NULL, read.bytes), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(GET(NULL, &size, read.bytes), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(GET(&other, &size, read.bytes), ERROR_NOT_FOUND);
#undef GET
    }
}

static DWORD first(DWORD flags, DWORD* size, BYTE* buffer, DWORD* count)
{
    return flags ? MgmGetFirstMfeStats(size, buffer, count, flags)
                 : MgmGetFirstMfe(size, buffer, count);
}

static DWORD next(DWORD flags, MIB_IPMCAST_MFE* from, DWORD* size, BYTE* buffer, DWORD* count)
{
    return flags ? MgmGetNextMfeStats(from, size, buffer, count, flags)
                 : MgmGetNextMfe(from, size, buffer, count);
}

static DWORD size_of(DWORD flags, DWORD outgoing)
{
    return !flags                     ? SIZEOF_MIB_MFE(outgoing)
           : flags == MGM_MFE_STATS_0 ? SIZEOF_MIB_MFE_STATS(outgoing)
                                      : SIZEOF_MIB_MFE_STATS_EX(outgoing);
}

static DWORD outgoing_of(DWORD flags, const BYTE* bytes)
{
    entry read;

    memcpy(&read, bytes, sizeof(read.more));
    return flags ? read.stats.ulNumOutIf : read.mfe.ulNumOutIf;
}

static void walking(void** state)
{
    static const char* const order[][2] = {
        {"10.0.0.255", "225.0.0.255"}, {"10.0.1.0", "225.0.0.255"}, {"10.200.0.1", "225.0.1.0"},
        {"10.0.0.255", "239.2.0.0"},   {"10.0.1.0", "239.2.0.0"},
    };
    static const UINT shuffled[] = {3, 1, 4, 0, 2};
    static const DWORD kinds[] = {0, MGM_MFE_STATS_0, MGM_MFE_STATS_1};

    (void)state;
    begin();
    join_group(PIM, "*", "225.0.0.255", 2);
    join_group(DVMRP, "*", "225.0.0.255", 3);
    join_group(DVMRP, "*", "239.2.0.0", 4);
    for (UINT i = 0; i < COUNT_OF(shuffled); i++)
        ASSERT_STATUS(send_packet(order[shuffled[i]][0], order[shuffled[i]][1], 1), NO_ERROR);
    for (UINT k = 0; k < COUNT_OF(kinds); k++) {
        const DWORD flags = kinds[k];
        BYTE buffer[2048];
        MIB_IPMCAST_MFE last;
        UINT seen = 0;
        /* Room for two, and some. */
        DWORD room = 2 * size_of(flags, 2) + 7, size = room, count = 77;
        DWORD status = first(flags, &size, buffer, &count);

        while (count) {
            BYTE* at = buffer;

            assert_int_equal(status, seen + count < COUNT_OF(order) ? ERROR_MORE_DATA
                                                                    : ERROR_NO_MORE_ITEMS);
            for (DWORD i = 0; i < count; i++, seen++) {
                memcpy(&last, at, sizeof(last));
                assert_int_equal(last.dwSource, ip(order[seen][0]));
                assert_int_equal(last.dwGroup, ip(order[seen][1]));
                at += size_of(flags, outgoing_of(flags, at));
            }
            assert_true(at <= buffer + room);
            assert_int_equal(size, room);
            memset(buffer, 0xa5, sizeof(buffer));
            status = next(flags, &last, &size, buffer, &count);
        }
        assert_int_equal(seen, COUNT_OF(order));
        ASSERT_STATUS(status, ERROR_NO_MORE_ITEMS);
        /* Behind what is not there, and without room. */
        last = key("10.0.0.0", "239.2.0.0");
        size = 10;
        PAINT(buffer);
        ASSERT_STATUS(next(flags, &last, &size, buffer, &count), ERROR_INSUFFICIENT_BUFFER);
        assert_int_equal(size, size_of(flags, 1));
        assert_int_equal(count, 0);
        size = 0;
        ASSERT_STATUS(first(flags, &size, NULL, &count), ERROR_INSUFFICIENT_BUFFER);
        assert_int_equal(size, size_of(flags, 2));
        assert_int_equal(count, 0);
        ASSERT_PAINTED(buffer);
        ASSERT_STATUS(first(flags, &size, NULL, &count), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(first(flags, NULL, buffer, &count), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(first(flags, &size, buffer, NULL), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(next(flags, NULL, &size, buffer, &count), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(next(flags, &last, NULL, buffer, &count), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(next(flags, &last, &size, buffer, NULL), ERROR_INVALID_PARAMETER);
    }
}

/* Without a protocol there is nothing, but it can be asked for. */
static void nobody_there(void** state)
{
    MIB_IPMCAST_MFE which = key("10.0.0.1", "239.1.1.1");
    BYTE buffer[256];
    DWORD size = sizeof(buffer), count = 77;

    (void)state;
    ASSERT_STATUS(MgmGetMfe(&which, &size, buffer), ERROR_NOT_FOUND);
    ASSERT_STATUS(MgmGetFirstMfe(&size, buffer, &count), ERROR_NO_MORE_ITEMS);
    assert_int_equal(count, 0);
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), ERROR_NOT_FOUND);
}

/* ---- counters ---- */

static void counting(void** state)
{
    MIB_IPMCAST_MFE which = key("10.0.0.1", "239.1.1.1");
    entry read;
    DWORD size = sizeof(read);

    (void)state;
    begin();
    join_group(PIM, "*", "239.1.1.1", 2);
    join_group(DVMRP, "*", "239.1.1.1", 3);
    for (UINT i = 0; i < 3; i++)
        ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 4), NO_ERROR); /* another way */
    leave_group(DVMRP, "*", "239.1.1.1", 3);
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    leave_group(PIM, "*", "239.1.1.1", 2);
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR); /* for nobody */
    join_group(PIM, "*", "239.1.1.1", 2);
    ASSERT_STATUS(MgmGetMfeStats(&which, &size, read.bytes, MGM_MFE_STATS_1), NO_ERROR);
    assert_int_equal(read.more.ulInPkts, 4);
    assert_int_equal(read.more.ulInOctets, 400);
    assert_int_equal(read.more.ulPktsDifferentIf, 1);
    assert_int_equal(read.more.ulNegativeMfe, 1);
    assert_int_equal(read.more.ulTotalOutPackets, 7);
    assert_int_equal(read.more.ulNumOutIf, 1);
    assert_int_equal(read.more.rgmiosOutStats[0].dwOutIfIndex, 2);
    assert_int_equal(read.more.rgmiosOutStats[0].ulOutPackets, 4);
    /* Hundredths of a second. */
    assert_in_range(read.more.ulUpTime + read.more.ulExpiryTime, 89999, 90000);
}

static void all_counters(void** state)
{
    MIB_IPMCAST_MFE which = key("10.0.0.1", "239.1.1.1");
    MIB_IPMCAST_MFE_STATS_EX set;
    entry read;
    DWORD size = sizeof(read);

    (void)state;
    begin();
    join_group(PIM, "*", "239.1.1.1", 2);
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    memset(&set, 0, sizeof(set));
    set.dwGroup = which.dwGroup;
    set.dwSource = which.dwSource;
    set.ulNumOutIf = 1;
    for (ULONG i = 0, *at = &set.ulInPkts; at <= &set.ulTotalOutPackets; i++, at++)
        *at = 4000000000u + i;
    set.rgmiosOutStats[0] = (MIB_IPMCAST_OIF_STATS){2, 0, 0, 11, 12, 13, 14};
    ASSERT_STATUS(__wine_mgm_set_counters(&set), NO_ERROR);
    ASSERT_STATUS(MgmGetMfeStats(&which, &size, read.bytes, MGM_MFE_STATS_1), NO_ERROR);
    assert_memory_equal(&read.more.ulInPkts, &set.ulInPkts,
                        sizeof(set) - offsetof(MIB_IPMCAST_MFE_STATS_EX, ulInPkts));
    ASSERT_STATUS(MgmGetMfeStats(&which, &size, read.bytes, MGM_MFE_STATS_0), NO_ERROR);
    assert_memory_equal(&read.stats.ulInPkts, &set.ulInPkts, 4 * sizeof(ULONG));
    assert_memory_equal(&read.stats.rgmiosOutStats, &set.rgmiosOutStats,
                        sizeof(set.rgmiosOutStats));
    ASSERT_STATUS(MgmGetMfeStats(&which, &size, read.bytes, 0), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGetMfeStats(&which, &size, read.bytes, 3), ERROR_INVALID_PARAMETER);
    set.dwGroup = ip("239.1.1.2");
    ASSERT_STATUS(__wine_mgm_set_counters(&set), ERROR_NOT_FOUND);
    ASSERT_STATUS(__wine_mgm_set_counters(NULL), ERROR_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MULTICAST_TEST(the_first_packet), MULTICAST_TEST(no_way),
        MULTICAST_TEST(protocols_decide), MULTICAST_TEST(outgoing_interfaces),
        MULTICAST_TEST(forwarding_state), MULTICAST_TEST(lifetimes),
        MULTICAST_TEST(follows_routes),   MULTICAST_TEST(of_one),
        MULTICAST_TEST(walking),          MULTICAST_TEST(nobody_there),
        MULTICAST_TEST(counting),         MULTICAST_TEST(all_counters),
    };

    return CLIENT_MAIN(tests);
}
