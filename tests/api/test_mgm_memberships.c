/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The multicast group manager: group memberships, who is told of them, and enumerating them. */

#include "multicast.h"

/* PIM has interfaces 1 and 2, DVMRP 3 and 4, BGMP 5; IGMP 1 and 6. */
static void begin(void)
{
    enter(PIM);
    enter(DVMRP);
    enter(BGMP);
    enter(IGMP);
    take(PIM, 1);
    take(PIM, 2);
    take(DVMRP, 3);
    take(DVMRP, 4);
    take(BGMP, 5);
    take(IGMP, 1);
    take(IGMP, 6);
}

static void joins_of_a_group(void** state)
{
    (void)state;
    begin();
    join_group(PIM, "*", "239.1.1.1", 1);
    ASSERT_TOLD("DVMRP join (*, 239.1.1.1)", "BGMP join (*, 239.1.1.1)",
                "IGMP join (*, 239.1.1.1)");
    join_group(PIM, "*", "239.1.1.1", 2);
    ASSERT_TOLD_NOTHING();
    join_group(DVMRP, "*", "239.1.1.1", 3);
    ASSERT_TOLD("PIM join (*, 239.1.1.1)");
    join_group(BGMP, "*", "239.1.1.1", 5);
    join_group(DVMRP, "*", "239.1.1.1", 3);
    ASSERT_TOLD_NOTHING();
}

static void prunes_of_a_group(void** state)
{
    (void)state;
    begin();
    join_group(PIM, "*", "239.1.1.1", 1);
    join_group(PIM, "*", "239.1.1.1", 2);
    join_group(DVMRP, "*", "239.1.1.1", 3);
    join_group(BGMP, "*", "239.1.1.1", 5);
    forget_told();
    leave_group(PIM, "*", "239.1.1.1", 1);
    leave_group(BGMP, "*", "239.1.1.1", 5);
    ASSERT_TOLD_NOTHING();
    leave_group(PIM, "*", "239.1.1.1", 2);
    ASSERT_TOLD("DVMRP prune (*, 239.1.1.1) if2");
    leave_group(DVMRP, "*", "239.1.1.1", 3);
    ASSERT_TOLD("PIM prune (*, 239.1.1.1) if3", "BGMP prune (*, 239.1.1.1) if3",
                "IGMP prune (*, 239.1.1.1) if3");
    leave_group(DVMRP, "*", "239.1.1.1", 3); /* was not there */
    ASSERT_TOLD_NOTHING();
}

static void of_a_source(void** state)
{
    (void)state;
    begin();
    join_group(PIM, "10.0.0.1", "239.1.1.1", 1); /* there is no way to it */
    leave_group(PIM, "10.0.0.1", "239.1.1.1", 1);
    ASSERT_TOLD_NOTHING();
    route_sources(3);
    join_group(PIM, "10.0.0.1", "239.1.1.1", 1);
    ASSERT_TOLD("DVMRP join (10.0.0.1, 239.1.1.1)");
    join_group(BGMP, "10.0.0.1", "239.1.1.1", 5);
    leave_group(PIM, "10.0.0.1", "239.1.1.1", 1);
    ASSERT_TOLD_NOTHING();
    leave_group(BGMP, "10.0.0.1", "239.1.1.1", 5);
    ASSERT_TOLD("DVMRP prune (10.0.0.1, 239.1.1.1) if5");
    join_group(DVMRP, "10.0.0.1", "239.1.1.1", 4); /* upstream itself */
    ASSERT_TOLD_NOTHING();
}

static void of_everything(void** state)
{
    (void)state;
    begin();
    join_group(PIM, "*", "*", 1);
    ASSERT_TOLD("DVMRP join (*, *)", "BGMP join (*, *)", "IGMP join (*, *)");
    join_group(BGMP, "*", "*", 5);
    ASSERT_TOLD("PIM join (*, *)");
    leave_group(PIM, "*", "*", 1);
    ASSERT_TOLD("BGMP prune (*, *) if1");
}

static void of_igmp(void** state)
{
    (void)state;
    begin();
    join_group(IGMP, "*", "239.1.1.1", 1);
    ASSERT_TOLD("PIM local join (*, 239.1.1.1) if1", "PIM join (*, 239.1.1.1)",
                "DVMRP join (*, 239.1.1.1)", "BGMP join (*, 239.1.1.1)");
    join_group(IGMP, "*", "239.1.1.1", 6); /* nobody's */
    join_group(IGMP, "*", "239.1.1.1", 1); /* again */
    ASSERT_TOLD_NOTHING();
    leave_group(IGMP, "*", "239.1.1.1", 6);
    ASSERT_TOLD_NOTHING();
    leave_group(IGMP, "*", "239.1.1.1", 1);
    ASSERT_TOLD("PIM local leave (*, 239.1.1.1) if1", "PIM prune (*, 239.1.1.1) if1",
                "DVMRP prune (*, 239.1.1.1) if1", "BGMP prune (*, 239.1.1.1) if1");
}

static void releasing(void** state)
{
    (void)state;
    begin();
    join_group(PIM, "*", "239.1.1.1", 1);
    join_group(IGMP, "*", "239.1.1.1", 1);
    forget_told();
    release(PIM, 1);
    ASSERT_TOLD("IGMP disable if1", "IGMP prune (*, 239.1.1.1) if1", "PIM prune (*, 239.1.1.1) if1",
                "DVMRP prune (*, 239.1.1.1) if1", "BGMP prune (*, 239.1.1.1) if1",
                "IGMP enable if1");
}

static void bad_arguments(void** state)
{
    static const struct {
        const char *source, *source_mask, *group, *group_mask;
        DWORD flags;
    } bad[] = {
        {"*", "*", "239.1.1.1", "255.255.255.255", 0},
        {"*", "*", "239.1.1.1", "255.255.255.255", 4},
        {"*", "*", "239.1.1.1", "255.255.255.255", ~0u},
        {"*", "*", "239.1.1.0", "255.255.255.0", 1}, /* ranges */
        {"10.0.0.0", "255.0.0.0", "239.1.1.1", "255.255.255.255", 1},
        {"*", "255.255.255.255", "239.1.1.1", "255.255.255.255", 1},
        {"*", "*", "*", "255.255.255.255", 1},
        {"*", "*", "10.0.0.1", "255.255.255.255", 1}, /* no group */
        {"239.1.1.2", "255.255.255.255", "239.1.1.1", "255.255.255.255", 1},
        {"10.0.0.1", "255.255.255.255", "*", "*", 1}, /* any group of a source */
    };

    (void)state;
    begin();
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        ASSERT_STATUS(MgmAddGroupMembershipEntry(members[PIM], ip(bad[i].source),
                                                 ip(bad[i].source_mask), ip(bad[i].group),
                                                 ip(bad[i].group_mask), 1, 0, bad[i].flags),
                      ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(MgmDeleteGroupMembershipEntry(members[PIM], ip(bad[i].source),
                                                    ip(bad[i].source_mask), ip(bad[i].group),
                                                    ip(bad[i].group_mask), 1, 0, bad[i].flags),
                      ERROR_INVALID_PARAMETER);
    }
    ASSERT_STATUS(try_join(PIM, "*", "239.1.1.1", 9, 1), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(try_prune(PIM, "*", "239.1.1.1", 9, 1), ERROR_NOT_FOUND);
    ASSERT_STATUS(try_join(PIM, "*", "239.1.1.1", 3, 1), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(try_prune(PIM, "*", "239.1.1.1", 3, 1), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(try_join(IGMP, "*", "239.1.1.1", 3, 1), ERROR_INVALID_PARAMETER);
    ASSERT_TOLD_NOTHING();
}

/* One address may come without its mask. */
static void masks_left_out(void** state)
{
    (void)state;
    begin();
    ASSERT_STATUS(MgmAddGroupMembershipEntry(members[PIM], 0, 0, ip("239.1.1.1"), 0, 1, 0, 1 | 2),
                  NO_ERROR);
    ASSERT_TOLD("DVMRP join (*, 239.1.1.1)", "BGMP join (*, 239.1.1.1)",
                "IGMP join (*, 239.1.1.1)");
}

static void call_in(member who)
{
    if (who != DVMRP)
        return;
    hook.alert = NULL;
    CHECK_STATUS(try_join(DVMRP, "*", "239.1.1.1", 3, 1), NO_ERROR);
    CHECK_STATUS(try_join(DVMRP, "*", "239.2.2.2", 3, 1), NO_ERROR);
    CHECK_STATUS(MgmDeRegisterMProtocol(members[DVMRP]), ERROR_CAN_NOT_COMPLETE);
}

/* Others hear of all in the order in which it happened. */
static void callbacks_call_in(void** state)
{
    (void)state;
    begin();
    hook.alert = call_in;
    join_group(PIM, "*", "239.1.1.1", 1);
    ASSERT_TOLD("PIM join (*, 239.1.1.1)", "PIM join (*, 239.2.2.2)", "BGMP join (*, 239.1.1.1)",
                "BGMP join (*, 239.2.2.2)", "IGMP join (*, 239.1.1.1)", "IGMP join (*, 239.2.2.2)",
                "DVMRP join (*, 239.1.1.1)");
}

static void leave_within(member who)
{
    if (who != BGMP)
        return;
    CHECK_STATUS(MgmReleaseInterfaceOwnership(members[BGMP], 5, 0), NO_ERROR);
    CHECK_STATUS(MgmDeRegisterMProtocol(members[BGMP]), NO_ERROR);
    members[BGMP] = NULL;
}

static void leaving_within_a_callback(void** state)
{
    (void)state;
    begin();
    hook.alert = leave_within;
    join_group(PIM, "*", "239.1.1.1", 1);
    hook.alert = NULL;
    forget_told();
    join_group(PIM, "*", "239.2.2.2", 1);
    ASSERT_TOLD("DVMRP join (*, 239.2.2.2)", "IGMP join (*, 239.2.2.2)");
}

/* ---- enumerations ---- */

#define ENTRY_SIZE sizeof(SOURCE_GROUP_ENTRY)

static void assert_entry(const SOURCE_GROUP_ENTRY* got, const char* source, const char* group)
{
    assert_int_equal(got->dwSourceAddr, ip(source));
    assert_int_equal(got->dwSourceMask, ip(source) ? ~0u : 0);
    assert_int_equal(got->dwGroupAddr, ip(group));
    assert_int_equal(got->dwGroupMask, ip(group) ? ~0u : 0);
}

static void enumerating(void** state)
{
    SOURCE_GROUP_ENTRY entries[8];
    DWORD size, count = 77;
    HANDLE all, groups;

    (void)state;
    begin();
    join_group(PIM, "*", "239.1.1.1", 1);
    join_group(DVMRP, "10.0.0.1", "239.1.1.1", 3);
    join_group(IGMP, "10.0.0.2", "239.2.2.2", 6);
    join_group(BGMP, "*", "*", 5);
    ASSERT_STATUS(MgmGroupEnumerationStart(members[PIM], ALL_SOURCES, &all), NO_ERROR);
    ASSERT_STATUS(MgmGroupEnumerationStart(members[PIM], ANY_SOURCE, &groups), NO_ERROR);
    size = 0;
    ASSERT_STATUS(MgmGroupEnumerationGetNext(all, &size, NULL, &count), ERROR_INSUFFICIENT_BUFFER);
    assert_int_equal(size, ENTRY_SIZE);
    assert_int_equal(count, 0);
    size = 3 * ENTRY_SIZE + 5;
    PAINT(entries);
    ASSERT_STATUS(MgmGroupEnumerationGetNext(all, &size, (BYTE*)entries, &count), ERROR_MORE_DATA);
    assert_int_equal(size, 3 * ENTRY_SIZE + 5);
    assert_int_equal(count, 3);
    assert_entry(&entries[0], "*", "*");
    assert_entry(&entries[1], "*", "239.1.1.1");
    assert_entry(&entries[2], "10.0.0.1", "239.1.1.1");
    assert_true(painted(&entries[3], sizeof(entries) - 3 * ENTRY_SIZE));
    size = sizeof(entries);
    ASSERT_STATUS(MgmGroupEnumerationGetNext(all, &size, (BYTE*)entries, &count),
                  ERROR_NO_MORE_ITEMS);
    assert_int_equal(count, 1);
    assert_entry(&entries[0], "10.0.0.2", "239.2.2.2");
    for (UINT i = 0; i < 2; i++) {
        size = 0;
        ASSERT_STATUS(MgmGroupEnumerationGetNext(all, &size, NULL, &count), ERROR_NO_MORE_ITEMS);
        assert_int_equal(count, 0);
    }
    size = sizeof(entries);
    ASSERT_STATUS(MgmGroupEnumerationGetNext(groups, &size, (BYTE*)entries, &count),
                  ERROR_NO_MORE_ITEMS);
    assert_int_equal(count, 2);
    assert_entry(&entries[0], "*", "239.1.1.1");
    assert_entry(&entries[1], "*", "239.2.2.2");
    ASSERT_STATUS(MgmGroupEnumerationEnd(all), NO_ERROR);
    ASSERT_STATUS(MgmGroupEnumerationEnd(all), ERROR_INVALID_PARAMETER);
}

static void bad_enumerations(void** state)
{
    BYTE buffer[64];
    DWORD size = sizeof(buffer), count = 0;
    HANDLE walk = NULL;

    (void)state;
    begin();
    ASSERT_STATUS(MgmGroupEnumerationStart(members[PIM], ALL_SOURCES, NULL),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGroupEnumerationStart(members[PIM], (MGM_ENUM_TYPES)2, &walk),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGroupEnumerationStart(members[PIM], (MGM_ENUM_TYPES)-1, &walk),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGroupEnumerationGetNext(NULL, &size, buffer, &count), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGroupEnumerationGetNext(members[PIM], &size, buffer, &count),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGroupEnumerationEnd(members[PIM]), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGroupEnumerationEnd(NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGroupEnumerationStart(members[PIM], ALL_SOURCES, &walk), NO_ERROR);
    ASSERT_STATUS(MgmGroupEnumerationGetNext(walk, NULL, buffer, &count), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGroupEnumerationGetNext(walk, &size, NULL, &count), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGroupEnumerationGetNext(walk, &size, buffer, NULL), ERROR_INVALID_PARAMETER);
    for (DWORD i = 1; i < 3; i++)
        release(PIM, i);
    quit(PIM); /* takes it along */
    ASSERT_STATUS(MgmGroupEnumerationGetNext(walk, &size, buffer, &count), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(MgmGroupEnumerationEnd(walk), ERROR_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MULTICAST_TEST(joins_of_a_group),  MULTICAST_TEST(prunes_of_a_group),
        MULTICAST_TEST(of_a_source),       MULTICAST_TEST(of_everything),
        MULTICAST_TEST(of_igmp),           MULTICAST_TEST(releasing),
        MULTICAST_TEST(bad_arguments),     MULTICAST_TEST(masks_left_out),
        MULTICAST_TEST(callbacks_call_in), MULTICAST_TEST(leaving_within_a_callback),
        MULTICAST_TEST(enumerating),       MULTICAST_TEST(bad_enumerations),
    };

    return CLIENT_MAIN(tests);
}
