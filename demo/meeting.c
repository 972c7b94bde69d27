/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * meeting.c: several routing protocols meet in the routing table manager: they come, find and call
 * each other, hold each other up and leave.
 */
#include "meeting.h"

#include <stdio.h>
#include <string.h>

#include "entities.h"

static bool fast;

static void pace(DWORD ms)
{
    if (!fast)
        Sleep(ms);
}

static void show_lanes(void)
{
    const char* names[LANES];
    int i;

    for (i = 0; i < LANES; i++)
        names[i] = i == STATIC ? "Static (slow)" : entities[i].name;
    screen_lanes(names);
}

/* What who's call of target is to give, run on a thread of its own. */
struct waiting_call {
    int who, target;
    RTM_ENTITY_HANDLE handle;
    HANDLE calling;
    DWORD code;
    int right;
};

static DWORD WINAPI call_thread(void* argument)
{
    struct waiting_call* call = argument;

    SetEvent(call->calling);
    call->right = entity_call(call->who, call->target, call->handle,
                              METHOD_NEIGHBOUR_ADDRESS | METHOD_ROUTE_COUNT, &call->code);
    return 0;
}

static void come(void)
{
    bool prompt;
    int i;

    screen_title("Coming: each is told of who comes later; Static sleeps in its callback");
    show_lanes();
    for (i = 0; i < LANES; i++) {
        entity_register(i);
        pace(120);
    }
    /* All that the others are to hear comes while Static still sleeps over its first event. */
    prompt = entity_heard(RIP, 1 << OSPF | 1 << BGP, 0) && entity_heard(OSPF, 1 << BGP, 0) &&
             !entities[STATIC].came && !slow_too_long;
    pace(150);
    SetEvent(slow_gate);
    screen_check(entity_heard(STATIC, 1 << RIP | 1 << OSPF | 1 << BGP, 0) && prompt,
                 "a slow callback delays nobody else, and itself hears of all three");
}

/* Shows whom OSPF finds; handles[n] becomes the handle of entities[n]. */
static void find(RTM_ENTITY_HANDLE* handles)
{
    static const int widths[] = {6, 18, 6, 8, 11, 7};
    static const char* const heads[] = {"entity",   "protocol",   "id",
                                        "instance", "rtm/family", "methods"};
    RTM_ENTITY_HANDLE found[16];
    RTM_ENTITY_INFO infos[16];
    UINT count, known = 0, i;

    screen_title("Finding: OSPF asks who is registered");
    count = entity_list(OSPF, found, infos, 16);
    screen_table_rule(-1, 6, widths);
    screen_table_row(6, widths, heads);
    screen_table_rule(0, 6, widths);
    for (i = 0; i < count; i++) {
        char id[16], instance[16], family[16], methods[16];
        int who = entity_of(&infos[i].EntityId);
        const char* cells[] = {who < 0 ? "?" : entities[who].name,
                               who < 0 ? "?" : entities[who].protocol,
                               id,
                               instance,
                               family,
                               methods};
        UINT exported = 0;

        screen_need("RtmGetEntityMethods",
                    RtmGetEntityMethods(entities[OSPF].handle, found[i], &exported, NULL));
        snprintf(id, sizeof(id), "%lu", infos[i].EntityId.EntityProtocolId);
        snprintf(instance, sizeof(instance), "%lu", infos[i].EntityId.EntityInstanceId);
        snprintf(family, sizeof(family), "%u / %s", infos[i].RtmInstanceId,
                 infos[i].AddressFamily == AF_INET ? "AF_INET" : "other");
        snprintf(methods, sizeof(methods), "%u", exported);
        screen_table_row(6, widths, cells);
        if (who < 0)
            screen_need("RtmReleaseEntities",
                        RtmReleaseEntities(entities[OSPF].handle, 1, &found[i]));
        else if (exported == METHODS && !handles[who])
            handles[who] = found[i], known++;
        pace(40);
    }
    screen_table_rule(1, 6, widths);
    screen_check(known >= LANES - 1 && handles[STATIC] && handles[RIP] && handles[BGP],
                 "OSPF finds the other three, each with %d methods", METHODS);
    if (screen_misses())
        ExitProcess(1); /* nothing to go on with */
}

static void call(RTM_ENTITY_HANDLE* handles)
{
    RTM_ENTITY_EXPORT_METHOD methods[METHODS];
    UINT count = METHODS;
    DWORD code;
    int right;

    screen_title("Calling: several methods in one call, each with its own answer");
    show_lanes();
    screen_need("RtmGetEntityMethods",
                RtmGetEntityMethods(entities[OSPF].handle, handles[BGP], &count, methods));
    right = entity_call(OSPF, BGP, handles[BGP],
                        METHOD_NEIGHBOUR_ADDRESS | METHOD_UPTIME | METHOD_ROUTE_COUNT, &code);
    screen_need("RtmInvokeMethod", code);
    pace(200);
    right += entity_call(OSPF, STATIC, handles[STATIC], METHOD_TYPE_ALL_METHODS, &code);
    screen_need("RtmInvokeMethod", code);
    pace(200);
    screen_check(right == 6 && count == METHODS, "six right answers to two calls");
}

static void block(RTM_ENTITY_HANDLE* handles)
{
    struct waiting_call call = {.who = OSPF, .target = BGP, .handle = handles[BGP]};
    RTM_ENTITY_HANDLE list[16];
    RTM_ENTITY_INFO infos[16];
    LONG served = entities[BGP].served;
    bool held = true;
    double since;
    HANDLE thread;
    DWORD code;
    UINT count, i;
    int right = 0;

    screen_title("Blocking: BGP holds its methods back, OSPF's call waits, RIP's does not");
    show_lanes();
    screen_event(BGP, LANE_BLOCKED, MARK_BLOCK, "blocks");
    screen_need("RtmBlockMethods",
                RtmBlockMethods(entities[BGP].handle, NULL, 0, RTM_BLOCK_METHODS));
    call.calling = CreateEventW(NULL, TRUE, FALSE, NULL);
    thread = CreateThread(NULL, 0, call_thread, &call, 0, NULL);
    if (!call.calling || !thread)
        screen_need("CreateThread", GetLastError());
    WaitForSingleObject(call.calling, INFINITE);
    since = screen_ms();
    held = WaitForSingleObject(thread, fast ? 30 : 100) == WAIT_TIMEOUT;
    screen_event(OSPF, LANE_ALIVE, MARK_WAIT, "waits");

    count = entity_list(RIP, list, infos, 16);
    for (i = 0; i < count; i++)
        if (entity_of(&infos[i].EntityId) == STATIC) {
            right += entity_call(RIP, STATIC, list[i], METHOD_ROUTE_COUNT, &code);
            screen_need("RtmInvokeMethod", code);
        }
    screen_need("RtmReleaseEntities", RtmReleaseEntities(entities[RIP].handle, count, list));
    for (i = 0; i < 2; i++) {
        held = held && WaitForSingleObject(thread, fast ? 10 : 100) == WAIT_TIMEOUT;
        screen_event(OSPF, LANE_ALIVE, MARK_WAIT, "waits %.0f ms", screen_ms() - since);
    }
    held = held && entities[BGP].served == served;
    screen_event(BGP, LANE_ALIVE, MARK_ON, "resumes");
    screen_need("RtmBlockMethods",
                RtmBlockMethods(entities[BGP].handle, NULL, 0, RTM_RESUME_METHODS));
    if (WaitForSingleObject(thread, 5000) != WAIT_OBJECT_0)
        screen_need("RtmInvokeMethod after RTM_RESUME_METHODS", ERROR_TIMEOUT);
    screen_need("RtmInvokeMethod", call.code);
    CloseHandle(thread);
    CloseHandle(call.calling);
    screen_check(held && right == 1, "the call of BGP waited, the call of Static did not");
    screen_check(call.right == 2, "after the resume BGP answered it");
    pace(150);
}

static void leave(RTM_ENTITY_HANDLE* handles)
{
    bool told = true;
    DWORD code;
    int i, other;

    screen_title("Leaving: those who stay are told");
    show_lanes();
    for (i = BGP; i >= STATIC; i--) {
        if (i == OSPF) {
            bool gone = entity_call(OSPF, BGP, handles[BGP], METHOD_UPTIME, &code) < 0 &&
                        code == ERROR_INVALID_HANDLE;
            screen_check(gone, "who has left cannot be called: %s", screen_code_name(code));
            for (other = 0; other < LANES; other++)
                if (handles[other])
                    screen_need("RtmReleaseEntities",
                                RtmReleaseEntities(entities[OSPF].handle, 1, &handles[other]));
        }
        entity_deregister(i);
        for (other = STATIC; other < i; other++)
            told = entity_heard(other, 0, 1 << i) && told;
        pace(100);
    }
    screen_check(told, "each leaving reached all who stayed");
}

void meeting_run(bool without_pauses)
{
    RTM_ENTITY_HANDLE handles[LANES] = {0};
    LONG events = 0;
    int i;

    fast = without_pauses;
    slow_gate = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!slow_gate)
        screen_need("CreateEvent", GetLastError());
    come();
    find(handles);
    call(handles);
    block(handles);
    leave(handles);

    screen_title("Summary");
    for (i = 0; i < LANES; i++)
        events += entities[i].events;
    screen_check(events == 12 && !bad_events, "12 events, each once (%ld delivered, %ld wrong)",
                 events, bad_events);
    screen_line("  %d entities, %ld events, %ld calls, %.0f ms", LANES, events, calls, screen_ms());
}
