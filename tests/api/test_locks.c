/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Locks of destinations, routes and next hops: who shares them, who waits, who may unlock.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "table.h"

#define HERE "10.0.0.0/8"
#define THERE "20.0.0.0/8"

/* ---- the three locks as one function ---- */

typedef enum lock_kind { DEST_LOCK, ROUTE_LOCK, NEXT_HOP_LOCK, LOCK_KINDS } lock_kind;

typedef struct lockable {
    lock_kind kind;
    HANDLE handle;
} lockable;

static DWORD turn(RTM_ENTITY_HANDLE me, lockable what, BOOL exclusive, BOOL lock)
{
    switch (what.kind) {
    case DEST_LOCK:
        return RtmLockDestination(me, what.handle, exclusive, lock);
    case ROUTE_LOCK:
        return RtmLockRoute(me, what.handle, exclusive, lock, NULL);
    default:
        return RtmLockNextHop(me, what.handle, exclusive, lock, NULL);
    }
}

#define LOCK(me, what, exclusive) ASSERT_STATUS(turn(me, what, exclusive, TRUE), NO_ERROR)
#define UNLOCK(me, what, exclusive) ASSERT_STATUS(turn(me, what, exclusive, FALSE), NO_ERROR)

/* One of each kind, of `me`; those of the first two kinds share a lock. */
static void make_lockables(RTM_ENTITY_HANDLE me, const char* prefix, lockable made[LOCK_KINDS])
{
    made[NEXT_HOP_LOCK] = (lockable){NEXT_HOP_LOCK, next_hop(me, "10.0.0.1", 1)};
    made[ROUTE_LOCK] =
        (lockable){ROUTE_LOCK, add_route(me, prefix, made[NEXT_HOP_LOCK].handle, 1, 1, BOTH)};
    made[DEST_LOCK] = (lockable){DEST_LOCK, dest(me, prefix)};
}

/* ---- threads that hold a lock ---- */

typedef struct holder {
    RTM_ENTITY_HANDLE me;
    lockable what;
    BOOL exclusive;
    HANDLE thread, has_it, let_go;
} holder;

static DWORD WINAPI hold(void* argument)
{
    holder* self = argument;
    DWORD status = turn(self->me, self->what, self->exclusive, TRUE);

    SetEvent(self->has_it);
    if (status != NO_ERROR)
        return status;
    awaited(self->let_go);
    return turn(self->me, self->what, self->exclusive, FALSE);
}

/* Starts a thread that locks, maybe after waiting. */
static void start_holder(RTM_ENTITY_HANDLE me, lockable what, BOOL exclusive, holder* self)
{
    *self = (holder){me, what, exclusive, NULL, new_event(), new_event()};
    self->thread = start(hold, self);
}

static void end_holder(holder* self)
{
    await(self->has_it);
    SetEvent(self->let_go);
    ASSERT_STATUS(join_thread(self->thread), NO_ERROR);
    CloseHandle(self->has_it);
    CloseHandle(self->let_go);
}

/* Another thread gets a lock at once. */
static void assert_gets_it(RTM_ENTITY_HANDLE me, lockable what, BOOL exclusive)
{
    holder other;

    start_holder(me, what, exclusive, &other);
    end_holder(&other);
}

/* `held` is locked by this thread: another one waits for `what`, until it is unlocked. */
static void assert_waits(RTM_ENTITY_HANDLE me, lockable what, BOOL exclusive,
                         RTM_ENTITY_HANDLE owner, lockable held, BOOL held_exclusive)
{
    holder other;

    start_holder(me, what, exclusive, &other);
    assert_true(stays_quiet(other.has_it));
    UNLOCK(owner, held, held_exclusive);
    end_holder(&other);
}

/* ---- calls on other threads ---- */

typedef struct call {
    DWORD (*function)(struct call* self);
    RTM_ENTITY_HANDLE me;
    RTM_ROUTE_HANDLE route;
    const char* prefix;
    HANDLE thread;
} call;

static DWORD WINAPI run_call(void* argument)
{
    call* self = argument;

    return self->function(self);
}

static void start_call(call* self)
{
    self->thread = start(run_call, self);
}

static DWORD add_call(call* self)
{
    route_info info = make_route(NULL, 5, 5, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = RTM_ROUTE_CHANGE_NEW;

    return try_add_route(self->me, NULL, self->prefix, &info.info, INFINITE, &flags);
}

static DWORD update_call(call* self)
{
    route_info info = make_route(NULL, 6, 6, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    return try_add_route(self->me, &self->route, self->prefix, &info.info, INFINITE, &flags);
}

static DWORD delete_call(call* self)
{
    RTM_ROUTE_CHANGE_FLAGS flags;

    return RtmDeleteRouteToDest(self->me, self->route, &flags);
}

static DWORD edit_call(call* self)
{
    RTM_ROUTE_CHANGE_FLAGS flags;
    RTM_ROUTE_INFO* live = NULL;
    DWORD status = RtmLockRoute(self->me, self->route, TRUE, TRUE, &live);

    if (status != NO_ERROR)
        return status;
    live->PrefInfo.Metric++;
    return RtmUpdateAndUnlockRoute(self->me, self->route, INFINITE, NULL, 0, NULL, &flags);
}

/* All calls that read; the route has one next hop. */
static DWORD read_call(call* self)
{
    RTM_NET_ADDRESS address = net(self->prefix), host = net("10.1.2.3");
    RTM_DEST_HANDLE destination = NULL;
    RTM_ENUM_HANDLE enumeration = NULL;
    RTM_ROUTE_HANDLE found = NULL, listed[8];
    dest_info got, next;
    route_info route;
    RTM_NEXTHOP_INFO hop;
    RTM_VIEW_SET best;
    UINT count = 8;

    CHECK_STATUS(
        RtmGetExactMatchDestination(self->me, &address, RTM_BEST_PROTOCOL, BOTH, &got.info),
        NO_ERROR);
    destination = got.info.DestHandle;
    CHECK_STATUS(RtmGetDestInfo(self->me, destination, RTM_BEST_PROTOCOL, BOTH, &next.info),
                 NO_ERROR);
    CHECK_STATUS(RtmReleaseDestInfo(self->me, &next.info), NO_ERROR);
    CHECK_STATUS(
        RtmGetMostSpecificDestination(self->me, &host, RTM_BEST_PROTOCOL, BOTH, &next.info),
        NO_ERROR);
    CHECK_STATUS(RtmReleaseDestInfo(self->me, &next.info), NO_ERROR);
    CHECK_STATUS(
        RtmGetLessSpecificDestination(self->me, destination, RTM_BEST_PROTOCOL, BOTH, &next.info),
        ERROR_NOT_FOUND);
    CHECK_STATUS(RtmGetRouteInfo(self->me, self->route, &route.info, &address), NO_ERROR);
    CHECK_STATUS(RtmGetNextHopInfo(self->me, *hop_at(&route, 0), &hop), NO_ERROR);
    CHECK_STATUS(RtmReleaseNextHopInfo(self->me, &hop), NO_ERROR);
    CHECK_STATUS(RtmReleaseRouteInfo(self->me, &route.info), NO_ERROR);
    CHECK_STATUS(RtmIsBestRoute(self->me, self->route, &best), NO_ERROR);
    route = make_route(NULL, 1, 1, UCAST);
    CHECK_STATUS(
        RtmGetExactMatchRoute(self->me, &address, RTM_MATCH_NONE, &route.info, 0, BOTH, &found),
        NO_ERROR);
    CHECK_STATUS(RtmReleaseRouteInfo(self->me, &route.info), NO_ERROR);
    CHECK_STATUS(RtmReleaseRoutes(self->me, 1, &found), NO_ERROR);
    CHECK_STATUS(RtmCreateRouteEnum(self->me, destination, RTM_VIEW_MASK_ANY, RTM_ENUM_ALL_ROUTES,
                                    NULL, RTM_MATCH_NONE, NULL, 0, &enumeration),
                 NO_ERROR);
    CHECK_STATUS(RtmGetEnumRoutes(self->me, enumeration, &count, listed), NO_ERROR);
    CHECK_STATUS(RtmReleaseRoutes(self->me, count, listed), NO_ERROR);
    CHECK_STATUS(RtmDeleteEnumHandle(self->me, enumeration), NO_ERROR);
    CHECK_STATUS(RtmReferenceHandles(self->me, 1, &self->route), NO_ERROR);
    CHECK_STATUS(RtmReleaseRoutes(self->me, 1, &self->route), NO_ERROR);
    return RtmReleaseDestInfo(self->me, &got.info);
}

/* ---- one thread ---- */

static void locks_and_unlocks(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        for (UINT i = 0; i < 4; i++) {
            LOCK(me, what[kind], i & 1);
            UNLOCK(me, what[kind], i & 1);
        }
        assert_gets_it(me, what[kind], TRUE); /* nothing is left of it */
        LOCK(me, what[kind], 2);              /* any value but FALSE */
        UNLOCK(me, what[kind], -1);
    }
}

/* Reading: a thread may lock again what it has locked. */
static void locks_are_recursive(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        for (UINT exclusive = 0; exclusive < 2; exclusive++) {
            for (UINT i = 0; i < 5; i++)
                LOCK(me, what[kind], exclusive);
            for (UINT i = 0; i < 4; i++)
                UNLOCK(me, what[kind], exclusive);
            assert_waits(me, what[kind], TRUE, me, what[kind], exclusive);
            ASSERT_STATUS(turn(me, what[kind], exclusive, FALSE), ERROR_ACCESS_DENIED);
        }
    }
}

static void writer_may_read(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        LOCK(me, what[kind], TRUE);
        LOCK(me, what[kind], FALSE);
        UNLOCK(me, what[kind], FALSE);
        assert_waits(me, what[kind], FALSE, me, what[kind], TRUE);
    }
}

/* Reading: the only reader may become a writer. */
static void lone_reader_may_write(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        LOCK(me, what[kind], FALSE);
        LOCK(me, what[kind], TRUE);
        assert_waits(me, what[kind], FALSE, me, what[kind], TRUE);
        UNLOCK(me, what[kind], FALSE);
        assert_gets_it(me, what[kind], TRUE);
    }
}

/* Reading: refused, and the lock stays as it is. */
static void wrong_unlocks_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        ASSERT_STATUS(turn(me, what[kind], TRUE, FALSE), ERROR_ACCESS_DENIED);
        ASSERT_STATUS(turn(me, what[kind], FALSE, FALSE), ERROR_ACCESS_DENIED);
        for (UINT exclusive = 0; exclusive < 2; exclusive++) {
            LOCK(me, what[kind], exclusive);
            ASSERT_STATUS(turn(me, what[kind], !exclusive, FALSE), ERROR_ACCESS_DENIED);
            assert_waits(me, what[kind], TRUE, me, what[kind], exclusive);
            ASSERT_STATUS(turn(me, what[kind], exclusive, FALSE), ERROR_ACCESS_DENIED);
        }
    }
}

/* Each call gives back the locks of its own kind of object only. */
static void other_kinds_are_not_unlocked(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        LOCK(me, what[kind], TRUE);
        for (UINT other = 0; other < LOCK_KINDS; other++) {
            lockable wrong = {other, what[kind].handle};

            if (other != kind)
                ASSERT_STATUS(turn(me, wrong, TRUE, FALSE), ERROR_INVALID_HANDLE);
        }
        UNLOCK(me, what[kind], TRUE);
    }
}

static DWORD WINAPI unlock_elsewhere(void* argument)
{
    holder* self = argument;

    return turn(self->me, self->what, self->exclusive, FALSE);
}

static void other_threads_may_not_unlock(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        for (UINT exclusive = 0; exclusive < 2; exclusive++) {
            holder other = {me, what[kind], exclusive, NULL, NULL, NULL};

            LOCK(me, what[kind], exclusive);
            ASSERT_STATUS(join_thread(start(unlock_elsewhere, &other)), ERROR_ACCESS_DENIED);
            UNLOCK(me, what[kind], exclusive);
        }
    }
}

static void other_registrations_may_not_unlock(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        for (UINT exclusive = 0; exclusive < 2; exclusive++) {
            LOCK(me, what[kind], exclusive);
            ASSERT_STATUS(turn(other, what[kind], exclusive, FALSE), ERROR_ACCESS_DENIED);
            UNLOCK(me, what[kind], exclusive);
        }
    }
}

/* ---- several threads ---- */

static void readers_share(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        holder others[4];

        for (UINT i = 0; i < 4; i++) {
            start_holder(me, what[kind], FALSE, &others[i]);
            await(others[i].has_it);
        }
        LOCK(me, what[kind], FALSE);
        UNLOCK(me, what[kind], FALSE);
        for (UINT i = 0; i < 4; i++)
            end_holder(&others[i]);
    }
}

static void writers_exclude_everybody(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        for (UINT exclusive = 0; exclusive < 2; exclusive++) {
            LOCK(me, what[kind], TRUE);
            assert_waits(me, what[kind], exclusive, me, what[kind], TRUE);
        }
    }
}

static void readers_exclude_writers(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        holder first, writer;

        start_holder(me, what[kind], FALSE, &first);
        await(first.has_it);
        LOCK(me, what[kind], FALSE);
        start_holder(me, what[kind], TRUE, &writer);
        assert_true(stays_quiet(writer.has_it));
        UNLOCK(me, what[kind], FALSE);
        assert_true(stays_quiet(writer.has_it)); /* one reader is left */
        end_holder(&first);
        end_holder(&writer);
    }
}

/* Reading: who is not the only reader waits for the others. */
static void upgrade_waits_for_other_readers(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        holder other;

        start_holder(me, what[kind], FALSE, &other);
        await(other.has_it);
        LOCK(me, what[kind], FALSE);
        SetEvent(other.let_go); /* soon */
        LOCK(me, what[kind], TRUE);
        ASSERT_STATUS(join_thread(other.thread), NO_ERROR);
        assert_waits(me, what[kind], FALSE, me, what[kind], TRUE);
        UNLOCK(me, what[kind], FALSE);
        CloseHandle(other.has_it);
        CloseHandle(other.let_go);
    }
}

static void every_waiting_thread_gets_its_turn(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        holder others[8];

        LOCK(me, what[kind], TRUE);
        for (UINT i = 0; i < 8; i++) {
            start_holder(me, what[kind], i % 2, &others[i]);
            SetEvent(others[i].let_go);
        }
        Sleep(20);
        UNLOCK(me, what[kind], TRUE);
        for (UINT i = 0; i < 8; i++)
            end_holder(&others[i]);
    }
}

/* ---- what is locked ---- */

static void every_entity_may_lock_a_destination(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    LOCK(other, what[DEST_LOCK], TRUE);
    assert_waits(me, what[DEST_LOCK], FALSE, other, what[DEST_LOCK], TRUE);
    LOCK(other, what[DEST_LOCK], FALSE);
    assert_gets_it(me, what[DEST_LOCK], FALSE);
    assert_waits(me, what[DEST_LOCK], TRUE, other, what[DEST_LOCK], FALSE);
}

static void routes_and_next_hops_are_for_their_owner(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    lockable what[LOCK_KINDS];
    RTM_NEXTHOP_INFO* hop;
    RTM_ROUTE_INFO* route;

    (void)state;
    make_lockables(me, HERE, what);
    PAINT(hop);
    PAINT(route);
    for (UINT i = 0; i < 4; i++) {
        ASSERT_STATUS(RtmLockRoute(other, what[ROUTE_LOCK].handle, i & 1, i & 2, &route),
                      ERROR_ACCESS_DENIED);
        ASSERT_STATUS(RtmLockNextHop(other, what[NEXT_HOP_LOCK].handle, i & 1, i & 2, &hop),
                      ERROR_ACCESS_DENIED);
    }
    ASSERT_PAINTED(hop);
    ASSERT_PAINTED(route);
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) /* no lock was taken */
        assert_gets_it(me, what[kind], TRUE);
}

static void live_structure_comes_with_the_lock(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];
    RTM_NEXTHOP_INFO *hop, *live_hop = NULL;
    RTM_ROUTE_INFO *route, *live_route = NULL;

    (void)state;
    make_lockables(me, HERE, what);
    ASSERT_STATUS(RtmGetRoutePointer(me, what[ROUTE_LOCK].handle, &live_route), NO_ERROR);
    ASSERT_STATUS(RtmGetNextHopPointer(me, what[NEXT_HOP_LOCK].handle, &live_hop), NO_ERROR);
    for (UINT exclusive = 0; exclusive < 2; exclusive++) {
        hop = NULL;
        route = NULL;
        ASSERT_STATUS(RtmLockRoute(me, what[ROUTE_LOCK].handle, exclusive, TRUE, &route), NO_ERROR);
        assert_ptr_equal(route, live_route);
        ASSERT_STATUS(RtmLockRoute(me, what[ROUTE_LOCK].handle, exclusive, FALSE, &route),
                      NO_ERROR);
        ASSERT_STATUS(RtmLockNextHop(me, what[NEXT_HOP_LOCK].handle, exclusive, TRUE, &hop),
                      NO_ERROR);
        assert_ptr_equal(hop, live_hop);
        ASSERT_STATUS(RtmLockNextHop(me, what[NEXT_HOP_LOCK].handle, exclusive, FALSE, &hop),
                      NO_ERROR);
    }
}

static void route_locks_its_destination(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    lockable what[LOCK_KINDS], second;

    (void)state;
    make_lockables(me, HERE, what);
    second = (lockable){ROUTE_LOCK, add_route(other, HERE, NULL, 2, 2, UCAST)};
    LOCK(me, what[ROUTE_LOCK], TRUE);
    assert_waits(other, second, TRUE, me, what[ROUTE_LOCK], TRUE);
    LOCK(me, what[ROUTE_LOCK], TRUE);
    assert_waits(other, what[DEST_LOCK], FALSE, me, what[ROUTE_LOCK], TRUE);
    LOCK(other, what[DEST_LOCK], TRUE);
    assert_waits(me, what[ROUTE_LOCK], FALSE, other, what[DEST_LOCK], TRUE);
    LOCK(me, what[ROUTE_LOCK], FALSE);
    assert_gets_it(other, second, FALSE);
    UNLOCK(me, what[ROUTE_LOCK], FALSE);
    /* One lock: a thread may take it by either name, and give it back by the other. */
    LOCK(me, what[DEST_LOCK], TRUE);
    LOCK(me, what[ROUTE_LOCK], TRUE);
    UNLOCK(me, what[DEST_LOCK], TRUE);
    assert_waits(other, what[DEST_LOCK], TRUE, me, what[ROUTE_LOCK], TRUE);
}

static void other_objects_are_not_locked(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS], more[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    make_lockables(me, THERE, more);
    LOCK(me, what[DEST_LOCK], TRUE);
    assert_gets_it(me, more[DEST_LOCK], TRUE);
    assert_gets_it(me, more[ROUTE_LOCK], TRUE);
    assert_gets_it(me, what[NEXT_HOP_LOCK], TRUE);
    UNLOCK(me, what[DEST_LOCK], TRUE);
    LOCK(me, what[NEXT_HOP_LOCK], TRUE);
    assert_gets_it(me, what[ROUTE_LOCK], TRUE);
    UNLOCK(me, what[NEXT_HOP_LOCK], TRUE);
}

static void next_hop_is_edited_in_place(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_NEXTHOP_INFO *live = NULL, got;

    (void)state;
    ASSERT_STATUS(RtmLockNextHop(me, hop, TRUE, TRUE, &live), NO_ERROR);
    live->EntitySpecificInfo = &got;
    live->Flags = RTM_NEXTHOP_FLAGS_DOWN;
    ASSERT_STATUS(RtmLockNextHop(me, hop, TRUE, FALSE, NULL), NO_ERROR);
    ASSERT_STATUS(RtmGetNextHopInfo(me, hop, &got), NO_ERROR);
    assert_ptr_equal(got.EntitySpecificInfo, &got);
    assert_int_equal(got.Flags, RTM_NEXTHOP_FLAGS_DOWN);
    assert_net(&got.NextHopAddress, "10.0.0.1");
    ASSERT_STATUS(RtmReleaseNextHopInfo(me, &got), NO_ERROR);
}

/* ---- wrong handles ---- */

static void refuse_wrong_handles(lock_kind kind, handle_kind handle)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, handle);
    RTM_NEXTHOP_INFO* hop;
    RTM_ROUTE_INFO* route;

    wrong.handles[wrong.count++] = NULL;
    PAINT(hop);
    PAINT(route);
    for (UINT i = 0; i < 4 * wrong.count; i++) {
        HANDLE bad = wrong.handles[i / 4];

        ASSERT_STATUS(turn(me, (lockable){kind, bad}, i & 1, i & 2), ERROR_INVALID_HANDLE);
        if (kind == ROUTE_LOCK)
            ASSERT_STATUS(RtmLockRoute(me, bad, i & 1, i & 2, &route), ERROR_INVALID_HANDLE);
        if (kind == NEXT_HOP_LOCK)
            ASSERT_STATUS(RtmLockNextHop(me, bad, i & 1, i & 2, &hop), ERROR_INVALID_HANDLE);
    }
    ASSERT_PAINTED(hop);
    ASSERT_PAINTED(route);
}

static void wrong_destinations_are_refused(void** state)
{
    (void)state;
    refuse_wrong_handles(DEST_LOCK, DEST_HANDLE);
}

static void wrong_routes_are_refused(void** state)
{
    (void)state;
    refuse_wrong_handles(ROUTE_LOCK, ROUTE_HANDLE);
}

static void wrong_next_hops_are_refused(void** state)
{
    (void)state;
    refuse_wrong_handles(NEXT_HOP_LOCK, NEXT_HOP_HANDLE);
}

static void wrong_registrations_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), gone = join(2, 2, NULL);
    lockable what[LOCK_KINDS];
    HANDLE wrong[4];

    (void)state;
    leave(gone);
    make_lockables(me, HERE, what);
    wrong[0] = NULL;
    wrong[1] = INVALID_HANDLE_VALUE;
    wrong[2] = what[0].handle;
    wrong[3] = gone;
    for (UINT kind = 0; kind < LOCK_KINDS; kind++) {
        for (UINT i = 0; i < 4 * COUNT_OF(wrong); i++)
            ASSERT_STATUS(turn(wrong[i / 4], what[kind], i & 1, i & 2), ERROR_INVALID_HANDLE);
        assert_gets_it(me, what[kind], TRUE);
    }
}

static void deleted_objects_are_not_locked(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &what[ROUTE_LOCK].handle), NO_ERROR);
    delete_route(me, what[ROUTE_LOCK].handle);
    ASSERT_STATUS(turn(me, what[ROUTE_LOCK], TRUE, TRUE), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(turn(me, what[ROUTE_LOCK], FALSE, TRUE), ERROR_INVALID_HANDLE);
    /* The destination is there and can be. */
    LOCK(me, what[DEST_LOCK], TRUE);
    UNLOCK(me, what[DEST_LOCK], TRUE);
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &what[NEXT_HOP_LOCK].handle), NO_ERROR);
    ASSERT_STATUS(RtmDeleteNextHop(me, what[NEXT_HOP_LOCK].handle, NULL), NO_ERROR);
    ASSERT_STATUS(turn(me, what[NEXT_HOP_LOCK], TRUE, TRUE), ERROR_NOT_FOUND);
    ASSERT_STATUS(turn(me, what[NEXT_HOP_LOCK], FALSE, TRUE), ERROR_NOT_FOUND);
}

/* ---- other calls meanwhile ---- */

/* Runs each changing call on another thread while this one holds `held` of `holder_entity`. */
static void assert_changes_wait(RTM_ENTITY_HANDLE holder_entity, lockable held, BOOL exclusive,
                                RTM_ENTITY_HANDLE me)
{
    static DWORD (*const functions[])(call*) = {add_call, update_call, edit_call, delete_call};

    for (UINT i = 0; i < COUNT_OF(functions); i++) {
        call other = {functions[i], me, NULL, HERE, NULL};

        other.route = add_route(me, HERE, NULL, 9, 9, UCAST);
        LOCK(holder_entity, held, exclusive);
        start_call(&other);
        assert_true(stays_quiet(other.thread));
        UNLOCK(holder_entity, held, exclusive);
        ASSERT_STATUS(join_thread(other.thread), NO_ERROR);
    }
}

static void changes_of_other_threads_wait(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT exclusive = 0; exclusive < 2; exclusive++) {
        assert_changes_wait(me, what[DEST_LOCK], exclusive, me);
        assert_changes_wait(me, what[ROUTE_LOCK], exclusive, other);
        assert_changes_wait(other, what[DEST_LOCK], exclusive, me);
    }
}

static void changes_elsewhere_do_not_wait(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    lockable what[LOCK_KINDS];
    call other = {add_call, me, NULL, THERE, NULL};

    (void)state;
    make_lockables(me, HERE, what);
    LOCK(me, what[DEST_LOCK], TRUE);
    start_call(&other);
    ASSERT_STATUS(join_thread(other.thread), NO_ERROR);
    other = (call){delete_call, me, add_route(me, "10.1.0.0/16", NULL, 1, 1, UCAST), NULL, NULL};
    start_call(&other);
    ASSERT_STATUS(join_thread(other.thread), NO_ERROR);
    UNLOCK(me, what[DEST_LOCK], TRUE);
    /* Nor does a locked next hop keep routes from anything. */
    LOCK(me, what[NEXT_HOP_LOCK], TRUE);
    other = (call){update_call, me, what[ROUTE_LOCK].handle, HERE, NULL};
    start_call(&other);
    ASSERT_STATUS(join_thread(other.thread), NO_ERROR);
    UNLOCK(me, what[NEXT_HOP_LOCK], TRUE);
}

static void reading_does_not_wait(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    lockable what[LOCK_KINDS];

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT i = 0; i < 2; i++) {
        call reader = {read_call, i ? other : me, what[ROUTE_LOCK].handle, HERE, NULL};

        LOCK(me, what[ROUTE_LOCK], TRUE);
        LOCK(me, what[NEXT_HOP_LOCK], TRUE);
        start_call(&reader);
        ASSERT_STATUS(join_thread(reader.thread), NO_ERROR);
        ASSERT_STATUS(read_call(&reader), NO_ERROR); /* nor on this thread */
        UNLOCK(me, what[NEXT_HOP_LOCK], TRUE);
        UNLOCK(me, what[ROUTE_LOCK], TRUE);
    }
}

static void holder_may_change_routes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    lockable what[LOCK_KINDS];
    RTM_ROUTE_HANDLE route;
    RTM_VIEW_SET best;

    (void)state;
    make_lockables(me, HERE, what);
    for (UINT exclusive = 0; exclusive < 2; exclusive++) {
        LOCK(me, what[DEST_LOCK], exclusive);
        route = add_route(me, HERE, NULL, 0, 1, UCAST);
        add_route(me, HERE, NULL, 1, 0, UCAST);
        ASSERT_STATUS(RtmIsBestRoute(me, route, &best), NO_ERROR);
        assert_int_equal(best, UCAST);
        delete_route(me, route);
        UNLOCK(me, what[DEST_LOCK], exclusive);
        assert_int_equal(drain_route(me, route), 1);
        assert_gets_it(other, what[DEST_LOCK], TRUE);
    }
}

/* The thread that waited finds the route gone. */
static void waiting_for_a_route_that_goes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);
    call other = {edit_call, me, route, HERE, NULL};
    lockable where = {DEST_LOCK, dest(me, HERE)};
    DWORD status;

    (void)state;
    LOCK(me, where, TRUE);
    start_call(&other);
    assert_true(stays_quiet(other.thread));
    delete_route(me, route);
    UNLOCK(me, where, TRUE);
    status = join_thread(other.thread);
    assert_true(status == ERROR_INVALID_HANDLE || status == ERROR_NOT_FOUND);
    assert_gets_it(me, where, TRUE); /* nothing is left locked */
}

static void lock_outlives_the_last_route(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);
    lockable where = {DEST_LOCK, dest(me, HERE)};

    (void)state;
    LOCK(me, where, TRUE);
    delete_route(me, route);
    UNLOCK(me, where, TRUE);
    assert_gets_it(me, where, TRUE); /* kept by the reference */
    release_dest(me, where.handle);
    ASSERT_STATUS(turn(me, where, TRUE, TRUE), ERROR_INVALID_HANDLE);
}

/* ---- time and leaving ---- */

static void expiry_does_not_wait(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    ULONGLONG until = GetTickCount64() + WAIT_MS;
    route_info info = make_route(NULL, 1, 1, UCAST), got;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL;
    lockable where;

    (void)state;
    ASSERT_STATUS(try_add_route(me, &route, HERE, &info.info, 500, &flags), NO_ERROR);
    where = (lockable){DEST_LOCK, dest(me, HERE)};
    LOCK(me, where, TRUE);
    do {
        assert_true(GetTickCount64() < until);
        Sleep(5);
        get_route(me, route, &got);
        ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
    } while (got.info.State == RTM_ROUTE_STATE_CREATED);
    UNLOCK(me, where, TRUE);
    assert_gets_it(me, where, TRUE);
}

static void leaving_does_not_wait(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(other, HERE, NULL, 1, 1, UCAST);
    lockable where = {DEST_LOCK, dest(me, HERE)};
    route_info got;

    (void)state;
    LOCK(me, where, TRUE);
    leave(other);
    get_route(me, route, &got);
    assert_int_equal(got.info.State, RTM_ROUTE_STATE_DELETED);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
    UNLOCK(me, where, TRUE);
}

static void leaving_lets_go_of_locks(void** state)
{
    (void)state;
    for (UINT kind = 0; kind < 2; kind++) {
        for (UINT exclusive = 0; exclusive < 2; exclusive++) {
            RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
            lockable what[LOCK_KINDS], where;
            holder waiting;

            make_lockables(me, HERE, what);
            add_route(other, HERE, NULL, 1, 1, UCAST);
            where = what[DEST_LOCK];
            LOCK(me, what[kind], exclusive);
            LOCK(me, what[kind], exclusive); /* twice */
            LOCK(me, what[NEXT_HOP_LOCK], exclusive);
            start_holder(other, where, TRUE, &waiting);
            assert_true(stays_quiet(waiting.has_it));
            leave(me);
            end_holder(&waiting);
            leave(other);
        }
    }
}

/* Leaving on one thread with a lock that another one has taken. */
static void leaving_lets_go_of_locks_of_other_threads(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    lockable what[LOCK_KINDS];
    holder owner;

    (void)state;
    make_lockables(me, HERE, what);
    add_route(other, HERE, NULL, 1, 1, UCAST);
    start_holder(me, what[DEST_LOCK], TRUE, &owner);
    await(owner.has_it);
    leave(me);
    assert_gets_it(other, what[DEST_LOCK], TRUE);
    SetEvent(owner.let_go);
    ASSERT_STATUS(join_thread(owner.thread), ERROR_INVALID_HANDLE);
    CloseHandle(owner.has_it);
    CloseHandle(owner.let_go);
}

/* Threads that wait in calls of who leaves: leaving does not wait for them, and they are refused.
 */
static void leaving_while_threads_wait(void** state)
{
    static DWORD (*const functions[])(call*) = {edit_call, add_call, update_call, delete_call};

    (void)state;
    for (UINT i = 0; i < COUNT_OF(functions); i++) {
        RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
        call waiting = {functions[i], me, add_route(me, HERE, NULL, 1, 1, UCAST), HERE, NULL};
        lockable where = {DEST_LOCK, dest(other, HERE)};

        add_route(other, HERE, NULL, 2, 2, UCAST);
        LOCK(other, where, TRUE);
        start_call(&waiting);
        assert_true(stays_quiet(waiting.thread));
        leave(me);
        UNLOCK(other, where, TRUE);
        ASSERT_STATUS(join_thread(waiting.thread), ERROR_INVALID_HANDLE);
        assert_gets_it(other, where, TRUE);
        assert_int_equal(count_routes(other, HERE, UCAST), 1);
        leave(other);
    }
}

/* ---- many at once ---- */

enum { COUNTING_THREADS = 6, ROUNDS = 400 };

typedef struct counter {
    RTM_ENTITY_HANDLE me;
    lockable what;
    volatile LONG* plain; /* two numbers that are equal under the lock */
} counter;

static DWORD WINAPI count_up(void* argument)
{
    counter* self = argument;

    for (UINT i = 0; i < ROUNDS; i++) {
        BOOL exclusive = i % 4 != 3;

        if (!CHECK_STATUS(turn(self->me, self->what, exclusive, TRUE), NO_ERROR))
            return 1;
        if (exclusive) {
            LONG value = self->plain[0];

            self->plain[0] = value + 1;
            if (i % 16 == 0)
                SwitchToThread();
            CHECK(self->plain[1] == value);
            self->plain[1] = value + 1;
        } else {
            CHECK(self->plain[0] == self->plain[1]);
        }
        if (!CHECK_STATUS(turn(self->me, self->what, exclusive, FALSE), NO_ERROR))
            return 1;
    }
    return 0;
}

static void many_threads_count(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    lockable what[LOCK_KINDS], second;

    (void)state;
    make_lockables(me, HERE, what);
    second = (lockable){ROUTE_LOCK, add_route(other, HERE, NULL, 2, 2, UCAST)};
    for (UINT round = 0; round < 2; round++) {
        volatile LONG plain[2] = {0, 0};
        counter counters[COUNTING_THREADS];
        HANDLE threads[COUNTING_THREADS];

        for (UINT i = 0; i < COUNTING_THREADS; i++) {
            counters[i] = (counter){me, what[NEXT_HOP_LOCK], plain};
            if (round == 0 && i % 3 == 0) /* one lock by its three names */
                counters[i] = (counter){other, second, plain};
            else if (round == 0)
                counters[i].what = what[i % 3 == 1 ? DEST_LOCK : ROUTE_LOCK];
            threads[i] = start(count_up, &counters[i]);
        }
        for (UINT i = 0; i < COUNTING_THREADS; i++)
            assert_int_equal(join_thread(threads[i]), 0);
        assert_int_equal(plain[0], COUNTING_THREADS * ROUNDS / 4 * 3);
        assert_int_equal(plain[1], plain[0]);
    }
}

static DWORD WINAPI edit_often(void* argument)
{
    call* self = argument;

    for (UINT i = 0; i < ROUNDS; i++)
        CHECK_STATUS(edit_call(self), NO_ERROR);
    return 0;
}

/* Every edit in place counts. */
static void many_threads_edit_in_place(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 0, UCAST);
    HANDLE threads[COUNTING_THREADS];
    call calls[COUNTING_THREADS];
    route_info got;

    (void)state;
    for (UINT i = 0; i < COUNTING_THREADS; i++) {
        calls[i] = (call){NULL, me, route, NULL, NULL};
        threads[i] = start(edit_often, &calls[i]);
    }
    for (UINT i = 0; i < COUNTING_THREADS; i++)
        join_thread(threads[i]);
    get_route(me, route, &got);
    assert_int_equal(got.info.PrefInfo.Metric, COUNTING_THREADS * ROUNDS);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(locks_and_unlocks),
        CLIENT_TEST(locks_are_recursive),
        CLIENT_TEST(writer_may_read),
        CLIENT_TEST(lone_reader_may_write),
        CLIENT_TEST(wrong_unlocks_are_refused),
        CLIENT_TEST(other_kinds_are_not_unlocked),
        CLIENT_TEST(other_threads_may_not_unlock),
        CLIENT_TEST(other_registrations_may_not_unlock),
        CLIENT_TEST(readers_share),
        CLIENT_TEST(writers_exclude_everybody),
        CLIENT_TEST(readers_exclude_writers),
        CLIENT_TEST(upgrade_waits_for_other_readers),
        CLIENT_TEST(every_waiting_thread_gets_its_turn),
        CLIENT_TEST(every_entity_may_lock_a_destination),
        CLIENT_TEST(routes_and_next_hops_are_for_their_owner),
        CLIENT_TEST(live_structure_comes_with_the_lock),
        CLIENT_TEST(route_locks_its_destination),
        CLIENT_TEST(other_objects_are_not_locked),
        CLIENT_TEST(next_hop_is_edited_in_place),
        CLIENT_TEST(wrong_destinations_are_refused),
        CLIENT_TEST(wrong_routes_are_refused),
        CLIENT_TEST(wrong_next_hops_are_refused),
        CLIENT_TEST(wrong_registrations_are_refused),
        CLIENT_TEST(deleted_objects_are_not_locked),
        CLIENT_TEST(changes_of_other_threads_wait),
        CLIENT_TEST(changes_elsewhere_do_not_wait),
        CLIENT_TEST(reading_does_not_wait),
        CLIENT_TEST(holder_may_change_routes),
        CLIENT_TEST(waiting_for_a_route_that_goes),
        CLIENT_TEST(lock_outlives_the_last_route),
        CLIENT_TEST(expiry_does_not_wait),
        CLIENT_TEST(leaving_does_not_wait),
        CLIENT_TEST(leaving_lets_go_of_locks),
        CLIENT_TEST(leaving_lets_go_of_locks_of_other_threads),
        CLIENT_TEST(leaving_while_threads_wait),
        CLIENT_TEST(many_threads_count),
        CLIENT_TEST(many_threads_edit_in_place),
    };

    return CLIENT_MAIN(tests);
}
