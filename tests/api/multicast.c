/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 */
#include "multicast.h"

HANDLE members[MEMBERS];
hooks hook;

const DWORD protocol_ids[MEMBERS] = {101, 102, PROTO_IP_IGMP, 103};
static const char* const names[MEMBERS] = {"PIM", "DVMRP", "IGMP", "BGMP"};

/* ---- the log ---- */

#define LINES 256
static CRITICAL_SECTION lock;
static char lines[LINES][160];
static UINT line_count;

static void log_line(member who, const char* format, ...)
{
    va_list arguments;
    int length;

    EnterCriticalSection(&lock);
    if (line_count < LINES) {
        length = snprintf(lines[line_count], sizeof(lines[0]), "%s ", names[who]);
        va_start(arguments, format);
        vsnprintf(lines[line_count] + length, sizeof(lines[0]) - length, format, arguments);
        va_end(arguments);
    }
    line_count++;
    LeaveCriticalSection(&lock);
}

void forget_told(void)
{
    EnterCriticalSection(&lock);
    line_count = 0;
    LeaveCriticalSection(&lock);
}

void assert_told(const char* const* expected)
{
    UINT i;

    for (i = 0; expected[i]; i++)
        if (i >= line_count || strcmp(lines[i], expected[i]))
            fail_msg("line %u is \"%s\", not \"%s\"", i, i < line_count ? lines[i] : "missing",
                     expected[i]);
    if (i < line_count)
        fail_msg("line %u is \"%s\", not missing", i, lines[i]);
    forget_told();
}

/* ---- text ---- */

DWORD ip(const char* text)
{
    BYTE bytes[4];
    DWORD address;
    unsigned a, b, c, d;

    if (sscanf(text, "%u.%u.%u.%u", &a, &b, &c, &d) != 4)
        return 0;
    bytes[0] = (BYTE)a, bytes[1] = (BYTE)b, bytes[2] = (BYTE)c, bytes[3] = (BYTE)d;
    memcpy(&address, bytes, sizeof(address));
    return address;
}

static DWORD mask(const char* text)
{
    return ip(text) ? ~0u : 0;
}

typedef struct text {
    char text[48];
} text;

static text address_text(DWORD address, DWORD its_mask)
{
    const BYTE* bytes = (const BYTE*)&address;
    text made;

    CHECK(its_mask == (address ? ~0u : 0));
    if (address)
        snprintf(made.text, sizeof(made.text), "%u.%u.%u.%u", bytes[0], bytes[1], bytes[2],
                 bytes[3]);
    else
        strcpy(made.text, "*");
    return made;
}

static text flow_text(DWORD source, DWORD source_mask, DWORD group, DWORD group_mask)
{
    text a = address_text(source, source_mask), b = address_text(group, group_mask), made;

    snprintf(made.text, sizeof(made.text), "(%.20s, %.20s)", a.text, b.text);
    return made;
}

/* ---- callbacks ---- */

static DWORD on_way(member who, DWORD source, DWORD source_mask, DWORD group, DWORD group_mask,
                    PDWORD index, PDWORD next_hop, PDWORD neighbour, DWORD header_size,
                    PBYTE header, PBYTE route)
{
    CHECK(header_size == 20 && header && header[0] == 0x45 && route);
    log_line(who, "way %s by %s on if%lu", flow_text(source, source_mask, group, group_mask).text,
             address_text(*neighbour, ~0u).text, *index);
    if (hook.way)
        hook.way(index, next_hop, neighbour, (RTM_DEST_INFO*)route);
    return 0xdead; /* ignored */
}

static DWORD on_creation(member who, DWORD source, DWORD source_mask, DWORD group, DWORD group_mask,
                         DWORD index, DWORD next_hop, DWORD count, PMGM_IF_ENTRY entries)
{
    char list[80] = "";

    (void)next_hop;
    for (DWORD i = 0; i < count && i < 8; i++) {
        snprintf(list + strlen(list), sizeof(list) - strlen(list), " if%lu%s", entries[i].dwIfIndex,
                 entries[i].bIGMP ? "+" : "");
        CHECK(entries[i].bIsEnabled == TRUE);
    }
    log_line(who, "new %s on if%lu to%s", flow_text(source, source_mask, group, group_mask).text,
             index, list);
    if (hook.creation)
        hook.creation(count, entries);
    return 0xdead;
}

static DWORD on_prune(member who, DWORD source, DWORD source_mask, DWORD group, DWORD group_mask,
                      DWORD index, DWORD next_hop, BOOL of_membership, PDWORD timeout)
{
    (void)next_hop;
    if (hook.alert)
        hook.alert(who);
    CHECK(*timeout == 900);
    if (hook.prune)
        hook.prune(timeout);
    log_line(who, "prune %s if%lu%s", flow_text(source, source_mask, group, group_mask).text, index,
             of_membership ? "" : " entry");
    return 0xdead;
}

static DWORD on_join(member who, DWORD source, DWORD source_mask, DWORD group, DWORD group_mask,
                     BOOL of_membership)
{
    if (hook.alert)
        hook.alert(who);
    log_line(who, "join %s%s", flow_text(source, source_mask, group, group_mask).text,
             of_membership ? "" : " entry");
    return 0xdead;
}

static DWORD on_wrong_if(member who)
{
    CHECK(!"the wrong interface callback is never called");
    log_line(who, "wrong interface");
    return 0;
}

static DWORD on_local(member who, const char* what, DWORD source, DWORD source_mask, DWORD group,
                      DWORD group_mask, DWORD index)
{
    if (hook.alert)
        hook.alert(who);
    log_line(who, "local %s %s if%lu", what, flow_text(source, source_mask, group, group_mask).text,
             index);
    return 0xdead;
}

static DWORD on_disable(member who, DWORD index)
{
    log_line(who, "disable if%lu", index);
    if (hook.disable)
        hook.disable();
    return 0xdead;
}

static DWORD on_enable(member who, DWORD index)
{
    if (hook.enable)
        hook.enable();
    log_line(who, "enable if%lu", index);
    return 0xdead;
}

/* Callbacks have no context: each protocol has functions of its own. */
#define FLOW DWORD s, DWORD sm, DWORD g, DWORD gm
#define CALLBACKS(who)                                                                             \
    static DWORD WINAPI way_##who(FLOW, PDWORD i, PDWORD h, PDWORD n, DWORD z, PBYTE p, PBYTE r)   \
    {                                                                                              \
        return on_way(who, s, sm, g, gm, i, h, n, z, p, r);                                        \
    }                                                                                              \
    static DWORD WINAPI creation_##who(FLOW, DWORD i, DWORD h, DWORD n, PMGM_IF_ENTRY e)           \
    {                                                                                              \
        return on_creation(who, s, sm, g, gm, i, h, n, e);                                         \
    }                                                                                              \
    static DWORD WINAPI prune_##who(FLOW, DWORD i, DWORD h, BOOL m, PDWORD t)                      \
    {                                                                                              \
        return on_prune(who, s, sm, g, gm, i, h, m, t);                                            \
    }                                                                                              \
    static DWORD WINAPI join_##who(FLOW, BOOL m)                                                   \
    {                                                                                              \
        return on_join(who, s, sm, g, gm, m);                                                      \
    }                                                                                              \
    static DWORD WINAPI wrong_##who(DWORD s, DWORD g, DWORD i, DWORD h, DWORD z, PBYTE p)          \
    {                                                                                              \
        (void)s, (void)g, (void)i, (void)h, (void)z, (void)p;                                      \
        return on_wrong_if(who);                                                                   \
    }                                                                                              \
    static DWORD WINAPI local_join_##who(FLOW, DWORD i, DWORD h)                                   \
    {                                                                                              \
        (void)h;                                                                                   \
        return on_local(who, "join", s, sm, g, gm, i);                                             \
    }                                                                                              \
    static DWORD WINAPI local_leave_##who(FLOW, DWORD i, DWORD h)                                  \
    {                                                                                              \
        (void)h;                                                                                   \
        return on_local(who, "leave", s, sm, g, gm, i);                                            \
    }                                                                                              \
    static DWORD WINAPI disable_##who(DWORD i, DWORD h)                                            \
    {                                                                                              \
        (void)h;                                                                                   \
        return on_disable(who, i);                                                                 \
    }                                                                                              \
    static DWORD WINAPI enable_##who(DWORD i, DWORD h)                                             \
    {                                                                                              \
        (void)h;                                                                                   \
        return on_enable(who, i);                                                                  \
    }
CALLBACKS(PIM)
CALLBACKS(DVMRP)
CALLBACKS(IGMP)
CALLBACKS(BGMP)

#define CONFIG(who)                                                                                \
    {                                                                                              \
        0, way_##who, creation_##who, prune_##who, join_##who, wrong_##who, local_join_##who,      \
            local_leave_##who, disable_##who, enable_##who                                         \
    }
static const ROUTING_PROTOCOL_CONFIG configs[MEMBERS] = {CONFIG(PIM), CONFIG(DVMRP), CONFIG(IGMP),
                                                         CONFIG(BGMP)};

ROUTING_PROTOCOL_CONFIG config_of(member who)
{
    return configs[who];
}

/* ---- the frame ---- */

int multicast_setup(void** state)
{
    static BOOL initialized;

    if (!initialized)
        InitializeCriticalSection(&lock);
    initialized = TRUE;
    memset(&hook, 0, sizeof(hook));
    forget_told();
    return client_setup(state);
}

int multicast_teardown(void** state)
{
    memset(&hook, 0, sizeof(hook));
    for (UINT who = 0; who < MEMBERS; who++) {
        if (!members[who])
            continue;
        for (DWORD index = 1; index < 20; index++)
            MgmReleaseInterfaceOwnership(members[who], index, 0);
        CHECK_STATUS(MgmDeRegisterMProtocol(members[who]), NO_ERROR);
        members[who] = NULL;
    }
    return client_teardown(state);
}

/* ---- short forms ---- */

void enter(member who)
{
    ROUTING_PROTOCOL_CONFIG config = configs[who];

    ASSERT_STATUS(MgmRegisterMProtocol(&config, protocol_ids[who], 0, &members[who]), NO_ERROR);
    assert_non_null(members[who]);
    memset(&config, 0x5a, sizeof(config)); /* it was copied */
}

void quit(member who)
{
    ASSERT_STATUS(MgmDeRegisterMProtocol(members[who]), NO_ERROR);
    members[who] = NULL;
}

void take(member who, DWORD index)
{
    ASSERT_STATUS(MgmTakeInterfaceOwnership(members[who], index, 0), NO_ERROR);
}

void release(member who, DWORD index)
{
    ASSERT_STATUS(MgmReleaseInterfaceOwnership(members[who], index, 0), NO_ERROR);
}

DWORD try_join(member who, const char* source, const char* group, DWORD index, DWORD flags)
{
    return MgmAddGroupMembershipEntry(members[who], ip(source), mask(source), ip(group),
                                      mask(group), index, 0, flags);
}

DWORD try_prune(member who, const char* source, const char* group, DWORD index, DWORD flags)
{
    return MgmDeleteGroupMembershipEntry(members[who], ip(source), mask(source), ip(group),
                                         mask(group), index, 0, flags);
}

void join_group(member who, const char* source, const char* group, DWORD index)
{
    ASSERT_STATUS(try_join(who, source, group, index, MGM_JOIN_STATE_FLAG), NO_ERROR);
}

void leave_group(member who, const char* source, const char* group, DWORD index)
{
    ASSERT_STATUS(try_prune(who, source, group, index, MGM_JOIN_STATE_FLAG), NO_ERROR);
}

DWORD send_packet(const char* source, const char* group, DWORD index)
{
    BYTE header[20] = {0x45};
    WINE_MGM_PACKET packet = {ip(source), ip(group), index, 0, 100, sizeof(header), header};

    return __wine_mgm_receive_packet(&packet);
}

RTM_ENTITY_HANDLE route_sources(DWORD index)
{
    RTM_ENTITY_HANDLE router = join(3, 1, NULL);

    release_route(
        router, add_route(router, "10.0.0.0/8", next_hop(router, "192.0.2.1", index), 1, 1, MCAST));
    return router;
}

MIB_IPMCAST_MFE key(const char* source, const char* group)
{
    MIB_IPMCAST_MFE made;

    memset(&made, 0x5a, sizeof(made)); /* the rest is not looked at */
    made.dwSource = ip(source);
    made.dwGroup = ip(group);
    return made;
}

entry read_entry(const char* source, const char* group)
{
    MIB_IPMCAST_MFE which = key(source, group);
    entry read;
    DWORD size = sizeof(read);

    ASSERT_STATUS(MgmGetMfe(&which, &size, read.bytes), NO_ERROR);
    assert_int_equal(size, sizeof(read)); /* left alone */
    return read;
}

BOOL has_entry(const char* source, const char* group)
{
    MIB_IPMCAST_MFE which = key(source, group);
    DWORD size = 0;
    DWORD status = MgmGetMfe(&which, &size, NULL);

    CHECK(status == ERROR_INSUFFICIENT_BUFFER || status == ERROR_NOT_FOUND);
    return status == ERROR_INSUFFICIENT_BUFFER;
}
