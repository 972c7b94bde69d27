/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Every function of version 2 of the API with every kind of bad argument: the documented error
 * comes, nothing is written, and the table stays as it is. From the test's own thread, and from
 * inside callbacks and methods.
 */
#include "snapshot.h"

/* ---- handles of all kinds ---- */

enum kind {
    ENTITY,
    DEST,
    ROUTE,
    HOP,
    DEST_ENUM,
    ROUTE_ENUM,
    HOP_ENUM,
    LIST_ENUM,
    NOTIFY,
    LIST,
    KINDS, /* what follows is for arguments only */
    REG,   /* the caller's registration */
    ANY_ENUM,
    TARGET,     /* of RtmBlockMethods */
    REFERENCED, /* of RtmReferenceHandles */
    NUMBER,
    POINTER
};

static const char* const kind_names[] = {
    "an entity",    "a destination",   "a route",     "a next hop",     "a dest enum",
    "a route enum", "a next hop enum", "a list enum", "a notification", "a route list",
};

/* Whether a handle of this kind is right for an argument. */
static BOOL fits(enum kind given, enum kind wanted)
{
    switch (wanted) {
    case REG:
        return given == ENTITY;
    case ANY_ENUM:
        return given >= DEST_ENUM && given <= LIST_ENUM;
    case TARGET:
        return given == DEST || given == ROUTE || given == HOP;
    case REFERENCED:
        return given <= HOP;
    default:
        return given == wanted;
    }
}

static enum kind usual(enum kind wanted)
{
    switch (wanted) {
    case REG:
        return ENTITY;
    case ANY_ENUM:
        return DEST_ENUM;
    case TARGET:
    case REFERENCED:
        return DEST;
    default:
        return wanted;
    }
}

/* One of each kind: the caller's; another entity's in the same table; in two other tables; such as
 * were and are no more. `left` is an entity that left and is referred to. */
static HANDLE mine[KINDS], others[KINDS], foreign[2][KINDS], stale[KINDS], left;
static viewpoint viewpoints[2], foreign_views[2];
static RTM_REGN_PROFILE profile;

static void fill_set(HANDLE* set, RTM_ENTITY_HANDLE reg, const char* prefix, const char* address)
{
    set[ENTITY] = reg;
    set[HOP] = next_hop(reg, address, 1);
    set[ROUTE] = add_route(reg, prefix, set[HOP], 1, 1, RTM_VIEW_MASK_UCAST);
    set[DEST] = dest(reg, prefix);
    ASSERT_STATUS(RtmCreateDestEnum(reg, RTM_VIEW_MASK_BOTH, RTM_ENUM_START, NULL,
                                    RTM_BEST_PROTOCOL, &set[DEST_ENUM]),
                  NO_ERROR);
    ASSERT_STATUS(RtmCreateRouteEnum(reg, NULL, RTM_VIEW_MASK_ANY, RTM_ENUM_START, NULL,
                                     RTM_MATCH_NONE, NULL, 0, &set[ROUTE_ENUM]),
                  NO_ERROR);
    ASSERT_STATUS(RtmCreateNextHopEnum(reg, RTM_ENUM_START, NULL, &set[HOP_ENUM]), NO_ERROR);
    ASSERT_STATUS(RtmCreateRouteList(reg, &set[LIST]), NO_ERROR);
    ASSERT_STATUS(RtmInsertInRouteList(reg, set[LIST], 1, &set[ROUTE]), NO_ERROR);
    ASSERT_STATUS(RtmCreateRouteListEnum(reg, set[LIST], &set[LIST_ENUM]), NO_ERROR);
    ASSERT_STATUS(RtmRegisterForChangeNotification(reg, RTM_VIEW_MASK_BOTH, RTM_CHANGE_TYPE_ALL,
                                                   NULL, &set[NOTIFY]),
                  NO_ERROR);
}

/* Ends what fill_set made; the handles are stale then. */
static void empty_set(const HANDLE* set)
{
    RTM_ENTITY_HANDLE reg = set[ENTITY];

    ASSERT_STATUS(RtmDeregisterFromChangeNotification(reg, set[NOTIFY]), NO_ERROR);
    for (enum kind kind = DEST_ENUM; kind <= LIST_ENUM; kind++)
        ASSERT_STATUS(RtmDeleteEnumHandle(reg, set[kind]), NO_ERROR);
    ASSERT_STATUS(RtmDeleteRouteList(reg, set[LIST]), NO_ERROR);
    delete_route(reg, set[ROUTE]);
    ASSERT_STATUS(RtmDeleteNextHop(reg, set[HOP], NULL), NO_ERROR);
    release_dest(reg, set[DEST]);
    leave(reg);
}

/* ---- the memory that pointers point to ---- */

/* All of it, with guards between; nothing but what a call may write is changed by it. */
static struct memory {
    UCHAR guard0[GUARD_SIZE];
    /* input */
    RTM_NET_ADDRESS address;
    route_info route;
    next_hop_info hop;
    dest_info lone; /* with one view */
    UCHAR dests[2][RTM_SIZE_OF_DEST_INFO(2)];
    RTM_ENTITY_INFO entity;
    methods exported;
    RTM_ENTITY_METHOD_INPUT input;
    UCHAR guard1[GUARD_SIZE];
    HANDLE entities[2], routes[2], hops[2], dest_handles[2], any[2];
    UCHAR guard2[GUARD_SIZE];
    /* input and output */
    RTM_ROUTE_HANDLE route_handle, no_route;
    RTM_NEXTHOP_HANDLE hop_handle, no_hop;
    DWORD flags;
    UINT count, size;
    UCHAR guard3[GUARD_SIZE];
    /* output */
    RTM_REGN_PROFILE profile;
    HANDLE handle;
    void* pointer;
    DWORD number;
    UCHAR guard4[GUARD_SIZE];
    RTM_NET_ADDRESS address_out;
    RTM_ENTITY_INFO entities_out[2];
    RTM_ENTITY_EXPORT_METHOD methods_out[2];
    HANDLE handles_out[2];
    UCHAR output[64];
    dest_info dest_out;
    UCHAR dests_out[2][RTM_SIZE_OF_DEST_INFO(2)];
    route_info route_out;
    next_hop_info hop_out;
    UCHAR guard5[GUARD_SIZE];
} memory, before;

static void WINAPI a_method(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                            RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output);

static void fill_dest(RTM_DEST_INFO* info)
{
    memset(info, 0, sizeof(*info));
    info->DestHandle = mine[DEST];
    info->DestAddress = net("10.0.0.0/8");
    info->BelongsToViews = RTM_VIEW_MASK_UCAST;
    info->NumberOfViews = 1;
    info->ViewInfo[0].Route = mine[ROUTE];
    info->ViewInfo[0].Owner = mine[ENTITY];
}

/* Everything right. */
static void fill_memory(void)
{
    paint(&memory, sizeof(memory));
    memory.address = net("10.0.0.0/8");
    memory.route = make_route(mine[HOP], 1, 1, RTM_VIEW_MASK_UCAST);
    memory.route.info.DestHandle = mine[DEST];
    memory.route.info.RouteOwner = mine[ENTITY];
    memory.hop.info.NextHopAddress = net("192.168.0.1/32");
    memory.hop.info.InterfaceIndex = 1;
    memory.hop.info.NextHopOwner = mine[ENTITY];
    memory.hop.info.Flags = RTM_NEXTHOP_FLAGS_REMOTE;
    memory.hop.info.EntitySpecificInfo = NULL;
    memory.hop.info.RemoteNextHop = mine[DEST];
    fill_dest(&memory.lone.info);
    for (UINT i = 0; i < 2; i++) {
        fill_dest((RTM_DEST_INFO*)memory.dests[i]);
        memory.entities[i] = mine[ENTITY];
        memory.routes[i] = mine[ROUTE];
        memory.hops[i] = mine[HOP];
        memory.dest_handles[i] = mine[DEST];
        memory.any[i] = mine[DEST];
    }
    memory.entity = make_info(0, AF_INET, 77, 77);
    memory.exported = make_methods(1, a_method);
    memory.input.MethodType = 1;
    memory.input.InputSize = 0;
    memory.route_handle = mine[ROUTE];
    memory.no_route = NULL;
    memory.hop_handle = mine[HOP];
    memory.no_hop = NULL;
    memory.flags = 0;
    memory.count = 2;
    memory.size = sizeof(memory.output);
}

/* ---- the functions ---- */

/* Codes as a set. */
#define HANDLE_CODE 0x01
#define PARAMETER_CODE 0x02
#define UNSUPPORTED_CODE 0x04
#define DENIED_CODE 0x08
#define NOT_FOUND_CODE 0x10
#define DATA_CODE 0x20
#define FILE_CODE 0x40

static UINT code_bit(DWORD status)
{
    switch (status) {
    case ERROR_INVALID_HANDLE:
        return HANDLE_CODE;
    case ERROR_INVALID_PARAMETER:
        return PARAMETER_CODE;
    case ERROR_NOT_SUPPORTED:
        return UNSUPPORTED_CODE;
    case ERROR_ACCESS_DENIED:
        return DENIED_CODE;
    case ERROR_NOT_FOUND:
        return NOT_FOUND_CODE;
    case ERROR_INVALID_DATA:
        return DATA_CODE;
    case ERROR_FILE_NOT_FOUND:
        return FILE_CODE;
    default:
        return 0;
    }
}

/* An argument of a call where all is right, and what may be wrong with it. */
typedef struct argument {
    enum kind kind;
    BOOL optional; /* NULL will do */
    UINT others;   /* codes for another entity's object; 0: that will do */
    void* memory;  /* of POINTER */
    DWORD number;  /* of NUMBER */
    UINT bad_codes;
    const DWORD* bad; /* numbers that are wrong, ended by END */
} argument;

#define END 0xeeeeeeee

/* A handle in memory. */
typedef struct inner {
    enum kind kind;
    BOOL optional;
    UINT others;
    HANDLE* where;
} inner;

/* Another value in memory. */
typedef struct edit {
    const char* what;
    void* where;
    UINT size;
    DWORD value;
    UINT codes;
} edit;

typedef struct row {
    const char* name;
    void (*function)(void);
    UINT count; /* of arguments */
    argument arguments[9];
    UINT as_other; /* codes when another entity makes this call; 0: it may */
    inner handles[6];
    edit edits[10];
    UINT also; /* codes beside ERROR_INVALID_HANDLE for a bad handle */
} row;

#define R                                                                                          \
    {                                                                                              \
        REG, 0, 0, 0, 0, 0, 0                                                                      \
    }
#define H(kind, others)                                                                            \
    {                                                                                              \
        kind, 0, others, 0, 0, 0, 0                                                                \
    }
#define OPTIONAL_H(kind, others)                                                                   \
    {                                                                                              \
        kind, 1, others, 0, 0, 0, 0                                                                \
    }
#define P(member)                                                                                  \
    {                                                                                              \
        POINTER, 0, 0, &memory.member, 0, 0, 0                                                     \
    }
#define OPTIONAL_P(member)                                                                         \
    {                                                                                              \
        POINTER, 1, 0, &memory.member, 0, 0, 0                                                     \
    }
#define NO_P                                                                                       \
    {                                                                                              \
        POINTER, 1, 0, NULL, 0, 0, 0                                                               \
    }
#define N(number)                                                                                  \
    {                                                                                              \
        NUMBER, 0, 0, 0, number, 0, 0                                                              \
    }
#define BAD_N(number, codes, bad)                                                                  \
    {                                                                                              \
        NUMBER, 0, 0, 0, number, codes, bad                                                        \
    }
#define ROW_AS(title, call, ...)                                                                   \
    .name = #title, .function = (void (*)(void))call, .arguments = {__VA_ARGS__},                  \
    .count = COUNT_OF(((argument[]){__VA_ARGS__}))
#define ROW(function, ...) ROW_AS(function, function, __VA_ARGS__)

#define INSIDE(kind, others, place)                                                                \
    {                                                                                              \
        kind, 0, others, &(place)                                                                  \
    }
#define OPTIONAL_INSIDE(kind, others, place)                                                       \
    {                                                                                              \
        kind, 1, others, &(place)                                                                  \
    }

#define MEMBER(place, value, codes)                                                                \
    {                                                                                              \
#place " = " #value, &memory.place, sizeof(memory.place), value, codes                     \
    }
#define ADDRESS_EDITS(place)                                                                       \
    MEMBER(place.NumBits, 33, PARAMETER_CODE), MEMBER(place.NumBits, 65535, PARAMETER_CODE),       \
        MEMBER(place.AddressFamily, AF_INET6, PARAMETER_CODE),                                     \
        MEMBER(place.AddressFamily, 0, PARAMETER_CODE),                                            \
        MEMBER(place.AddressFamily, 99, PARAMETER_CODE)
#define COUNT_EDITS                                                                                \
    MEMBER(count, 0, PARAMETER_CODE), MEMBER(count, 65, PARAMETER_CODE),                           \
        MEMBER(count, 0xffffffff, PARAMETER_CODE)
#define ROUTE_EDITS                                                                                \
    MEMBER(route.info.BelongsToViews, 0, PARAMETER_CODE),                                          \
        MEMBER(route.info.BelongsToViews, 5, PARAMETER_CODE),                                      \
        MEMBER(route.info.NextHopsList.NumNextHops, 5, PARAMETER_CODE),                            \
        MEMBER(route.info.NextHopsList.NumNextHops, 65535, PARAMETER_CODE)

static const DWORD bad_views[] = {4, 5, 0x80000000, 0xfffffffe, END};
static const DWORD bad_dest_flags[] = {3, 4, 0x00010000, 0x01000003, 0x80000000, END};
static const DWORD bad_route_flags[] = {3, 4, 0x01000000, 0x00010003, 0x80000000, END};
static const DWORD bad_hop_flags[] = {3, 4, 0x00010000, 0x01000000, 0x80000000, END};
static const DWORD bad_match[] = {0x10000, 0x8000ffff, END};
static const DWORD bad_notify[] = {0, 8, 9, 0x10000, 0x20001, 0x80000001, END};
static const DWORD no_time[] = {0, END};
static const DWORD bad_blocking[] = {2, 0xffffffff, END};

/* RtmUpdateAndUnlockRoute after RtmLockRoute; after a failure the lock is still there. */
static DWORD WINAPI lock_and_update(RTM_ENTITY_HANDLE reg, RTM_ROUTE_HANDLE route, ULONG ttl,
                                    RTM_ROUTE_LIST_HANDLE list, RTM_NOTIFY_FLAGS type,
                                    RTM_NOTIFY_HANDLE notify, PRTM_ROUTE_CHANGE_FLAGS flags)
{
    DWORD status;

    CHECK_STATUS(RtmLockRoute(mine[ENTITY], mine[ROUTE], TRUE, TRUE, NULL), NO_ERROR);
    status = RtmUpdateAndUnlockRoute(reg, route, ttl, list, type, notify, flags);
    if (status != NO_ERROR)
        CHECK_STATUS(RtmLockRoute(mine[ENTITY], mine[ROUTE], TRUE, FALSE, NULL), NO_ERROR);
    return status;
}

static const row rows[] = {
    {ROW(RtmRegisterEntity, P(entity), OPTIONAL_P(exported), NO_P, N(FALSE), P(profile), P(handle)),
     .edits = {MEMBER(entity.AddressFamily, 99, FILE_CODE),
               MEMBER(entity.AddressFamily, 0, DATA_CODE),
               MEMBER(exported.set.NumMethods, 33, DATA_CODE)}},
    {ROW(RtmDeregisterEntity, R)},
    {ROW(RtmGetRegisteredEntities, R, P(count), OPTIONAL_P(handles_out), OPTIONAL_P(entities_out))},
    {ROW(RtmReleaseEntities, R, N(2), P(entities)),
     .handles = {INSIDE(ENTITY, 0, memory.entities[0]), INSIDE(ENTITY, 0, memory.entities[1])}},
    {ROW(RtmGetEntityInfo, R, H(ENTITY, 0), P(entities_out))},
    {ROW(RtmReleaseEntityInfo, R, P(entity))},
    {ROW(RtmGetEntityMethods, R, H(ENTITY, 0), P(count), P(methods_out))},
    {ROW(RtmInvokeMethod, R, H(ENTITY, 0), P(input), P(size), P(output))},
    {ROW(RtmBlockMethods, R, OPTIONAL_H(TARGET, 0), N(0),
         BAD_N(RTM_RESUME_METHODS, PARAMETER_CODE, bad_blocking))},
    {ROW(RtmGetDestInfo, R, H(DEST, 0), N(0), N(RTM_VIEW_MASK_BOTH), P(dest_out))},
    {ROW(RtmReleaseDestInfo, R, P(lone)),
     .handles = {OPTIONAL_INSIDE(DEST, 0, memory.lone.info.DestHandle),
                 OPTIONAL_INSIDE(ROUTE, 0, memory.lone.info.ViewInfo[0].Route),
                 OPTIONAL_INSIDE(ENTITY, 0, memory.lone.info.ViewInfo[0].Owner),
                 OPTIONAL_INSIDE(ROUTE, 0, memory.lone.info.ViewInfo[0].HoldRoute)},
     .edits = {MEMBER(lone.info.NumberOfViews, 3, HANDLE_CODE | PARAMETER_CODE),
               MEMBER(lone.info.NumberOfViews, 0xffffffff, HANDLE_CODE | PARAMETER_CODE)}},
    {ROW(RtmLockDestination, R, H(DEST, 0), N(TRUE), N(TRUE))},
    {ROW(RtmGetOpaqueInformationPointer, R, H(DEST, 0), P(pointer)), .as_other = NOT_FOUND_CODE},
    {ROW(RtmHoldDestination, R, H(DEST, 0), BAD_N(RTM_VIEW_MASK_UCAST, PARAMETER_CODE, bad_views),
         BAD_N(1000, PARAMETER_CODE, no_time))},
    {ROW(RtmGetExactMatchDestination, R, P(address), N(0), N(RTM_VIEW_MASK_BOTH), P(dest_out)),
     .edits = {ADDRESS_EDITS(address), MEMBER(address.NumBits, 9, NOT_FOUND_CODE)}},
    {ROW(RtmGetMostSpecificDestination, R, P(address), N(0), N(RTM_VIEW_MASK_UCAST), P(dest_out)),
     .edits = {ADDRESS_EDITS(address), MEMBER(address.NumBits, 7, NOT_FOUND_CODE)}},
    {ROW(RtmGetLessSpecificDestination, R, H(DEST, 0), N(0), N(RTM_VIEW_MASK_BOTH), P(dest_out)),
     .also = PARAMETER_CODE},
    {ROW(RtmGetExactMatchRoute, R, P(address), BAD_N(0, PARAMETER_CODE, bad_match), P(route), N(1),
         N(RTM_VIEW_MASK_BOTH), OPTIONAL_P(handle)),
     .edits = {ADDRESS_EDITS(address), MEMBER(address.NumBits, 9, NOT_FOUND_CODE)}},
    {ROW(RtmIsBestRoute, R, H(ROUTE, 0), P(number))},
    {ROW(RtmAddRouteToDest, R, OPTIONAL_P(route_handle), P(address), P(route), N(INFINITE),
         OPTIONAL_H(LIST, HANDLE_CODE), N(0), NO_P, P(flags)),
     .as_other = DENIED_CODE | HANDLE_CODE | PARAMETER_CODE,
     .handles = {OPTIONAL_INSIDE(ROUTE, DENIED_CODE, memory.route_handle),
                 OPTIONAL_INSIDE(HOP, PARAMETER_CODE, memory.route.info.Neighbour),
                 INSIDE(HOP, PARAMETER_CODE, memory.route.info.NextHopsList.NextHops[0])},
     .edits = {ADDRESS_EDITS(address), ROUTE_EDITS}},
    {ROW(RtmAddRouteToDest, R, OPTIONAL_P(no_route), P(address), P(route), N(INFINITE),
         OPTIONAL_H(LIST, HANDLE_CODE), N(0), NO_P, P(flags)),
     .as_other = DENIED_CODE | HANDLE_CODE | PARAMETER_CODE,
     .handles = {OPTIONAL_INSIDE(HOP, PARAMETER_CODE, memory.route.info.Neighbour),
                 INSIDE(HOP, PARAMETER_CODE, memory.route.info.NextHopsList.NextHops[0])},
     .edits = {ADDRESS_EDITS(address), ROUTE_EDITS}},
    {ROW(RtmDeleteRouteToDest, R, H(ROUTE, DENIED_CODE), P(flags)), .as_other = DENIED_CODE},
    {ROW(RtmGetRouteInfo, R, H(ROUTE, 0), OPTIONAL_P(route_out), OPTIONAL_P(address_out))},
    {ROW(RtmReleaseRouteInfo, R, P(route)),
     .handles = {OPTIONAL_INSIDE(DEST, 0, memory.route.info.DestHandle),
                 OPTIONAL_INSIDE(ENTITY, 0, memory.route.info.RouteOwner),
                 OPTIONAL_INSIDE(HOP, 0, memory.route.info.Neighbour),
                 OPTIONAL_INSIDE(HOP, 0, memory.route.info.NextHopsList.NextHops[0])},
     .edits = {MEMBER(route.info.NextHopsList.NumNextHops, 65535, HANDLE_CODE | PARAMETER_CODE)}},
    {ROW(RtmGetRoutePointer, R, H(ROUTE, DENIED_CODE), P(pointer)), .as_other = DENIED_CODE},
    {ROW(RtmLockRoute, R, H(ROUTE, DENIED_CODE), N(TRUE), N(TRUE), OPTIONAL_P(pointer)),
     .as_other = DENIED_CODE},
    {ROW_AS(RtmUpdateAndUnlockRoute, lock_and_update, R, H(ROUTE, DENIED_CODE), N(INFINITE),
            OPTIONAL_H(LIST, HANDLE_CODE), N(0), NO_P, P(flags)),
     .as_other = DENIED_CODE | HANDLE_CODE},
    {ROW(RtmAddNextHop, R, P(hop), OPTIONAL_P(no_hop), P(flags)),
     .handles = {OPTIONAL_INSIDE(DEST, 0, memory.hop.info.RemoteNextHop)},
     .edits = {ADDRESS_EDITS(hop.info.NextHopAddress)}},
    {ROW(RtmAddNextHop, R, P(hop), OPTIONAL_P(hop_handle), P(flags)), .as_other = DENIED_CODE,
     .handles = {OPTIONAL_INSIDE(HOP, DENIED_CODE, memory.hop_handle),
                 OPTIONAL_INSIDE(DEST, 0, memory.hop.info.RemoteNextHop)}},
    {ROW(RtmFindNextHop, R, P(hop), OPTIONAL_P(handle), OPTIONAL_P(pointer)),
     .as_other = NOT_FOUND_CODE,
     .edits = {ADDRESS_EDITS(hop.info.NextHopAddress),
               MEMBER(hop.info.InterfaceIndex, 2, NOT_FOUND_CODE)}},
    {ROW(RtmDeleteNextHop, R, H(HOP, DENIED_CODE), NO_P), .as_other = DENIED_CODE,
     .also = PARAMETER_CODE},
    {ROW(RtmDeleteNextHop, R, NO_P, P(hop)), .as_other = NOT_FOUND_CODE,
     .edits = {ADDRESS_EDITS(hop.info.NextHopAddress),
               MEMBER(hop.info.InterfaceIndex, 2, NOT_FOUND_CODE)}},
    {ROW(RtmGetNextHopInfo, R, H(HOP, 0), P(hop_out))},
    {ROW(RtmReleaseNextHopInfo, R, P(hop)),
     .handles = {OPTIONAL_INSIDE(ENTITY, 0, memory.hop.info.NextHopOwner),
                 OPTIONAL_INSIDE(DEST, 0, memory.hop.info.RemoteNextHop)}},
    {ROW(RtmGetNextHopPointer, R, H(HOP, DENIED_CODE), P(pointer)), .as_other = DENIED_CODE},
    {ROW(RtmLockNextHop, R, H(HOP, DENIED_CODE), N(TRUE), N(TRUE), OPTIONAL_P(pointer)),
     .as_other = DENIED_CODE},
    {ROW(RtmCreateDestEnum, R, BAD_N(RTM_VIEW_MASK_BOTH, UNSUPPORTED_CODE, bad_views),
         BAD_N(RTM_ENUM_RANGE, PARAMETER_CODE, bad_dest_flags), P(address), N(0), P(handle)),
     .edits = {ADDRESS_EDITS(address)}},
    {ROW(RtmGetEnumDests, R, H(DEST_ENUM, HANDLE_CODE), P(count), P(dests_out)),
     .as_other = HANDLE_CODE, .edits = {COUNT_EDITS}},
    {ROW(RtmReleaseDests, R, N(2), P(dests)),
     .handles = {OPTIONAL_INSIDE(DEST, 0, ((RTM_DEST_INFO*)memory.dests[0])->DestHandle),
                 OPTIONAL_INSIDE(DEST, 0, ((RTM_DEST_INFO*)memory.dests[1])->DestHandle),
                 OPTIONAL_INSIDE(ROUTE, 0, ((RTM_DEST_INFO*)memory.dests[1])->ViewInfo[0].Route),
                 OPTIONAL_INSIDE(ENTITY, 0, ((RTM_DEST_INFO*)memory.dests[1])->ViewInfo[0].Owner)}},
    {ROW(RtmCreateRouteEnum, R, OPTIONAL_H(DEST, 0),
         BAD_N(RTM_VIEW_MASK_BOTH, UNSUPPORTED_CODE, bad_views),
         BAD_N(RTM_ENUM_RANGE, PARAMETER_CODE, bad_route_flags), OPTIONAL_P(address),
         BAD_N(RTM_MATCH_PREF, PARAMETER_CODE, bad_match), P(route), N(1), P(handle))},
    {ROW(RtmCreateRouteEnum, R, NO_P, BAD_N(RTM_VIEW_MASK_BOTH, UNSUPPORTED_CODE, bad_views),
         BAD_N(RTM_ENUM_NEXT, PARAMETER_CODE, bad_route_flags), P(address),
         BAD_N(RTM_MATCH_OWNER, PARAMETER_CODE, bad_match), P(route), N(1), P(handle)),
     .edits = {ADDRESS_EDITS(address)}},
    {ROW(RtmGetEnumRoutes, R, H(ROUTE_ENUM, HANDLE_CODE), P(count), P(handles_out)),
     .as_other = HANDLE_CODE, .edits = {COUNT_EDITS}},
    {ROW(RtmReleaseRoutes, R, N(2), P(routes)),
     .handles = {INSIDE(ROUTE, 0, memory.routes[0]), INSIDE(ROUTE, 0, memory.routes[1])}},
    {ROW(RtmCreateNextHopEnum, R, BAD_N(RTM_ENUM_RANGE, PARAMETER_CODE, bad_hop_flags), P(address),
         P(handle)),
     .edits = {ADDRESS_EDITS(address)}},
    {ROW(RtmGetEnumNextHops, R, H(HOP_ENUM, HANDLE_CODE), P(count), P(handles_out)),
     .as_other = HANDLE_CODE, .edits = {COUNT_EDITS}},
    {ROW(RtmReleaseNextHops, R, N(2), P(hops)),
     .handles = {INSIDE(HOP, 0, memory.hops[0]), INSIDE(HOP, 0, memory.hops[1])}},
    {ROW(RtmDeleteEnumHandle, R, H(ANY_ENUM, HANDLE_CODE)), .as_other = HANDLE_CODE},
    {ROW(RtmRegisterForChangeNotification, R,
         BAD_N(RTM_VIEW_MASK_BOTH, UNSUPPORTED_CODE, bad_views),
         BAD_N(RTM_CHANGE_TYPE_ALL, PARAMETER_CODE, bad_notify), NO_P, P(handle))},
    {ROW(RtmGetChangedDests, R, H(NOTIFY, HANDLE_CODE), P(count), P(dests_out)),
     .as_other = HANDLE_CODE, .edits = {COUNT_EDITS}},
    {ROW(RtmReleaseChangedDests, R, H(NOTIFY, HANDLE_CODE), N(2), P(dests)),
     .as_other = HANDLE_CODE,
     .handles = {OPTIONAL_INSIDE(DEST, 0, ((RTM_DEST_INFO*)memory.dests[0])->DestHandle),
                 OPTIONAL_INSIDE(DEST, 0, ((RTM_DEST_INFO*)memory.dests[1])->DestHandle),
                 OPTIONAL_INSIDE(ROUTE, 0, ((RTM_DEST_INFO*)memory.dests[0])->ViewInfo[0].Route),
                 OPTIONAL_INSIDE(ROUTE, 0,
                                 ((RTM_DEST_INFO*)memory.dests[1])->ViewInfo[0].HoldRoute)}},
    {ROW(RtmIgnoreChangedDests, R, H(NOTIFY, HANDLE_CODE), N(2), P(dest_handles)),
     .as_other = HANDLE_CODE,
     .handles = {INSIDE(DEST, 0, memory.dest_handles[0]), INSIDE(DEST, 0, memory.dest_handles[1])}},
    {ROW(RtmGetChangeStatus, R, H(NOTIFY, HANDLE_CODE), H(DEST, 0), P(number)),
     .as_other = HANDLE_CODE},
    {ROW(RtmMarkDestForChangeNotification, R, H(NOTIFY, HANDLE_CODE), H(DEST, 0), N(TRUE)),
     .as_other = HANDLE_CODE},
    {ROW(RtmIsMarkedForChangeNotification, R, H(NOTIFY, HANDLE_CODE), H(DEST, 0), P(number)),
     .as_other = HANDLE_CODE},
    {ROW(RtmDeregisterFromChangeNotification, R, H(NOTIFY, HANDLE_CODE)), .as_other = HANDLE_CODE},
    {ROW(RtmCreateRouteList, R, P(handle))},
    {ROW(RtmInsertInRouteList, R, OPTIONAL_H(LIST, HANDLE_CODE), N(2), P(routes)),
     .as_other = HANDLE_CODE,
     .handles = {INSIDE(ROUTE, HANDLE_CODE, memory.routes[0]),
                 INSIDE(ROUTE, HANDLE_CODE, memory.routes[1])}},
    {ROW(RtmCreateRouteListEnum, R, H(LIST, HANDLE_CODE), P(handle)), .as_other = HANDLE_CODE},
    {ROW(RtmGetListEnumRoutes, R, H(LIST_ENUM, HANDLE_CODE), P(count), P(handles_out)),
     .as_other = HANDLE_CODE, .edits = {COUNT_EDITS}},
    {ROW(RtmDeleteRouteList, R, H(LIST, HANDLE_CODE)), .as_other = HANDLE_CODE},
    {ROW(RtmReferenceHandles, R, N(2), P(any)),
     .handles = {INSIDE(REFERENCED, 0, memory.any[0]), INSIDE(REFERENCED, 0, memory.any[1])}},
};

#define FUNCTIONS 57

/* ---- calls ---- */

typedef DWORD(WINAPI* function1)(ULONG_PTR);
typedef DWORD(WINAPI* function2)(ULONG_PTR, ULONG_PTR);
typedef DWORD(WINAPI* function3)(ULONG_PTR, ULONG_PTR, ULONG_PTR);
typedef DWORD(WINAPI* function4)(ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR);
typedef DWORD(WINAPI* function5)(ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR);
typedef DWORD(WINAPI* function6)(ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR);
typedef DWORD(WINAPI* function7)(ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR,
                                 ULONG_PTR);
typedef DWORD(WINAPI* function9)(ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR,
                                 ULONG_PTR, ULONG_PTR, ULONG_PTR);

/* Every argument takes one register or stack slot, whatever its type. */
static DWORD call(const row* r, const ULONG_PTR* a)
{
    switch (r->count) {
    case 1:
        return ((function1)r->function)(a[0]);
    case 2:
        return ((function2)r->function)(a[0], a[1]);
    case 3:
        return ((function3)r->function)(a[0], a[1], a[2]);
    case 4:
        return ((function4)r->function)(a[0], a[1], a[2], a[3]);
    case 5:
        return ((function5)r->function)(a[0], a[1], a[2], a[3], a[4]);
    case 6:
        return ((function6)r->function)(a[0], a[1], a[2], a[3], a[4], a[5]);
    case 7:
        return ((function7)r->function)(a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
    default:
        return ((function9)r->function)(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8]);
    }
}

static void good_arguments(const row* r, ULONG_PTR* values)
{
    for (UINT i = 0; i < r->count; i++) {
        const argument* a = &r->arguments[i];

        if (a->kind == POINTER)
            values[i] = (ULONG_PTR)a->memory;
        else if (a->kind == NUMBER)
            values[i] = a->number;
        else
            values[i] = (ULONG_PTR)mine[usual(a->kind)];
    }
}

static BOOL has_handles(const row* r)
{
    for (UINT i = 0; i < r->count; i++) {
        if (r->arguments[i].kind != POINTER && r->arguments[i].kind != NUMBER &&
            r->arguments[i].kind != REG)
            return TRUE;
    }
    return r->handles[0].where != NULL;
}

static LONG probes_made, complaints;

static void complain(const row* r, const char* what, const char* how)
{
    char text[300];

    snprintf(text, sizeof(text), "%s with %s %s", r->name, what, how);
    if (complaints++ < 60)
        fprintf(stderr, "%s\n", text);
    check_at(FALSE, text, __FILE__, __LINE__);
}

/* Makes a call that is to end with one of `codes`; memory is as it is to be. */
static void probe(const row* r, const ULONG_PTR* values, UINT codes, const char* what)
{
    DWORD status;

    probes_made++;
    memcpy(&before, &memory, sizeof(memory));
    status = call(r, values);
    if (!(code_bit(status) & codes)) {
        char text[40];

        snprintf(text, sizeof(text), "gives %lu", status);
        complain(r, what, text);
    }
    if (memory.count == 0 && (status == ERROR_INVALID_PARAMETER || status == ERROR_INVALID_HANDLE))
        before.count = 0; /* nothing is handed out */
    if (memcmp(&before, &memory, sizeof(memory)))
        complain(r, what, "writes to memory");
}

/* Where a value goes: an argument, or a handle in memory. */
typedef struct place {
    const row* row;
    UINT argument;
    HANDLE* where;
    const char* name;
} place;

static void put(const place* at, HANDLE value, UINT codes, const char* what)
{
    ULONG_PTR values[9];
    char text[120];

    if (!codes)
        return;
    fill_memory();
    good_arguments(at->row, values);
    if (at->where)
        *at->where = value;
    else
        values[at->argument] = (ULONG_PTR)value;
    snprintf(text, sizeof(text), "%s as %s", what, at->name);
    probe(at->row, values, codes, text);
}

static BOOL is_live(HANDLE value)
{
    for (UINT kind = 0; kind < KINDS; kind++) {
        if (value == mine[kind] || value == others[kind] || value == foreign[0][kind] ||
            value == foreign[1][kind] || value == left)
            return TRUE;
    }
    return FALSE;
}

static void probe_handles(const place* at, enum kind kind, BOOL optional, UINT others_codes)
{
    UINT codes = HANDLE_CODE | at->row->also;
    static LONG64 seed = 20261125;
    random_numbers numbers = {(uint64_t)InterlockedIncrement64(&seed)};
    int on_stack;

    if (!optional)
        put(at, NULL, codes, "NULL");
    put(at, (HANDLE)(ULONG_PTR)1, codes, "1");
    put(at, INVALID_HANDLE_VALUE, codes, "-1");
    put(at, &on_stack, codes, "a pointer");
    for (UINT i = 0; i < 4; i++) {
        uint64_t value = ((uint64_t)next_random(&numbers) << 32) | next_random(&numbers);

        if (i % 2)
            value &= 0x7fffffff8u;
        if (value && !is_live((HANDLE)(ULONG_PTR)value))
            put(at, (HANDLE)(ULONG_PTR)value, codes, "a random value");
    }
    for (UINT bit = 0; bit < 8 * sizeof(HANDLE); bit += 7) {
        HANDLE flipped = (HANDLE)((ULONG_PTR)mine[usual(kind)] ^ ((ULONG_PTR)1 << bit));

        if (flipped && !is_live(flipped))
            put(at, flipped, codes, "a handle with another bit");
    }
    for (enum kind given = 0; given < KINDS; given++) {
        if (fits(given, kind)) {
            put(at, stale[given], codes, "a stale handle");
        } else {
            put(at, mine[given], codes, kind_names[given]);
            put(at, others[given], codes, kind_names[given]);
        }
    }
    if (kind == REG)
        put(at, left, codes, "an entity that left");
    for (UINT i = 0; i < 2; i++) {
        if (kind != REG)
            put(at, foreign[i][usual(kind)], codes,
                i ? "a handle of the other family" : "a handle of another instance");
        else if (has_handles(at->row))
            put(at, foreign[i][ENTITY], codes | PARAMETER_CODE,
                i ? "a registration of the other family" : "a registration of another instance");
    }
    put(at, others[usual(kind)], others_codes, "another entity's");
}

static void probe_row(const row* r)
{
    char text[120];
    ULONG_PTR values[9];

    for (UINT i = 0; i < r->count; i++) {
        const argument* a = &r->arguments[i];
        char name[32];
        place at = {r, i, NULL, name};

        snprintf(name, sizeof(name), "argument %u", i + 1);
        if (a->kind == POINTER) {
            if (!a->optional)
                put(&at, NULL, PARAMETER_CODE | r->also, "NULL");
        } else if (a->kind == NUMBER) {
            for (const DWORD* bad = a->bad; bad && *bad != END; bad++) {
                fill_memory();
                good_arguments(r, values);
                values[i] = *bad;
                snprintf(text, sizeof(text), "0x%lx as %s", *bad, name);
                probe(r, values, a->bad_codes, text);
            }
        } else {
            probe_handles(&at, a->kind, a->optional, a->kind == REG ? r->as_other : a->others);
        }
    }
    for (UINT i = 0; i < COUNT_OF(r->handles) && r->handles[i].where; i++) {
        const inner* h = &r->handles[i];
        char name[40];
        place at = {r, 0, h->where, name};

        snprintf(name, sizeof(name), "handle %u in memory", i + 1);
        probe_handles(&at, h->kind, h->optional, h->others);
    }
    for (UINT i = 0; i < COUNT_OF(r->edits) && r->edits[i].where; i++) {
        const edit* e = &r->edits[i];

        fill_memory();
        good_arguments(r, values);
        memcpy(e->where, &e->value, e->size);
        probe(r, values, e->codes, e->what);
    }
}

/* All of it. On any thread. */
static void probe_everything(void)
{
    snapshot then[3] = {{0}}, now = {0};

    take_snapshot(&then[2], viewpoints, 2, TRUE);
    for (UINT i = 0; i < 2; i++)
        take_snapshot(&then[i], &foreign_views[i], 1, TRUE);
    for (UINT i = 0; i < COUNT_OF(rows); i++) {
        probe_row(&rows[i]);
        take_snapshot(&now, viewpoints, 2, TRUE);
        if (!same_snapshot(&now, &then[2], rows[i].name))
            break;
    }
    for (UINT i = 0; i < 2; i++) {
        take_snapshot(&now, &foreign_views[i], 1, TRUE);
        same_snapshot(&now, &then[i], "bad input, foreign table");
    }
    drop_snapshot(&now);
    for (UINT i = 0; i < 3; i++)
        drop_snapshot(&then[i]);
}

/* ---- the world ---- */

/* When `me` probes: in this event, or in its method. -1: not at all. */
#define IN_METHOD 99
static LONG probe_in = -1;
static HANDLE probed;
static LONG events_seen;

static DWORD WINAPI callback(RTM_ENTITY_HANDLE reg, RTM_EVENT_TYPE type, PVOID context1,
                             PVOID context2)
{
    (void)context2;
    InterlockedIncrement(&events_seen);
    if (InterlockedCompareExchange(&probe_in, -1, (LONG)type) != (LONG)type)
        return NO_ERROR;
    CHECK(reg == mine[ENTITY]);
    probe_everything();
    if (type == RTM_ROUTE_EXPIRED)
        CHECK_STATUS(RtmReleaseRoutes(reg, 1, &context1), NO_ERROR);
    SetEvent(probed);
    return NO_ERROR;
}

static void WINAPI a_method(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                            RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)caller, (void)callee, (void)input;
    output->OutputSize = 0;
    if (InterlockedCompareExchange(&probe_in, -1, IN_METHOD) == IN_METHOD)
        probe_everything();
}

static RTM_ENTITY_HANDLE join_in(USHORT instance, USHORT family, ULONG id)
{
    RTM_ENTITY_INFO info = make_info(instance, family, 7, id);

    return join_as(&info, NULL, NULL);
}

static int bad_input_setup(void** state)
{
    methods exported = make_methods(1, a_method);
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 1, 1);
    RTM_ENTITY_HANDLE me = NULL;
    HANDLE again[4];

    client_setup(state);
    probe_in = -1;
    events_seen = complaints = 0;
    fill_set(stale, join_in(0, AF_INET, 3), "30.0.0.0/8", "192.168.3.1");
    empty_set(stale);
    ASSERT_STATUS(RtmRegisterEntity(&info, &exported.set, callback, TRUE, &profile, &me), NO_ERROR);
    remember(me);
    left = join_in(0, AF_INET, 4);
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &left), NO_ERROR);
    leave(left);
    fill_set(mine, me, "10.0.0.0/8", "192.168.0.1");
    fill_set(others, join_in(0, AF_INET, 2), "20.0.0.0/8", "192.168.2.1");
    fill_set(foreign[0], join_in(1, AF_INET, 1), "10.0.0.0/8", "192.168.0.1");
    fill_set(foreign[1], join_in(0, AF_INET6, 1), "2001:db8::/32", "fe80::1");
    /* Two references of each: what is to be released can be. */
    memcpy(again, mine, sizeof(again));
    ASSERT_STATUS(RtmReferenceHandles(me, 4, again), NO_ERROR);
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &mine[ENTITY]), NO_ERROR);
    /* 0/0 is there for RtmGetLessSpecificDestination. */
    add_route(others[ENTITY], "0.0.0.0/0", NULL, 1, 1, RTM_VIEW_MASK_MCAST);
    viewpoints[0] = (viewpoint){me, mine[NOTIFY], mine[LIST]};
    foreign_views[0] = (viewpoint){foreign[0][ENTITY], foreign[0][NOTIFY], foreign[0][LIST]};
    foreign_views[1] = (viewpoint){foreign[1][ENTITY], foreign[1][NOTIFY], foreign[1][LIST]};
    viewpoints[1] = (viewpoint){others[ENTITY], others[NOTIFY], others[LIST]};
    /* Three entity events and a change: with them out of the way references stay what they are. */
    for (UINT waited = 0; events_seen < 4; waited++) {
        assert_true(waited < WAIT_MS);
        Sleep(1);
    }
    Sleep(5);
    return 0;
}

#define BAD_INPUT_TEST(function)                                                                   \
    cmocka_unit_test_setup_teardown(function, bad_input_setup, client_teardown)

/* ---- tests ---- */

/* Otherwise a call might fail for a reason that is not the one meant. */
static void what_is_varied_works(void** state)
{
    UINT functions = 0;

    for (UINT i = 0; i < COUNT_OF(rows); i++) {
        const row* r = &rows[i];
        ULONG_PTR values[9];
        DWORD status;

        functions += i == 0 || strcmp(r->name, rows[i - 1].name);
        client_teardown(state);
        bad_input_setup(state);
        fill_memory();
        good_arguments(r, values);
        status = call(r, values);
        if (status != NO_ERROR)
            fail_msg("%s gives %lu", r->name, status);
        if (r->function == (void (*)(void))RtmRegisterEntity)
            ASSERT_STATUS(RtmDeregisterEntity(memory.handle), NO_ERROR);
    }
    assert_int_equal(functions, FUNCTIONS);
}

static void on_the_own_thread(void** state)
{
    (void)state;
    probes_made = 0;
    probe_everything();
    assert_true(probes_made > 1000);
}

static void in_an_entity_event(void** state)
{
    (void)state;
    probed = new_event();
    probe_in = RTM_ENTITY_REGISTERED;
    join(5, 5, NULL);
    assert_int_equal(WaitForSingleObject(probed, 5 * WAIT_MS), WAIT_OBJECT_0);
    CloseHandle(probed);
}

static void in_a_change_notification(void** state)
{
    UINT count;
    DWORD status;
    UCHAR infos[2][RTM_SIZE_OF_DEST_INFO(2)];

    (void)state;
    Sleep(WATCH_MS); /* the one for what the setup did has been */
    do {             /* the next one comes when the pending ones have been fetched */
        count = 2;
        status = RtmGetChangedDests(mine[ENTITY], mine[NOTIFY], &count, (RTM_DEST_INFO*)infos);
        ASSERT_STATUS(
            RtmReleaseChangedDests(mine[ENTITY], mine[NOTIFY], count, (RTM_DEST_INFO*)infos),
            NO_ERROR);
    } while (status == NO_ERROR);
    probed = new_event();
    probe_in = RTM_CHANGE_NOTIFICATION;
    add_route(mine[ENTITY], "10.1.0.0/16", NULL, 1, 1, RTM_VIEW_MASK_UCAST);
    assert_int_equal(WaitForSingleObject(probed, 5 * WAIT_MS), WAIT_OBJECT_0);
    CloseHandle(probed);
}

static void in_an_expiry(void** state)
{
    route_info info = make_route(NULL, 1, 1, RTM_VIEW_MASK_UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    probed = new_event();
    probe_in = RTM_ROUTE_EXPIRED;
    ASSERT_STATUS(try_add_route(mine[ENTITY], NULL, "10.1.0.0/16", &info.info, 10, &flags),
                  NO_ERROR);
    assert_int_equal(WaitForSingleObject(probed, 5 * WAIT_MS), WAIT_OBJECT_0);
    CloseHandle(probed);
}

static void in_a_method(void** state)
{
    RTM_ENTITY_METHOD_INPUT input = {1, 0, {0}};
    RTM_ENTITY_METHOD_OUTPUT output;
    UINT size = sizeof(output);

    (void)state;
    probe_in = IN_METHOD;
    ASSERT_STATUS(RtmInvokeMethod(others[ENTITY], mine[ENTITY], &input, &size, &output), NO_ERROR);
    assert_int_equal(probe_in, -1);
}

/* Arrays: none of them is needed for 0 items, and no count is too large to be told apart. */
static void counts_of_arrays(void** state)
{
    static const char* const names[] = {"RtmReleaseEntities",     "RtmReleaseDests",
                                        "RtmReleaseRoutes",       "RtmReleaseNextHops",
                                        "RtmReleaseChangedDests", "RtmIgnoreChangedDests",
                                        "RtmInsertInRouteList",   "RtmReferenceHandles"};
    static const UINT huge[] = {3, 0x40000000, 0x80000001, 0xffffffff};
    snapshot then = {0}, now = {0};

    (void)state;
    take_snapshot(&then, viewpoints, 2, TRUE);
    for (UINT n = 0; n < COUNT_OF(names); n++) {
        const row* r = rows;
        ULONG_PTR values[9];
        UINT at = 1;

        while (strcmp(r->name, names[n]))
            r++;
        if (r->arguments[1].kind != NUMBER)
            at = 2;
        fill_memory();
        good_arguments(r, values);
        values[at] = 0;
        ASSERT_STATUS(call(r, values), NO_ERROR);
        values[at + 1] = 0;
        ASSERT_STATUS(call(r, values), NO_ERROR);
        values[at] = 1;
        probe(r, values, PARAMETER_CODE, "1 item at NULL");
        for (UINT i = 0; i < COUNT_OF(huge); i++) {
            fill_memory();
            good_arguments(r, values);
            values[at] = huge[i];
            *r->handles[1].where = (HANDLE)(ULONG_PTR)1;
            probe(r, values, HANDLE_CODE | PARAMETER_CODE, "too many items");
        }
    }
    take_snapshot(&now, viewpoints, 2, TRUE);
    same_snapshot(&now, &then, "counts");
    drop_snapshot(&then);
    drop_snapshot(&now);
}

/* Handles in criteria are compared, or refused. */
static void garbage_in_criteria(void** state)
{
    HANDLE garbage[] = {NULL,          (HANDLE)(ULONG_PTR)1, INVALID_HANDLE_VALUE, stale[HOP],
                        stale[ENTITY], foreign[0][HOP],      foreign[1][ENTITY],   mine[DEST]};
    RTM_ENTITY_HANDLE me = mine[ENTITY];
    RTM_NET_ADDRESS address = net("10.0.0.0/8");
    snapshot then = {0}, now = {0};

    (void)state;
    take_snapshot(&then, viewpoints, 2, TRUE);
    for (UINT i = 0; i < COUNT_OF(garbage); i++) {
        for (UINT member = 0; member < 3; member++) {
            static const DWORD flags[] = {RTM_MATCH_OWNER, RTM_MATCH_NEIGHBOUR, RTM_MATCH_NEXTHOP};
            route_info criteria = make_route(mine[HOP], 1, 1, RTM_VIEW_MASK_UCAST), copy;
            RTM_ROUTE_HANDLE route = NULL;
            RTM_ENUM_HANDLE walk = NULL;
            DWORD status;

            if (member == 0)
                criteria.info.RouteOwner = garbage[i];
            else if (member == 1)
                criteria.info.Neighbour = garbage[i];
            else
                criteria.info.NextHopsList.NextHops[0] = garbage[i];
            copy = criteria;
            status = RtmGetExactMatchRoute(me, &address, flags[member], &criteria.info, 0,
                                           RTM_VIEW_MASK_UCAST, &route);
            if (!(code_bit(status) & (HANDLE_CODE | NOT_FOUND_CODE)))
                fail_msg("RtmGetExactMatchRoute, %lx, %p: %lu", flags[member], garbage[i], status);
            assert_null(route);
            assert_memory_equal(&criteria, &copy, sizeof(copy));
            status = RtmCreateRouteEnum(me, NULL, RTM_VIEW_MASK_UCAST, RTM_ENUM_START, NULL,
                                        flags[member], &criteria.info, 0, &walk);
            if (status == NO_ERROR) {
                UINT count = 1;

                ASSERT_STATUS(RtmGetEnumRoutes(me, walk, &count, &route), ERROR_NO_MORE_ITEMS);
                assert_int_equal(count, 0);
                ASSERT_STATUS(RtmDeleteEnumHandle(me, walk), NO_ERROR);
            } else {
                ASSERT_STATUS(status, ERROR_INVALID_HANDLE);
            }
        }
    }
    take_snapshot(&now, viewpoints, 2, TRUE);
    same_snapshot(&now, &then, "garbage in criteria");
    drop_snapshot(&then);
    drop_snapshot(&now);
}

/* What is edited in place is checked by the commit. */
static void garbage_in_place(void** state)
{
    RTM_ENTITY_HANDLE me = mine[ENTITY];
    RTM_ROUTE_CHANGE_FLAGS flags;
    snapshot then = {0}, now = {0};
    RTM_ROUTE_INFO* live;
    route_info good;

    (void)state;
    take_snapshot(&then, viewpoints, 2, TRUE);
    for (UINT i = 0; i < 10; i++) {
        HANDLE garbage[] = {NULL,       (HANDLE)(ULONG_PTR)1, stale[HOP], foreign[0][HOP],
                            mine[DEST], others[HOP]};

        ASSERT_STATUS(RtmLockRoute(me, mine[ROUTE], TRUE, TRUE, &live), NO_ERROR);
        memcpy(&good, live, sizeof(*live));
        switch (i) {
        case 0:
            live->BelongsToViews = 0;
            break;
        case 1:
            live->BelongsToViews = 7;
            break;
        case 2:
            live->NextHopsList.NumNextHops = 255;
            break;
        case 3:
            live->NextHopsList.NumNextHops = 65535;
            break;
        default:
            live->NextHopsList.NextHops[0] = garbage[i - 4];
            break;
        }
        paint(&flags, sizeof(flags));
        ASSERT_STATUS(RtmUpdateAndUnlockRoute(me, mine[ROUTE], INFINITE, NULL, 0, NULL, &flags),
                      ERROR_INVALID_PARAMETER);
        assert_true(painted(&flags, sizeof(flags)));
        memcpy(live, &good, sizeof(*live));
        ASSERT_STATUS(RtmLockRoute(me, mine[ROUTE], TRUE, FALSE, NULL), NO_ERROR);
    }
    take_snapshot(&now, viewpoints, 2, TRUE);
    same_snapshot(&now, &then, "garbage in place");
    drop_snapshot(&then);
    drop_snapshot(&now);
}

/* Deleted, and there for the sake of a reference. */
static void deleted_objects(void** state)
{
    RTM_ENTITY_HANDLE me = mine[ENTITY];
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_NEXTHOP_HANDLE hop = mine[HOP];
    RTM_ROUTE_HANDLE route = mine[ROUTE];
    RTM_ROUTE_INFO* live;
    RTM_NEXTHOP_INFO* live_hop;
    next_hop_info hop_info;
    RTM_VIEW_SET best = 9;
    route_info info;
    DWORD status;

    (void)state;
    delete_route(me, route);
    ASSERT_STATUS(RtmDeleteRouteToDest(me, route, &flags), ERROR_NOT_FOUND);
    info = make_route(NULL, 1, 1, RTM_VIEW_MASK_UCAST);
    ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info.info, INFINITE, &flags),
                  ERROR_NOT_FOUND);
    ASSERT_STATUS(RtmLockRoute(me, route, TRUE, TRUE, &live), ERROR_INVALID_HANDLE);
    status = RtmUpdateAndUnlockRoute(me, route, INFINITE, NULL, 0, NULL, &flags);
    assert_true(status == ERROR_ACCESS_DENIED || status == ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmInsertInRouteList(me, mine[LIST], 1, &route), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmIsBestRoute(me, route, &best), NO_ERROR);
    assert_int_equal(best, 0);
    get_route(me, route, &info);
    assert_int_equal(info.info.State, RTM_ROUTE_STATE_DELETED);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &info.info), NO_ERROR);

    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), ERROR_NOT_FOUND);
    ASSERT_STATUS(RtmLockNextHop(me, hop, TRUE, TRUE, &live_hop), ERROR_NOT_FOUND);
    info = make_route(hop, 1, 1, RTM_VIEW_MASK_UCAST);
    ASSERT_STATUS(try_add_route(me, NULL, "10.0.0.0/8", &info.info, INFINITE, &flags),
                  ERROR_INVALID_PARAMETER);
    PAINT(hop_info);
    hop_info.info.NextHopAddress = net("192.168.0.1");
    hop_info.info.InterfaceIndex = 1;
    hop_info.info.Flags = 0;
    status = RtmAddNextHop(me, &hop_info.info, &hop, &flags);
    assert_true(status == ERROR_NOT_FOUND || status == ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmFindNextHop(me, &hop_info.info, NULL, NULL), ERROR_NOT_FOUND);
    ASSERT_STATUS(RtmDeleteNextHop(me, NULL, &hop_info.info), ERROR_NOT_FOUND);
    ASSERT_STATUS(RtmGetNextHopInfo(me, hop, &hop_info.info), NO_ERROR);
    assert_int_equal(hop_info.info.State, RTM_NEXTHOP_STATE_DELETED);
    ASSERT_STATUS(RtmReleaseNextHopInfo(me, &hop_info.info), NO_ERROR);
}

/* Unlocking what was not locked, or not by this thread, or in the other mode. */
static DWORD WINAPI unlock_elsewhere(void* argument)
{
    (void)argument;
    CHECK_STATUS(RtmLockRoute(mine[ENTITY], mine[ROUTE], TRUE, FALSE, NULL), ERROR_ACCESS_DENIED);
    CHECK_STATUS(RtmLockDestination(mine[ENTITY], mine[DEST], TRUE, FALSE), ERROR_ACCESS_DENIED);
    CHECK_STATUS(RtmLockNextHop(mine[ENTITY], mine[HOP], TRUE, FALSE, NULL), ERROR_ACCESS_DENIED);
    return 0;
}

static void locks_of_nobody(void** state)
{
    RTM_ENTITY_HANDLE me = mine[ENTITY];
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    for (UINT exclusive = 0; exclusive < 2; exclusive++) {
        ASSERT_STATUS(RtmLockRoute(me, mine[ROUTE], exclusive, FALSE, NULL), ERROR_ACCESS_DENIED);
        ASSERT_STATUS(RtmLockDestination(me, mine[DEST], exclusive, FALSE), ERROR_ACCESS_DENIED);
        ASSERT_STATUS(RtmLockNextHop(me, mine[HOP], exclusive, FALSE, NULL), ERROR_ACCESS_DENIED);
    }
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(me, mine[ROUTE], INFINITE, NULL, 0, NULL, &flags),
                  ERROR_ACCESS_DENIED);
    ASSERT_STATUS(RtmLockRoute(me, mine[ROUTE], TRUE, TRUE, NULL), NO_ERROR);
    ASSERT_STATUS(RtmLockNextHop(me, mine[HOP], TRUE, TRUE, NULL), NO_ERROR);
    join_thread(start(unlock_elsewhere, NULL));
    ASSERT_STATUS(RtmLockDestination(others[ENTITY], mine[DEST], TRUE, FALSE), ERROR_ACCESS_DENIED);
    ASSERT_STATUS(RtmLockRoute(me, mine[ROUTE], FALSE, FALSE, NULL), ERROR_ACCESS_DENIED);
    ASSERT_STATUS(RtmLockRoute(me, mine[ROUTE], TRUE, FALSE, NULL), NO_ERROR);
    ASSERT_STATUS(RtmLockNextHop(me, mine[HOP], TRUE, FALSE, NULL), NO_ERROR);
    ASSERT_STATUS(RtmLockRoute(me, mine[ROUTE], FALSE, TRUE, NULL), NO_ERROR);
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(me, mine[ROUTE], INFINITE, NULL, 0, NULL, &flags),
                  ERROR_ACCESS_DENIED);
    ASSERT_STATUS(RtmLockRoute(me, mine[ROUTE], TRUE, FALSE, NULL), ERROR_ACCESS_DENIED);
    ASSERT_STATUS(RtmLockRoute(me, mine[ROUTE], FALSE, FALSE, NULL), NO_ERROR);
}

/* The other family has other widths. */
static void addresses_of_ipv6(void** state)
{
    RTM_ENTITY_HANDLE reg = foreign[1][ENTITY];
    RTM_NET_ADDRESS addresses[] = {net("2001:db8::/32"), net("2001:db8::/32"), net("10.0.0.0/8")};
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    dest_info found;

    (void)state;
    addresses[0].NumBits = 129;
    addresses[1].NumBits = 65535;
    for (UINT i = 0; i < COUNT_OF(addresses); i++) {
        route_info info = make_route(NULL, 1, 1, RTM_VIEW_MASK_UCAST);

        PAINT(found);
        ASSERT_STATUS(RtmGetExactMatchDestination(reg, &addresses[i], 0, 0, &found.info),
                      ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmGetMostSpecificDestination(reg, &addresses[i], 0, 0, &found.info),
                      ERROR_INVALID_PARAMETER);
        ASSERT_PAINTED(found);
        ASSERT_STATUS(RtmAddRouteToDest(reg, NULL, &addresses[i], &info.info, INFINITE, NULL, 0,
                                        NULL, &flags),
                      ERROR_INVALID_PARAMETER);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BAD_INPUT_TEST(what_is_varied_works), BAD_INPUT_TEST(on_the_own_thread),
        BAD_INPUT_TEST(in_an_entity_event),   BAD_INPUT_TEST(in_a_change_notification),
        BAD_INPUT_TEST(in_an_expiry),         BAD_INPUT_TEST(in_a_method),
        BAD_INPUT_TEST(counts_of_arrays),     BAD_INPUT_TEST(garbage_in_criteria),
        BAD_INPUT_TEST(garbage_in_place),     BAD_INPUT_TEST(deleted_objects),
        BAD_INPUT_TEST(locks_of_nobody),      BAD_INPUT_TEST(addresses_of_ipv6),
    };

    return CLIENT_MAIN(tests);
}
