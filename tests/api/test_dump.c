/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The tables as text, for who asks with rtmdump.exe. */

#include "client.h"
#include "table.h"
#include "v1.h"

/* Of this process, as forms of the dll are tested side by side. */
static char dump_file[MAX_PATH];

static HANDLE event_of_process(const char* name)
{
    char text[64];

    snprintf(text, sizeof(text), "%s.%lu", name, GetCurrentProcessId());
    return OpenEventA(EVENT_MODIFY_STATE | SYNCHRONIZE, FALSE, text);
}

/* Asks as rtmdump.exe does; what is written is to be freed. */
static char* dumped(void)
{
    HANDLE asked = event_of_process("RtmDump");
    HANDLE done = event_of_process("RtmDumped");
    char* text = calloc(1, 65536);
    FILE* file;

    assert_non_null(asked);
    assert_non_null(done);
    assert_true(SetEvent(asked));
    assert_int_equal(WaitForSingleObject(done, WAIT_MS), WAIT_OBJECT_0);
    file = fopen(dump_file, "rb");
    assert_non_null(file);
    assert_true(fread(text, 1, 65535, file) != 0);
    fclose(file);
    CloseHandle(asked);
    CloseHandle(done);
    return text;
}

static void assert_says(const char* text, const char* line)
{
    if (!strstr(text, line))
        fail_msg("no \"%s\" in:\n%s", line, text);
}

static void tables_are_written_as_text(void** state)
{
    RTM_ENTITY_HANDLE me = join(8, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "192.0.2.1", 7);
    RTM_ROUTE_HANDLE a = add_route(me, "10.0.0.0/8", hop, 0, 2, RTM_VIEW_MASK_UCAST);
    RTM_ROUTE_HANDLE b = add_route(me, "10.1.0.0/16", NULL, 5, 3, 3);
    char* text;

    (void)state;
    text = dumped();
    assert_says(text, "table instance 0 AF_INET\n");
    assert_says(text, "\n10.0.0.0/8 via 192.0.2.1 dev if7 proto 0x8/1 preference 120 metric 2 "
                      "view unicast best unicast\n");
    assert_says(text, "\n10.1.0.0/16 proto 0x8/1 preference 5 metric 3 view unicast,multicast best "
                      "unicast,multicast\n");
    assert_true(strstr(text, "10.0.0.0/8") < strstr(text, "10.1.0.0/16"));
    free(text);
    delete_route(me, a);
    text = dumped();
    assert_null(strstr(text, "10.0.0.0/8"));
    free(text);
    delete_route(me, b);
    release_next_hop(me, hop);
    leave(me);
}

static void several_next_hops_have_lines_of_their_own(void** state)
{
    RTM_ENTITY_HANDLE me = join(8, 1, NULL);
    RTM_NEXTHOP_HANDLE hops[] = {next_hop(me, "192.0.2.1", 1), next_hop(me, "192.0.2.2", 2)};
    RTM_ROUTE_HANDLE route = NULL;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    route_info info;
    char* text;

    (void)state;
    memset(&info, 0, sizeof(info));
    info.info.BelongsToViews = RTM_VIEW_MASK_MCAST;
    info.info.NextHopsList.NumNextHops = 2;
    memcpy(info.info.NextHopsList.NextHops, hops, sizeof(hops));
    ASSERT_STATUS(try_add_route(me, &route, "10.2.0.0/16", &info.info, INFINITE, &flags), NO_ERROR);
    text = dumped();
    assert_says(text,
                "10.2.0.0/16 proto 0x8/1 preference 120 metric 0 view multicast best "
                "multicast\n\tnexthop via 192.0.2.1 dev if1\n\tnexthop via 192.0.2.2 dev if2\n");
    free(text);
    release_route(me, route);
    release_next_hop(me, hops[0]);
    release_next_hop(me, hops[1]);
    leave(me);
}

static void ipx_has_a_table_of_its_own(void** state)
{
    HANDLE client = v1_join(IPX, 8, NULL, 0);
    any_route good = make(IPX, 1, 7, 1, 5), bad = make(IPX, 1, 7, 2, 6);
    char* text;

    (void)state;
    put(client, &bad, RTM_ROUTE_ADDED);
    put(client, &good, RTM_ROUTE_CHANGED);
    text = dumped();
    assert_says(text, "table IPX\n"
                      "00000101 via 000000000001 dev if7 proto 0x8 ticks 5 hops 3 best\n"
                      "00000101 via 000000000002 dev if7 proto 0x8 ticks 6 hops 3\n");
    free(text);
    v1_leave(client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(tables_are_written_as_text),
        CLIENT_TEST(several_next_hops_have_lines_of_their_own),
        IPX_TEST(ipx_has_a_table_of_its_own),
    };

    char directory[MAX_PATH - 32];
    int failures;

    GetTempPathA(sizeof(directory), directory);
    snprintf(dump_file, sizeof(dump_file), "%srtm-dump.%lu", directory, GetCurrentProcessId());
    /* Before the first entity of the process. */
    SetEnvironmentVariableA("RTM_DUMP", dump_file);
    failures = CLIENT_MAIN(tests);
    DeleteFileA(dump_file);
    return failures;
}
