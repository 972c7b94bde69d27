/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The multicast group manager: protocols and their interfaces. */

#include "multicast.h"

static void registering(void** state)
{
    ROUTING_PROTOCOL_CONFIG config = config_of(PIM);
    HANDLE first, second, other = (HANDLE)1;

    (void)state;
    ASSERT_STATUS(MgmRegisterMProtocol(&config, 101, 1, &first), NO_ERROR);
    ASSERT_STATUS(MgmRegisterMProtocol(&config, 101, 1, &other), ERROR_ALREADY_EXISTS);
    assert_ptr_equal(other, (HANDLE)1);
    ASSERT_STATUS(MgmRegisterMProtocol(&config, 101, 2, &second), NO_ERROR);
    assert_ptr_not_equal(first, second);
    ASSERT_STATUS(MgmRegisterMProtocol(NULL, 101, 3, &other), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmRegisterMProtocol(&config, 101, 3, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmDeRegisterMProtocol(first), NO_ERROR);
    ASSERT_STATUS(MgmDeRegisterMProtocol(first), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmRegisterMProtocol(&config, 101, 1, &other), NO_ERROR);
    assert_ptr_not_equal(first, other);
    ASSERT_STATUS(MgmDeRegisterMProtocol(other), NO_ERROR);
    ASSERT_STATUS(MgmDeRegisterMProtocol(second), NO_ERROR);
}

/* Its entity is there while there are protocols, like anybody's. */
static void the_manager_is_an_entity(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    assert_int_equal(count_entities(me), 1);
    enter(PIM);
    enter(IGMP);
    assert_int_equal(count_entities(me), 2);
    RtmReleaseEntities(me, 1, (RTM_ENTITY_HANDLE[]){find_entity(me, 10009, 0)});
    quit(PIM);
    assert_int_equal(count_entities(me), 2);
    quit(IGMP);
    assert_int_equal(count_entities(me), 1);
}

/* If the routing table does not take it, there is no group manager. */
static void its_name_is_taken(void** state)
{
    ROUTING_PROTOCOL_CONFIG config = config_of(PIM);
    RTM_ENTITY_HANDLE me = join(10009, 0, NULL);
    HANDLE protocol = (HANDLE)1;

    (void)state;
    ASSERT_STATUS(MgmRegisterMProtocol(&config, 101, 1, &protocol), ERROR_CAN_NOT_COMPLETE);
    assert_ptr_equal(protocol, (HANDLE)1);
    leave(me);
    enter(PIM);
}

static void owning(void** state)
{
    DWORD protocol = 5, component = 5;

    (void)state;
    enter(PIM);
    enter(DVMRP);
    ASSERT_STATUS(MgmGetProtocolOnInterface(1, 0, &protocol, &component), ERROR_NOT_FOUND);
    assert_int_equal(protocol, 5);
    take(PIM, 1);
    ASSERT_STATUS(MgmTakeInterfaceOwnership(members[PIM], 1, 0), ERROR_ALREADY_EXISTS);
    ASSERT_STATUS(MgmTakeInterfaceOwnership(members[DVMRP], 1, 0), ERROR_ALREADY_EXISTS);
    ASSERT_STATUS(MgmTakeInterfaceOwnership(members[DVMRP], 1, ip("192.0.2.9")), NO_ERROR);
    ASSERT_STATUS(MgmGetProtocolOnInterface(1, 0, &protocol, &component), NO_ERROR);
    assert_int_equal(protocol, protocol_ids[PIM]);
    assert_int_equal(component, 0);
    ASSERT_STATUS(MgmGetProtocolOnInterface(1, ip("192.0.2.9"), &protocol, &component), NO_ERROR);
    assert_int_equal(protocol, protocol_ids[DVMRP]);
    ASSERT_STATUS(MgmGetProtocolOnInterface(1, 0, NULL, &component), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGetProtocolOnInterface(1, 0, &protocol, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmDeRegisterMProtocol(members[PIM]), ERROR_CAN_NOT_COMPLETE);
    ASSERT_STATUS(MgmReleaseInterfaceOwnership(members[DVMRP], 1, 0), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmReleaseInterfaceOwnership(members[PIM], 2, 0), ERROR_INVALID_PARAMETER);
    release(PIM, 1);
    ASSERT_STATUS(MgmReleaseInterfaceOwnership(members[PIM], 1, 0), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmReleaseInterfaceOwnership(members[DVMRP], 1, ip("192.0.2.9")), NO_ERROR);
    ASSERT_STATUS(MgmGetProtocolOnInterface(1, 0, &protocol, &component), ERROR_NOT_FOUND);
    ASSERT_TOLD_NOTHING();
}

static DWORD owner_seen[2];

static DWORD owner_of(DWORD index)
{
    DWORD protocol = 0, component;

    CHECK_STATUS(MgmGetProtocolOnInterface(index, 0, &protocol, &component), NO_ERROR);
    return protocol;
}

static void see_owner_before(void)
{
    owner_seen[0] = owner_of(1);
}

static void see_owner_after(void)
{
    owner_seen[1] = owner_of(1);
}

/* Disable, change, enable. */
static void sharing_with_igmp(void** state)
{
    (void)state;
    enter(PIM);
    enter(IGMP);
    hook.disable = see_owner_before;
    hook.enable = see_owner_after;
    take(IGMP, 1);
    assert_int_equal(owner_of(1), PROTO_IP_IGMP);
    take(PIM, 1);
    ASSERT_TOLD("IGMP disable if1", "IGMP enable if1");
    assert_int_equal(owner_seen[0], PROTO_IP_IGMP);
    assert_int_equal(owner_seen[1], protocol_ids[PIM]);
    release(PIM, 1);
    ASSERT_TOLD("IGMP disable if1", "IGMP enable if1");
    assert_int_equal(owner_seen[0], protocol_ids[PIM]);
    assert_int_equal(owner_seen[1], PROTO_IP_IGMP);
    release(IGMP, 1);
    take(PIM, 2); /* IGMP after it changes nothing */
    take(IGMP, 2);
    assert_int_equal(owner_of(2), protocol_ids[PIM]);
    ASSERT_TOLD_NOTHING();
}

static void refuse_others(void)
{
    CHECK_STATUS(MgmTakeInterfaceOwnership(members[DVMRP], 1, 0), ERROR_CAN_NOT_COMPLETE);
    CHECK_STATUS(MgmReleaseInterfaceOwnership(members[IGMP], 1, 0), ERROR_CAN_NOT_COMPLETE);
    CHECK_STATUS(try_join(IGMP, "*", "239.1.1.1", 1, MGM_JOIN_STATE_FLAG), ERROR_CAN_NOT_COMPLETE);
    CHECK_STATUS(try_prune(IGMP, "*", "239.1.1.1", 1, MGM_JOIN_STATE_FLAG), ERROR_CAN_NOT_COMPLETE);
    CHECK_STATUS(try_join(IGMP, "*", "239.1.1.1", 2, MGM_JOIN_STATE_FLAG), NO_ERROR);
}

/* The page says that this dead-locks; here it works. */
static void join_again(void)
{
    CHECK_STATUS(try_join(IGMP, "*", "239.1.1.1", 1, MGM_JOIN_STATE_FLAG), NO_ERROR);
}

static void calls_while_changing_hands(void** state)
{
    (void)state;
    enter(PIM);
    enter(DVMRP);
    enter(IGMP);
    take(IGMP, 1);
    take(IGMP, 2);
    hook.disable = refuse_others;
    hook.enable = join_again;
    take(PIM, 1);
    ASSERT_TOLD("IGMP disable if1", "PIM join (*, 239.1.1.1)", "DVMRP join (*, 239.1.1.1)",
                "PIM local join (*, 239.1.1.1) if1", "IGMP enable if1");
}

static void bad_handles(void** state)
{
    static const ULONG_PTR values[] = {0, 1, ~(ULONG_PTR)0, 0x5a5a5a5a, 0x9e3779b2};
    HANDLE bad[COUNT_OF(values) + 3], enumeration;
    RTM_ENTITY_HANDLE entity = join(1, 1, NULL);

    (void)state;
    for (UINT i = 0; i < COUNT_OF(values); i++)
        bad[i] = (HANDLE)values[i];
    enter(PIM);
    bad[COUNT_OF(values)] = members[PIM];
    quit(PIM); /* stale */
    enter(PIM);
    ASSERT_STATUS(MgmGroupEnumerationStart(members[PIM], ALL_SOURCES, &enumeration), NO_ERROR);
    bad[COUNT_OF(values) + 1] = entity;
    bad[COUNT_OF(values) + 2] = enumeration;
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        HANDLE h = bad[i], made = (HANDLE)1;

        ASSERT_STATUS(MgmDeRegisterMProtocol(h), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(MgmTakeInterfaceOwnership(h, 1, 0), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(MgmReleaseInterfaceOwnership(h, 1, 0), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(MgmAddGroupMembershipEntry(h, 0, 0, ip("239.1.1.1"), ~0u, 1, 0, 1),
                      ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(MgmDeleteGroupMembershipEntry(h, 0, 0, ip("239.1.1.1"), ~0u, 1, 0, 1),
                      ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(MgmGroupEnumerationStart(h, ALL_SOURCES, &made), ERROR_INVALID_PARAMETER);
        assert_ptr_equal(made, (HANDLE)1);
    }
    ASSERT_STATUS(RtmDeregisterEntity(members[PIM]), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(MgmGroupEnumerationEnd(enumeration), NO_ERROR);
}

/* No callback need be there. */
static void no_callbacks(void** state)
{
    ROUTING_PROTOCOL_CONFIG none = {0};
    HANDLE silent, igmp;

    (void)state;
    ASSERT_STATUS(MgmRegisterMProtocol(&none, 200, 0, &silent), NO_ERROR);
    ASSERT_STATUS(MgmRegisterMProtocol(&none, PROTO_IP_IGMP, 1, &igmp), NO_ERROR);
    enter(PIM);
    take(PIM, 3);
    route_sources(1);
    ASSERT_STATUS(MgmTakeInterfaceOwnership(igmp, 1, 0), NO_ERROR);
    ASSERT_STATUS(MgmTakeInterfaceOwnership(silent, 1, 0), NO_ERROR);
    ASSERT_STATUS(MgmAddGroupMembershipEntry(igmp, 0, 0, ip("239.1.1.1"), ~0u, 1, 0, 1), NO_ERROR);
    join_group(PIM, "10.0.0.1", "239.1.1.1", 3);
    ASSERT_STATUS(send_packet("10.0.0.1", "239.1.1.1", 1), NO_ERROR);
    leave_group(PIM, "10.0.0.1", "239.1.1.1", 3);
    ASSERT_STATUS(MgmReleaseInterfaceOwnership(silent, 1, 0), NO_ERROR);
    ASSERT_STATUS(MgmReleaseInterfaceOwnership(igmp, 1, 0), NO_ERROR);
    ASSERT_STATUS(MgmDeRegisterMProtocol(igmp), NO_ERROR);
    ASSERT_STATUS(MgmDeRegisterMProtocol(silent), NO_ERROR);
}

/* IGMP is known by its protocol, whatever the vendor. */
static void igmp_by_another_name(void** state)
{
    ROUTING_PROTOCOL_CONFIG config = config_of(IGMP);
    HANDLE igmp;

    (void)state;
    enter(PIM);
    take(PIM, 1);
    ASSERT_STATUS(MgmRegisterMProtocol(&config, 1u << 30 | 0x137 << 16 | PROTO_IP_IGMP, 0, &igmp),
                  NO_ERROR);
    ASSERT_STATUS(MgmTakeInterfaceOwnership(igmp, 1, 0), NO_ERROR);
    release(PIM, 1);
    ASSERT_TOLD("IGMP disable if1", "IGMP enable if1");
    ASSERT_STATUS(MgmReleaseInterfaceOwnership(igmp, 1, 0), NO_ERROR);
    ASSERT_STATUS(MgmDeRegisterMProtocol(igmp), NO_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MULTICAST_TEST(registering),          MULTICAST_TEST(the_manager_is_an_entity),
        MULTICAST_TEST(its_name_is_taken),    MULTICAST_TEST(owning),
        MULTICAST_TEST(sharing_with_igmp),    MULTICAST_TEST(calls_while_changing_hands),
        MULTICAST_TEST(bad_handles),          MULTICAST_TEST(no_callbacks),
        MULTICAST_TEST(igmp_by_another_name),
    };

    return CLIENT_MAIN(tests);
}
