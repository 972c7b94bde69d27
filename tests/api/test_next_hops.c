/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Next hops: adding, updating, finding, reading and deleting them, and their references.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "table.h"

/* What `viewer` reads; asserted to work and to keep within its size. Nothing stays referenced. */
static RTM_NEXTHOP_INFO look(RTM_ENTITY_HANDLE viewer, RTM_NEXTHOP_HANDLE hop)
{
    next_hop_info got;

    PAINT(got);
    ASSERT_STATUS(RtmGetNextHopInfo(viewer, hop, &got.info), NO_ERROR);
    assert_next_hop_guard(&got);
    ASSERT_STATUS(RtmReleaseNextHopInfo(viewer, &got.info), NO_ERROR);
    return got.info;
}

static DWORD find(RTM_ENTITY_HANDLE me, const char* address, ULONG interface_index,
                  RTM_NEXTHOP_HANDLE* hop, RTM_NEXTHOP_INFO** pointer)
{
    RTM_NEXTHOP_INFO key;

    memset(&key, 0x3d, sizeof(key)); /* only the two members count */
    key.NextHopAddress = net(address);
    key.InterfaceIndex = interface_index;
    return RtmFindNextHop(me, &key, hop, pointer);
}

/* An addition that is to fail with `expected`, writing and adding nothing. */
static void refuse(RTM_ENTITY_HANDLE me, RTM_NEXTHOP_INFO* info, DWORD expected)
{
    RTM_NEXTHOP_CHANGE_FLAGS flags = 0x5555;
    RTM_NEXTHOP_HANDLE hop = NULL;

    ASSERT_STATUS(RtmAddNextHop(me, info, &hop, &flags), expected);
    assert_null(hop);
    assert_int_equal(flags, 0x5555);
}

/* ---- adding ---- */

/* The documentation's sample: only address and interface over a zeroed structure. */
static void sample_adds(void** state)
{
    RTM_ENTITY_HANDLE me = join(8, 1, NULL);
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_HANDLE hop = NULL, again = NULL;
    RTM_NEXTHOP_INFO info;

    (void)state;
    memset(&info, 0, sizeof(info));
    RTM_IPV4_MAKE_NET_ADDRESS(&info.NextHopAddress, 0x0100000a /* 10.0.0.1 */, 32);
    info.InterfaceIndex = 7;
    paint(&flags, sizeof(flags));
    ASSERT_STATUS(RtmAddNextHop(me, &info, &hop, &flags), NO_ERROR);
    assert_non_null(hop);
    assert_int_equal(flags, RTM_NEXTHOP_CHANGE_NEW);
    paint(&flags, sizeof(flags));
    ASSERT_STATUS(RtmAddNextHop(me, &info, &again, &flags), NO_ERROR);
    assert_ptr_equal(again, hop);
    assert_int_equal(flags, 0);
}

static void handle_is_optional(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1);
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_HANDLE hop = NULL;

    (void)state;
    ASSERT_STATUS(RtmAddNextHop(me, &info, NULL, &flags), NO_ERROR);
    assert_int_equal(flags, RTM_NEXTHOP_CHANGE_NEW);
    ASSERT_STATUS(RtmAddNextHop(me, &info, NULL, &flags), NO_ERROR);
    assert_int_equal(flags, 0);
    ASSERT_STATUS(find(me, "10.0.0.1", 1, &hop, NULL), NO_ERROR);
    /* Only that of finding: nothing was handed out before. */
    assert_int_equal(drain_next_hop(me, hop), 1);
    assert_true(next_hop_is_live(me, hop));
}

static void every_addition_gives_a_reference(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);

    (void)state;
    assert_ptr_equal(next_hop(me, "10.0.0.1", 1), hop);
    assert_ptr_equal(next_hop(me, "10.0.0.1", 1), hop);
    assert_int_equal(drain_next_hop(me, hop), 3);
    /* It lives until it is deleted. */
    assert_true(next_hop_is_live(me, hop));
    assert_ptr_equal(next_hop(me, "10.0.0.1", 1), hop);
}

static void identity_is_address_and_interface(void** state)
{
    static const struct {
        const char* address;
        ULONG interface_index;
    } keys[] = {
        {"10.0.0.1", 1}, {"10.0.0.2", 1},    {"10.0.0.1", 2},   {"10.0.0.1", 0},
        {"10.0.0.0", 1}, {"10.0.0.0/24", 1}, {"10.0.0.0/8", 1}, {"0.0.0.0/0", 1},
        {"0.0.0.0", 1},  {"10.0.0.1", ~0u},  {"0.0.0.0/0", 0},
    };
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hops[COUNT_OF(keys)];

    (void)state;
    for (UINT i = 0; i < COUNT_OF(keys); i++) {
        hops[i] = next_hop(me, keys[i].address, keys[i].interface_index);
        for (UINT j = 0; j < i; j++)
            assert_ptr_not_equal(hops[i], hops[j]);
    }
    for (UINT i = 0; i < COUNT_OF(keys); i++) { /* other garbage after the prefix */
        RTM_NEXTHOP_INFO info = look(me, hops[i]);

        assert_net(&info.NextHopAddress, keys[i].address);
        assert_int_equal(info.InterfaceIndex, keys[i].interface_index);
        assert_ptr_equal(next_hop(me, keys[i].address, keys[i].interface_index), hops[i]);
    }
}

static void each_owner_has_a_list_of_its_own(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_NEXTHOP_HANDLE mine = next_hop(me, "10.0.0.1", 1), others;

    (void)state;
    ASSERT_STATUS(find(other, "10.0.0.1", 1, NULL, NULL), ERROR_NOT_FOUND);
    others = next_hop(other, "10.0.0.1", 1);
    assert_ptr_not_equal(mine, others);
    assert_ptr_equal(look(me, others).NextHopOwner, other);
    assert_ptr_equal(look(other, mine).NextHopOwner, me);
    ASSERT_STATUS(RtmDeleteNextHop(me, mine, NULL), NO_ERROR);
    assert_int_equal(look(me, others).State, RTM_NEXTHOP_STATE_CREATED);
}

static void tables_are_separate(void** state)
{
    RTM_ENTITY_INFO place = make_info(1, AF_INET, 1, 1);
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), elsewhere = join_as(&place, NULL, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);

    (void)state;
    ASSERT_STATUS(find(elsewhere, "10.0.0.1", 1, NULL, NULL), ERROR_NOT_FOUND);
    assert_false(next_hop_is_live(elsewhere, hop));
    assert_ptr_not_equal(next_hop(elsewhere, "10.0.0.1", 1), hop);
}

/* Reading: what can be given again is overwritten, all of it. */
static void existing_one_is_overwritten(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1), got;
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_HANDLE hop = NULL;

    (void)state;
    info.Flags = RTM_NEXTHOP_FLAGS_DOWN;
    info.EntitySpecificInfo = &info;
    ASSERT_STATUS(RtmAddNextHop(me, &info, &hop, &flags), NO_ERROR);
    got = look(me, hop);
    assert_int_equal(got.Flags, RTM_NEXTHOP_FLAGS_DOWN);
    assert_ptr_equal(got.EntitySpecificInfo, &info);
    info.Flags = 0;
    info.EntitySpecificInfo = &flags;
    ASSERT_STATUS(RtmAddNextHop(me, &info, NULL, &flags), NO_ERROR);
    got = look(me, hop);
    assert_int_equal(got.Flags, 0);
    assert_ptr_equal(got.EntitySpecificInfo, &flags);
    info.EntitySpecificInfo = NULL;
    ASSERT_STATUS(RtmAddNextHop(me, &info, NULL, &flags), NO_ERROR);
    assert_null(look(me, hop).EntitySpecificInfo);
}

static void owner_and_state_are_set_by_the_rtm(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1), got;
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_HANDLE hop = NULL;

    (void)state;
    info.NextHopOwner = other;
    info.State = RTM_NEXTHOP_STATE_DELETED;
    ASSERT_STATUS(RtmAddNextHop(me, &info, &hop, &flags), NO_ERROR);
    for (UINT i = 0; i < 2; i++) {
        got = look(me, hop);
        assert_ptr_equal(got.NextHopOwner, me);
        assert_int_equal(got.State, RTM_NEXTHOP_STATE_CREATED);
        ASSERT_STATUS(RtmAddNextHop(me, &info, NULL, &flags), NO_ERROR);
    }
}

static void null_arguments_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1);
    RTM_NEXTHOP_CHANGE_FLAGS flags = 0x5555;
    RTM_NEXTHOP_HANDLE hop = NULL;

    (void)state;
    refuse(me, NULL, ERROR_INVALID_PARAMETER);
    refuse(NULL, &info, ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmAddNextHop(me, &info, &hop, NULL), ERROR_INVALID_PARAMETER);
    assert_null(hop);
    ASSERT_STATUS(find(me, "10.0.0.1", 1, NULL, NULL), ERROR_NOT_FOUND);
    ASSERT_STATUS(RtmFindNextHop(me, NULL, &hop, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmDeleteNextHop(me, NULL, NULL), ERROR_INVALID_PARAMETER);
    hop = next_hop(me, "10.0.0.1", 1);
    ASSERT_STATUS(RtmGetNextHopInfo(me, hop, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetNextHopPointer(me, hop, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseNextHopInfo(me, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(flags, 0x5555);
}

static void addresses_are_checked(void** state)
{
    static const USHORT families[] = {0, 1, 10, AF_INET6, 0x0200, 0xffff};
    static const USHORT lengths[] = {33, 34, 64, 128, 129, 0x2000, 0x8000, 0xffff};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    for (UINT i = 0; i < COUNT_OF(families); i++) {
        RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1);

        info.NextHopAddress.AddressFamily = families[i];
        refuse(me, &info, ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmFindNextHop(me, &info, NULL, NULL), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmDeleteNextHop(me, NULL, &info), ERROR_INVALID_PARAMETER);
    }
    for (UINT i = 0; i < COUNT_OF(lengths); i++) {
        RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1);

        info.NextHopAddress.NumBits = lengths[i];
        refuse(me, &info, ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmFindNextHop(me, &info, NULL, NULL), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmDeleteNextHop(me, NULL, &info), ERROR_INVALID_PARAMETER);
    }
}

static void ipv6_next_hops(void** state)
{
    static const char* const addresses[] = {"fe80::1",
                                            "fe80::2",
                                            "fe80::/64",
                                            "::/0",
                                            "::1",
                                            "2001:db8:1:2:3:4:5:6",
                                            "2001:db8:1:2:3:4:5:6/127"};
    RTM_ENTITY_INFO place = make_info(0, AF_INET6, 1, 1);
    RTM_ENTITY_HANDLE me = join_as(&place, NULL, NULL);
    RTM_NEXTHOP_HANDLE hops[COUNT_OF(addresses)];
    RTM_NEXTHOP_INFO info;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(addresses); i++) {
        hops[i] = next_hop(me, addresses[i], 3);
        for (UINT j = 0; j < i; j++)
            assert_ptr_not_equal(hops[i], hops[j]);
    }
    for (UINT i = 0; i < COUNT_OF(addresses); i++) {
        RTM_NEXTHOP_HANDLE found = NULL;

        info = look(me, hops[i]);
        assert_net(&info.NextHopAddress, addresses[i]);
        ASSERT_STATUS(find(me, addresses[i], 3, &found, NULL), NO_ERROR);
        assert_ptr_equal(found, hops[i]);
    }
    info = make_next_hop("fe80::1", 1);
    info.NextHopAddress.NumBits = 129;
    refuse(me, &info, ERROR_INVALID_PARAMETER);
    info = make_next_hop("10.0.0.1", 1);
    refuse(me, &info, ERROR_INVALID_PARAMETER);
}

/* ---- updating by handle ---- */

static void handle_says_what_is_updated(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE first = next_hop(me, "10.0.0.1", 1), second = next_hop(me, "10.0.0.2", 2);
    RTM_NEXTHOP_HANDLE given = first;
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.2", 2), got; /* identity of the other */
    RTM_NEXTHOP_CHANGE_FLAGS flags;

    (void)state;
    info.Flags = RTM_NEXTHOP_FLAGS_DOWN;
    info.EntitySpecificInfo = &info;
    paint(&flags, sizeof(flags));
    ASSERT_STATUS(RtmAddNextHop(me, &info, &given, &flags), NO_ERROR);
    assert_ptr_equal(given, first);
    assert_int_equal(flags, 0);
    got = look(me, first);
    assert_net(&got.NextHopAddress, "10.0.0.1"); /* identity never changes */
    assert_int_equal(got.InterfaceIndex, 1);
    assert_int_equal(got.Flags, RTM_NEXTHOP_FLAGS_DOWN);
    assert_ptr_equal(got.EntitySpecificInfo, &info);
    got = look(me, second);
    assert_int_equal(got.Flags, 0);
    assert_null(got.EntitySpecificInfo);
    /* A handle that was given is not handed out again. */
    assert_int_equal(drain_next_hop(me, first), 1);
}

static void others_may_not_update(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), given = hop;
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1);
    RTM_NEXTHOP_CHANGE_FLAGS flags = 0x5555;

    (void)state;
    info.Flags = RTM_NEXTHOP_FLAGS_DOWN;
    ASSERT_STATUS(RtmAddNextHop(other, &info, &given, &flags), ERROR_ACCESS_DENIED);
    assert_ptr_equal(given, hop);
    assert_int_equal(flags, 0x5555);
    assert_int_equal(look(me, hop).Flags, 0);
    ASSERT_STATUS(find(other, "10.0.0.1", 1, NULL, NULL), ERROR_NOT_FOUND);
}

static void deleted_one_is_not_updated(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), given;
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1);
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    DWORD status;

    (void)state;
    given = next_hop(me, "10.0.0.1", 1);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    info.Flags = RTM_NEXTHOP_FLAGS_DOWN;
    status = RtmAddNextHop(me, &info, &given, &flags);
    assert_true(status == ERROR_NOT_FOUND || status == ERROR_INVALID_HANDLE);
    assert_int_equal(look(me, hop).Flags, 0);
    ASSERT_STATUS(find(me, "10.0.0.1", 1, NULL, NULL), ERROR_NOT_FOUND);
}

static void wrong_handles_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, NEXT_HOP_HANDLE);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1);

    (void)state;
    for (UINT i = 0; i < wrong.count; i++) {
        RTM_NEXTHOP_HANDLE given = wrong.handles[i];
        RTM_NEXTHOP_CHANGE_FLAGS flags = 0x5555;
        RTM_NEXTHOP_INFO* pointer = &info;

        ASSERT_STATUS(RtmAddNextHop(me, &info, &given, &flags), ERROR_INVALID_HANDLE);
        assert_ptr_equal(given, wrong.handles[i]);
        assert_int_equal(flags, 0x5555);
        assert_false(next_hop_is_live(me, given));
        ASSERT_STATUS(RtmDeleteNextHop(me, given, NULL), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmDeleteNextHop(me, given, &info), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmGetNextHopPointer(me, given, &pointer), ERROR_INVALID_HANDLE);
        assert_ptr_equal(pointer, &info);
        ASSERT_STATUS(RtmReleaseNextHops(me, 1, &given), ERROR_INVALID_HANDLE);
    }
    assert_false(next_hop_is_live(me, NULL));
    ASSERT_STATUS(find(me, "10.0.0.1", 1, NULL, NULL), ERROR_NOT_FOUND);
}

static void wrong_registrations_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), gone = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    HANDLE wrong[] = {NULL, INVALID_HANDLE_VALUE, (HANDLE)(ULONG_PTR)0xdead0, hop, gone};
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1), *pointer = &info;

    (void)state;
    leave(gone);
    for (UINT i = 0; i < COUNT_OF(wrong); i++) {
        RTM_NEXTHOP_HANDLE found = NULL;

        refuse(wrong[i], &info, ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmFindNextHop(wrong[i], &info, &found, &pointer), ERROR_INVALID_HANDLE);
        assert_null(found);
        assert_false(next_hop_is_live(wrong[i], hop));
        ASSERT_STATUS(RtmDeleteNextHop(wrong[i], hop, NULL), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmDeleteNextHop(wrong[i], NULL, &info), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmGetNextHopPointer(wrong[i], hop, &pointer), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmReleaseNextHops(wrong[i], 1, &hop), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmReleaseNextHopInfo(wrong[i], &info), ERROR_INVALID_HANDLE);
        assert_ptr_equal(pointer, &info);
    }
    assert_true(next_hop_is_live(me, hop));
}

/* ---- remote next hops ---- */

/* Reading: the way to a remote next hop is referenced while it is stored. */
static void remote_next_hop_keeps_its_destination(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 0);
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_HANDLE hop = NULL;
    dest_info got;

    (void)state;
    info.Flags = RTM_NEXTHOP_FLAGS_REMOTE;
    info.RemoteNextHop = dest(me, "10.0.0.0/8");
    ASSERT_STATUS(RtmAddNextHop(me, &info, &hop, &flags), NO_ERROR);
    assert_ptr_equal(look(me, hop).RemoteNextHop, info.RemoteNextHop);
    assert_int_equal(look(me, hop).Flags, RTM_NEXTHOP_FLAGS_REMOTE);
    delete_route(me, route);
    release_dest(me, info.RemoteNextHop);
    get_dest(me, info.RemoteNextHop, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY, &got);
    assert_net(&got.info.DestAddress, "10.0.0.0/8");
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    /* It goes with the next hop. */
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    ASSERT_STATUS(
        RtmGetDestInfo(me, info.RemoteNextHop, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY, &got.info),
        ERROR_INVALID_HANDLE);
}

static void remote_next_hop_can_be_replaced(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE first = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_HANDLE second = add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE old = dest(me, "10.0.0.0/8"), new = dest(me, "20.0.0.0/8");
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 0);
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_HANDLE hop = NULL;
    dest_info got;

    (void)state;
    info.Flags = RTM_NEXTHOP_FLAGS_REMOTE;
    info.RemoteNextHop = old;
    ASSERT_STATUS(RtmAddNextHop(me, &info, &hop, &flags), NO_ERROR);
    info.RemoteNextHop = new;
    ASSERT_STATUS(RtmAddNextHop(me, &info, NULL, &flags), NO_ERROR);
    assert_ptr_equal(look(me, hop).RemoteNextHop, new);
    delete_route(me, first);
    delete_route(me, second);
    release_dest(me, old);
    release_dest(me, new);
    ASSERT_STATUS(RtmGetDestInfo(me, old, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY, &got.info),
                  ERROR_INVALID_HANDLE);
    /* Without the flag there is none, whatever the member says. */
    info.Flags = 0;
    info.RemoteNextHop = (HANDLE)(ULONG_PTR)0xdead0;
    ASSERT_STATUS(RtmAddNextHop(me, &info, NULL, &flags), NO_ERROR);
    assert_null(look(me, hop).RemoteNextHop);
    ASSERT_STATUS(RtmGetDestInfo(me, new, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY, &got.info),
                  ERROR_INVALID_HANDLE);
}

static void remote_next_hop_without_a_way(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 0);
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_HANDLE hop = NULL;

    (void)state;
    info.Flags = RTM_NEXTHOP_FLAGS_REMOTE;
    ASSERT_STATUS(RtmAddNextHop(me, &info, &hop, &flags), NO_ERROR);
    assert_int_equal(look(me, hop).Flags, RTM_NEXTHOP_FLAGS_REMOTE);
    assert_null(look(me, hop).RemoteNextHop);
}

static void way_is_checked(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, DEST_HANDLE);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 0);

    (void)state;
    info.Flags = RTM_NEXTHOP_FLAGS_REMOTE;
    for (UINT i = 0; i < wrong.count; i++) {
        info.RemoteNextHop = wrong.handles[i];
        refuse(me, &info, ERROR_INVALID_HANDLE);
        ASSERT_STATUS(find(me, "10.0.0.1", 0, NULL, NULL), ERROR_NOT_FOUND);
    }
}

/* ---- information ---- */

static void everybody_can_read(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_INFO info = make_next_hop("10.1.2.3", 0x12345678), got;
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_HANDLE hop = NULL;

    (void)state;
    info.Flags = RTM_NEXTHOP_FLAGS_DOWN;
    info.EntitySpecificInfo = (PVOID)(ULONG_PTR)0x87654321;
    ASSERT_STATUS(RtmAddNextHop(me, &info, &hop, &flags), NO_ERROR);
    memset(&info, 0, sizeof(info)); /* the client's own copy does not matter any more */
    for (UINT i = 0; i < 2; i++) {
        got = look(i ? other : me, hop);
        assert_net(&got.NextHopAddress, "10.1.2.3");
        assert_ptr_equal(got.NextHopOwner, me);
        assert_int_equal(got.InterfaceIndex, 0x12345678);
        assert_int_equal(got.State, RTM_NEXTHOP_STATE_CREATED);
        assert_int_equal(got.Flags, RTM_NEXTHOP_FLAGS_DOWN);
        assert_ptr_equal(got.EntitySpecificInfo, (PVOID)(ULONG_PTR)0x87654321);
        assert_null(got.RemoteNextHop);
    }
    assert_int_equal(drain_next_hop(me, hop), 1); /* reading refers to owner and way, not to it */
}

static void information_refers_to_the_way(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 0), got[3], copy;
    RTM_DEST_HANDLE way = dest(me, "10.0.0.0/8");
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_HANDLE hop = NULL;

    (void)state;
    info.Flags = RTM_NEXTHOP_FLAGS_REMOTE;
    info.RemoteNextHop = way;
    ASSERT_STATUS(RtmAddNextHop(me, &info, &hop, &flags), NO_ERROR);
    for (UINT i = 0; i < 3; i++)
        ASSERT_STATUS(RtmGetNextHopInfo(other, hop, &got[i]), NO_ERROR);
    copy = got[0];
    ASSERT_STATUS(RtmReleaseNextHopInfo(other, &got[0]), NO_ERROR);
    assert_memory_equal(&copy, &got[0], sizeof(copy)); /* a release leaves the memory alone */
    delete_route(me, route);
    release_dest(me, way);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    /* What is left are the two other readings. */
    for (UINT i = 1; i < 3; i++) {
        assert_true(dest_is_live(other, way));
        ASSERT_STATUS(RtmReleaseNextHopInfo(other, &got[i]), NO_ERROR);
    }
    assert_false(dest_is_live(other, way));
}

static void information_refers_to_the_owner(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ENTITY_INFO info, expected = make_info(0, AF_INET, 1, 1);
    RTM_NEXTHOP_INFO got;

    (void)state;
    ASSERT_STATUS(RtmGetNextHopInfo(other, hop, &got), NO_ERROR);
    leave(me);
    ASSERT_STATUS(RtmGetEntityInfo(other, got.NextHopOwner, &info), NO_ERROR);
    assert_info_equal(&info, &expected);
    ASSERT_STATUS(RtmReleaseNextHopInfo(other, &got), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHops(other, 1, &hop), NO_ERROR);
    ASSERT_STATUS(RtmGetEntityInfo(other, got.NextHopOwner, &info), ERROR_INVALID_HANDLE);
}

static void releases_of_information_are_all_or_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, DEST_HANDLE);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 0), got;
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_HANDLE hop = NULL;
    RTM_ROUTE_HANDLE route;
    RTM_DEST_HANDLE way;

    (void)state;
    route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    way = dest(me, "10.0.0.0/8");
    info.Flags = RTM_NEXTHOP_FLAGS_REMOTE;
    info.RemoteNextHop = way;
    ASSERT_STATUS(RtmAddNextHop(me, &info, &hop, &flags), NO_ERROR);
    ASSERT_STATUS(RtmGetNextHopInfo(me, hop, &got), NO_ERROR);
    for (UINT i = 0; i < wrong.count; i++) {
        info = got;
        info.RemoteNextHop = wrong.handles[i];
        ASSERT_STATUS(RtmReleaseNextHopInfo(me, &info), ERROR_INVALID_HANDLE);
        info = got;
        info.NextHopOwner = (HANDLE)(ULONG_PTR)0xdead0;
        ASSERT_STATUS(RtmReleaseNextHopInfo(me, &info), ERROR_INVALID_HANDLE);
    }
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    delete_route(me, route);
    assert_int_equal(drain_dest(me, way), 2); /* of dest, and of the reading */
    /* Missing handles are skipped. */
    memset(&info, 0, sizeof(info));
    ASSERT_STATUS(RtmReleaseNextHopInfo(me, &info), NO_ERROR);
}

/* ---- finding ---- */

static void finds_by_address_and_interface(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), found = NULL;
    RTM_NEXTHOP_HANDLE net_hop = next_hop(me, "10.0.0.0/24", 1);
    RTM_NEXTHOP_INFO* pointer = NULL;

    (void)state;
    ASSERT_STATUS(find(me, "10.0.0.1", 1, &found, &pointer), NO_ERROR);
    assert_ptr_equal(found, hop);
    assert_non_null(pointer);
    assert_net(&pointer->NextHopAddress, "10.0.0.1");
    assert_ptr_equal(pointer->NextHopOwner, me);
    assert_int_equal(pointer->InterfaceIndex, 1);
    for (UINT i = 0; i < 20; i++) { /* other garbage each time */
        ASSERT_STATUS(find(me, "10.0.0.0/24", 1, &found, NULL), NO_ERROR);
        assert_ptr_equal(found, net_hop);
    }
    assert_int_equal(drain_next_hop(me, net_hop), 21);
    assert_int_equal(drain_next_hop(me, hop), 2);
}

static void finds_nothing_else(void** state)
{
    static const struct {
        const char* address;
        ULONG interface_index;
    } keys[] = {
        {"10.0.0.1", 2},    {"10.0.0.1", 0},  {"10.0.0.2", 1},     {"10.0.0.0/31", 1},
        {"10.0.0.0/24", 1}, {"0.0.0.0/0", 1}, {"138.0.0.1/32", 1},
    };
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE found;
    RTM_NEXTHOP_INFO* pointer;

    (void)state;
    paint(&found, sizeof(found));
    paint(&pointer, sizeof(pointer));
    ASSERT_STATUS(find(me, "10.0.0.1", 1, &found, &pointer), ERROR_NOT_FOUND);
    next_hop(me, "10.0.0.1", 1);
    for (UINT i = 0; i < COUNT_OF(keys); i++)
        ASSERT_STATUS(find(me, keys[i].address, keys[i].interface_index, &found, &pointer),
                      ERROR_NOT_FOUND);
    assert_true(painted(&found, sizeof(found)));
    assert_true(painted(&pointer, sizeof(pointer)));
}

static void results_of_finding_are_optional(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), found = NULL;
    RTM_NEXTHOP_INFO *pointer = NULL, *again = NULL;

    (void)state;
    ASSERT_STATUS(find(me, "10.0.0.1", 1, NULL, NULL), NO_ERROR);
    ASSERT_STATUS(find(me, "10.0.0.1", 1, NULL, &pointer), NO_ERROR);
    ASSERT_STATUS(find(me, "10.0.0.1", 1, &found, NULL), NO_ERROR);
    assert_ptr_equal(found, hop);
    ASSERT_STATUS(RtmGetNextHopPointer(me, hop, &again), NO_ERROR);
    assert_ptr_equal(pointer, again);
    assert_int_equal(drain_next_hop(me, hop), 2); /* of adding, and of the handle found */
}

/* ---- the live structure ---- */

static void pointer_shows_the_live_structure(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1);
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_INFO* pointer = NULL;

    (void)state;
    ASSERT_STATUS(RtmGetNextHopPointer(me, hop, &pointer), NO_ERROR);
    assert_non_null(pointer);
    assert_net(&pointer->NextHopAddress, "10.0.0.1");
    assert_int_equal(pointer->State, RTM_NEXTHOP_STATE_CREATED);
    assert_int_equal(pointer->Flags, 0);
    info.Flags = RTM_NEXTHOP_FLAGS_DOWN;
    info.EntitySpecificInfo = &info;
    ASSERT_STATUS(RtmAddNextHop(me, &info, NULL, &flags), NO_ERROR);
    assert_int_equal(pointer->Flags, RTM_NEXTHOP_FLAGS_DOWN);
    assert_ptr_equal(pointer->EntitySpecificInfo, &info);
    ASSERT_STATUS(RtmDeleteNextHop(me, NULL, &info), NO_ERROR);
    assert_int_equal(pointer->State, RTM_NEXTHOP_STATE_DELETED);
    assert_int_equal(drain_next_hop(me, hop), 1); /* a pointer is no reference */
}

static void pointer_is_for_the_owner(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_NEXTHOP_INFO* pointer;

    (void)state;
    paint(&pointer, sizeof(pointer));
    ASSERT_STATUS(RtmGetNextHopPointer(other, hop, &pointer), ERROR_ACCESS_DENIED);
    assert_true(painted(&pointer, sizeof(pointer)));
}

/* The page of RtmGetNextHopPointer sends clients to RtmReleaseNextHopInfo with the live one. */
static void live_structure_can_be_released(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_NEXTHOP_INFO* pointer = NULL;

    (void)state;
    ASSERT_STATUS(RtmGetNextHopPointer(me, hop, &pointer), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHopInfo(me, pointer), NO_ERROR);
    assert_ptr_equal(look(me, hop).NextHopOwner, me);
    assert_int_equal(count_entities(me), 1);
}

/* ---- deleting ---- */

static void deleting_by_handle_uses_it_up(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);

    (void)state;
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    ASSERT_STATUS(find(me, "10.0.0.1", 1, NULL, NULL), ERROR_NOT_FOUND);
    assert_false(next_hop_is_live(me, hop));
    ASSERT_STATUS(RtmReleaseNextHops(me, 1, &hop), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), ERROR_INVALID_HANDLE);
}

static void deleting_by_address_uses_up_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.0/24", 1);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.0/24", 1);

    (void)state;
    ASSERT_STATUS(RtmDeleteNextHop(me, NULL, &info), NO_ERROR);
    ASSERT_STATUS(find(me, "10.0.0.0/24", 1, NULL, NULL), ERROR_NOT_FOUND);
    assert_int_equal(look(me, hop).State, RTM_NEXTHOP_STATE_DELETED);
    assert_int_equal(drain_next_hop(me, hop), 1);
    assert_false(next_hop_is_live(me, hop));
}

static void deleting_twice_finds_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1);

    (void)state;
    next_hop(me, "10.0.0.1", 1);
    next_hop(me, "10.0.0.1", 1);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), ERROR_NOT_FOUND);
    ASSERT_STATUS(RtmDeleteNextHop(me, NULL, &info), ERROR_NOT_FOUND);
    assert_int_equal(drain_next_hop(me, hop), 2); /* failures used up nothing */
    info = make_next_hop("10.0.0.2", 1);
    ASSERT_STATUS(RtmDeleteNextHop(me, NULL, &info), ERROR_NOT_FOUND);
}

static void handle_wins_over_address(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE first = next_hop(me, "10.0.0.1", 1), second = next_hop(me, "10.0.0.2", 1);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.2", 1);

    (void)state;
    ASSERT_STATUS(RtmDeleteNextHop(me, first, &info), NO_ERROR);
    assert_false(next_hop_is_live(me, first));
    assert_int_equal(look(me, second).State, RTM_NEXTHOP_STATE_CREATED);
}

static void others_may_not_delete(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", 1);

    (void)state;
    ASSERT_STATUS(RtmDeleteNextHop(other, hop, NULL), ERROR_ACCESS_DENIED);
    ASSERT_STATUS(RtmDeleteNextHop(other, NULL, &info), ERROR_NOT_FOUND);
    assert_int_equal(look(me, hop).State, RTM_NEXTHOP_STATE_CREATED);
    assert_int_equal(drain_next_hop(me, hop), 1);
}

static void deleted_one_lives_while_referenced(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), again;
    RTM_NEXTHOP_INFO got;

    (void)state;
    ASSERT_STATUS(RtmReferenceHandles(other, 1, &hop), NO_ERROR);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    got = look(other, hop);
    assert_int_equal(got.State, RTM_NEXTHOP_STATE_DELETED);
    assert_net(&got.NextHopAddress, "10.0.0.1");
    /* One of the same identity is another next hop. */
    again = next_hop(me, "10.0.0.1", 1);
    assert_ptr_not_equal(again, hop);
    assert_int_equal(look(other, hop).State, RTM_NEXTHOP_STATE_DELETED);
    assert_int_equal(look(other, again).State, RTM_NEXTHOP_STATE_CREATED);
    release_next_hop(other, hop);
    assert_false(next_hop_is_live(other, hop));
    assert_true(next_hop_is_live(other, again));
}

static void routes_keep_a_deleted_one(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", hop, 1, 1, UCAST);
    route_info got;

    (void)state;
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    get_route(me, route, &got);
    assert_ptr_equal(got.info.Neighbour, hop);
    assert_int_equal(got.info.NextHopsList.NumNextHops, 1);
    assert_ptr_equal(*hop_at(&got, 0), hop);
    assert_int_equal(look(me, hop).State, RTM_NEXTHOP_STATE_DELETED);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
    assert_true(next_hop_is_live(me, hop));
    delete_route(me, route);
    assert_false(next_hop_is_live(me, hop));
}

static void routes_keep_a_released_one(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", hop, 1, 1, UCAST);

    (void)state;
    release_next_hop(me, hop);
    assert_true(next_hop_is_live(me, hop));
    delete_route(me, route);
    assert_true(next_hop_is_live(me, hop)); /* still on the list */
    assert_ptr_equal(next_hop(me, "10.0.0.1", 1), hop);
}

static void leaving_deletes_next_hops(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL), back;
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), leaked = next_hop(me, "10.0.0.2", 1);
    RTM_NEXTHOP_HANDLE unheld = next_hop(me, "10.0.0.3", 1);

    (void)state;
    release_next_hop(me, unheld);
    ASSERT_STATUS(RtmReferenceHandles(other, 1, &hop), NO_ERROR);
    leave(me);
    assert_int_equal(look(other, hop).State, RTM_NEXTHOP_STATE_DELETED);
    assert_int_equal(look(other, leaked).State, RTM_NEXTHOP_STATE_DELETED);
    assert_false(next_hop_is_live(other, unheld));
    back = join(1, 1, NULL);
    ASSERT_STATUS(find(back, "10.0.0.1", 1, NULL, NULL), ERROR_NOT_FOUND);
    ASSERT_STATUS(RtmDeleteNextHop(back, hop, NULL), ERROR_ACCESS_DENIED);
    assert_ptr_not_equal(next_hop(back, "10.0.0.1", 1), hop);
    assert_int_equal(drain_next_hop(other, hop), 2);
    assert_false(next_hop_is_live(other, hop));
}

/* ---- references ---- */

static void releasing_nothing_works(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE unused = (HANDLE)(ULONG_PTR)0x1234;

    (void)state;
    ASSERT_STATUS(RtmReleaseNextHops(me, 0, NULL), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHops(me, 0, &unused), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHops(me, 1, NULL), ERROR_INVALID_PARAMETER);
}

static void releases_are_all_or_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE held[3], mixed[3], twice[2];

    (void)state;
    for (UINT i = 0; i < 3; i++)
        held[i] = next_hop(me, "10.0.0.1", i);
    for (UINT bad = 0; bad < 3; bad++) {
        memcpy(mixed, held, sizeof(held));
        mixed[bad] = bad == 1 ? NULL : (HANDLE)(ULONG_PTR)0xdead0;
        ASSERT_STATUS(RtmReleaseNextHops(me, 3, mixed), ERROR_INVALID_HANDLE);
    }
    /* Named twice and held once: one too many. */
    twice[0] = twice[1] = held[1];
    ASSERT_STATUS(RtmReleaseNextHops(me, 2, twice), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &held[1]), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHops(me, 2, twice), NO_ERROR);
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &held[1]), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHops(me, 3, held), NO_ERROR);
    for (UINT i = 0; i < 3; i++) {
        ASSERT_STATUS(RtmReleaseNextHops(me, 1, &held[i]), ERROR_INVALID_HANDLE);
        assert_true(next_hop_is_live(me, held[i]));
    }
}

static void references_can_be_given_back_through_another_registration(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);

    (void)state;
    ASSERT_STATUS(RtmReleaseNextHops(other, 1, &hop), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHops(me, 1, &hop), ERROR_INVALID_HANDLE);
}

static void references_add_up(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), many[100];

    (void)state;
    for (UINT i = 0; i < COUNT_OF(many); i++)
        many[i] = hop;
    ASSERT_STATUS(RtmReferenceHandles(me, COUNT_OF(many), many), NO_ERROR);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    for (UINT i = 0; i < COUNT_OF(many); i++) {
        assert_int_equal(look(me, hop).State, RTM_NEXTHOP_STATE_DELETED);
        release_next_hop(me, hop);
    }
    assert_false(next_hop_is_live(me, hop));
}

/* ---- many, and too many ---- */

static void many_next_hops(void** state)
{
    enum { MANY = 3000 };
    static RTM_NEXTHOP_HANDLE hops[MANY];
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    char address[32];

    (void)state;
    for (UINT i = 0; i < MANY; i++) {
        snprintf(address, sizeof(address), "10.%u.%u.1", i % 7, i % 256);
        hops[i] = next_hop(me, address, i);
    }
    for (UINT i = 0; i < MANY; i += 2)
        ASSERT_STATUS(RtmDeleteNextHop(me, hops[i], NULL), NO_ERROR);
    for (UINT i = 0; i < MANY; i++) {
        RTM_NEXTHOP_HANDLE found = NULL;

        snprintf(address, sizeof(address), "10.%u.%u.1", i % 7, i % 256);
        ASSERT_STATUS(find(me, address, i, &found, NULL), i % 2 ? NO_ERROR : ERROR_NOT_FOUND);
        if (i % 2)
            assert_ptr_equal(found, hops[i]);
    }
}

/* A failed addition leaves no trace. */
static BOOL add_and_delete(RTM_ENTITY_HANDLE me)
{
    BOOL failed = FALSE;

    for (UINT i = 0; i < 40; i++) {
        RTM_NEXTHOP_INFO info = make_next_hop("10.0.0.1", i);
        RTM_NEXTHOP_CHANGE_FLAGS flags = 0x5555;
        RTM_NEXTHOP_HANDLE hop = NULL;
        DWORD status = RtmAddNextHop(me, &info, &hop, &flags);

        if (status == ERROR_NOT_ENOUGH_MEMORY) {
            failed = TRUE;
            assert_null(hop);
            assert_int_equal(flags, 0x5555);
            ASSERT_STATUS(find(me, "10.0.0.1", i, NULL, NULL), ERROR_NOT_FOUND);
            status = RtmAddNextHop(me, &info, &hop, &flags);
        }
        ASSERT_STATUS(status, NO_ERROR);
        assert_int_equal(flags, RTM_NEXTHOP_CHANGE_NEW);
        if (i % 2) {
            status = RtmDeleteNextHop(me, hop, NULL);
            if (status == ERROR_NOT_ENOUGH_MEMORY) {
                failed = TRUE;
                assert_int_equal(look(me, hop).State, RTM_NEXTHOP_STATE_CREATED);
                status = RtmDeleteNextHop(me, hop, NULL);
            }
            ASSERT_STATUS(status, NO_ERROR);
        }
    }
    return failed;
}

static void memory_runs_out(void** state)
{
    (void)state;
    fail_allocations(add_and_delete);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(sample_adds),
        CLIENT_TEST(handle_is_optional),
        CLIENT_TEST(every_addition_gives_a_reference),
        CLIENT_TEST(identity_is_address_and_interface),
        CLIENT_TEST(each_owner_has_a_list_of_its_own),
        CLIENT_TEST(tables_are_separate),
        CLIENT_TEST(existing_one_is_overwritten),
        CLIENT_TEST(owner_and_state_are_set_by_the_rtm),
        CLIENT_TEST(null_arguments_are_refused),
        CLIENT_TEST(addresses_are_checked),
        CLIENT_TEST(ipv6_next_hops),
        CLIENT_TEST(handle_says_what_is_updated),
        CLIENT_TEST(others_may_not_update),
        CLIENT_TEST(deleted_one_is_not_updated),
        CLIENT_TEST(wrong_handles_are_refused),
        CLIENT_TEST(wrong_registrations_are_refused),
        CLIENT_TEST(remote_next_hop_keeps_its_destination),
        CLIENT_TEST(remote_next_hop_can_be_replaced),
        CLIENT_TEST(remote_next_hop_without_a_way),
        CLIENT_TEST(way_is_checked),
        CLIENT_TEST(everybody_can_read),
        CLIENT_TEST(information_refers_to_the_way),
        CLIENT_TEST(information_refers_to_the_owner),
        CLIENT_TEST(releases_of_information_are_all_or_nothing),
        CLIENT_TEST(finds_by_address_and_interface),
        CLIENT_TEST(finds_nothing_else),
        CLIENT_TEST(results_of_finding_are_optional),
        CLIENT_TEST(pointer_shows_the_live_structure),
        CLIENT_TEST(pointer_is_for_the_owner),
        CLIENT_TEST(live_structure_can_be_released),
        CLIENT_TEST(deleting_by_handle_uses_it_up),
        CLIENT_TEST(deleting_by_address_uses_up_nothing),
        CLIENT_TEST(deleting_twice_finds_nothing),
        CLIENT_TEST(handle_wins_over_address),
        CLIENT_TEST(others_may_not_delete),
        CLIENT_TEST(deleted_one_lives_while_referenced),
        CLIENT_TEST(routes_keep_a_deleted_one),
        CLIENT_TEST(routes_keep_a_released_one),
        CLIENT_TEST(leaving_deletes_next_hops),
        CLIENT_TEST(releasing_nothing_works),
        CLIENT_TEST(releases_are_all_or_nothing),
        CLIENT_TEST(references_can_be_given_back_through_another_registration),
        CLIENT_TEST(references_add_up),
        CLIENT_TEST(many_next_hops),
        CLIENT_TEST(memory_runs_out),
    };

    return CLIENT_MAIN(tests);
}
