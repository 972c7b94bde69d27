/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The scenarios of the documentation, and calls without memory and from many threads. */

#include "multicast.h"

/* Register, learn who is where, take interfaces, learn what is joined already. */
static void start_up(void** state)
{
    SOURCE_GROUP_ENTRY entries[2];
    DWORD protocol, component, size = sizeof(entries), count;
    HANDLE walk;

    (void)state;
    enter(IGMP);
    take(IGMP, 1);
    join_group(IGMP, "*", "239.1.1.1", 1);
    enter(PIM);
    ASSERT_STATUS(MgmGetProtocolOnInterface(1, 0, &protocol, &component), NO_ERROR);
    assert_int_equal(protocol, PROTO_IP_IGMP);
    take(PIM, 1);
    ASSERT_TOLD("IGMP disable if1", "PIM prune (*, 239.1.1.1) if1", "IGMP enable if1");
    join_group(IGMP, "*", "239.1.1.1", 1); /* as it has to */
    ASSERT_STATUS(MgmGroupEnumerationStart(members[PIM], ALL_SOURCES, &walk), NO_ERROR);
    ASSERT_STATUS(MgmGroupEnumerationGetNext(walk, &size, (BYTE*)entries, &count),
                  ERROR_NO_MORE_ITEMS);
    assert_int_equal(count, 1);
    assert_int_equal(entries[0].dwGroupAddr, ip("239.1.1.1"));
    ASSERT_STATUS(MgmGroupEnumerationEnd(walk), NO_ERROR);
}

/* Router 3 learns of a host by IGMP; the protocol upstream and, by that, router 1 follow. Here one
 * group manager is each router in turn. */
static void a_host_joins_and_packets_flow(void** state)
{
    (void)state;
    /* Router 3: PIM has the host's network, 1, and that of router 1, 2. */
    enter(PIM);
    enter(IGMP);
    take(PIM, 1);
    take(PIM, 2);
    take(IGMP, 1);
    route_sources(2);
    join_group(IGMP, "*", "239.1.1.1", 1);
    ASSERT_TOLD("PIM local join (*, 239.1.1.1) if1", "PIM join (*, 239.1.1.1)");
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 2), NO_ERROR);
    ASSERT_TOLD("PIM way (10.0.0.1, 239.1.1.1) by 192.0.2.1 on if2",
                "PIM new (10.0.0.1, 239.1.1.1) on if2 to if1+");
    /* Router 1: PIM hears from its peer on 11; DVMRP leads to router 2. */
    enter(DVMRP);
    take(PIM, 11);
    take(DVMRP, 12);
    join_group(PIM, "*", "239.2.2.2", 11);
    ASSERT_TOLD("IGMP join (*, 239.2.2.2)", "DVMRP join (*, 239.2.2.2)");
}

static void shutdown_of_one(void** state)
{
    (void)state;
    enter(PIM);
    enter(IGMP);
    take(PIM, 1);
    take(IGMP, 1);
    route_sources(1);
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    forget_told();
    ASSERT_STATUS(MgmDeRegisterMProtocol(members[PIM]), ERROR_CAN_NOT_COMPLETE);
    release(PIM, 1);
    ASSERT_TOLD("IGMP disable if1", "IGMP enable if1");
    assert_false(has_entry("10.0.0.1", "239.1.1.1"));
    quit(PIM);
}

/* An administrator's program walks through everything without a handle. */
static void administrative_walk(void** state)
{
    DWORD size = 0, count, seen = 0, status;
    MIB_IPMCAST_MFE last;
    BYTE* buffer;

    (void)state;
    enter(PIM);
    take(PIM, 1);
    take(PIM, 2);
    route_sources(1);
    join_group(PIM, "*", "*", 2);
    for (UINT i = 1; i <= 100; i++) {
        char source[20];

        snprintf(source, sizeof(source), "10.0.0.%u", i);
        ASSERT_STATUS(send_packet(source, "239.1.1.1", 1), NO_ERROR);
    }
    ASSERT_STATUS(MgmGetFirstMfe(&size, NULL, &count), ERROR_INSUFFICIENT_BUFFER);
    size *= 7;
    buffer = allocate_exact(size);
    status = MgmGetFirstMfe(&size, buffer, &count);
    while (count) {
        seen += count;
        memcpy(&last, buffer + (count - 1) * SIZEOF_MIB_MFE(1), sizeof(last));
        if (status == ERROR_NO_MORE_ITEMS)
            break;
        ASSERT_STATUS(status, ERROR_MORE_DATA);
        status = MgmGetNextMfe(&last, &size, buffer, &count);
    }
    assert_int_equal(seen, 100);
    free_exact(buffer);
}

/* ---- without memory ---- */

/* The variable is read when the first entity comes, which is the group manager's. */
static void arm(UINT nth)
{
    char text[12];

    snprintf(text, sizeof(text), "%u", nth);
    SetEnvironmentVariableA("RTM_FAIL_ALLOCATION", nth ? text : NULL);
}

/* Everything once; FALSE if a call failed, which says so by a code of its page. */
static BOOL live(void)
{
    ROUTING_PROTOCOL_CONFIG config = config_of(PIM);
    BYTE buffer[1024];
    DWORD size = sizeof(buffer), count;
    BOOL good = TRUE;
    HANDLE me, walk = NULL;
    MIB_IPMCAST_MFE which = key("10.0.0.1", "239.1.1.1");

#define NEED(call, failure)                                                                        \
    do {                                                                                           \
        DWORD status_ = (call);                                                                    \
        if (status_ != NO_ERROR && status_ != ERROR_NO_MORE_ITEMS) {                               \
            if (status_ != (failure) && status_ != ERROR_NOT_FOUND)                                \
                fail_msg("%s gives %lu", #call, status_);                                          \
            good = FALSE;                                                                          \
        }                                                                                          \
    } while (0)
    NEED(MgmRegisterMProtocol(&config, 300, 0, &me), ERROR_NOT_ENOUGH_MEMORY);
    if (!good)
        return FALSE;
    NEED(MgmTakeInterfaceOwnership(me, 1, 0), ERROR_NOT_ENOUGH_MEMORY);
    NEED(MgmTakeInterfaceOwnership(me, 2, 0), ERROR_NOT_ENOUGH_MEMORY);
    if (good) {
        NEED(MgmAddGroupMembershipEntry(me, 0, 0, ip("239.1.1.1"), ~0u, 2, 0, 1),
             ERROR_NOT_ENOUGH_MEMORY);
        NEED(MgmGroupEnumerationStart(me, ALL_SOURCES, &walk), ERROR_NOT_ENOUGH_MEMORY);
        send_packet("10.0.0.1", "239.1.1.1", 1);
        NEED(MgmGetMfe(&which, &size, buffer), ERROR_CAN_NOT_COMPLETE);
        NEED(MgmGetFirstMfe(&size, buffer, &count), ERROR_CAN_NOT_COMPLETE);
        NEED(MgmGetMfeStats(&which, &size, buffer, 2), ERROR_CAN_NOT_COMPLETE);
        NEED(MgmGetFirstMfeStats(&size, buffer, &count, 1), ERROR_CAN_NOT_COMPLETE);
        which = key("*", "224.0.0.0");
        NEED(MgmGetNextMfe(&which, &size, buffer, &count), ERROR_CAN_NOT_COMPLETE);
        NEED(MgmGetNextMfeStats(&which, &size, buffer, &count, 2), ERROR_CAN_NOT_COMPLETE);
        NEED(MgmDeleteGroupMembershipEntry(me, 0, 0, ip("239.1.1.1"), ~0u, 2, 0, 1),
             ERROR_CAN_NOT_COMPLETE);
    }
    for (DWORD index = 1; index < 3; index++)
        while (MgmReleaseInterfaceOwnership(me, index, 0) == ERROR_CAN_NOT_COMPLETE)
            good = FALSE;
    ASSERT_STATUS(MgmDeRegisterMProtocol(me), NO_ERROR);
    return good;
#undef NEED
}

static RTM_ENTITY_HANDLE early_router(void)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 3, 1);
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE router = NULL;

    if (RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &router) != NO_ERROR)
        return NULL;
    remember(router);
    return router;
}

/* The router is there before the group manager: its registration has the variable read. */
static void without_memory(void** state)
{
    UINT failures = 0, quiet = 0;

    (void)state;
    for (UINT nth = 1; quiet < 10; nth++) {
        RTM_ENTITY_HANDLE router;
        BOOL good = FALSE;

        assert_true(nth < 2000);
        arm(nth);
        router = early_router();
        if (router) {
            RTM_NEXTHOP_INFO hop = make_next_hop("192.0.2.1", 1);
            RTM_NEXTHOP_HANDLE way = NULL;
            RTM_NEXTHOP_CHANGE_FLAGS flags = 0;

            if (RtmAddNextHop(router, &hop, &way, &flags) == NO_ERROR) {
                route_info info = make_route(way, 1, 1, MCAST);
                RTM_ROUTE_CHANGE_FLAGS change = RTM_ROUTE_CHANGE_FIRST;

                try_add_route(router, NULL, "10.0.0.0/8", &info.info, INFINITE, &change);
            }
            good = live();
            leave(router);
        }
        if (good)
            quiet++;
        else
            failures++, quiet = 0;
    }
    arm(0);
    leave(early_router()); /* reads that nothing fails any more */
    assert_true(failures > 30);
}

/* ---- many threads ---- */

#define THREADS 4
#define ROUNDS 400

static DWORD WINAPI walker(void* done)
{
    while (WaitForSingleObject(done, 0) != WAIT_OBJECT_0) {
        BYTE buffer[2048];
        DWORD size = sizeof(buffer), count = 0, status;

        status = MgmGetFirstMfeStats(&size, buffer, &count, MGM_MFE_STATS_0);
        CHECK(status == ERROR_MORE_DATA || status == ERROR_NO_MORE_ITEMS);
        send_packet("10.0.0.1", count % 2 ? "239.1.1.1" : "239.1.1.2", 1);
        Sleep(0);
    }
    return 0;
}

static DWORD WINAPI liver(void* number)
{
    const DWORD own = 30 + (DWORD)(ULONG_PTR)number;
    ROUTING_PROTOCOL_CONFIG config = config_of(BGMP);
    random_numbers random = {own};

    for (UINT life = 0; life < 4; life++) {
        HANDLE me = NULL;

        if (!CHECK_STATUS(MgmRegisterMProtocol(&config, 400, own, &me), NO_ERROR))
            return 1;
        CHECK_STATUS(MgmTakeInterfaceOwnership(me, own, 0), NO_ERROR);
        for (UINT i = 0; i < ROUNDS; i++) {
            const DWORD group = ip(next_random(&random) % 2 ? "239.1.1.1" : "239.1.1.2");
            const DWORD source = next_random(&random) % 3 ? 0 : ip("10.0.0.1");
            const DWORD flags = 1 + next_random(&random) % 3;

            if (next_random(&random) % 2)
                CHECK_STATUS(MgmAddGroupMembershipEntry(me, source, source ? ~0u : 0, group, ~0u,
                                                        own, 0, flags),
                             NO_ERROR);
            else
                CHECK_STATUS(MgmDeleteGroupMembershipEntry(me, source, source ? ~0u : 0, group, ~0u,
                                                           own, 0, flags),
                             NO_ERROR);
        }
        CHECK_STATUS(MgmReleaseInterfaceOwnership(me, own, 0), NO_ERROR);
        CHECK_STATUS(MgmDeRegisterMProtocol(me), NO_ERROR);
        CHECK_STATUS(MgmDeRegisterMProtocol(me), ERROR_INVALID_PARAMETER);
    }
    return 0;
}

static void from_many_threads(void** state)
{
    HANDLE threads[THREADS], done = new_event(), reader;

    (void)state;
    enter(PIM);
    take(PIM, 1);
    route_sources(1);
    reader = start(walker, done);
    for (UINT i = 0; i < THREADS; i++)
        threads[i] = start(liver, (void*)(ULONG_PTR)i);
    for (UINT i = 0; i < THREADS; i++)
        join_thread(threads[i]);
    SetEvent(done);
    join_thread(reader);
    CloseHandle(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MULTICAST_TEST(start_up),        MULTICAST_TEST(a_host_joins_and_packets_flow),
        MULTICAST_TEST(shutdown_of_one), MULTICAST_TEST(administrative_walk),
        MULTICAST_TEST(without_memory),  MULTICAST_TEST(from_many_threads),
    };

    return CLIENT_MAIN(tests);
}
