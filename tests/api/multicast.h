/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What the tests of the multicast group manager share: protocols by name, a log of what each was
 * told, as text, and packets. For the test's own thread, except where it says otherwise. */
#ifndef RTM_TESTS_API_MULTICAST_H
#define RTM_TESTS_API_MULTICAST_H

#include "table.h"

#include <mgm.h>
#include <wine_mgm.h>

#define PROTO_IP_IGMP 10

/* Two routing protocols, IGMP, and one more routing protocol. */
typedef enum member { PIM, DVMRP, IGMP, BGMP, MEMBERS } member;
extern HANDLE members[MEMBERS];
extern const DWORD protocol_ids[MEMBERS]; /* component ids are 0 */

/* All callbacks of one, which log, and call the hooks below. */
ROUTING_PROTOCOL_CONFIG config_of(member who);

/* Test setup and teardown: the latter releases interfaces 1 to 19, lets all leave, and does what
 * client_teardown does. */
int multicast_setup(void** state);
int multicast_teardown(void** state);
#define MULTICAST_TEST(function)                                                                   \
    cmocka_unit_test_setup_teardown(function, multicast_setup, multicast_teardown)

/* Asserted to work. */
void enter(member who);
void quit(member who);
void take(member who, DWORD index);
void release(member who, DWORD index);

/* An IPv4 address in network byte order; "*" is 0. On any thread. */
DWORD ip(const char* text);

/* Memberships, with the masks that belong to the addresses. On any thread. */
DWORD try_join(member who, const char* source, const char* group, DWORD index, DWORD flags);
DWORD try_prune(member who, const char* source, const char* group, DWORD index, DWORD flags);
/* With MGM_JOIN_STATE_FLAG, asserted to work. */
void join_group(member who, const char* source, const char* group, DWORD index);
void leave_group(member who, const char* source, const char* group, DWORD index);

/* Asserts what has been logged since the last time: lines like "PIM join (*, 239.1.1.1)". */
#define ASSERT_TOLD(...) assert_told((const char*[]){__VA_ARGS__, NULL})
#define ASSERT_TOLD_NOTHING() assert_told((const char*[]){NULL})
void assert_told(const char* const* lines);
void forget_told(void);

/* Called in callbacks if set, before they are logged; NULL after each test. */
typedef struct hooks {
    void (*alert)(member who); /* join, prune, local join, local leave */
    void (*prune)(DWORD* timeout);
    void (*way)(DWORD* index, DWORD* next_hop, DWORD* neighbour, RTM_DEST_INFO* route);
    void (*creation)(DWORD count, MGM_IF_ENTRY* entries);
    void (*disable)(void);
    void (*enable)(void);
} hooks;
extern hooks hook;

/* A packet comes in: 100 octets, of which protocols see 20. On any thread. */
DWORD send_packet(const char* source, const char* group, DWORD index);

/* An entity with the multicast route 10.0.0.0/8 by 192.0.2.1 on an interface. */
RTM_ENTITY_HANDLE route_sources(DWORD index);

/* An entry with room for 30 outgoing interfaces. */
typedef union entry {
    MIB_IPMCAST_MFE mfe;
    MIB_IPMCAST_MFE_STATS stats;
    MIB_IPMCAST_MFE_STATS_EX more;
    BYTE bytes[1024];
} entry;

/* Names one. */
MIB_IPMCAST_MFE key(const char* source, const char* group);
/* Reads one, asserted to be there. */
entry read_entry(const char* source, const char* group);
BOOL has_entry(const char* source, const char* group);

#endif
