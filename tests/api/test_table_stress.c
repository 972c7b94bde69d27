/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Everything at once on one table, as clients see it: routes come, change, expire, are held down
 * and go, with their owners too, while others look up, walk, lock, and are told. What is checked
 * on the way holds in every order of things. At rest what two watchers were told is the table, and
 * at the end nothing is left.
 */
#include "mirror.h"

#define RUN_MS 7000
#define WRITERS 3
#define PROTOCOL 70
/* Times to live and in hold-down, in ms. */
#define SHORT_TIME 20

static volatile LONG writers_stop, others_stop;
static RTM_ENTITY_HANDLE viewer;
static mirror mirrors[2];

/* What has happened at all: each must have. */
static struct {
    LONG adds, updates, edits, deletes, holds, moves, departures, deleted_hops;
    LONG expired, kept, lookups, steps, walks, locks, marks;
} did;

/* ---- chance ---- */

static UINT chance(random_numbers* numbers, UINT of)
{
    return next_random(numbers) % of;
}

/* One of 64 addresses. */
static RTM_NET_ADDRESS any_host(random_numbers* numbers)
{
    RTM_NET_ADDRESS host = {AF_INET, 32, {10}};

    for (UINT i = 1; i < 4; i++)
        host.AddrBits[i] = (UCHAR)(chance(numbers, 4) * 85);
    return host;
}

static RTM_NET_ADDRESS any_prefix(random_numbers* numbers)
{
    RTM_NET_ADDRESS prefix = any_host(numbers);

    prefix.NumBits = (USHORT)(8 + chance(numbers, 25));
    return prefix;
}

static BOOL covers(const RTM_NET_ADDRESS* outer, const RTM_NET_ADDRESS* inner)
{
    UINT whole = outer->NumBits / 8, rest = outer->NumBits % 8;

    return outer->NumBits <= inner->NumBits && !memcmp(outer->AddrBits, inner->AddrBits, whole) &&
           !(rest && (outer->AddrBits[whole] ^ inner->AddrBits[whole]) >> (8 - rest));
}

/* ---- writers ---- */

typedef struct writer {
    UINT id;
    BOOL comes_and_goes;
    random_numbers numbers;
    RTM_ENTITY_HANDLE me;
    RTM_NEXTHOP_HANDLE hops[2];
    RTM_ROUTE_LIST_HANDLE list;
} writer;

/* Each third route is kept. */
static DWORD WINAPI expire(RTM_ENTITY_HANDLE me, RTM_EVENT_TYPE type, PVOID context1,
                           PVOID context2)
{
    RTM_ROUTE_HANDLE route = context1;
    const RTM_ROUTE_INFO* live = context2;

    if (type != RTM_ROUTE_EXPIRED)
        return NO_ERROR;
    CHECK(live->RouteOwner == me);
    if (InterlockedIncrement(&did.expired) % 3)
        return ERROR_NOT_SUPPORTED;
    InterlockedIncrement(&did.kept);
    /* A client that is leaving waits for us, and takes no more calls. */
    if (RtmReleaseRoutes(me, 1, &route) != NO_ERROR)
        CHECK_STATUS(RtmReleaseRoutes(viewer, 1, &route), NO_ERROR);
    return NO_ERROR;
}

static RTM_NEXTHOP_HANDLE add_hop(writer* self, UINT number)
{
    RTM_NEXTHOP_INFO info;
    RTM_NEXTHOP_CHANGE_FLAGS flags = 0;
    RTM_NEXTHOP_HANDLE hop = NULL;

    memset(&info, 0, sizeof(info));
    info.NextHopAddress = (RTM_NET_ADDRESS){AF_INET, 32, {192, 0, 2, (UCHAR)number}};
    info.InterfaceIndex = self->id;
    CHECK_STATUS(RtmAddNextHop(self->me, &info, &hop, &flags), NO_ERROR);
    return hop;
}

static BOOL come(writer* self)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, PROTOCOL, self->id);
    RTM_REGN_PROFILE profile;
    BOOL listens = chance(&self->numbers, 3) != 0;

    if (!CHECK_STATUS(
            RtmRegisterEntity(&info, NULL, listens ? expire : NULL, FALSE, &profile, &self->me),
            NO_ERROR))
        return FALSE;
    for (UINT i = 0; i < 2; i++)
        self->hops[i] = add_hop(self, i);
    return CHECK_STATUS(RtmCreateRouteList(self->me, &self->list), NO_ERROR);
}

static void go(writer* self)
{
    CHECK_STATUS(RtmDeregisterEntity(self->me), NO_ERROR);
    self->me = NULL;
    InterlockedIncrement(&did.departures);
}

static route_info any_route(writer* self, RTM_NEXTHOP_HANDLE hop)
{
    route_info made;

    memset(&made, 0, sizeof(made));
    made.info.Neighbour = self->hops[0];
    made.info.Flags = (USHORT)chance(&self->numbers, 4);
    made.info.PrefInfo.Preference = 1 + chance(&self->numbers, 3);
    made.info.PrefInfo.Metric = chance(&self->numbers, 8);
    made.info.BelongsToViews = 1 + chance(&self->numbers, 3);
    made.info.NextHopsList.NumNextHops = (USHORT)chance(&self->numbers, 2);
    made.info.NextHopsList.NextHops[0] = hop;
    return made;
}

static ULONG any_ttl(writer* self)
{
    return chance(&self->numbers, 4) ? INFINITE : chance(&self->numbers, SHORT_TIME);
}

static void add(writer* self)
{
    RTM_NET_ADDRESS prefix = any_prefix(&self->numbers);
    route_info route = any_route(self, self->hops[chance(&self->numbers, 2)]);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    CHECK_STATUS(RtmAddRouteToDest(self->me, NULL, &prefix, &route.info, any_ttl(self),
                                   chance(&self->numbers, 4) ? NULL : self->list, 0, NULL, &flags),
                 NO_ERROR);
    InterlockedIncrement(&did.adds);
}

/* A route of the writer, referenced, or NULL. */
static RTM_ROUTE_HANDLE own_route(writer* self, RTM_NET_ADDRESS* prefix)
{
    RTM_ROUTE_HANDLE route = NULL;
    route_info got;
    DWORD status;

    *prefix = any_prefix(&self->numbers);
    got.info.RouteOwner = self->me;
    status = RtmGetExactMatchRoute(self->me, prefix, RTM_MATCH_OWNER, &got.info, 0, BOTH, &route);
    if (status != NO_ERROR) {
        CHECK_STATUS(status, ERROR_NOT_FOUND);
        return NULL;
    }
    CHECK(got.info.RouteOwner == self->me);
    CHECK_STATUS(RtmReleaseRouteInfo(self->me, &got.info), NO_ERROR);
    return route;
}

static void release(writer* self, RTM_ROUTE_HANDLE route)
{
    CHECK_STATUS(RtmReleaseRoutes(self->me, 1, &route), NO_ERROR);
}

/* With `hop`, which is the writer's. */
static void update_with(writer* self, RTM_NEXTHOP_HANDLE hop)
{
    RTM_NET_ADDRESS prefix;
    RTM_ROUTE_HANDLE route = own_route(self, &prefix);
    route_info contents = any_route(self, hop);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    DWORD status;

    if (!route)
        return;
    status = RtmAddRouteToDest(self->me, &route, &prefix, &contents.info, any_ttl(self), NULL, 0,
                               NULL, &flags);
    if (status != NO_ERROR) /* it has expired */
        CHECK_STATUS(status, ERROR_NOT_FOUND);
    release(self, route);
    InterlockedIncrement(&did.updates);
}

static void update(writer* self)
{
    update_with(self, self->hops[chance(&self->numbers, 2)]);
}

/* Routes may go on by a next hop that is deleted. */
static void update_with_short_lived_hop(writer* self)
{
    RTM_NEXTHOP_HANDLE hop = add_hop(self, 3 + chance(&self->numbers, 4));

    update_with(self, hop);
    CHECK_STATUS(RtmDeleteNextHop(self->me, hop, NULL), NO_ERROR);
    InterlockedIncrement(&did.deleted_hops);
}

static void withdraw(writer* self)
{
    RTM_NET_ADDRESS prefix;
    RTM_ROUTE_HANDLE route = own_route(self, &prefix);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    DWORD status;

    if (!route)
        return;
    status = RtmDeleteRouteToDest(self->me, route, &flags);
    if (status != NO_ERROR) {
        CHECK_STATUS(status, ERROR_NOT_FOUND);
        release(self, route);
    }
    InterlockedIncrement(&did.deletes);
}

static void edit(writer* self)
{
    RTM_NET_ADDRESS prefix;
    RTM_ROUTE_HANDLE route = own_route(self, &prefix);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_INFO* live;
    DWORD status;

    if (!route)
        return;
    status = RtmLockRoute(self->me, route, TRUE, TRUE, &live);
    if (status == NO_ERROR) {
        live->PrefInfo.Metric = chance(&self->numbers, 8);
        live->BelongsToViews = 1 + chance(&self->numbers, 3);
        SwitchToThread();
        status = RtmUpdateAndUnlockRoute(self->me, route, any_ttl(self), NULL, 0, NULL, &flags);
        if (status != NO_ERROR) /* it has expired, and is still locked */
            CHECK_STATUS(RtmLockRoute(self->me, route, TRUE, FALSE, NULL), NO_ERROR);
    }
    if (status != NO_ERROR)
        CHECK_STATUS(status, ERROR_INVALID_HANDLE);
    release(self, route);
    InterlockedIncrement(&did.edits);
}

static void hold(writer* self)
{
    RTM_NET_ADDRESS prefix = any_prefix(&self->numbers);
    dest_info found;

    if (RtmGetExactMatchDestination(self->me, &prefix, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY,
                                    &found.info) != NO_ERROR)
        return;
    CHECK_STATUS(RtmHoldDestination(self->me, found.info.DestHandle, 1 + chance(&self->numbers, 3),
                                    1 + chance(&self->numbers, SHORT_TIME)),
                 NO_ERROR);
    CHECK_STATUS(RtmReleaseDestInfo(self->me, &found.info), NO_ERROR);
    InterlockedIncrement(&did.holds);
}

/* All that is in the list is the writer's own. */
static void look_through_list(writer* self)
{
    RTM_ENUM_HANDLE enumeration = NULL;
    RTM_ROUTE_HANDLE routes[8];
    UINT count;

    CHECK_STATUS(RtmCreateRouteListEnum(self->me, self->list, &enumeration), NO_ERROR);
    do {
        count = COUNT_OF(routes);
        if (!CHECK_STATUS(RtmGetListEnumRoutes(self->me, enumeration, &count, routes), NO_ERROR))
            break;
        for (UINT i = 0; i < count; i++) {
            RTM_ROUTE_INFO* live = NULL;

            if (CHECK_STATUS(RtmGetRoutePointer(self->me, routes[i], &live), NO_ERROR))
                CHECK(live->RouteOwner == self->me);
        }
        CHECK_STATUS(RtmReleaseRoutes(self->me, count, routes), NO_ERROR);
    } while (count == COUNT_OF(routes));
    CHECK_STATUS(RtmDeleteEnumHandle(self->me, enumeration), NO_ERROR);
}

static void move(writer* self)
{
    RTM_NET_ADDRESS prefix;
    RTM_ROUTE_HANDLE route = own_route(self, &prefix);
    DWORD status;

    if (!route)
        return;
    status =
        RtmInsertInRouteList(self->me, chance(&self->numbers, 3) ? self->list : NULL, 1, &route);
    if (status != NO_ERROR) /* it has expired */
        CHECK_STATUS(status, ERROR_INVALID_HANDLE);
    release(self, route);
    if (!chance(&self->numbers, 8))
        look_through_list(self);
    InterlockedIncrement(&did.moves);
}

static DWORD WINAPI write_on(void* argument)
{
    static void (*const others[])(writer*) = {
        update, update, update_with_short_lived_hop, withdraw, withdraw, edit, edit, hold, move};
    writer* self = argument;

    while (!writers_stop) {
        if (!self->me && !come(self))
            return 1;
        if (chance(&self->numbers, 3))
            add(self);
        else
            others[chance(&self->numbers, COUNT_OF(others))](self);
        if (self->comes_and_goes && !chance(&self->numbers, 200))
            go(self);
    }
    return 0;
}

/* ---- looking up ---- */

/* All that a referenced route leads to can be asked for, and given back. */
static void check_route(RTM_ROUTE_HANDLE route, RTM_DEST_HANDLE destination)
{
    RTM_ENTITY_INFO owner;
    RTM_NEXTHOP_INFO hop;
    route_info got;

    if (!CHECK_STATUS(RtmGetRouteInfo(viewer, route, &got.info, NULL), NO_ERROR))
        return;
    CHECK(!destination || got.info.DestHandle == destination);
    CHECK(got.info.BelongsToViews && !(got.info.BelongsToViews & ~BOTH));
    CHECK(got.info.PrefInfo.Metric < 8);
    if (CHECK_STATUS(RtmGetEntityInfo(viewer, got.info.RouteOwner, &owner), NO_ERROR))
        CHECK(owner.EntityId.EntityProtocolId == PROTOCOL);
    CHECK(got.info.NextHopsList.NumNextHops < 2);
    for (UINT i = 0; i < got.info.NextHopsList.NumNextHops; i++) {
        if (!CHECK_STATUS(RtmGetNextHopInfo(viewer, *hop_at(&got, i), &hop), NO_ERROR))
            continue;
        CHECK(hop.NextHopOwner == got.info.RouteOwner);
        CHECK_STATUS(RtmReleaseNextHopInfo(viewer, &hop), NO_ERROR);
    }
    CHECK_STATUS(RtmReleaseRouteInfo(viewer, &got.info), NO_ERROR);
}

/* What `views` (one or two) say of a destination. */
static void check_dest(dest_info* found, const RTM_NET_ADDRESS* covered)
{
    CHECK(covers(&found->info.DestAddress, covered));
    for (UINT i = 0; i < found->info.NumberOfViews; i++) {
        const view_info* view = view_at(found, i);

        CHECK((view->Route != NULL) == (view->NumRoutes != 0));
        CHECK((view->Route != NULL) == (view->Owner != NULL));
        if (view->Route)
            check_route(view->Route, found->info.DestHandle);
        if (view->HoldRoute)
            check_route(view->HoldRoute, found->info.DestHandle);
    }
}

/* From the longest match to ever shorter ones. */
static void climb(random_numbers* numbers)
{
    RTM_VIEW_SET views = 1 + chance(numbers, 3);
    RTM_NET_ADDRESS covered = any_host(numbers);
    dest_info here, next;
    DWORD status =
        RtmGetMostSpecificDestination(viewer, &covered, RTM_BEST_PROTOCOL, views, &here.info);

    InterlockedIncrement(&did.lookups);
    while (status == NO_ERROR) {
        check_dest(&here, &covered);
        CHECK((here.info.BelongsToViews & views) != 0);
        covered = here.info.DestAddress;
        status = RtmGetLessSpecificDestination(viewer, here.info.DestHandle, RTM_BEST_PROTOCOL,
                                               views, &next.info);
        CHECK_STATUS(RtmReleaseDestInfo(viewer, &here.info), NO_ERROR);
        if (status == NO_ERROR)
            CHECK(next.info.DestAddress.NumBits < covered.NumBits);
        here = next;
        InterlockedIncrement(&did.steps);
    }
    CHECK_STATUS(status, ERROR_NOT_FOUND);
}

/* Keeps what it finds for a while: a handle is good as long as it is referenced. */
typedef struct shelf {
    struct kept {
        RTM_DEST_HANDLE destination;
        RTM_ROUTE_HANDLE route;
        RTM_NET_ADDRESS prefix;
    } kept[16];
} shelf;

static void take_from(struct kept* place)
{
    dest_info found;

    if (!place->destination)
        return;
    if (CHECK_STATUS(
            RtmGetDestInfo(viewer, place->destination, RTM_BEST_PROTOCOL, BOTH, &found.info),
            NO_ERROR)) {
        CHECK(same_prefix(&found.info.DestAddress, &place->prefix));
        check_dest(&found, &place->prefix);
        CHECK_STATUS(RtmReleaseDestInfo(viewer, &found.info), NO_ERROR);
    }
    check_route(place->route, place->destination);
    CHECK_STATUS(RtmReleaseRoutes(viewer, 1, &place->route), NO_ERROR);
    memset(&found, 0, sizeof(found));
    found.info.DestHandle = place->destination;
    CHECK_STATUS(RtmReleaseDestInfo(viewer, &found.info), NO_ERROR);
    place->destination = NULL;
}

static void put_on(struct kept* place, random_numbers* numbers)
{
    RTM_NET_ADDRESS prefix = any_prefix(numbers);
    dest_info found;

    if (RtmGetExactMatchDestination(viewer, &prefix, RTM_BEST_PROTOCOL, UCAST, &found.info) !=
        NO_ERROR)
        return;
    if (CHECK(view_at(&found, 0)->Route != NULL)) {
        HANDLE both[] = {found.info.DestHandle, view_at(&found, 0)->Route};

        if (CHECK_STATUS(RtmReferenceHandles(viewer, 2, both), NO_ERROR))
            *place = (struct kept){both[0], both[1], found.info.DestAddress};
    }
    CHECK_STATUS(RtmReleaseDestInfo(viewer, &found.info), NO_ERROR);
}

static DWORD WINAPI look_up_on(void* argument)
{
    random_numbers numbers = {(ULONG_PTR)argument};
    shelf own = {0};

    while (!others_stop) {
        struct kept* place = &own.kept[chance(&numbers, COUNT_OF(own.kept))];

        climb(&numbers);
        take_from(place);
        put_on(place, &numbers);
    }
    for (UINT i = 0; i < COUNT_OF(own.kept); i++)
        take_from(&own.kept[i]);
    return 0;
}

/* ---- walking ---- */

/* Address bytes, then shorter prefix first. */
static BOOL is_before(const RTM_NET_ADDRESS* a, const RTM_NET_ADDRESS* b)
{
    int order = memcmp(a->AddrBits, b->AddrBits, sizeof(a->AddrBits));

    return order < 0 || (order == 0 && a->NumBits < b->NumBits);
}

static void walk_dests(random_numbers* numbers)
{
    RTM_VIEW_SET views = chance(numbers, 4);
    RTM_NET_ADDRESS within = any_prefix(numbers), last;
    BOOL is_range = chance(numbers, 2), is_first = TRUE;
    RTM_ENUM_HANDLE enumeration = NULL;
    dest_batch batch;
    UINT count;
    DWORD status;

    CHECK_STATUS(RtmCreateDestEnum(viewer, views, is_range ? RTM_ENUM_RANGE : RTM_ENUM_START,
                                   &within, RTM_BEST_PROTOCOL, &enumeration),
                 NO_ERROR);
    for (;;) {
        count = 1 + chance(numbers, MOST_ITEMS);
        status = RtmGetEnumDests(viewer, enumeration, &count, &batch.first);
        if (status != NO_ERROR)
            break;
        for (UINT i = 0; i < count; i++) {
            const RTM_NET_ADDRESS* address = &entry_at(&batch, i)->DestAddress;

            CHECK(is_first || is_before(&last, address));
            CHECK(!is_range || covers(&within, address));
            last = *address;
            is_first = FALSE;
        }
        CHECK_STATUS(RtmReleaseDests(viewer, count, &batch.first), NO_ERROR);
    }
    CHECK_STATUS(status, ERROR_NO_MORE_ITEMS);
    CHECK_STATUS(RtmDeleteEnumHandle(viewer, enumeration), NO_ERROR);
}

static void walk_routes(random_numbers* numbers)
{
    RTM_VIEW_SET views = chance(numbers, 4);
    RTM_NET_ADDRESS last = {AF_INET, 0, {0}}, address;
    RTM_ENUM_HANDLE enumeration = NULL;
    RTM_ROUTE_HANDLE routes[MOST_ITEMS];
    UINT count;
    DWORD status;

    CHECK_STATUS(RtmCreateRouteEnum(viewer, NULL, views, RTM_ENUM_START, NULL, RTM_MATCH_NONE, NULL,
                                    0, &enumeration),
                 NO_ERROR);
    for (;;) {
        count = 1 + chance(numbers, MOST_ITEMS);
        status = RtmGetEnumRoutes(viewer, enumeration, &count, routes);
        if (status != NO_ERROR)
            break;
        for (UINT i = 0; i < count; i++) {
            check_route(routes[i], NULL);
            CHECK_STATUS(RtmGetRouteInfo(viewer, routes[i], NULL, &address), NO_ERROR);
            CHECK(!is_before(&address, &last));
            last = address;
        }
        CHECK_STATUS(RtmReleaseRoutes(viewer, count, routes), NO_ERROR);
    }
    CHECK_STATUS(status, ERROR_NO_MORE_ITEMS);
    CHECK_STATUS(RtmDeleteEnumHandle(viewer, enumeration), NO_ERROR);
}

static DWORD WINAPI walk_on(void* argument)
{
    random_numbers numbers = {(ULONG_PTR)argument};

    while (!others_stop) {
        walk_dests(&numbers);
        walk_routes(&numbers);
        InterlockedIncrement(&did.walks);
    }
    return 0;
}

/* ---- locking ---- */

static RTM_ENTITY_HANDLE locker;

/* Nobody else touches the slot while its destination is locked. */
static void count_in_slot(RTM_DEST_HANDLE destination)
{
    volatile ULONG_PTR* slot = NULL;
    ULONG_PTR before;

    if (!CHECK_STATUS(RtmLockDestination(locker, destination, TRUE, TRUE), NO_ERROR))
        return;
    if (CHECK_STATUS(RtmGetOpaqueInformationPointer(locker, destination, (PVOID*)&slot),
                     NO_ERROR)) {
        before = *slot;
        SwitchToThread();
        CHECK(*slot == before);
        *slot = before + 1;
    }
    CHECK_STATUS(RtmLockDestination(locker, destination, TRUE, FALSE), NO_ERROR);
    InterlockedIncrement(&did.locks);
}

static DWORD WINAPI lock_on(void* argument)
{
    random_numbers numbers = {(ULONG_PTR)argument};

    while (!others_stop) {
        RTM_NET_ADDRESS prefix = any_prefix(&numbers);
        dest_info found;

        if (RtmGetExactMatchDestination(locker, &prefix, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY,
                                        &found.info) != NO_ERROR)
            continue;
        count_in_slot(found.info.DestHandle);
        CHECK_STATUS(RtmReleaseDestInfo(locker, &found.info), NO_ERROR);
    }
    return 0;
}

/* ---- being told ---- */

static DWORD WINAPI told(RTM_ENTITY_HANDLE me, RTM_EVENT_TYPE type, PVOID context1, PVOID context2)
{
    (void)me;
    if (type == RTM_CHANGE_NOTIFICATION && CHECK(context1 && context2 == &mirrors[0]))
        mirror_drain(&mirrors[0], 7);
    return NO_ERROR;
}

static DWORD WINAPI poll_on(void* argument)
{
    (void)argument;
    while (!others_stop) {
        mirror_drain(&mirrors[1], MOST_ITEMS);
        Sleep(1);
    }
    return 0;
}

static void start_mirror(mirror* made, RTM_VIEW_SET view, RTM_NOTIFY_FLAGS types,
                         RTM_EVENT_CALLBACK callback, ULONG id)
{
    memset(made, 0, sizeof(*made));
    InitializeSRWLock(&made->lock);
    made->view = view;
    made->me = join(71, id, callback);
    AcquireSRWLockExclusive(&made->lock); /* callbacks wait for the handle */
    ASSERT_STATUS(RtmRegisterForChangeNotification(made->me, view, types, made, &made->notify),
                  NO_ERROR);
    ReleaseSRWLockExclusive(&made->lock);
}

/* Marks any destination, and fetches or forgets what changed of those marked. */
static void mark_some(RTM_ENTITY_HANDLE me, RTM_NOTIFY_HANDLE notify, random_numbers* numbers)
{
    RTM_NET_ADDRESS prefix = any_prefix(numbers);
    dest_batch batch;
    dest_info found;
    UINT count = 4;

    if (RtmGetExactMatchDestination(me, &prefix, RTM_BEST_PROTOCOL, UCAST, &found.info) ==
        NO_ERROR) {
        BOOL on = (BOOL)chance(numbers, 2), is_on = 77;

        CHECK_STATUS(RtmMarkDestForChangeNotification(me, notify, found.info.DestHandle, on),
                     NO_ERROR);
        CHECK_STATUS(RtmIsMarkedForChangeNotification(me, notify, found.info.DestHandle, &is_on),
                     NO_ERROR);
        CHECK(is_on == on);
        if (chance(numbers, 2))
            CHECK_STATUS(RtmIgnoreChangedDests(me, notify, 1, &found.info.DestHandle), NO_ERROR);
        CHECK_STATUS(RtmReleaseDestInfo(me, &found.info), NO_ERROR);
    }
    if (RtmGetChangedDests(me, notify, &count, &batch.first) == NO_ERROR)
        CHECK_STATUS(RtmReleaseChangedDests(me, notify, count, &batch.first), NO_ERROR);
    InterlockedIncrement(&did.marks);
}

/* A watcher that begins and ends all the time, with marks and changes left over. */
static DWORD WINAPI mark_on(void* argument)
{
    random_numbers numbers = {(ULONG_PTR)argument};

    while (!others_stop) {
        RTM_NOTIFY_HANDLE notify = NULL;

        if (!CHECK_STATUS(RtmRegisterForChangeNotification(
                              viewer, UCAST, RTM_CHANGE_TYPE_ALL | RTM_NOTIFY_ONLY_MARKED_DESTS,
                              NULL, &notify),
                          NO_ERROR))
            return 1;
        for (UINT i = 0; i < 50; i++)
            mark_some(viewer, notify, &numbers);
        CHECK_STATUS(RtmDeregisterFromChangeNotification(viewer, notify), NO_ERROR);
    }
    return 0;
}

/* ---- all at once ---- */

static BOOL table_is_empty(void)
{
    RTM_ENUM_HANDLE enumeration = NULL;
    dest_batch batch;
    UINT count = 1;
    DWORD status;

    ASSERT_STATUS(RtmCreateDestEnum(viewer, RTM_VIEW_MASK_ANY, RTM_ENUM_START, NULL,
                                    RTM_BEST_PROTOCOL, &enumeration),
                  NO_ERROR);
    status = RtmGetEnumDests(viewer, enumeration, &count, &batch.first);
    if (status == NO_ERROR)
        ASSERT_STATUS(RtmReleaseDests(viewer, count, &batch.first), NO_ERROR);
    ASSERT_STATUS(RtmDeleteEnumHandle(viewer, enumeration), NO_ERROR);
    return status == ERROR_NO_MORE_ITEMS;
}

/* The ends of hold-downs are changes, which keep a destination until they are fetched. */
static BOOL table_becomes_empty(void)
{
    ULONGLONG until = GetTickCount64() + WAIT_MS;

    while (!table_is_empty()) {
        if (GetTickCount64() > until)
            return FALSE;
        mirror_drain(&mirrors[0], MOST_ITEMS);
        mirror_drain(&mirrors[1], MOST_ITEMS);
        Sleep(20);
    }
    return TRUE;
}

static RTM_ENTITY_HANDLE join_with_slot(ULONG protocol)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, protocol, 1);
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity = NULL;

    ASSERT_STATUS(RtmRegisterEntity(&info, NULL, NULL, TRUE, &profile, &entity), NO_ERROR);
    remember(entity);
    return entity;
}

static void join_all(HANDLE* threads, UINT count)
{
    for (UINT i = 0; i < count; i++)
        assert_int_equal(join_thread(threads[i]), 0);
}

static void assert_all_was_done(void)
{
    const LONG* counts = (const LONG*)&did;

    for (UINT i = 0; i < sizeof(did) / sizeof(LONG); i++) {
        if (!counts[i])
            fail_msg("count %u of `did` is 0", i);
    }
    assert_true(mirrors[0].changes && mirrors[1].changes);
}

static void all_at_once(void** state)
{
    static writer writers[WRITERS];
    HANDLE writing[WRITERS],
        others[] = {
            start(look_up_on, (void*)21), start(look_up_on, (void*)22), start(walk_on, (void*)23),
            start(lock_on, (void*)24),    start(lock_on, (void*)25),    start(mark_on, (void*)26),
            start(poll_on, NULL),
        };

    (void)state;
    for (UINT i = 0; i < WRITERS; i++) {
        writers[i] = (writer){.id = i, .comes_and_goes = i == 2, .numbers = {11 + i}};
        writing[i] = start(write_on, &writers[i]);
    }
    Sleep(RUN_MS);
    InterlockedExchange(&writers_stop, 1);
    join_all(writing, WRITERS);
    /* Routes may still expire, and hold-downs end. */
    assert_true(mirror_comes_true(&mirrors[0]));
    assert_true(mirror_comes_true(&mirrors[1]));
    assert_true(mirrors[0].count && mirrors[1].count);
    for (UINT i = 0; i < WRITERS; i++) {
        if (writers[i].me)
            go(&writers[i]);
    }
    assert_true(mirror_comes_true(&mirrors[0]));
    assert_true(mirror_comes_true(&mirrors[1]));
    assert_int_equal(mirrors[0].count + mirrors[1].count, 0);
    InterlockedExchange(&others_stop, 1);
    join_all(others, COUNT_OF(others));
    leave(locker);
    assert_true(table_becomes_empty());
    assert_all_was_done();
}

static int setup(void** state)
{
    int result = client_setup(state);

    viewer = join(72, 1, NULL);
    locker = join_with_slot(73);
    start_mirror(&mirrors[0], UCAST, RTM_CHANGE_TYPE_BEST, told, 1);
    start_mirror(&mirrors[1], MCAST, RTM_CHANGE_TYPE_ALL, NULL, 2);
    return result;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_at_once, setup, client_teardown),
    };

    return CLIENT_MAIN(tests);
}
