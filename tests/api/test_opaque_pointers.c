/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Opaque pointers: a private slot per entity in every destination.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "table.h"

#define HERE "10.0.0.0/8"

/* An entity in a table of instance 0, AF_INET, with a slot. */
static RTM_ENTITY_HANDLE join_with_slot(ULONG protocol, ULONG id)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, protocol, id);
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity = NULL;

    ASSERT_STATUS(RtmRegisterEntity(&info, NULL, NULL, TRUE, &profile, &entity), NO_ERROR);
    remember(entity);
    return entity;
}

static PVOID* slot_of(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination)
{
    PVOID slot[2];

    PAINT(slot);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(me, destination, &slot[0]), NO_ERROR);
    ASSERT_PAINTED(slot[1]);
    assert_non_null(slot[0]);
    return slot[0];
}

/* The documentation's sample: lock, address, read or write, unlock. */
static void sample_keeps_a_pointer(void** state)
{
    RTM_ENTITY_HANDLE me = join_with_slot(1, 1);
    RTM_DEST_HANDLE destination;
    PVOID slot = NULL;

    (void)state;
    add_route(me, HERE, NULL, 1, 1, UCAST);
    destination = dest(me, HERE);
    ASSERT_STATUS(RtmLockDestination(me, destination, TRUE, TRUE), NO_ERROR);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(me, destination, &slot), NO_ERROR);
    assert_null(*(PVOID*)slot);
    *(PVOID*)slot = &slot;
    ASSERT_STATUS(RtmLockDestination(me, destination, TRUE, FALSE), NO_ERROR);
    /* The other order of the calls. */
    slot = NULL;
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(me, destination, &slot), NO_ERROR);
    ASSERT_STATUS(RtmLockDestination(me, destination, FALSE, TRUE), NO_ERROR);
    assert_ptr_equal(*(PVOID*)slot, &slot);
    ASSERT_STATUS(RtmLockDestination(me, destination, FALSE, FALSE), NO_ERROR);
}

static void needs_a_reservation(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join_with_slot(2, 2);
    RTM_DEST_HANDLE destination;
    PVOID slot;

    (void)state;
    add_route(me, HERE, NULL, 1, 1, UCAST);
    destination = dest(me, HERE);
    PAINT(slot);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(me, destination, &slot), ERROR_NOT_FOUND);
    ASSERT_PAINTED(slot);
    slot_of(other, destination); /* it owns no route here and has its slot all the same */
}

static void slots_are_private(void** state)
{
    RTM_ENTITY_HANDLE first = join_with_slot(1, 1), second = join_with_slot(1, 2);
    RTM_DEST_HANDLE destination;
    PVOID *one, *two;

    (void)state;
    add_route(first, HERE, NULL, 1, 1, UCAST);
    destination = dest(first, HERE);
    one = slot_of(first, destination);
    two = slot_of(second, destination);
    assert_ptr_not_equal(one, two);
    *one = &one;
    assert_null(*two);
    *two = &two;
    assert_ptr_equal(*one, &one);
}

static void slot_stays_where_it_is(void** state)
{
    RTM_ENTITY_HANDLE me = join_with_slot(1, 1), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST), second;
    RTM_DEST_HANDLE destination = dest(me, HERE);
    PVOID* slot = slot_of(me, destination);

    (void)state;
    *slot = &slot;
    second = add_route(other, HERE, NULL, 5, 5, RTM_VIEW_MASK_MCAST);
    for (UINT i = 0; i < 50; i++)
        add_route(other, HERE, next_hop(other, "10.0.0.1", i), 1, 1, UCAST);
    delete_route(me, route);
    delete_route(other, second);
    assert_ptr_equal(slot_of(me, destination), slot);
    assert_ptr_equal(*slot, &slot);
    /* Without a route, kept by the reference. */
    leave(other);
    assert_ptr_equal(slot_of(me, destination), slot);
    assert_ptr_equal(*slot, &slot);
    /* And with one again. */
    add_route(me, HERE, NULL, 1, 1, UCAST);
    assert_ptr_equal(slot_of(me, dest(me, HERE)), slot);
    assert_ptr_equal(*slot, &slot);
}

static void slot_is_no_reference(void** state)
{
    RTM_ENTITY_HANDLE me = join_with_slot(1, 1);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(me, HERE);
    PVOID slot;

    (void)state;
    *slot_of(me, destination) = &slot;
    assert_int_equal(drain_dest(me, destination), 1);
    delete_route(me, route);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(me, destination, &slot), ERROR_INVALID_HANDLE);
    /* A successor of the destination starts anew. */
    add_route(me, HERE, NULL, 1, 1, UCAST);
    assert_null(*slot_of(me, dest(me, HERE)));
}

static void older_destinations_have_slots(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), late;

    (void)state;
    add_route(me, HERE, NULL, 1, 1, UCAST);
    late = join_with_slot(2, 2);
    assert_null(*slot_of(late, dest(late, HERE)));
}

/* Reading: who gets the slot next finds nothing in it. */
static void slot_is_empty_for_the_next_entity(void** state)
{
    enum { PREFIXES = 100 };
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_DEST_HANDLE destinations[PREFIXES];
    char prefix[32];

    (void)state;
    for (UINT i = 0; i < PREFIXES; i++) {
        snprintf(prefix, sizeof(prefix), "10.%u.0.0/16", i);
        add_route(me, prefix, NULL, 1, 1, UCAST);
        destinations[i] = dest(me, prefix);
    }
    for (UINT round = 0; round < 3; round++) {
        RTM_ENTITY_HANDLE slots[4];

        for (UINT e = 0; e < COUNT_OF(slots); e++)
            slots[e] = join_with_slot(2 + round, e);
        for (UINT e = 0; e < COUNT_OF(slots); e++) {
            for (UINT i = 0; i < PREFIXES; i++) {
                PVOID* slot = slot_of(slots[e], destinations[i]);

                assert_null(*slot);
                *slot = &slots[e];
            }
        }
        for (UINT e = 0; e < COUNT_OF(slots); e++)
            leave(slots[(e + round) % COUNT_OF(slots)]);
    }
}

/* All slots that there are, in many destinations: each is a place of its own. */
static void all_slots_are_distinct(void** state)
{
    enum { PREFIXES = 64, MOST = 64 };
    static PVOID* places[MOST * PREFIXES];
    RTM_ENTITY_HANDLE entities[MOST];
    RTM_DEST_HANDLE destinations[PREFIXES];
    UINT count = 0;
    char prefix[32];

    (void)state;
    for (; count < MOST; count++) {
        RTM_ENTITY_INFO info = make_info(0, AF_INET, 7, count);
        RTM_REGN_PROFILE profile;
        DWORD status = RtmRegisterEntity(&info, NULL, NULL, TRUE, &profile, &entities[count]);

        if (status != NO_ERROR) {
            ASSERT_STATUS(status, ERROR_NO_SYSTEM_RESOURCES);
            break;
        }
        remember(entities[count]);
    }
    assert_true(count >= 1);
    for (UINT i = 0; i < PREFIXES; i++) {
        snprintf(prefix, sizeof(prefix), "10.%u.0.0/16", i);
        add_route(entities[0], prefix, NULL, 1, 1, UCAST);
        destinations[i] = dest(entities[0], prefix);
        for (UINT e = 0; e < count; e++) {
            PVOID* place = slot_of(entities[e], destinations[i]);

            assert_null(*place);
            *place = places[i * count + e] = place; /* its own address */
        }
    }
    for (UINT i = 0; i < PREFIXES; i++) {
        for (UINT e = 0; e < count; e++) {
            assert_ptr_equal(slot_of(entities[e], destinations[i]), places[i * count + e]);
            assert_ptr_equal(*places[i * count + e], places[i * count + e]);
        }
    }
}

static void arguments_are_checked(void** state)
{
    RTM_ENTITY_HANDLE me = join_with_slot(1, 1), gone = join_with_slot(2, 2);
    wrong_handles wrong = make_wrong_handles(me, DEST_HANDLE);
    RTM_DEST_HANDLE destination;
    PVOID slot;

    (void)state;
    leave(gone);
    add_route(me, HERE, NULL, 1, 1, UCAST);
    destination = dest(me, HERE);
    PAINT(slot);
    for (UINT i = 0; i < wrong.count; i++)
        ASSERT_STATUS(RtmGetOpaqueInformationPointer(me, wrong.handles[i], &slot),
                      ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(me, NULL, &slot), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(NULL, destination, &slot), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(gone, destination, &slot), ERROR_INVALID_HANDLE);
    ASSERT_PAINTED(slot);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(me, destination, NULL), ERROR_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(sample_keeps_a_pointer),
        CLIENT_TEST(needs_a_reservation),
        CLIENT_TEST(slots_are_private),
        CLIENT_TEST(slot_stays_where_it_is),
        CLIENT_TEST(slot_is_no_reference),
        CLIENT_TEST(older_destinations_have_slots),
        CLIENT_TEST(slot_is_empty_for_the_next_entity),
        CLIENT_TEST(all_slots_are_distinct),
        CLIENT_TEST(arguments_are_checked),
    };

    return CLIENT_MAIN(tests);
}
