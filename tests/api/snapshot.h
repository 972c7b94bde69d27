/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * A whole routing table as text, references included, to compare what it was with what it is.
 * Objects appear under their names, not their handles, so that tables of two lives can be compared
 * as well. On any thread. */

#pragma once

#include "table.h"

typedef struct snapshot {
    char* text;
    size_t used, room;
} snapshot;

/* An entity, and what of it is to be looked at besides what the table tells everybody. */
typedef struct viewpoint {
    RTM_ENTITY_HANDLE reg;
    RTM_NOTIFY_HANDLE notify;
    RTM_ROUTE_LIST_HANDLE list;
} viewpoint;

static inline void note(snapshot* made, const char* format, ...)
{
    va_list list;
    int length;

    if (made->room - made->used < 512) {
        size_t room = 2 * made->room + 8192;
        char* larger = realloc(made->text, room);

        if (!CHECK(larger))
            return;
        made->text = larger;
        made->room = room;
    }
    va_start(list, format);
    length = vsnprintf(made->text + made->used, made->room - made->used, format, list);
    va_end(list);
    if (length > 0)
        made->used += (size_t)length < made->room - made->used ? (size_t)length : 511;
}

static inline void drop_snapshot(snapshot* made)
{
    free(made->text);
    memset(made, 0, sizeof(*made));
}

static inline void note_net(snapshot* made, const RTM_NET_ADDRESS* address)
{
    UINT size = address->AddressFamily == AF_INET ? 4 : 16;

    for (UINT i = 0; i < size; i++)
        note(made, size == 4 ? "%s%u" : "%s%02x", i && size == 4 ? "." : "", address->AddrBits[i]);
    note(made, "/%u", address->NumBits);
}

static inline void note_entity(snapshot* made, RTM_ENTITY_HANDLE reg, RTM_ENTITY_HANDLE entity)
{
    RTM_ENTITY_INFO info;

    if (!entity)
        note(made, "nobody");
    else if (RtmGetEntityInfo(reg, entity, &info) != NO_ERROR)
        note(made, "unknown");
    else
        note(made, "%lx:%lx", info.EntityId.EntityProtocolId, info.EntityId.EntityInstanceId);
}

static inline void note_hop(snapshot* made, RTM_ENTITY_HANDLE reg, RTM_NEXTHOP_HANDLE hop)
{
    RTM_NEXTHOP_INFO info;

    if (!hop) {
        note(made, "none");
        return;
    }
    if (RtmGetNextHopInfo(reg, hop, &info) != NO_ERROR) {
        note(made, "unknown");
        return;
    }
    note_entity(made, reg, info.NextHopOwner);
    note(made, "@");
    note_net(made, &info.NextHopAddress);
    note(made, "%%%lu%s", info.InterfaceIndex,
         info.State == RTM_NEXTHOP_STATE_DELETED ? "(deleted)" : "");
    CHECK_STATUS(RtmReleaseNextHopInfo(reg, &info), NO_ERROR);
}

static inline DWORD release_one(RTM_ENTITY_HANDLE reg, char kind, HANDLE handle)
{
    RTM_DEST_INFO lone;

    switch (kind) {
    case 'e':
        return RtmReleaseEntities(reg, 1, &handle);
    case 'r':
        return RtmReleaseRoutes(reg, 1, &handle);
    case 'n':
        return RtmReleaseNextHops(reg, 1, &handle);
    default:
        memset(&lone, 0, sizeof(lone));
        lone.DestHandle = handle;
        return RtmReleaseDestInfo(reg, &lone);
    }
}

/* Counts references by giving all of them back, and takes them again: for objects that the table
 * keeps without any. Kinds: e, d, r, n. */
static inline void note_references(snapshot* made, RTM_ENTITY_HANDLE reg, char kind, HANDLE handle)
{
    HANDLE same[64];
    UINT count = 0;

    while (count < COUNT_OF(same) && release_one(reg, kind, handle) == NO_ERROR)
        same[count++] = handle;
    if (count)
        CHECK_STATUS(RtmReferenceHandles(reg, count, same), NO_ERROR);
    note(made, " refs %u", count);
}

static inline void note_route(snapshot* made, RTM_ENTITY_HANDLE reg, RTM_ROUTE_HANDLE route)
{
    RTM_VIEW_SET best = 0xdddddddd;
    route_info info;

    note(made, "  route ");
    if (!CHECK_STATUS(RtmGetRouteInfo(reg, route, &info.info, NULL), NO_ERROR))
        return;
    note_entity(made, reg, info.info.RouteOwner);
    note(made, " from ");
    note_hop(made, reg, info.info.Neighbour);
    note(made, " state %u flags %x/%x pref %lu/%lu views %lx info %p hops", info.info.State,
         info.info.Flags, info.info.Flags1, info.info.PrefInfo.Preference,
         info.info.PrefInfo.Metric, info.info.BelongsToViews, info.info.EntitySpecificInfo);
    for (UINT i = 0; i < info.info.NextHopsList.NumNextHops; i++) {
        note(made, " ");
        note_hop(made, reg, *hop_at(&info, i));
    }
    CHECK_STATUS(RtmIsBestRoute(reg, route, &best), NO_ERROR);
    note(made, " best %lx", best);
    CHECK_STATUS(RtmReleaseRouteInfo(reg, &info.info), NO_ERROR);
    if (info.info.State == RTM_ROUTE_STATE_CREATED)
        note_references(made, reg, 'r', route);
    note(made, "\n");
}

/* A destination with its routes. `found` has its handle. */
static inline void note_dest(snapshot* made, const viewpoint* views, UINT count,
                             RTM_DEST_HANDLE found, BOOL times)
{
    RTM_ENTITY_HANDLE reg = views[0].reg;
    RTM_ROUTE_HANDLE routes[16];
    RTM_ENUM_HANDLE walk = NULL;
    dest_info info;
    UINT got = COUNT_OF(routes);
    DWORD status;

    if (!CHECK_STATUS(RtmGetDestInfo(reg, found, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_BOTH, &info.info),
                      NO_ERROR))
        return;
    note(made, "dest ");
    note_net(made, &info.info.DestAddress);
    note(made, " views %lx", info.info.BelongsToViews);
    if (times)
        note(made, " changed %08lx%08lx", info.info.LastChanged.dwHighDateTime,
             info.info.LastChanged.dwLowDateTime);
    for (UINT i = 0; i < 2; i++) {
        note(made, "; %u routes, best %s of ", view_at(&info, i)->NumRoutes,
             view_at(&info, i)->Route ? "one" : "none");
        note_entity(made, reg, view_at(&info, i)->Owner);
        note(made, " flags %lx, held %s", view_at(&info, i)->DestFlags,
             view_at(&info, i)->HoldRoute ? "one" : "none");
    }
    CHECK_STATUS(RtmReleaseDestInfo(reg, &info.info), NO_ERROR);
    if (info.info.BelongsToViews)
        note_references(made, reg, 'd', found);
    for (UINT i = 0; i < count; i++) {
        BOOL changed = 2, marked = 2;
        PVOID slot = NULL;

        if (views[i].notify) {
            CHECK_STATUS(RtmGetChangeStatus(views[i].reg, views[i].notify, found, &changed),
                         NO_ERROR);
            CHECK_STATUS(
                RtmIsMarkedForChangeNotification(views[i].reg, views[i].notify, found, &marked),
                NO_ERROR);
            note(made, "; %u pending %d marked %d", i, changed, marked);
        }
        status = RtmGetOpaqueInformationPointer(views[i].reg, found, &slot);
        if (status == NO_ERROR)
            note(made, "; %u opaque %p", i, *(PVOID*)slot);
    }
    note(made, "\n");
    status = RtmCreateRouteEnum(reg, found, RTM_VIEW_MASK_ANY, RTM_ENUM_ALL_ROUTES, NULL,
                                RTM_MATCH_NONE, NULL, 0, &walk);
    if (!CHECK_STATUS(status, NO_ERROR))
        return;
    while (RtmGetEnumRoutes(reg, walk, &got, routes) == NO_ERROR) {
        for (UINT i = 0; i < got; i++)
            note_route(made, reg, routes[i]);
        CHECK_STATUS(RtmReleaseRoutes(reg, got, routes), NO_ERROR);
        got = COUNT_OF(routes);
    }
    CHECK_STATUS(RtmDeleteEnumHandle(reg, walk), NO_ERROR);
}

/* The next hops and the list of one entity. */
static inline void note_own(snapshot* made, const viewpoint* view)
{
    RTM_ENTITY_HANDLE reg = view->reg;
    RTM_ENUM_HANDLE walk = NULL;
    HANDLE handles[16];
    UINT got = COUNT_OF(handles);

    if (!CHECK_STATUS(RtmCreateNextHopEnum(reg, RTM_ENUM_START, NULL, &walk), NO_ERROR))
        return;
    while (RtmGetEnumNextHops(reg, walk, &got, handles) == NO_ERROR) {
        for (UINT i = 0; i < got; i++) {
            RTM_NEXTHOP_INFO info;

            note(made, "next hop ");
            note_hop(made, reg, handles[i]);
            if (CHECK_STATUS(RtmGetNextHopInfo(reg, handles[i], &info), NO_ERROR)) {
                note(made, " flags %x info %p remote %s", info.Flags, info.EntitySpecificInfo,
                     info.RemoteNextHop ? "one" : "none");
                CHECK_STATUS(RtmReleaseNextHopInfo(reg, &info), NO_ERROR);
            }
            note_references(made, reg, 'n', handles[i]);
            note(made, "\n");
        }
        CHECK_STATUS(RtmReleaseNextHops(reg, got, handles), NO_ERROR);
        got = COUNT_OF(handles);
    }
    CHECK_STATUS(RtmDeleteEnumHandle(reg, walk), NO_ERROR);
    if (!view->list || !CHECK_STATUS(RtmCreateRouteListEnum(reg, view->list, &walk), NO_ERROR))
        return;
    note(made, "list\n");
    do {
        got = COUNT_OF(handles);
        if (!CHECK_STATUS(RtmGetListEnumRoutes(reg, walk, &got, handles), NO_ERROR))
            break;
        for (UINT i = 0; i < got; i++)
            note_route(made, reg, handles[i]);
        CHECK_STATUS(RtmReleaseRoutes(reg, got, handles), NO_ERROR);
    } while (got);
    CHECK_STATUS(RtmDeleteEnumHandle(reg, walk), NO_ERROR);
}

/* The table of these entities. With `times` also when destinations changed. Replaces *made. */
static inline void take_snapshot(snapshot* made, const viewpoint* views, UINT count, BOOL times)
{
    RTM_ENTITY_HANDLE reg = views[0].reg, entities[16];
    UCHAR infos[8][RTM_SIZE_OF_DEST_INFO(2)];
    RTM_ENUM_HANDLE walk = NULL;
    UINT got = COUNT_OF(entities);

    made->used = 0;
    if (!CHECK_STATUS(RtmGetRegisteredEntities(reg, &got, entities, NULL), NO_ERROR))
        return;
    CHECK_STATUS(RtmReleaseEntities(reg, got, entities), NO_ERROR);
    for (UINT i = 0; i < got; i++) {
        note(made, "entity ");
        note_entity(made, reg, entities[i]);
        note_references(made, reg, 'e', entities[i]);
        note(made, "\n");
    }
    if (!CHECK_STATUS(RtmCreateDestEnum(reg, RTM_VIEW_MASK_ANY, RTM_ENUM_START, NULL,
                                        RTM_BEST_PROTOCOL, &walk),
                      NO_ERROR))
        return;
    got = COUNT_OF(infos);
    while (RtmGetEnumDests(reg, walk, &got, (RTM_DEST_INFO*)infos) == NO_ERROR) {
        for (UINT i = 0; i < got; i++)
            note_dest(made, views, count, ((RTM_DEST_INFO*)infos[i])->DestHandle, times);
        CHECK_STATUS(RtmReleaseDests(reg, got, (RTM_DEST_INFO*)infos), NO_ERROR);
        got = COUNT_OF(infos);
    }
    CHECK_STATUS(RtmDeleteEnumHandle(reg, walk), NO_ERROR);
    for (UINT i = 0; i < count; i++)
        note_own(made, &views[i]);
}

/* Whether two are equal; if not, prints where they differ. */
static inline BOOL same_snapshot(const snapshot* now, const snapshot* expected, const char* when)
{
    size_t i = 0, line = 0;

    if (now->used == expected->used && !memcmp(now->text, expected->text, now->used))
        return TRUE;
    while (i < now->used && i < expected->used && now->text[i] == expected->text[i]) {
        if (now->text[i++] == '\n')
            line = i;
    }
    fprintf(stderr, "%s: the table is not what it was:\n  now  %.*s\n  then %.*s\n", when,
            line < now->used ? (int)strcspn(now->text + line, "\n") : 0, now->text + line,
            line < expected->used ? (int)strcspn(expected->text + line, "\n") : 0,
            expected->text + line);
    return check_at(FALSE, when, __FILE__, __LINE__);
}
