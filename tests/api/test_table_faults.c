/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What clients of the routing table see when memory or system resources run out: in a life that
 * uses all that the table can do, each request for memory (RTM_FAIL_ALLOCATION=N) and for a system
 * resource (RTM_FAIL_RESOURCE=N) fails in turn. The call then gives the documented code, writes
 * nothing and changes nothing, and works when it is made again. Every life is led twice: in a
 * process that has done so before, and in one of its own.
 */
#include "client.h"

/* Checks of this file also count, so that each life can be judged. */
static LONG failed_here;

static BOOL check_here(BOOL good, const char* text, int line)
{
    if (!good && InterlockedIncrement(&failed_here) <= 20)
        fprintf(stderr, "line %d: %s\n", line, text);
    return check_at(good, text, __FILE__, line);
}

static BOOL check_status_here(DWORD status, DWORD expected, const char* text, int line)
{
    char message[400];

    snprintf(message, sizeof(message), "%s gives %lu, not %lu", text, status, expected);
    return check_here(status == expected, message, line);
}

#undef CHECK
#undef CHECK_STATUS
#define CHECK(condition) check_here(!!(condition), #condition, __LINE__)
#define CHECK_STATUS(call, expected) check_status_here((call), (expected), #call, __LINE__)

#include "snapshot.h"

#define MOST_REQUESTS 3000
/* That many lives without a failed call end the series: a request that failed may be one that is
 * made again unseen. */
#define QUIET_LIVES 12

/* ---- the life: steps, each a call ---- */

#define HOPS 12
#define ROUTES 34
#define SHARED 10
/* Time for all of a life. */
#define LONG_TIME 600000

static struct life {
    RTM_ENTITY_HANDLE a, b;
    RTM_NEXTHOP_HANDLE hops[HOPS], b_hops[2];
    RTM_ROUTE_HANDLE routes[ROUTES], b_routes[SHARED], second, expiring;
    RTM_ROUTE_LIST_HANDLE lists[3];
    RTM_NOTIFY_HANDLE notify, b_notify;
    RTM_ENUM_HANDLE dest_enum, route_enum, hop_enum, list_enum;
    RTM_DEST_HANDLE destination;
    RTM_REGN_PROFILE profile;
    UINT dests_seen, changes_seen, routes_seen, hops_seen;
    volatile LONG entity_events, change_events, expired;
} life;

static DWORD WINAPI events(RTM_ENTITY_HANDLE reg, RTM_EVENT_TYPE type, PVOID context1,
                           PVOID context2)
{
    (void)reg, (void)context1, (void)context2;
    switch (type) {
    case RTM_ROUTE_EXPIRED:
        InterlockedIncrement(&life.expired);
        return ERROR_NOT_SUPPORTED;
    case RTM_CHANGE_NOTIFICATION:
        InterlockedIncrement(&life.change_events);
        return NO_ERROR;
    default:
        InterlockedIncrement(&life.entity_events);
        return NO_ERROR;
    }
}

static VOID WINAPI no_method(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                             RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)caller, (void)callee, (void)input, (void)output;
}

/* Stores *made to *kept after success, and sees to it that a failed call has left it alone. */
static DWORD keep(DWORD status, HANDLE* kept, const HANDLE* made, HANDLE preset)
{
    if (status == NO_ERROR)
        *kept = *made;
    else
        CHECK(*made == preset);
    return status;
}

#define PRESET ((HANDLE)(ULONG_PTR)0x1234)

static DWORD enter(ULONG id, BOOL opaque, RTM_ENTITY_HANDLE* entity)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 1, id);
    methods exported = make_methods(1, no_method);
    HANDLE made = PRESET;
    DWORD status;

    paint(&life.profile, sizeof(life.profile));
    status = RtmRegisterEntity(&info, &exported.set, events, opaque, &life.profile, &made);
    if (status != NO_ERROR)
        CHECK(painted(&life.profile, sizeof(life.profile)));
    return keep(status, entity, &made, PRESET);
}

static DWORD enter_a(UINT i)
{
    (void)i;
    return enter(1, TRUE, &life.a);
}

static DWORD enter_b(UINT i)
{
    (void)i;
    return enter(2, FALSE, &life.b);
}

static DWORD wait_until(const volatile LONG* number, LONG least)
{
    for (UINT waited = 0; *number < least; waited++) {
        if (waited == WAIT_MS)
            return ERROR_TIMEOUT;
        Sleep(1);
    }
    return NO_ERROR;
}

static DWORD hear_of_b(UINT i)
{
    (void)i;
    return wait_until(&life.entity_events, 1);
}

static DWORD add_hop(RTM_ENTITY_HANDLE reg, UINT i, RTM_NEXTHOP_HANDLE* kept)
{
    RTM_NEXTHOP_CHANGE_FLAGS flags = 0xdddd;
    RTM_NEXTHOP_INFO info;
    HANDLE made = NULL;
    DWORD status;

    memset(&info, 0, sizeof(info));
    info.NextHopAddress = net("192.168.0.0");
    info.NextHopAddress.AddrBits[3] = (UCHAR)i;
    info.InterfaceIndex = 1 + i % 3;
    status = RtmAddNextHop(reg, &info, &made, &flags);
    if (status != NO_ERROR)
        CHECK(flags == 0xdddd);
    return keep(status, kept, &made, NULL);
}

static DWORD add_a_hop(UINT i)
{
    return add_hop(life.a, i, &life.hops[i]);
}

static DWORD add_b_hop(UINT i)
{
    return add_hop(life.b, i, &life.b_hops[i]);
}

static DWORD new_list(UINT i)
{
    HANDLE made = PRESET;

    return keep(RtmCreateRouteList(life.a, &made), &life.lists[i], &made, PRESET);
}

static DWORD watch(UINT i)
{
    HANDLE made = PRESET;

    if (i)
        return keep(RtmRegisterForChangeNotification(
                        life.b, RTM_VIEW_MASK_UCAST,
                        RTM_CHANGE_TYPE_BEST | RTM_NOTIFY_ONLY_MARKED_DESTS, NULL, &made),
                    &life.b_notify, &made, PRESET);
    return keep(RtmRegisterForChangeNotification(life.a, RTM_VIEW_MASK_BOTH, RTM_CHANGE_TYPE_ALL,
                                                 NULL, &made),
                &life.notify, &made, PRESET);
}

/* 10.i.0.0/16, the first of them 10.0.0.0/8. */
static RTM_NET_ADDRESS prefix(UINT i)
{
    RTM_NET_ADDRESS made = net(i ? "10.0.0.0/16" : "10.0.0.0/8");

    if (i)
        made.AddrBits[1] = (UCHAR)i;
    return made;
}

static DWORD add(RTM_ENTITY_HANDLE reg, UINT i, route_info* info, ULONG ttl,
                 RTM_ROUTE_LIST_HANDLE list, RTM_ROUTE_CHANGE_FLAGS flags, RTM_ROUTE_HANDLE* kept)
{
    RTM_ROUTE_CHANGE_FLAGS preset = flags;
    RTM_NET_ADDRESS address = prefix(i);
    HANDLE made = *kept, given = made;
    DWORD status = RtmAddRouteToDest(reg, &made, &address, &info->info, ttl, list, 0, NULL, &flags);

    if (status != NO_ERROR)
        CHECK(flags == preset);
    return keep(status, kept, &made, given);
}

static DWORD add_a_route(UINT i)
{
    route_info info = make_route(life.hops[i % HOPS], 5, 1 + i % 7,
                                 i % 3 ? RTM_VIEW_MASK_BOTH : RTM_VIEW_MASK_UCAST);

    info.info.NextHopsList.NumNextHops = 2;
    *hop_at(&info, 1) = life.hops[(i + 1) % HOPS];
    return add(life.a, i, &info, i % 2 ? LONG_TIME : INFINITE, i % 4 ? life.lists[0] : NULL, 0,
               &life.routes[i]);
}

static DWORD add_b_route(UINT i)
{
    route_info info = make_route(life.b_hops[i % 2], i % 2 ? 4 : 6, 1, RTM_VIEW_MASK_BOTH);

    return add(life.b, i, &info, INFINITE, NULL, 0, &life.b_routes[i]);
}

static DWORD add_second(UINT i)
{
    route_info info = make_route(life.hops[3], 9, 9, RTM_VIEW_MASK_MCAST);

    return add(life.a, i, &info, LONG_TIME, life.lists[1], RTM_ROUTE_CHANGE_NEW, &life.second);
}

static DWORD update_by_handle(UINT i)
{
    route_info info = make_route(life.hops[(i + 2) % HOPS], 5, 20 - i, RTM_VIEW_MASK_BOTH);

    return add(life.a, i, &info, i % 2 ? INFINITE : LONG_TIME, life.lists[i % 3], 0,
               &life.routes[i]);
}

static DWORD find_dest(UINT i)
{
    RTM_NET_ADDRESS address = prefix(i);
    dest_info found;
    DWORD status;

    PAINT(found);
    status = RtmGetExactMatchDestination(life.b, &address, 0, 0, &found.info);
    life.destination = found.info.DestHandle;
    return status;
}

static DWORD mark(UINT i)
{
    (void)i;
    return RtmMarkDestForChangeNotification(life.b, life.b_notify, life.destination, TRUE);
}

static DWORD hold(UINT i)
{
    return RtmHoldDestination(life.b, life.destination,
                              i ? RTM_VIEW_MASK_BOTH : RTM_VIEW_MASK_MCAST, LONG_TIME);
}

static DWORD refer(UINT i)
{
    HANDLE handles[4] = {life.b, life.destination, life.routes[i], life.hops[0]};

    return RtmReferenceHandles(life.a, 4, handles);
}

static DWORD fill_slot(UINT i)
{
    static int value;
    PVOID slot = PRESET;
    DWORD status = RtmGetOpaqueInformationPointer(life.a, life.destination, &slot);

    (void)i;
    if (status == NO_ERROR)
        *(PVOID*)slot = &value;
    else
        CHECK(slot == PRESET);
    return status;
}

static DWORD lock_dest(UINT i)
{
    return RtmLockDestination(life.b, life.destination, FALSE, i);
}

static DWORD lock_hop(UINT i)
{
    return RtmLockNextHop(life.a, life.hops[0], TRUE, i, NULL);
}

static DWORD lock_route(UINT i)
{
    return RtmLockRoute(life.a, life.routes[i], TRUE, TRUE, NULL);
}

static DWORD edit(UINT i)
{
    RTM_ROUTE_INFO* live = NULL;
    DWORD status = RtmGetRoutePointer(life.a, life.routes[i], &live);

    if (status != NO_ERROR)
        return status;
    live->PrefInfo.Metric = 77;
    live->BelongsToViews = RTM_VIEW_MASK_MCAST;
    return NO_ERROR;
}

static DWORD commit(UINT i)
{
    RTM_ROUTE_CHANGE_FLAGS flags = 0xdddd;
    DWORD status =
        RtmUpdateAndUnlockRoute(life.a, life.routes[i], LONG_TIME, life.lists[2], 0, NULL, &flags);

    if (status != NO_ERROR)
        CHECK(flags == 0xdddd);
    return status;
}

static DWORD walk_dests(UINT i)
{
    HANDLE made = PRESET;

    (void)i;
    return keep(RtmCreateDestEnum(life.a, RTM_VIEW_MASK_BOTH, RTM_ENUM_START, NULL, 0, &made),
                &life.dest_enum, &made, PRESET);
}

static DWORD walk_routes(UINT i)
{
    route_info criteria = make_route(NULL, 5, 1, RTM_VIEW_MASK_UCAST);
    HANDLE made = PRESET;

    (void)i;
    criteria.info.RouteOwner = life.a;
    return keep(RtmCreateRouteEnum(life.a, NULL, RTM_VIEW_MASK_BOTH, RTM_ENUM_START, NULL,
                                   RTM_MATCH_OWNER, &criteria.info, 0, &made),
                &life.route_enum, &made, PRESET);
}

static DWORD walk_hops(UINT i)
{
    HANDLE made = PRESET;

    (void)i;
    return keep(RtmCreateNextHopEnum(life.a, RTM_ENUM_START, NULL, &made), &life.hop_enum, &made,
                PRESET);
}

static DWORD walk_list(UINT i)
{
    HANDLE made = PRESET;

    return keep(RtmCreateRouteListEnum(life.a, life.lists[i], &made), &life.list_enum, &made,
                PRESET);
}

#define BATCH 5

/* What became of one call that was to fetch a batch: TRUE if there may be more. At the end `total`
 * is `all`: a batch that fails or comes short loses nothing. */
static BOOL fetched(DWORD* status, UINT count, UINT* total, UINT all)
{
    *total += count;
    if (*status == NO_ERROR)
        return CHECK(count > 0 && count <= BATCH);
    CHECK(count == 0);
    if (*status == ERROR_NO_MORE_ITEMS) {
        CHECK(*total == all);
        *status = NO_ERROR;
    }
    return FALSE;
}

static DWORD get_dests(UINT i)
{
    static UCHAR infos[BATCH][RTM_SIZE_OF_DEST_INFO(2)];
    DWORD status;
    UINT count;

    (void)i;
    do {
        count = BATCH;
        status = RtmGetEnumDests(life.a, life.dest_enum, &count, (RTM_DEST_INFO*)infos);
        CHECK_STATUS(RtmReleaseDests(life.a, count, (RTM_DEST_INFO*)infos), NO_ERROR);
    } while (fetched(&status, count, &life.dests_seen, ROUTES));
    return status;
}

static DWORD get_changed(UINT i)
{
    static UCHAR infos[BATCH][RTM_SIZE_OF_DEST_INFO(2)];
    DWORD status;
    UINT count;

    (void)i;
    do {
        count = BATCH;
        status = RtmGetChangedDests(life.a, life.notify, &count, (RTM_DEST_INFO*)infos);
        CHECK_STATUS(RtmReleaseChangedDests(life.a, life.notify, count, (RTM_DEST_INFO*)infos),
                     NO_ERROR);
    } while (fetched(&status, count, &life.changes_seen, ROUTES));
    return status;
}

static DWORD get_routes(UINT i)
{
    HANDLE handles[BATCH];
    DWORD status;
    UINT count;

    (void)i;
    do {
        count = BATCH;
        status = RtmGetEnumRoutes(life.a, life.route_enum, &count, handles);
        CHECK_STATUS(RtmReleaseRoutes(life.a, count, handles), NO_ERROR);
    } while (fetched(&status, count, &life.routes_seen, ROUTES + 1));
    return status;
}

static DWORD get_hops(UINT i)
{
    HANDLE handles[BATCH];
    DWORD status;
    UINT count;

    (void)i;
    do {
        count = BATCH;
        status = RtmGetEnumNextHops(life.a, life.hop_enum, &count, handles);
        CHECK_STATUS(RtmReleaseNextHops(life.a, count, handles), NO_ERROR);
    } while (fetched(&status, count, &life.hops_seen, HOPS));
    return status;
}

static DWORD get_listed(UINT i)
{
    HANDLE handles[BATCH];
    UINT count = BATCH;
    DWORD status;

    (void)i;
    status = RtmGetListEnumRoutes(life.a, life.list_enum, &count, handles);
    CHECK(count == (status == NO_ERROR ? BATCH : 0));
    CHECK_STATUS(RtmReleaseRoutes(life.a, count, handles), NO_ERROR);
    return status;
}

static DWORD match_route(UINT i)
{
    route_info info = make_route(life.hops[0], 5, 1, RTM_VIEW_MASK_BOTH);
    RTM_NET_ADDRESS address = prefix(i);
    HANDLE route = NULL;
    DWORD status = RtmGetExactMatchRoute(life.a, &address, RTM_MATCH_NONE, &info.info, 0,
                                         RTM_VIEW_MASK_BOTH, &route);

    if (status == NO_ERROR) {
        CHECK_STATUS(RtmReleaseRouteInfo(life.a, &info.info), NO_ERROR);
        CHECK_STATUS(RtmReleaseRoutes(life.a, 1, &route), NO_ERROR);
    }
    return status;
}

static DWORD insert(UINT i)
{
    return RtmInsertInRouteList(life.a, life.lists[i], 10, life.routes + 10 * i);
}

static DWORD add_expiring(UINT i)
{
    route_info info = make_route(NULL, 5, 5, RTM_VIEW_MASK_BOTH);

    return add(life.a, i, &info, 40, NULL, 0, &life.expiring);
}

/* The route goes, and so does its last handle. */
static DWORD see_expire(UINT i)
{
    RTM_NET_ADDRESS address = prefix(i);
    DWORD status = wait_until(&life.expired, 1);
    dest_info found;

    if (status != NO_ERROR)
        return status;
    for (UINT waited = 0; waited < WAIT_MS; waited++) {
        status = RtmGetExactMatchDestination(life.a, &address, 0, RTM_VIEW_MASK_UCAST, &found.info);
        if (status == ERROR_NOT_FOUND)
            return RtmReleaseRoutes(life.a, 1, &life.expiring);
        CHECK_STATUS(RtmReleaseDestInfo(life.a, &found.info), NO_ERROR);
        Sleep(1);
    }
    return ERROR_TIMEOUT;
}

static DWORD hear_of_changes(UINT i)
{
    (void)i;
    return wait_until(&life.change_events, 2); /* one for each entity */
}

static DWORD delete_a_route(UINT i)
{
    RTM_ROUTE_CHANGE_FLAGS flags = 0xdddd;
    DWORD status = RtmDeleteRouteToDest(life.a, life.routes[i], &flags);

    if (status != NO_ERROR)
        CHECK(flags == 0xdddd);
    return status;
}

static DWORD delete_b_route(UINT i)
{
    RTM_ROUTE_CHANGE_FLAGS flags = 0xdddd;

    return RtmDeleteRouteToDest(life.b, life.b_routes[i], &flags);
}

static DWORD delete_hop(UINT i)
{
    return RtmDeleteNextHop(life.a, life.hops[i], NULL);
}

static DWORD delete_hop_by_info(UINT i)
{
    RTM_NEXTHOP_INFO info;

    memset(&info, 0, sizeof(info));
    info.NextHopAddress = net("192.168.0.0");
    info.NextHopAddress.AddrBits[3] = (UCHAR)i;
    info.InterfaceIndex = 1 + i % 3;
    return RtmDeleteNextHop(life.b, NULL, &info);
}

/* ---- what may fail ---- */

#define MEMORY 1
#define RESOURCES 2

static const struct function {
    const char* name;
    UINT may; /* fail for want of these */
} functions[] = {
    /* by the documentation, and do */
    {"RtmRegisterEntity", MEMORY | RESOURCES},
    {"RtmAddNextHop", MEMORY},
    {"RtmCreateRouteList", MEMORY},
    {"RtmRegisterForChangeNotification", MEMORY | RESOURCES},
    {"RtmAddRouteToDest", MEMORY},
    {"RtmCreateDestEnum", MEMORY},
    {"RtmCreateRouteEnum", MEMORY},
    {"RtmCreateNextHopEnum", MEMORY},
    {"RtmCreateRouteListEnum", MEMORY},
    /* by the documentation, and need not */
    {"RtmGetEnumRoutes", MEMORY},
    {"RtmDeleteNextHop", MEMORY},
    /* the documentation forgets these: what they are to keep takes memory */
    {"RtmMarkDestForChangeNotification", MEMORY},
    {"RtmGetOpaqueInformationPointer", MEMORY},
    {"RtmLockDestination", MEMORY},
    {"RtmLockNextHop", MEMORY},
    {"RtmLockRoute", MEMORY},
    {"RtmInsertInRouteList", MEMORY},
};

/* So many of the above must be seen to fail, from the first on. */
#define FAILING 9

typedef struct step {
    const char* function;
    DWORD (*run)(UINT i);
    UINT from, to;
} step;

static const step steps[] = {
    {"RtmRegisterEntity", enter_a, 0, 1},
    {"RtmRegisterEntity", enter_b, 0, 1},
    {"(event)", hear_of_b, 0, 1},
    {"RtmCreateRouteList", new_list, 0, 3},
    {"RtmRegisterForChangeNotification", watch, 0, 2},
    {"RtmAddNextHop", add_a_hop, 0, HOPS},
    {"RtmAddNextHop", add_b_hop, 0, 2},
    {"RtmAddRouteToDest", add_a_route, 0, ROUTES},
    {"RtmAddRouteToDest", add_b_route, 0, SHARED},
    {"RtmAddRouteToDest", add_second, 1, 2},
    {"RtmAddRouteToDest", update_by_handle, 0, 6},
    {"RtmGetExactMatchDestination", find_dest, 7, 8},
    {"RtmMarkDestForChangeNotification", mark, 0, 1},
    {"RtmHoldDestination", hold, 0, 2},
    {"RtmReferenceHandles", refer, 7, 8},
    {"RtmGetOpaqueInformationPointer", fill_slot, 0, 1},
    {"RtmLockDestination", lock_dest, TRUE, TRUE + 1},
    {"RtmLockDestination", lock_dest, FALSE, FALSE + 1},
    {"RtmLockNextHop", lock_hop, TRUE, TRUE + 1},
    {"RtmLockNextHop", lock_hop, FALSE, FALSE + 1},
    {"RtmLockRoute", lock_route, 30, 31},
    {"RtmGetRoutePointer", edit, 30, 31},
    {"RtmUpdateAndUnlockRoute", commit, 30, 31},
    {"RtmCreateDestEnum", walk_dests, 0, 1},
    {"RtmGetEnumDests", get_dests, 0, 1},
    {"RtmCreateRouteEnum", walk_routes, 0, 1},
    {"RtmGetEnumRoutes", get_routes, 0, 1},
    {"RtmCreateNextHopEnum", walk_hops, 0, 1},
    {"RtmGetEnumNextHops", get_hops, 0, 1},
    {"RtmCreateRouteListEnum", walk_list, 0, 1},
    {"RtmGetListEnumRoutes", get_listed, 0, 2},
    {"RtmGetExactMatchRoute", match_route, 7, 8},
    {"RtmInsertInRouteList", insert, 0, 3},
    {"RtmGetChangedDests", get_changed, 0, 1},
    {"RtmAddRouteToDest", add_expiring, 200, 201},
    {"(event)", see_expire, 200, 201},
    {"RtmDeleteRouteToDest", delete_a_route, 7, 8},
    {"RtmDeleteRouteToDest", delete_b_route, 7, 8}, /* held from now on */
    {"RtmDeleteRouteToDest", delete_a_route, 8, 12},
    {"RtmDeleteRouteToDest", delete_b_route, 0, 4},
    {"RtmDeleteNextHop", delete_hop, 8, 11},
    {"RtmDeleteNextHop", delete_hop_by_info, 0, 1},
    {"(event)", hear_of_changes, 0, 1},
};

/* ---- lives ---- */

/* What a life leaves behind for comparison. */
typedef struct record {
    UINT failed; /* number of the call that failed, or 0 */
    const char* function;
    DWORD status;
    snapshot after_failure; /* or before that call, in a life without failures */
    snapshot end;
} record;

static void look(snapshot* made)
{
    viewpoint views[2] = {{life.a, life.notify, life.lists[0]}, {life.b, life.b_notify, NULL}};

    made->used = 0;
    if (life.a)
        take_snapshot(made, views, life.b ? 2 : 1, FALSE);
}

static void arm(const char* variable, UINT nth)
{
    char text[16];

    snprintf(text, sizeof(text), "%u", nth);
    CHECK(SetEnvironmentVariableA(variable, nth ? text : NULL));
}

static BOOL complain(const char* function, UINT i, const char* what, DWORD status)
{
    char text[200];

    snprintf(text, sizeof(text), "%s (call for %u) %s %lu", function, i, what, status);
    return check_here(FALSE, text, __LINE__);
}

/* Lets the request that is to fail be made, if it has not been: nobody else is to meet it. */
static void defuse(UINT nth)
{
    RTM_ENTITY_INFO info = make_info(1, AF_INET, 1, 1);
    methods exported = make_methods(1, no_method);
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE other;

    while (nth--) {
        if (RtmRegisterEntity(&info, &exported.set, events, TRUE, &profile, &other) != NO_ERROR)
            return;
        CHECK_STATUS(RtmDeregisterEntity(other), NO_ERROR);
    }
}

/* Leads one life, with the `nth` request failing (0: none). A call that fails is recorded and made
 * again; `look_at` is the number of a call before which to look at the table. */
static BOOL lead(const char* variable, UINT nth, UINT look_at, record* made)
{
    DWORD expected =
        strcmp(variable, "RTM_FAIL_RESOURCE") ? ERROR_NOT_ENOUGH_MEMORY : ERROR_NO_SYSTEM_RESOURCES;
    UINT number = 0;

    memset(&life, 0, sizeof(life));
    made->failed = 0;
    arm(variable, nth);
    for (UINT s = 0; s < COUNT_OF(steps); s++) {
        for (UINT i = steps[s].from; i < steps[s].to; i++) {
            DWORD status;

            number++;
            if (number == look_at)
                look(&made->after_failure);
            status = steps[s].run(i);
            if (number == 1)
                arm(variable, 0);
            if (status == NO_ERROR)
                continue;
            if (status != expected || !nth)
                return complain(steps[s].function, i, "gives", status);
            if (made->failed)
                return complain(steps[s].function, i, "is the second to fail, with", status);
            made->failed = number;
            made->function = steps[s].function;
            made->status = status;
            look(&made->after_failure);
            status = steps[s].run(i);
            if (status != NO_ERROR)
                return complain(steps[s].function, i, "made again gives", status);
        }
    }
    if (!made->failed)
        defuse(nth);
    look(&made->end);
    /* Leaving always works, and whoever is still there hears of it. */
    if (!CHECK_STATUS(RtmDeregisterEntity(life.b), NO_ERROR) ||
        !CHECK_STATUS(wait_until(&life.entity_events, 2), NO_ERROR))
        return FALSE;
    return CHECK_STATUS(RtmDeregisterEntity(life.a), NO_ERROR);
}

static void end_life(void)
{
    if (life.b)
        RtmDeregisterEntity(life.b);
    if (life.a)
        RtmDeregisterEntity(life.a);
}

/* A life with a failure beside one without. Returns the number of the function that failed in
 * `functions` plus 1, 0 if none did, or -1 if something is not as it is to be. */
static int compare_lives(const char* variable, UINT nth)
{
    UINT want = strcmp(variable, "RTM_FAIL_RESOURCE") ? MEMORY : RESOURCES;
    record failing = {0}, healthy = {0};
    char when[100];
    int answer;
    BOOL good;

    failed_here = 0;
    good = lead(variable, nth, 0, &failing);
    answer = failing.failed ? -1 : 0;
    if (!good)
        end_life();
    for (UINT f = 0; f < COUNT_OF(functions); f++) {
        if (failing.failed && !strcmp(functions[f].name, failing.function) &&
            (functions[f].may & want))
            answer = (int)f + 1;
    }
    if (answer < 0)
        complain(failing.function, failing.failed, "may not give", failing.status);
    good = good && lead(variable, 0, failing.failed, &healthy);
    if (!good)
        end_life();
    snprintf(when, sizeof(when), "%s=%u, after %s failed", variable, nth,
             failing.failed ? failing.function : "nothing");
    if (failing.failed)
        good = good && same_snapshot(&failing.after_failure, &healthy.after_failure, when);
    snprintf(when, sizeof(when), "%s=%u, at the end", variable, nth);
    good = good && same_snapshot(&failing.end, &healthy.end, when);
    drop_snapshot(&failing.after_failure);
    drop_snapshot(&failing.end);
    drop_snapshot(&healthy.after_failure);
    drop_snapshot(&healthy.end);
    return good && !failed_here ? answer : -1;
}

/* ---- processes ---- */

/* The same in a process that has not done anything yet. */
static int compare_lives_apart(const char* variable, UINT nth)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    DWORD code = 99;
    char path[MAX_PATH], line[MAX_PATH + 64];

    assert_in_range(GetModuleFileNameA(NULL, path, sizeof(path)), 1, sizeof(path) - 1);
    snprintf(line, sizeof(line), "\"%s\" %s %u", path, variable, nth);
    assert_true(CreateProcessA(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process));
    if (WaitForSingleObject(process.hProcess, 4 * WAIT_MS) != WAIT_OBJECT_0)
        TerminateProcess(process.hProcess, 98);
    WaitForSingleObject(process.hProcess, WAIT_MS);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    if (code > COUNT_OF(functions)) {
        fprintf(stderr, "%s=%u: the process ends with %lu\n", variable, nth, code);
        return -1;
    }
    return (int)code;
}

static int child(const char* variable, const char* nth)
{
    int answer;

    client_group_setup(NULL);
    client_setup(NULL);
    answer = compare_lives(variable, (UINT)strtoul(nth, NULL, 10));
    client_group_teardown(NULL);
    return answer < 0 ? 97 : answer;
}

/* Which functions failed, over all lives. */
static BOOL seen[COUNT_OF(functions)];

static void fail_each(int (*compare)(const char* variable, UINT nth), const char* variable)
{
    UINT quiet = 0, wrong = 0, failures = 0;

    /* Processes take a while: most of what can fail in them has failed without. */
    for (UINT nth = 1; quiet < QUIET_LIVES;
         nth += compare == compare_lives_apart && nth >= 50 ? 9 : 1) {
        int answer;

        client_setup(NULL); /* the watchdog starts anew */
        answer = compare(variable, nth);
        assert_true(nth < MOST_REQUESTS);
        quiet = answer == 0 ? quiet + 1 : 0;
        failures += answer > 0;
        if (answer > 0)
            seen[answer - 1] = TRUE;
        if (answer < 0 && ++wrong == 10)
            break;
    }
    if (wrong)
        fail_msg("%s: %u lives went wrong", variable, wrong);
    assert_true(failures > 0);
}

static void memory_in_one_process(void** state)
{
    (void)state;
    memset(seen, 0, sizeof(seen));
    fail_each(compare_lives, "RTM_FAIL_ALLOCATION");
    for (UINT i = 0; i < FAILING; i++) {
        if (!seen[i])
            fail_msg("%s never failed", functions[i].name);
    }
}

static void resources_in_one_process(void** state)
{
    (void)state;
    fail_each(compare_lives, "RTM_FAIL_RESOURCE");
}

static void memory_in_new_processes(void** state)
{
    (void)state;
    fail_each(compare_lives_apart, "RTM_FAIL_ALLOCATION");
}

static void resources_in_new_processes(void** state)
{
    (void)state;
    fail_each(compare_lives_apart, "RTM_FAIL_RESOURCE");
}

/* The other way to run out of resources: the table's limit. */
static void too_many_notifications(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NOTIFY_HANDLE handles[64], handle;
    UINT count = 0;

    (void)state;
    for (;;) {
        DWORD status;

        handle = PRESET;
        status = RtmRegisterForChangeNotification(count % 2 ? me : other, RTM_VIEW_MASK_BOTH,
                                                  RTM_CHANGE_TYPE_ALL, NULL, &handle);
        if (status != NO_ERROR) {
            ASSERT_STATUS(status, ERROR_NO_SYSTEM_RESOURCES);
            assert_ptr_equal(handle, PRESET);
            break;
        }
        assert_true(count < COUNT_OF(handles));
        handles[count++] = handle;
    }
    assert_int_equal(count, 32);
    ASSERT_STATUS(RtmDeregisterFromChangeNotification(other, handles[0]), NO_ERROR);
    ASSERT_STATUS(RtmRegisterForChangeNotification(me, RTM_VIEW_MASK_BOTH, RTM_CHANGE_TYPE_ALL,
                                                   NULL, &handle),
                  NO_ERROR);
}

int main(int argc, char** argv)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(memory_in_one_process),   CLIENT_TEST(resources_in_one_process),
        CLIENT_TEST(memory_in_new_processes), CLIENT_TEST(resources_in_new_processes),
        CLIENT_TEST(too_many_notifications),
    };

    if (argc == 3)
        return child(argv[1], argv[2]);
    return CLIENT_MAIN(tests);
}
