/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The samples of Microsoft's documentation, one test each, named after their pages: every call a
 * sample makes, in its order and with its arguments, and all that must hold afterwards. Typing
 * errors of the samples are mended.
 */
#include "table.h"

/* What the samples' address macros want of winsock's library. */
#undef htonl
#undef ntohl
#define htonl(value) __builtin_bswap32(value)
#define ntohl(value) __builtin_bswap32(value)

/* As the samples have them. */
#define PROTO_IP_RIP 8
#define PROTO_TYPE_UCAST 0
#define PROTO_VENDOR_ID 0xFFFF
#define PROTOCOL_ID(type, vendor, protocol)                                                        \
    ((((ULONG)(type)&0x03) << 30) | (((ULONG)(vendor)&0x3FFF) << 16) | ((ULONG)(protocol)&0xFFFF))

static RTM_REGN_PROFILE profile;

static RTM_ENTITY_INFO sample_info(void)
{
    return make_info(0, AF_INET, PROTO_IP_RIP,
                     PROTOCOL_ID(PROTO_TYPE_UCAST, PROTO_VENDOR_ID, PROTO_IP_RIP));
}

/* Registers as the samples do; fills `profile`. */
static RTM_ENTITY_HANDLE register_with(methods* exported, RTM_EVENT_CALLBACK callback, BOOL opaque)
{
    RTM_ENTITY_INFO info = sample_info();
    RTM_ENTITY_HANDLE reg = NULL;

    paint(&profile, sizeof(profile));
    ASSERT_STATUS(RtmRegisterEntity(&info, exported ? &exported->set : NULL, callback, opaque,
                                    &profile, &reg),
                  ERROR_SUCCESS);
    assert_non_null(reg);
    remember(reg);
    return reg;
}

static RTM_ENTITY_HANDLE register_sample(void)
{
    return register_with(NULL, NULL, FALSE);
}

/* "10.a.b.0/24" */
static const char* numbered(UINT number)
{
    static char text[2][32];
    static UINT turn;
    char* made = text[turn++ % 2];

    snprintf(made, sizeof(text[0]), "10.%u.%u.0/24", number / 256, number % 256);
    return made;
}

/* The array that the samples allocate for MaxHandlesInEnum destinations, and its elements. */
static UCHAR* new_dest_infos(void)
{
    size_t size = profile.MaxHandlesInEnum * RTM_SIZE_OF_DEST_INFO(profile.NumberOfViews);
    UCHAR* made = malloc(size + GUARD_SIZE);

    assert_non_null(made);
    paint(made, size + GUARD_SIZE);
    return made;
}

static RTM_DEST_INFO* element(UCHAR* dest_infos, UINT i)
{
    return (RTM_DEST_INFO*)(dest_infos + i * RTM_SIZE_OF_DEST_INFO(profile.NumberOfViews));
}

static BOOL guarded(const UCHAR* dest_infos)
{
    size_t size = profile.MaxHandlesInEnum * RTM_SIZE_OF_DEST_INFO(profile.NumberOfViews);

    return painted(dest_infos + size, GUARD_SIZE);
}

static UINT routes_in(RTM_ENTITY_HANDLE reg, const char* prefix, RTM_VIEW_SET view)
{
    RTM_NET_ADDRESS address = net(prefix);
    RTM_DEST_INFO info;
    UINT count;
    DWORD status = RtmGetExactMatchDestination(reg, &address, RTM_BEST_PROTOCOL, view, &info);

    if (status == ERROR_NOT_FOUND)
        return 0;
    ASSERT_STATUS(status, NO_ERROR);
    count = info.ViewInfo[0].NumRoutes;
    ASSERT_STATUS(RtmReleaseDestInfo(reg, &info), NO_ERROR);
    return count;
}

/* The best route of a prefix in one view, or NULL, without a reference. */
static RTM_ROUTE_HANDLE best_of(RTM_ENTITY_HANDLE reg, const char* prefix, RTM_VIEW_SET view)
{
    RTM_NET_ADDRESS address = net(prefix);
    RTM_ROUTE_HANDLE best;
    RTM_DEST_INFO info;
    DWORD status = RtmGetExactMatchDestination(reg, &address, RTM_BEST_PROTOCOL, view, &info);

    if (status == ERROR_NOT_FOUND)
        return NULL;
    ASSERT_STATUS(status, NO_ERROR);
    best = info.ViewInfo[0].Route;
    ASSERT_STATUS(RtmReleaseDestInfo(reg, &info), NO_ERROR);
    return best;
}

/* ---- register-with-the-routing-table-manager ---- */

static void registering(void** state)
{
    RTM_ENTITY_INFO info = sample_info();
    RTM_ENTITY_HANDLE reg = NULL;
    UINT count = 0;

    (void)state;
    paint(&profile, sizeof(profile));
    ASSERT_STATUS(RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &reg), ERROR_SUCCESS);
    remember(reg);
    assert_int_equal(count_entities(reg), 1);
    assert_true(profile.MaxNextHopsInRoute >= 2);
    assert_true(profile.MaxHandlesInEnum >= 1);
    assert_int_equal(profile.ViewsSupported, RTM_VIEW_MASK_BOTH);
    assert_int_equal(profile.NumberOfViews, 2);

    forget(reg);
    ASSERT_STATUS(RtmDeregisterEntity(reg), ERROR_SUCCESS);
    ASSERT_STATUS(RtmGetRegisteredEntities(reg, &count, NULL, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeregisterEntity(reg), ERROR_INVALID_HANDLE);
}

/* ---- enumerate-the-registered-entities ---- */

static void enumerating_entities(void** state)
{
    RTM_ENTITY_HANDLE reg = register_sample(), single = NULL, *handles;
    RTM_ENTITY_INFO *infos, expected = sample_info();
    UINT count = 0, found = 0;

    (void)state;
    ASSERT_STATUS(RtmGetRegisteredEntities(reg, &count, &single, NULL), ERROR_INSUFFICIENT_BUFFER);
    assert_true(count >= 1);
    assert_null(single);

    handles = malloc(count * sizeof(*handles));
    infos = malloc(count * sizeof(*infos));
    assert_true(handles && infos);
    ASSERT_STATUS(RtmGetRegisteredEntities(reg, &count, handles, infos), NO_ERROR);
    assert_int_equal(count, 1);
    for (UINT i = 0; i < count; i++) {
        if (infos[i].EntityId.EntityProtocolId == PROTO_IP_RIP) {
            assert_info_equal(&infos[i], &expected);
            assert_ptr_equal(handles[i], reg);
            found++;
        }
    }
    assert_int_equal(found, 1);
    ASSERT_STATUS(RtmReleaseEntities(reg, count, handles), NO_ERROR);
    ASSERT_STATUS(RtmReleaseEntities(reg, count, handles), ERROR_INVALID_HANDLE);
    free(infos);
    free(handles);
    leave(reg);
}

/* ---- obtain-and-call-the-exported-methods-for-a-client ---- */

static UINT exported_runs;
static RTM_ENTITY_HANDLE exported_caller, exported_callee;
static RTM_ENTITY_METHOD_INPUT* exported_input;

/* Fills its output and sets neither OutputSize nor MethodStatus. */
static VOID WINAPI exported_method(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                                   RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    exported_runs++;
    exported_caller = caller;
    exported_callee = callee;
    exported_input = input;
    output->OutputData[0] = 1;
}

static void calling_exported_methods(void** state)
{
    static const char text[] = "input of the method";
    const UINT input_size = FIELD_OFFSET(RTM_ENTITY_METHOD_INPUT, InputData) + sizeof(text);
    const UINT room = FIELD_OFFSET(RTM_ENTITY_METHOD_OUTPUT, OutputData) + sizeof(DWORD);
    methods exported = make_methods(1, exported_method);
    RTM_ENTITY_HANDLE me = register_with(&exported, NULL, FALSE);
    RTM_ENTITY_EXPORT_METHOD* got;
    RTM_ENTITY_METHOD_OUTPUT* output;
    RTM_ENTITY_METHOD_INPUT* input;
    UINT count = 0, size = room;

    (void)state;
    memset(&exported, 0xee, sizeof(exported)); /* the RTM has its own copy */
    exported_runs = 0;
    ASSERT_STATUS(RtmGetEntityMethods(me, me, &count, NULL), ERROR_SUCCESS);
    assert_int_equal(count, 1);
    got = malloc(count * sizeof(*got));
    assert_non_null(got);
    ASSERT_STATUS(RtmGetEntityMethods(me, me, &count, got), ERROR_SUCCESS);
    assert_int_equal(count, 1);
    assert_true(got[0] == exported_method);

    input = malloc(input_size);
    output = malloc(room + GUARD_SIZE);
    assert_true(input && output);
    input->MethodType = METHOD_TYPE_ALL_METHODS;
    input->InputSize = sizeof(text);
    memcpy(input->InputData, text, sizeof(text));
    paint(output, room + GUARD_SIZE);
    ASSERT_STATUS(RtmInvokeMethod(me, me, input, &size, output), NO_ERROR);
    assert_int_equal(exported_runs, 1);
    assert_ptr_equal(exported_caller, me);
    assert_ptr_equal(exported_callee, me);
    assert_memory_equal(exported_input->InputData, text, sizeof(text));
    assert_int_equal(exported_input->InputSize, sizeof(text));
    assert_int_equal(output->OutputData[0], 1);
    assert_int_equal(output->MethodStatus, NO_ERROR);
    assert_true(size <= room);
    assert_true(painted((UCHAR*)output + room, GUARD_SIZE));
    free(output);
    free(input);
    free(got);
    leave(me);
}

/* ---- register-for-change-notification ---- */

static void registering_for_changes(void** state)
{
    methods exported = make_methods(1, exported_method);
    RTM_ENTITY_HANDLE me = register_with(&exported, NULL, FALSE);
    RTM_NOTIFY_HANDLE notify = NULL;
    RTM_DEST_HANDLE destination;
    RTM_ROUTE_HANDLE route;
    BOOL changed = FALSE;

    (void)state;
    ASSERT_STATUS(RtmRegisterForChangeNotification(me, RTM_VIEW_MASK_UCAST, RTM_CHANGE_TYPE_BEST,
                                                   me, &notify),
                  ERROR_SUCCESS);
    assert_non_null(notify);

    /* All destinations are watched. */
    route = add_route(me, "10.0.0.0/8", NULL, 1, 1, RTM_VIEW_MASK_UCAST);
    destination = dest(me, "10.0.0.0/8");
    ASSERT_STATUS(RtmGetChangeStatus(me, notify, destination, &changed), NO_ERROR);
    assert_true(changed);
    release_dest(me, destination);
    delete_route(me, route);

    ASSERT_STATUS(RtmDeregisterFromChangeNotification(me, notify), ERROR_SUCCESS);
    ASSERT_STATUS(RtmDeregisterFromChangeNotification(me, notify), ERROR_INVALID_HANDLE);
    leave(me);
}

/* ---- add-and-update-routes-using-rtmaddroutetodest ---- */

/* Adds a next hop as the sample does, and tells whether it is new. */
static RTM_NEXTHOP_HANDLE sample_next_hop(RTM_ENTITY_HANDLE reg, const char* address,
                                          ULONG interface_index, RTM_NEXTHOP_CHANGE_FLAGS expected)
{
    RTM_NEXTHOP_CHANGE_FLAGS flags = 0xdddddddd;
    RTM_NEXTHOP_HANDLE hop = NULL;
    RTM_NEXTHOP_INFO info;

    ZeroMemory(&info, sizeof(info));
    info.NextHopAddress = net(address);
    info.InterfaceIndex = interface_index;
    ASSERT_STATUS(RtmAddNextHop(reg, &info, &hop, &flags), NO_ERROR);
    assert_int_equal(flags, expected);
    assert_non_null(hop);
    return hop;
}

static RTM_ROUTE_INFO sample_route(RTM_NEXTHOP_HANDLE hop, ULONG metric)
{
    RTM_ROUTE_INFO info;

    ZeroMemory(&info, sizeof(info));
    info.Neighbour = hop;
    info.PrefInfo.Metric = metric;
    info.BelongsToViews = RTM_VIEW_MASK_UCAST | RTM_VIEW_MASK_MCAST;
    info.NextHopsList.NumNextHops = 1;
    info.NextHopsList.NextHops[0] = hop;
    return info;
}

/* The routes of a list are `count`, the first of them `first`. */
static void assert_list(RTM_ENTITY_HANDLE reg, RTM_ROUTE_LIST_HANDLE list, UINT count,
                        RTM_ROUTE_HANDLE first)
{
    RTM_ROUTE_HANDLE handles[8];
    RTM_ENUM_HANDLE walk = NULL;
    UINT got = COUNT_OF(handles);

    ASSERT_STATUS(RtmCreateRouteListEnum(reg, list, &walk), NO_ERROR);
    ASSERT_STATUS(RtmGetListEnumRoutes(reg, walk, &got, handles), NO_ERROR);
    assert_int_equal(got, count);
    if (count)
        assert_ptr_equal(handles[0], first);
    ASSERT_STATUS(RtmReleaseRoutes(reg, got, handles), NO_ERROR);
    ASSERT_STATUS(RtmDeleteEnumHandle(reg, walk), NO_ERROR);
}

static void adding_a_route(void** state)
{
    RTM_ENTITY_HANDLE reg = register_sample();
    RTM_NET_ADDRESS address = net("10.1.0.0/16");
    RTM_ROUTE_HANDLE route = NULL, again = NULL, forced = NULL;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_LIST_HANDLE list = NULL;
    RTM_NEXTHOP_HANDLE hop, same, other;
    RTM_ROUTE_INFO info;
    route_info got;

    (void)state;
    ASSERT_STATUS(RtmCreateRouteList(reg, &list), NO_ERROR);
    hop = sample_next_hop(reg, "192.168.0.1/32", 7, RTM_NEXTHOP_CHANGE_NEW);
    same = sample_next_hop(reg, "192.168.0.1/32", 7, 0);
    assert_ptr_equal(same, hop);
    release_next_hop(reg, same);

    info = sample_route(hop, 3);
    ASSERT_STATUS(RtmAddRouteToDest(reg, &route, &address, &info, 1000, list, 0, NULL, &flags),
                  NO_ERROR);
    assert_non_null(route);
    assert_int_equal(flags, RTM_ROUTE_CHANGE_NEW | RTM_ROUTE_CHANGE_BEST);
    assert_list(reg, list, 1, route);

    release_route(reg, route);
    release_next_hop(reg, hop);
    assert_ptr_equal(best_of(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST), route);
    assert_ptr_equal(best_of(reg, "10.1.0.0/16", RTM_VIEW_MASK_MCAST), route);
    get_route(reg, route, &got);
    assert_int_equal(got.info.NextHopsList.NumNextHops, 1);
    assert_ptr_equal(got.info.NextHopsList.NextHops[0], hop);
    assert_ptr_equal(got.info.Neighbour, hop);
    assert_ptr_equal(got.info.RouteOwner, reg);
    assert_int_equal(got.info.PrefInfo.Preference, 120); /* RIP's */
    ASSERT_STATUS(RtmReleaseRouteInfo(reg, &got.info), NO_ERROR);

    /* The same net and neighbour: an update. */
    info = sample_route(hop, 4);
    flags = 0;
    ASSERT_STATUS(RtmAddRouteToDest(reg, &again, &address, &info, 1000, list, 0, NULL, &flags),
                  NO_ERROR);
    assert_int_equal(flags & RTM_ROUTE_CHANGE_NEW, 0);
    assert_ptr_equal(again, route);
    assert_int_equal(routes_in(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST), 1);
    release_route(reg, again);

    /* Another neighbour, and the first route: an update, too. */
    other = sample_next_hop(reg, "192.168.0.2/32", 7, RTM_NEXTHOP_CHANGE_NEW);
    info = sample_route(other, 5);
    flags = RTM_ROUTE_CHANGE_FIRST;
    ASSERT_STATUS(RtmAddRouteToDest(reg, NULL, &address, &info, 1000, list, 0, NULL, &flags),
                  NO_ERROR);
    assert_int_equal(flags & RTM_ROUTE_CHANGE_NEW, 0);
    assert_int_equal(routes_in(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST), 1);
    get_route(reg, route, &got);
    assert_ptr_equal(got.info.Neighbour, other);
    ASSERT_STATUS(RtmReleaseRouteInfo(reg, &got.info), NO_ERROR);

    /* The same net and neighbour, and a new route. */
    flags = RTM_ROUTE_CHANGE_NEW;
    ASSERT_STATUS(RtmAddRouteToDest(reg, &forced, &address, &info, INFINITE, list, 0, NULL, &flags),
                  NO_ERROR);
    assert_true(flags & RTM_ROUTE_CHANGE_NEW);
    assert_ptr_not_equal(forced, route);
    assert_int_equal(routes_in(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST), 2);
    assert_list(reg, list, 2, route);
    delete_route(reg, forced);

    /* And all ends after its 1000 ms. */
    Sleep(500);
    assert_int_equal(routes_in(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST), 1);
    for (UINT waited = 0; routes_in(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST); waited += 20) {
        assert_true(waited < WAIT_MS);
        Sleep(20);
    }
    assert_list(reg, list, 0, NULL);
    leave(reg);
}

static void updating_a_route(void** state)
{
    RTM_ENTITY_HANDLE reg = register_sample();
    RTM_NEXTHOP_HANDLE hop = sample_next_hop(reg, "192.168.0.1/32", 7, RTM_NEXTHOP_CHANGE_NEW);
    RTM_NET_ADDRESS address = net("10.1.0.0/16"), got_address;
    RTM_ROUTE_INFO info = sample_route(hop, 3);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL, same;
    RTM_NOTIFY_HANDLE notify = NULL;
    RTM_DEST_HANDLE destination;
    route_info copy, got;
    BOOL changed = TRUE;

    (void)state;
    ASSERT_STATUS(RtmAddRouteToDest(reg, &route, &address, &info, INFINITE, NULL, 0, NULL, &flags),
                  NO_ERROR);
    ASSERT_STATUS(RtmRegisterForChangeNotification(reg, RTM_VIEW_MASK_UCAST, RTM_CHANGE_TYPE_ALL,
                                                   NULL, &notify),
                  NO_ERROR);
    destination = dest(reg, "10.1.0.0/16");

    PAINT(copy);
    ASSERT_STATUS(RtmGetRouteInfo(reg, route, &copy.info, NULL), NO_ERROR);
    assert_route_guard(&copy, 1);
    copy.info.PrefInfo.Metric = 9;
    PAINT(got);
    ASSERT_STATUS(RtmGetRouteInfo(reg, route, &got.info, &got_address), NO_ERROR);
    assert_int_equal(got.info.PrefInfo.Metric, 3);
    assert_net(&got_address, "10.1.0.0/16");
    ASSERT_STATUS(RtmReleaseRouteInfo(reg, &got.info), NO_ERROR);
    ASSERT_STATUS(RtmGetChangeStatus(reg, notify, destination, &changed), NO_ERROR);
    assert_false(changed);

    same = route;
    flags = 0;
    ASSERT_STATUS(
        RtmAddRouteToDest(reg, &same, &address, &copy.info, INFINITE, NULL, 0, NULL, &flags),
        NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_CHANGE_BEST);
    assert_ptr_equal(same, route);
    ASSERT_STATUS(RtmGetChangeStatus(reg, notify, destination, &changed), NO_ERROR);
    assert_true(changed);
    ASSERT_STATUS(RtmReleaseRouteInfo(reg, &copy.info), NO_ERROR);

    get_route(reg, route, &got);
    assert_int_equal(got.info.PrefInfo.Metric, 9);
    ASSERT_STATUS(RtmReleaseRouteInfo(reg, &got.info), NO_ERROR);
    release_dest(reg, destination);
    ASSERT_STATUS(RtmDeregisterFromChangeNotification(reg, notify), NO_ERROR);
    leave(reg);
}

/* ---- update-a-route-in-place-using-rtmupdateandunlockroute ---- */

typedef struct lock_attempt {
    RTM_ENTITY_HANDLE reg;
    RTM_ROUTE_HANDLE route;
} lock_attempt;

static DWORD WINAPI lock_and_unlock(void* argument)
{
    lock_attempt* attempt = argument;

    CHECK_STATUS(RtmLockRoute(attempt->reg, attempt->route, TRUE, TRUE, NULL), NO_ERROR);
    CHECK_STATUS(RtmLockRoute(attempt->reg, attempt->route, TRUE, FALSE, NULL), NO_ERROR);
    return 0;
}

static void updating_a_route_in_place(void** state)
{
    RTM_ENTITY_HANDLE reg = register_sample(), rival = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE old = sample_next_hop(reg, "192.168.0.1/32", 7, RTM_NEXTHOP_CHANGE_NEW);
    RTM_NEXTHOP_HANDLE new = sample_next_hop(reg, "192.168.0.2/32", 7, RTM_NEXTHOP_CHANGE_NEW);
    RTM_NET_ADDRESS address = net("10.1.0.0/16");
    RTM_ROUTE_INFO info = sample_route(old, 3), *live = NULL, *pointer = NULL;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL, rivals;
    RTM_NEXTHOP_HANDLE found = NULL;
    RTM_NEXTHOP_INFO key;
    RTM_VIEW_SET best_in = 0;
    lock_attempt attempt;
    HANDLE thread;
    route_info got;
    int x;

    (void)state;
    ASSERT_STATUS(RtmAddRouteToDest(reg, &route, &address, &info, 1000, NULL, 0, NULL, &flags),
                  NO_ERROR);
    rivals = add_route(rival, "10.1.0.0/16", NULL, 120, 10, RTM_VIEW_MASK_UCAST);
    ASSERT_STATUS(RtmGetRoutePointer(reg, route, &live), NO_ERROR);

    ASSERT_STATUS(RtmLockRoute(reg, route, TRUE, TRUE, &pointer), NO_ERROR);
    assert_ptr_equal(pointer, live);
    attempt.reg = reg;
    attempt.route = route;
    thread = start(lock_and_unlock, &attempt);
    assert_true(stays_quiet(thread));

    pointer->PrefInfo.Metric = 16;
    pointer->BelongsToViews = RTM_VIEW_MASK_MCAST;
    pointer->EntitySpecificInfo = &x;
    assert_int_equal(live->PrefInfo.Metric, 16);
    ASSERT_STATUS(RtmIsBestRoute(reg, route, &best_in), NO_ERROR);
    assert_int_equal(best_in, RTM_VIEW_MASK_BOTH);

    ASSERT_STATUS(RtmReleaseNextHops(reg, 1, &pointer->NextHopsList.NextHops[0]), NO_ERROR);
    pointer->NextHopsList.NextHops[0] = new;
    ASSERT_STATUS(RtmReferenceHandles(reg, 1, &new), NO_ERROR);

    flags = 0;
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(reg, route, INFINITE, NULL, 0, NULL, &flags), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_CHANGE_BEST);
    join_thread(thread); /* it is unlocked */
    assert_ptr_equal(best_of(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST), rivals);
    assert_ptr_equal(best_of(reg, "10.1.0.0/16", RTM_VIEW_MASK_MCAST), route);
    assert_int_equal(routes_in(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST), 1);
    ASSERT_STATUS(RtmIsBestRoute(reg, route, &best_in), NO_ERROR);
    assert_int_equal(best_in, RTM_VIEW_MASK_MCAST);
    get_route(reg, route, &got);
    assert_int_equal(got.info.PrefInfo.Metric, 16);
    assert_int_equal(got.info.BelongsToViews, RTM_VIEW_MASK_MCAST);
    assert_ptr_equal(got.info.EntitySpecificInfo, &x);
    assert_ptr_equal(got.info.Neighbour, old);
    assert_ptr_equal(got.info.NextHopsList.NextHops[0], new);
    ASSERT_STATUS(RtmReleaseRouteInfo(reg, &got.info), NO_ERROR);

    /* The old next hop is in its list still. */
    ZeroMemory(&key, sizeof(key));
    key.NextHopAddress = net("192.168.0.1/32");
    key.InterfaceIndex = 7;
    ASSERT_STATUS(RtmFindNextHop(reg, &key, &found, NULL), NO_ERROR);
    assert_ptr_equal(found, old);
    release_next_hop(reg, found);

    /* The timer is off. */
    Sleep(1300);
    assert_ptr_equal(best_of(reg, "10.1.0.0/16", RTM_VIEW_MASK_MCAST), route);

    /* A commit that fails: unlock by hand. */
    ASSERT_STATUS(RtmLockRoute(reg, route, TRUE, TRUE, &pointer), NO_ERROR);
    pointer->BelongsToViews = 0;
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(reg, route, INFINITE, NULL, 0, NULL, &flags),
                  ERROR_INVALID_PARAMETER);
    pointer->BelongsToViews = RTM_VIEW_MASK_MCAST;
    thread = start(lock_and_unlock, &attempt);
    assert_true(stays_quiet(thread));
    ASSERT_STATUS(RtmLockRoute(reg, route, TRUE, FALSE, NULL), NO_ERROR);
    join_thread(thread);
    ASSERT_STATUS(RtmLockRoute(reg, route, TRUE, FALSE, NULL), ERROR_ACCESS_DENIED);
    leave(reg);
}

/* ---- use-the-route-hold-down-state ---- */

/* Walks all destinations in `views` as the sample does. Returns how often `wanted` was there; with
 * RTM_VIEW_MASK_ANY it had `held` as its unicast hold route and `best` as its unicast route. */
static UINT find_held(RTM_ENTITY_HANDLE reg, RTM_VIEW_SET views, RTM_DEST_HANDLE wanted,
                      RTM_ROUTE_HANDLE held, RTM_ROUTE_HANDLE best)
{
    RTM_NET_ADDRESS all;
    UCHAR* infos = new_dest_infos();
    RTM_ENUM_HANDLE walk = NULL;
    UINT found = 0;
    DWORD status;

    RTM_IPV4_MAKE_NET_ADDRESS(&all, 0, 0);
    ASSERT_STATUS(RtmCreateDestEnum(reg, views, RTM_ENUM_RANGE, &all, RTM_BEST_PROTOCOL, &walk),
                  NO_ERROR);
    do {
        UINT count = profile.MaxHandlesInEnum;

        status = RtmGetEnumDests(reg, walk, &count, (RTM_DEST_INFO*)infos);
        assert_true(guarded(infos));
        for (UINT i = 0; i < count; i++) {
            RTM_DEST_INFO* info = element(infos, i);
            RTM_DEST_INFO one;

            assert_int_equal(info->NumberOfViews, views == RTM_VIEW_MASK_ANY ? 0 : 1);
            if (info->DestHandle != wanted)
                continue;
            found++;
            if (views != RTM_VIEW_MASK_ANY)
                continue;
            ASSERT_STATUS(
                RtmGetDestInfo(reg, info->DestHandle, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_UCAST, &one),
                NO_ERROR);
            assert_int_equal(one.NumberOfViews, 1);
            assert_int_equal(one.ViewInfo[0].ViewId, RTM_VIEW_ID_UCAST);
            assert_ptr_equal(one.ViewInfo[0].HoldRoute, held);
            assert_ptr_equal(one.ViewInfo[0].Route, best);
            ASSERT_STATUS(RtmReleaseDestInfo(reg, &one), NO_ERROR);
        }
        ASSERT_STATUS(RtmReleaseDests(reg, count, (RTM_DEST_INFO*)infos), NO_ERROR);
    } while (status == NO_ERROR);
    ASSERT_STATUS(status, ERROR_NO_MORE_ITEMS);
    ASSERT_STATUS(RtmDeleteEnumHandle(reg, walk), NO_ERROR);
    ASSERT_STATUS(RtmDeleteEnumHandle(reg, walk), ERROR_INVALID_HANDLE);
    free(infos);
    return found;
}

static void holding_down(void** state)
{
    RTM_ENTITY_HANDLE reg = register_sample();
    RTM_ROUTE_HANDLE routes[2], newer;
    RTM_DEST_HANDLE long_held, short_held;
    RTM_NET_ADDRESS address = net("10.2.0.0/16");
    RTM_DEST_INFO info;
    DWORD status;

    (void)state;
    routes[0] = add_route(reg, "10.1.0.0/16", NULL, 120, 1, RTM_VIEW_MASK_UCAST);
    routes[1] = add_route(reg, "10.2.0.0/16", NULL, 120, 1, RTM_VIEW_MASK_UCAST);
    add_route(reg, "10.3.0.0/16", NULL, 120, 1, RTM_VIEW_MASK_UCAST);
    long_held = dest(reg, "10.1.0.0/16");
    short_held = dest(reg, "10.2.0.0/16");

    /* The sample's time, and one that can be waited for. */
    ASSERT_STATUS(RtmHoldDestination(reg, long_held, RTM_VIEW_MASK_UCAST, 30 * 1000), NO_ERROR);
    ASSERT_STATUS(RtmHoldDestination(reg, short_held, RTM_VIEW_MASK_UCAST, 1500), NO_ERROR);
    assert_int_equal(find_held(reg, RTM_VIEW_MASK_ANY, long_held, NULL, routes[0]), 1);
    assert_int_equal(find_held(reg, RTM_VIEW_MASK_UCAST, long_held, NULL, NULL), 1);

    delete_route(reg, routes[0]);
    delete_route(reg, routes[1]);
    assert_int_equal(find_held(reg, RTM_VIEW_MASK_ANY, long_held, routes[0], NULL), 1);
    assert_int_equal(find_held(reg, RTM_VIEW_MASK_ANY, short_held, routes[1], NULL), 1);
    assert_int_equal(find_held(reg, RTM_VIEW_MASK_UCAST, long_held, NULL, NULL), 0);
    assert_int_equal(find_held(reg, RTM_VIEW_MASK_UCAST, short_held, NULL, NULL), 0);

    /* A newer route beside the held one. */
    newer = add_route(reg, "10.1.0.0/16", NULL, 120, 2, RTM_VIEW_MASK_UCAST);
    assert_int_equal(find_held(reg, RTM_VIEW_MASK_ANY, long_held, routes[0], newer), 1);
    assert_int_equal(find_held(reg, RTM_VIEW_MASK_UCAST, long_held, NULL, NULL), 1);

    /* When the time is over. */
    for (UINT waited = 0;; waited += 20) {
        RTM_ROUTE_HANDLE held;

        ASSERT_STATUS(
            RtmGetDestInfo(reg, short_held, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_UCAST, &info),
            NO_ERROR);
        held = info.ViewInfo[0].HoldRoute;
        assert_null(info.ViewInfo[0].Route);
        ASSERT_STATUS(RtmReleaseDestInfo(reg, &info), NO_ERROR);
        if (!held)
            break;
        assert_true(waited < WAIT_MS);
        Sleep(20);
    }
    release_dest(reg, short_held);
    status =
        RtmGetExactMatchDestination(reg, &address, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY, &info);
    ASSERT_STATUS(status, ERROR_NOT_FOUND);
    assert_int_equal(find_held(reg, RTM_VIEW_MASK_ANY, long_held, routes[0], newer), 1);
    release_dest(reg, long_held);
    leave(reg);
}

/* ---- enumerate-all-destinations ---- */

#define MANY 150

static void enumerating_destinations(void** state)
{
    RTM_ENTITY_HANDLE reg = register_sample();
    UINT seen = 0, batches = 0, with_unicast = 0;
    RTM_ENUM_HANDLE walk = NULL;
    RTM_NET_ADDRESS all, last;
    UCHAR* infos = new_dest_infos();
    DWORD status;

    (void)state;
    for (UINT i = MANY; i-- > 0;)
        add_route(reg, numbered(i), NULL, 120, 1, i % 3 ? RTM_VIEW_MASK_BOTH : RTM_VIEW_MASK_MCAST);
    add_route(reg, "10.0.0.0/8", NULL, 120, 1, RTM_VIEW_MASK_UCAST);
    ZeroMemory(&last, sizeof(last));
    RTM_IPV4_MAKE_NET_ADDRESS(&all, 0, 0);
    ASSERT_STATUS(RtmCreateDestEnum(reg, RTM_VIEW_MASK_UCAST | RTM_VIEW_MASK_MCAST, RTM_ENUM_RANGE,
                                    &all, RTM_BEST_PROTOCOL, &walk),
                  NO_ERROR);
    do {
        UINT count = profile.MaxHandlesInEnum;

        status = RtmGetEnumDests(reg, walk, &count, (RTM_DEST_INFO*)infos);
        assert_true(guarded(infos));
        batches++;
        for (UINT i = 0; i < count; i++) {
            RTM_DEST_INFO* info = element(infos, i);
            int order = memcmp(last.AddrBits, info->DestAddress.AddrBits, sizeof(last.AddrBits));

            assert_true(seen == 0 || order < 0 ||
                        (order == 0 && last.NumBits < info->DestAddress.NumBits));
            last = info->DestAddress;
            seen++;
            assert_int_equal(info->NumberOfViews, 2);
            assert_int_equal(info->ViewInfo[0].ViewId, RTM_VIEW_ID_UCAST);
            if (info->ViewInfo[0].Route) {
                RTM_ROUTE_HANDLE routes[2];
                RTM_ENUM_HANDLE inner = NULL;
                UINT number = 2;

                with_unicast++;
                ASSERT_STATUS(RtmCreateRouteEnum(reg, info->DestHandle, RTM_VIEW_MASK_UCAST,
                                                 RTM_ENUM_ALL_ROUTES, NULL, RTM_MATCH_NONE, NULL, 0,
                                                 &inner),
                              NO_ERROR);
                ASSERT_STATUS(RtmGetEnumRoutes(reg, inner, &number, routes), NO_ERROR);
                assert_int_equal(number, 1);
                assert_ptr_equal(routes[0], info->ViewInfo[0].Route);
                ASSERT_STATUS(RtmReleaseRoutes(reg, number, routes), NO_ERROR);
                ASSERT_STATUS(RtmDeleteEnumHandle(reg, inner), NO_ERROR);
            } else {
                assert_int_equal(info->ViewInfo[0].NumRoutes, 0);
                assert_int_equal(info->BelongsToViews, RTM_VIEW_MASK_MCAST);
            }
        }
        if (status != NO_ERROR)
            assert_int_equal(count, 0);
        ASSERT_STATUS(RtmReleaseDests(reg, count, (RTM_DEST_INFO*)infos), NO_ERROR);
    } while (status == NO_ERROR);
    ASSERT_STATUS(status, ERROR_NO_MORE_ITEMS);
    ASSERT_STATUS(RtmDeleteEnumHandle(reg, walk), NO_ERROR);
    assert_int_equal(seen, MANY + 1);
    assert_int_equal(with_unicast, MANY - (MANY + 2) / 3 + 1);
    assert_true(batches > MANY / profile.MaxHandlesInEnum);
    free(infos);
    leave(reg);
}

/* ---- enumerate-all-routes ---- */

static void enumerating_own_routes(void** state)
{
    RTM_ENTITY_HANDLE reg = register_sample(), rival = join(2, 2, NULL);
    RTM_ROUTE_HANDLE* handles = malloc(profile.MaxHandlesInEnum * sizeof(*handles));
    RTM_NEXTHOP_HANDLE hops[2];
    RTM_ENUM_HANDLE walk = NULL;
    UINT seen = 0, count;
    RTM_NET_ADDRESS last;
    ULONG last_metric = 0;
    DWORD status;

    (void)state;
    assert_non_null(handles);
    hops[0] = next_hop(reg, "192.168.0.1", 1);
    hops[1] = next_hop(reg, "192.168.0.2", 1);
    for (UINT i = MANY / 2; i-- > 0;) {
        add_route(reg, numbered(i), hops[0], 120, 9, RTM_VIEW_MASK_BOTH);
        add_route(reg, numbered(i), hops[1], 120, 2, RTM_VIEW_MASK_MCAST);
        add_route(rival, numbered(i), NULL, 1, 1, RTM_VIEW_MASK_BOTH);
    }
    ZeroMemory(&last, sizeof(last));
    ASSERT_STATUS(RtmCreateRouteEnum(reg, NULL, RTM_VIEW_MASK_UCAST | RTM_VIEW_MASK_MCAST,
                                     RTM_ENUM_OWN_ROUTES, NULL, 0, NULL, 0, &walk),
                  NO_ERROR);
    do {
        count = profile.MaxHandlesInEnum;
        status = RtmGetEnumRoutes(reg, walk, &count, handles);
        for (UINT i = 0; i < count; i++) {
            RTM_NET_ADDRESS address;
            route_info info;

            PAINT(info);
            ASSERT_STATUS(RtmGetRouteInfo(reg, handles[i], &info.info, &address), NO_ERROR);
            assert_ptr_equal(info.info.RouteOwner, reg);
            if (seen % 2) {
                assert_memory_equal(&address, &last, sizeof(last));
                assert_true(info.info.PrefInfo.Metric > last_metric);
            } else {
                assert_true(memcmp(last.AddrBits, address.AddrBits, 4) < 0);
            }
            last = address;
            last_metric = info.info.PrefInfo.Metric;
            seen++;
            ASSERT_STATUS(RtmReleaseRouteInfo(reg, &info.info), NO_ERROR);
        }
        ASSERT_STATUS(RtmReleaseRoutes(reg, count, handles), NO_ERROR);
    } while (status == NO_ERROR);
    ASSERT_STATUS(status, ERROR_NO_MORE_ITEMS);
    for (UINT i = 0; i < 3; i++) {
        count = profile.MaxHandlesInEnum;
        ASSERT_STATUS(RtmGetEnumRoutes(reg, walk, &count, handles), ERROR_NO_MORE_ITEMS);
        assert_int_equal(count, 0);
        ASSERT_STATUS(RtmReleaseRoutes(reg, count, handles), NO_ERROR);
    }
    ASSERT_STATUS(RtmDeleteEnumHandle(reg, walk), NO_ERROR);
    assert_int_equal(seen, MANY / 2 * 2);
    free(handles);
    leave(reg);
}

/* ---- search-for-the-best-route ---- */

static void searching_the_best_route(void** state)
{
    RTM_ENTITY_HANDLE reg = register_sample();
    RTM_ROUTE_HANDLE best;
    RTM_NET_ADDRESS address;
    route_info route;
    dest_info found;

    (void)state;
    add_route(reg, "10.0.0.0/8", NULL, 120, 1, RTM_VIEW_MASK_UCAST);
    best = add_route(reg, "10.1.0.0/16", NULL, 120, 1, RTM_VIEW_MASK_UCAST);
    add_route(reg, "10.1.1.0/24", NULL, 120, 1, RTM_VIEW_MASK_MCAST);
    add_route(reg, "10.1.1.128/25", NULL, 120, 1, RTM_VIEW_MASK_UCAST);

    RTM_IPV4_SET_ADDR_AND_MASK(&address, htonl(0x0a010100), htonl(0xffffff00));
    PAINT(found);
    ASSERT_STATUS(RtmGetMostSpecificDestination(reg, &address, RTM_BEST_PROTOCOL,
                                                RTM_VIEW_MASK_UCAST, &found.info),
                  NO_ERROR);
    assert_dest_guard(&found, 1);
    assert_net(&found.info.DestAddress, "10.1.0.0/16");
    assert_int_equal(found.info.NumberOfViews, 1);
    assert_int_equal(found.info.ViewInfo[0].ViewId, RTM_VIEW_ID_UCAST);
    assert_ptr_equal(found.info.ViewInfo[0].Route, best);
    assert_ptr_equal(found.info.ViewInfo[0].Owner, reg);

    get_route(reg, found.info.ViewInfo[0].Route, &route);
    assert_ptr_equal(route.info.DestHandle, found.info.DestHandle);
    ASSERT_STATUS(RtmReleaseRouteInfo(reg, &route.info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseDestInfo(reg, &found.info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseDestInfo(reg, &found.info), ERROR_INVALID_HANDLE);
    leave(reg);
}

/* ---- search-for-routes-using-rtmgetmostspecificdestination-and-... ---- */

static void walking_up(void** state)
{
    static const char* const expected[] = {"10.1.1.0/24", "10.1.0.0/16", "10.0.0.0/8", "0.0.0.0/0"};
    RTM_ENTITY_HANDLE reg = register_sample();
    RTM_NET_ADDRESS address = net("10.1.1.1/32");
    RTM_DEST_HANDLE visited[COUNT_OF(expected)];
    dest_info buffers[2], *now = &buffers[0], *next = &buffers[1];
    UINT step = 0;
    DWORD status;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(expected); i++)
        release_route(reg, add_route(reg, expected[i], NULL, 120, 1, RTM_VIEW_MASK_BOTH));
    add_route(reg, "10.1.1.0/28", NULL, 120, 1, RTM_VIEW_MASK_MCAST);
    add_route(reg, "10.1.0.0/20", NULL, 120, 1, RTM_VIEW_MASK_MCAST);
    add_route(reg, "10.1.2.0/24", NULL, 120, 1, RTM_VIEW_MASK_UCAST);

    PAINT(*now);
    status = RtmGetMostSpecificDestination(reg, &address, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_UCAST,
                                           &now->info);
    while (status == NO_ERROR) {
        dest_info* other = now;

        assert_true(step < COUNT_OF(expected));
        assert_dest_guard(now, 1);
        assert_net(&now->info.DestAddress, expected[step]);
        visited[step++] = now->info.DestHandle;
        PAINT(*next);
        status = RtmGetLessSpecificDestination(reg, now->info.DestHandle, RTM_BEST_PROTOCOL,
                                               RTM_VIEW_MASK_UCAST, &next->info);
        ASSERT_STATUS(RtmReleaseDestInfo(reg, &now->info), NO_ERROR);
        PAINT(*now);
        now = next;
        next = other;
    }
    ASSERT_STATUS(status, ERROR_NOT_FOUND);
    ASSERT_PAINTED(*now);
    assert_int_equal(step, COUNT_OF(expected));
    /* No reference is left. */
    for (UINT i = 0; i < step; i++) {
        dest_info lone;

        PAINT(lone);
        lone.info.DestHandle = visited[i];
        lone.info.NumberOfViews = 0;
        ASSERT_STATUS(RtmReleaseDestInfo(reg, &lone.info), ERROR_INVALID_HANDLE);
    }
    leave(reg);
}

/* ---- access-the-opaque-pointer-in-a-destination ---- */

/* One go of the sample: returns what was in the slot, and puts `value` there. */
static void* exchange_opaque(RTM_ENTITY_HANDLE reg, RTM_DEST_HANDLE destination, void* value)
{
    PVOID slot = NULL;
    void* old;

    ASSERT_STATUS(RtmLockDestination(reg, destination, TRUE, TRUE), NO_ERROR);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(reg, destination, &slot), NO_ERROR);
    assert_non_null(slot);
    old = *(PVOID*)slot;
    *(PVOID*)slot = value;
    ASSERT_STATUS(RtmLockDestination(reg, destination, TRUE, FALSE), NO_ERROR);
    return old;
}

static void accessing_the_opaque_pointer(void** state)
{
    RTM_ENTITY_INFO other_info = make_info(0, AF_INET, 2, 2);
    RTM_ENTITY_HANDLE other = NULL, reg = register_with(NULL, NULL, TRUE);
    RTM_ENTITY_HANDLE without = join(3, 3, NULL);
    RTM_ROUTE_HANDLE route = add_route(reg, "10.1.0.0/16", NULL, 120, 1, RTM_VIEW_MASK_UCAST);
    RTM_DEST_HANDLE destination = dest(reg, "10.1.0.0/16");
    PVOID slot = NULL;
    int mine, newer, others;

    (void)state;
    ASSERT_STATUS(RtmRegisterEntity(&other_info, NULL, NULL, TRUE, &profile, &other), NO_ERROR);
    remember(other);
    assert_null(exchange_opaque(reg, destination, &mine));
    assert_null(exchange_opaque(other, destination, &others));
    assert_ptr_equal(exchange_opaque(reg, destination, &newer), &mine);
    assert_ptr_equal(exchange_opaque(other, destination, &others), &others);

    /* The fetch fails, and the sample unlocks all the same. */
    ASSERT_STATUS(RtmLockDestination(without, destination, TRUE, TRUE), NO_ERROR);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(without, destination, &slot), ERROR_NOT_FOUND);
    assert_null(slot);
    ASSERT_STATUS(RtmLockDestination(without, destination, TRUE, FALSE), NO_ERROR);

    /* A shared lock is enough to read, and the value stays while the destination does. */
    delete_route(reg, route);
    ASSERT_STATUS(RtmLockDestination(reg, destination, FALSE, TRUE), NO_ERROR);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(reg, destination, &slot), NO_ERROR);
    assert_ptr_equal(*(PVOID*)slot, &newer);
    ASSERT_STATUS(RtmLockDestination(reg, destination, FALSE, FALSE), NO_ERROR);
    release_dest(reg, destination);

    /* Another destination of that name starts anew. */
    add_route(reg, "10.1.0.0/16", NULL, 120, 1, RTM_VIEW_MASK_UCAST);
    destination = dest(reg, "10.1.0.0/16");
    assert_null(exchange_opaque(reg, destination, NULL));
    release_dest(reg, destination);
    leave(reg);
}

/* ---- use-a-client-specific-route-list ---- */

static void using_route_lists(void** state)
{
    RTM_ENTITY_HANDLE reg = register_sample();
    UINT max = profile.MaxHandlesInEnum, total = 3 * max + 10, seen = 0, count;
    RTM_ROUTE_HANDLE* routes = malloc(total * sizeof(*routes));
    RTM_ROUTE_HANDLE* handles = malloc(max * sizeof(*handles));
    RTM_ROUTE_LIST_HANDLE first = NULL, second = NULL;
    RTM_ENUM_HANDLE walk = NULL;

    (void)state;
    assert_true(routes && handles);
    ASSERT_STATUS(RtmCreateRouteList(reg, &first), NO_ERROR);
    ASSERT_STATUS(RtmCreateRouteList(reg, &second), NO_ERROR);
    assert_list(reg, first, 0, NULL);
    assert_list(reg, second, 0, NULL);
    for (UINT i = 0; i < total; i++) {
        RTM_NET_ADDRESS address = net(numbered(i));
        route_info info = make_route(NULL, 120, 1, RTM_VIEW_MASK_UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;

        routes[i] = NULL;
        ASSERT_STATUS(RtmAddRouteToDest(reg, &routes[i], &address, &info.info, INFINITE, first, 0,
                                        NULL, &flags),
                      NO_ERROR);
        release_route(reg, routes[i]);
    }

    ASSERT_STATUS(RtmCreateRouteListEnum(reg, first, &walk), NO_ERROR);
    do {
        count = max;
        ASSERT_STATUS(RtmGetListEnumRoutes(reg, walk, &count, handles), NO_ERROR);
        assert_int_equal(count, total - seen < max ? total - seen : max);
        for (UINT i = 0; i < count; i++)
            assert_ptr_equal(handles[i], routes[seen++]);
        ASSERT_STATUS(RtmInsertInRouteList(reg, second, count, handles), NO_ERROR);
        ASSERT_STATUS(RtmReleaseRoutes(reg, count, handles), NO_ERROR);
    } while (count == max);
    assert_int_equal(seen, total);
    count = max;
    ASSERT_STATUS(RtmGetListEnumRoutes(reg, walk, &count, handles), NO_ERROR);
    assert_int_equal(count, 0);
    ASSERT_STATUS(RtmInsertInRouteList(reg, second, 0, handles), NO_ERROR);
    ASSERT_STATUS(RtmDeleteEnumHandle(reg, walk), NO_ERROR);

    /* Everything has moved. */
    assert_list(reg, first, 0, NULL);
    ASSERT_STATUS(RtmCreateRouteListEnum(reg, second, &walk), NO_ERROR);
    seen = 0;
    do {
        count = max;
        ASSERT_STATUS(RtmGetListEnumRoutes(reg, walk, &count, handles), NO_ERROR);
        for (UINT i = 0; i < count; i++)
            assert_ptr_equal(handles[i], routes[seen++]);
        ASSERT_STATUS(RtmReleaseRoutes(reg, count, handles), NO_ERROR);
    } while (count == max);
    assert_int_equal(seen, total);
    ASSERT_STATUS(RtmDeleteEnumHandle(reg, walk), NO_ERROR);

    ASSERT_STATUS(RtmDeleteRouteList(reg, first), NO_ERROR);
    ASSERT_STATUS(RtmDeleteRouteList(reg, second), NO_ERROR);
    ASSERT_STATUS(RtmDeleteRouteList(reg, second), ERROR_INVALID_HANDLE);
    for (UINT i = 0; i < total; i++)
        assert_ptr_equal(best_of(reg, numbered(i), RTM_VIEW_MASK_UCAST), routes[i]);
    free(handles);
    free(routes);
    leave(reg);
}

/* ---- use-the-event-notification-callback ---- */

static HANDLE called;

static DWORD WINAPI entity_callback(RTM_ENTITY_HANDLE reg, RTM_EVENT_TYPE type, PVOID context1,
                                    PVOID context2)
{
    RTM_ENTITY_INFO info, *given = context2;

    if (type == RTM_ENTITY_REGISTERED || type == RTM_ENTITY_DEREGISTERED) {
        /* Handle and information are good during the call, even of one that left. */
        CHECK_STATUS(RtmGetEntityInfo(reg, context1, &info), NO_ERROR);
        CHECK(same_info(&info, given));
    }
    record_event(reg, type, context1, context2);
    return NO_ERROR;
}

static void hearing_of_entities(void** state)
{
    RTM_ENTITY_HANDLE reg = register_with(NULL, entity_callback, FALSE), other;

    (void)state;
    other = join(2, 3, NULL);
    await_events(reg, 1);
    assert_event(reg, 0, RTM_ENTITY_REGISTERED, 2, 3);
    assert_ptr_equal(event_at(reg, 0).subject, other);
    leave(other);
    await_events(reg, 2);
    assert_event(reg, 1, RTM_ENTITY_DEREGISTERED, 2, 3);
    assert_ptr_equal(event_at(reg, 1).subject, other);
    leave(reg);
}

static struct {
    RTM_NOTIFY_HANDLE notify;
    LONG calls, dests;
    RTM_DEST_HANDLE changed[16];
    RTM_ROUTE_HANDLE best[16];
    int context;
} watched;

static DWORD WINAPI change_callback(RTM_ENTITY_HANDLE reg, RTM_EVENT_TYPE type, PVOID context1,
                                    PVOID context2)
{
    UCHAR* infos;
    UINT count;

    if (type != RTM_CHANGE_NOTIFICATION)
        return NO_ERROR;
    CHECK(context1 == watched.notify);
    CHECK(context2 == &watched.context);
    infos = malloc(profile.MaxHandlesInEnum * RTM_SIZE_OF_DEST_INFO(profile.NumberOfViews));
    if (!CHECK(infos))
        return NO_ERROR;
    do {
        DWORD status;

        count = profile.MaxHandlesInEnum;
        status = RtmGetChangedDests(reg, context1, &count, (RTM_DEST_INFO*)infos);
        CHECK(status == NO_ERROR || status == ERROR_NO_MORE_ITEMS);
        CHECK(count > 0 || status == ERROR_NO_MORE_ITEMS);
        for (UINT i = 0; i < count; i++) {
            RTM_DEST_INFO* info = element(infos, i);
            LONG n = watched.dests;
            BOOL pending = TRUE;

            CHECK(info->NumberOfViews == 1 && info->ViewInfo[0].ViewId == RTM_VIEW_ID_UCAST);
            CHECK_STATUS(RtmGetChangeStatus(reg, context1, info->DestHandle, &pending), NO_ERROR);
            CHECK(!pending);
            if (CHECK(n < (LONG)COUNT_OF(watched.changed))) {
                watched.changed[n] = info->DestHandle;
                watched.best[n] = info->ViewInfo[0].Route;
                watched.dests++;
            }
        }
        CHECK_STATUS(RtmReleaseChangedDests(reg, context1, count, (RTM_DEST_INFO*)infos), NO_ERROR);
    } while (count > 0);
    free(infos);
    watched.calls++;
    SetEvent(called);
    return NO_ERROR;
}

static void hearing_of_changes(void** state)
{
    RTM_ENTITY_HANDLE reg = register_with(NULL, change_callback, FALSE);
    RTM_ROUTE_HANDLE routes[2];
    RTM_DEST_HANDLE dests[2];

    (void)state;
    memset(&watched, 0, sizeof(watched));
    called = new_event();
    ASSERT_STATUS(RtmRegisterForChangeNotification(reg, RTM_VIEW_MASK_UCAST, RTM_CHANGE_TYPE_BEST,
                                                   &watched.context, &watched.notify),
                  NO_ERROR);
    routes[0] = add_route(reg, "10.1.0.0/16", NULL, 120, 1, RTM_VIEW_MASK_UCAST);
    add_route(reg, "10.2.0.0/16", NULL, 120, 1, RTM_VIEW_MASK_MCAST);
    dests[0] = dest(reg, "10.1.0.0/16");
    await(called);
    assert_int_equal(watched.dests, 1);
    assert_ptr_equal(watched.changed[0], dests[0]);
    assert_ptr_equal(watched.best[0], routes[0]);

    /* A later change calls back again. */
    ResetEvent(called);
    delete_route(reg, routes[0]);
    await(called);
    assert_int_equal(watched.dests, 2);
    assert_ptr_equal(watched.changed[1], dests[0]);
    assert_null(watched.best[1]);

    ResetEvent(called);
    assert_true(stays_quiet(called));
    release_dest(reg, dests[0]);
    ASSERT_STATUS(RtmDeregisterFromChangeNotification(reg, watched.notify), NO_ERROR);
    leave(reg);
    CloseHandle(called);
}

#define UNREACHABLE 16

static struct {
    BOOL keep;
    LONG calls;
    RTM_ROUTE_HANDLE route;
    ULONG metric;
} expired;

static DWORD WINAPI expiry_callback(RTM_ENTITY_HANDLE reg, RTM_EVENT_TYPE type, PVOID context1,
                                    PVOID context2)
{
    RTM_ROUTE_INFO* live = context2;
    RTM_ROUTE_HANDLE route = context1;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    DWORD answer = ERROR_NOT_SUPPORTED;

    if (type != RTM_ROUTE_EXPIRED)
        return NO_ERROR;
    expired.route = route;
    expired.metric = live->PrefInfo.Metric;
    if (expired.keep) {
        answer = NO_ERROR;
        if (CHECK_STATUS(RtmLockRoute(reg, route, TRUE, TRUE, NULL), NO_ERROR)) {
            live->PrefInfo.Metric = UNREACHABLE;
            CHECK_STATUS(RtmUpdateAndUnlockRoute(reg, route, INFINITE, NULL, 0, NULL, &flags),
                         NO_ERROR);
            CHECK(flags == RTM_ROUTE_CHANGE_BEST);
        }
        CHECK_STATUS(RtmReleaseRoutes(reg, 1, &route), NO_ERROR);
    }
    InterlockedIncrement(&expired.calls);
    SetEvent(called);
    return answer;
}

static RTM_ROUTE_HANDLE add_expiring(RTM_ENTITY_HANDLE reg, ULONG ttl)
{
    route_info info = make_route(NULL, 120, 1, RTM_VIEW_MASK_UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL;

    ASSERT_STATUS(try_add_route(reg, &route, "10.1.0.0/16", &info.info, ttl, &flags), NO_ERROR);
    return route;
}

static void hearing_of_expiry(void** state)
{
    RTM_ENTITY_HANDLE reg = register_with(NULL, expiry_callback, FALSE), rival = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route, rivals;
    RTM_NOTIFY_HANDLE notify = NULL;
    RTM_DEST_HANDLE destination;
    BOOL changed = TRUE;
    route_info got;

    (void)state;
    called = new_event();

    /* Variant A: the RTM deletes it. */
    memset(&expired, 0, sizeof(expired));
    route = add_expiring(reg, 200);
    release_route(reg, route);
    await(called);
    assert_ptr_equal(expired.route, route);
    assert_int_equal(expired.metric, 1);
    for (UINT waited = 0; RtmGetRouteInfo(reg, route, NULL, NULL) == NO_ERROR; waited += 10) {
        assert_true(waited < WAIT_MS);
        Sleep(10);
    }
    assert_null(best_of(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST));
    PAINT(got);
    ASSERT_STATUS(RtmGetRouteInfo(reg, route, &got.info, NULL), ERROR_INVALID_HANDLE);
    ASSERT_PAINTED(got);

    /* Variant B: it is kept, with another metric. */
    memset(&expired, 0, sizeof(expired));
    expired.keep = TRUE;
    ResetEvent(called);
    route = add_expiring(reg, 300);
    rivals = add_route(rival, "10.1.0.0/16", NULL, 120, 5, RTM_VIEW_MASK_UCAST);
    destination = dest(reg, "10.1.0.0/16");
    ASSERT_STATUS(RtmRegisterForChangeNotification(rival, RTM_VIEW_MASK_UCAST, RTM_CHANGE_TYPE_BEST,
                                                   NULL, &notify),
                  NO_ERROR);
    release_route(reg, route);
    ASSERT_STATUS(RtmGetChangeStatus(rival, notify, destination, &changed), NO_ERROR);
    assert_false(changed);
    await(called);
    assert_ptr_equal(expired.route, route);
    assert_ptr_equal(best_of(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST), rivals);
    assert_int_equal(routes_in(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST), 2);
    get_route(reg, route, &got);
    assert_int_equal(got.info.PrefInfo.Metric, UNREACHABLE);
    assert_int_equal(got.info.State, RTM_ROUTE_STATE_CREATED);
    ASSERT_STATUS(RtmReleaseRouteInfo(reg, &got.info), NO_ERROR);
    ASSERT_STATUS(RtmGetChangeStatus(rival, notify, destination, &changed), NO_ERROR);
    assert_true(changed);

    /* For good; and the reference of the callback is gone. */
    Sleep(500);
    assert_int_equal(expired.calls, 1);
    assert_int_equal(routes_in(reg, "10.1.0.0/16", RTM_VIEW_MASK_UCAST), 2);
    ASSERT_STATUS(RtmReleaseRoutes(reg, 1, &route), ERROR_INVALID_HANDLE);
    release_dest(reg, destination);
    leave(reg);
    CloseHandle(called);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(registering),
        CLIENT_TEST(enumerating_entities),
        CLIENT_TEST(calling_exported_methods),
        CLIENT_TEST(registering_for_changes),
        CLIENT_TEST(adding_a_route),
        CLIENT_TEST(updating_a_route),
        CLIENT_TEST(updating_a_route_in_place),
        CLIENT_TEST(holding_down),
        CLIENT_TEST(enumerating_destinations),
        CLIENT_TEST(enumerating_own_routes),
        CLIENT_TEST(searching_the_best_route),
        CLIENT_TEST(walking_up),
        CLIENT_TEST(accessing_the_opaque_pointer),
        CLIENT_TEST(using_route_lists),
        CLIENT_TEST(hearing_of_entities),
        CLIENT_TEST(hearing_of_changes),
        CLIENT_TEST(hearing_of_expiry),
    };

    return CLIENT_MAIN(tests);
}
