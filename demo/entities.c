/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * entities.c: the routing protocols that the demo plays.
 */
#include "entities.h"

#include <stdio.h>
#include <string.h>

/* Protocol numbers of routprot.h, which wants a version of the router chosen. */
#define PROTO_IP_RIP 8
#define PROTO_IP_OSPF 13
#define PROTO_IP_BGP 14
#define PROTO_IP_NT_STATIC 10006

struct entity entities[LANES] = {
    [STATIC] = {.name = "Static", .protocol = "PROTO_IP_NT_STATIC", .routes = 3},
    [RIP] = {.name = "RIP", .protocol = "PROTO_IP_RIP", .neighbour = {192, 0, 2, 1}, .routes = 25},
    [OSPF] = {.name = "OSPF",
              .protocol = "PROTO_IP_OSPF",
              .neighbour = {198, 51, 100, 7},
              .routes = 480},
    [BGP] = {.name = "BGP",
             .protocol = "PROTO_IP_BGP",
             .neighbour = {203, 0, 113, 9},
             .routes = 912345},
};
static const ULONG protocol_ids[LANES][2] = {
    {PROTO_IP_NT_STATIC, 1}, {PROTO_IP_RIP, 2}, {PROTO_IP_OSPF, 1}, {PROTO_IP_BGP, 1}};

HANDLE slow_gate;
volatile LONG slow_too_long, bad_events, calls;

/* ---- Methods: the output is one 4-byte value each ---- */

static void answer(struct entity* self, RTM_ENTITY_METHOD_OUTPUT* output, const void* value)
{
    InterlockedIncrement(&self->served);
    if (!value || output->OutputSize < 4) {
        output->MethodStatus = value ? ERROR_INSUFFICIENT_BUFFER : ERROR_NOT_FOUND;
        output->OutputSize = 0;
        return;
    }
    memcpy(output->OutputData, value, 4);
    output->OutputSize = 4;
    output->MethodStatus = NO_ERROR;
}

static void answer_neighbour(struct entity* self, RTM_ENTITY_METHOD_OUTPUT* output)
{
    answer(self, output, self->neighbour[0] ? self->neighbour : NULL);
}

static void answer_uptime(struct entity* self, RTM_ENTITY_METHOD_OUTPUT* output)
{
    ULONG up = (ULONG)(screen_ms() - self->born);
    answer(self, output, &up);
}

static void answer_routes(struct entity* self, RTM_ENTITY_METHOD_OUTPUT* output)
{
    answer(self, output, &self->routes);
}

/* ---- Events ---- */

static DWORD on_event(int who, RTM_ENTITY_HANDLE reg, RTM_EVENT_TYPE type, PVOID context1,
                      PVOID context2)
{
    struct entity* self = &entities[who];
    RTM_ENTITY_INFO* info = context2;
    RTM_ENTITY_INFO asked;
    bool came = type == RTM_ENTITY_REGISTERED;
    int other;

    if (!came && type != RTM_ENTITY_DEREGISTERED)
        return NO_ERROR;
    other = entity_of(&info->EntityId);
    if (other < 0 || other == who) {
        InterlockedIncrement(&bad_events);
        return NO_ERROR;
    }
    if (who == STATIC && came) {
        screen_event(who, LANE_BUSY, MARK_HEARD, "%s came", entities[other].name);
        if (WaitForSingleObject(slow_gate, 5000) != WAIT_OBJECT_0)
            InterlockedExchange(&slow_too_long, 1);
        screen_event(who, LANE_ALIVE, MARK_HEARD, "done with %s", entities[other].name);
    } else {
        screen_event(who, LANE_ALIVE, MARK_HEARD, "%s %s", entities[other].name,
                     came ? "came" : "left");
    }
    if (came && RtmGetEntityInfo(reg, context1, &asked) == NO_ERROR) {
        if (asked.EntityId.EntityId != info->EntityId.EntityId)
            InterlockedIncrement(&bad_events);
        screen_need("RtmReleaseEntityInfo", RtmReleaseEntityInfo(reg, &asked));
    }
    InterlockedIncrement(&self->events);
    if (InterlockedOr(came ? &self->came : &self->gone, 1 << other) & (1 << other))
        InterlockedIncrement(&bad_events);
    return NO_ERROR;
}

/* A callback and a method do not get a context of their own: each entity has its own functions. */
#define METHOD(name, who)                                                                          \
    static VOID WINAPI name##_##who(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,            \
                                    RTM_ENTITY_METHOD_INPUT* input,                                \
                                    RTM_ENTITY_METHOD_OUTPUT* output)                              \
    {                                                                                              \
        (void)caller, (void)callee, (void)input;                                                   \
        answer_##name(&entities[who], output);                                                     \
    }
#define ENTITY_FUNCTIONS(who)                                                                      \
    METHOD(neighbour, who)                                                                         \
    METHOD(uptime, who)                                                                            \
    METHOD(routes, who)                                                                            \
    static DWORD WINAPI event_##who(RTM_ENTITY_HANDLE reg, RTM_EVENT_TYPE type, PVOID context1,    \
                                    PVOID context2)                                                \
    {                                                                                              \
        return on_event(who, reg, type, context1, context2);                                       \
    }
ENTITY_FUNCTIONS(STATIC)
ENTITY_FUNCTIONS(RIP)
ENTITY_FUNCTIONS(OSPF)
ENTITY_FUNCTIONS(BGP)

#define METHODS_OF(who)                                                                            \
    {                                                                                              \
        neighbour_##who, uptime_##who, routes_##who                                                \
    }
static const RTM_ENTITY_EXPORT_METHOD methods_of[LANES][METHODS] = {
    METHODS_OF(STATIC), METHODS_OF(RIP), METHODS_OF(OSPF), METHODS_OF(BGP)};
static const RTM_EVENT_CALLBACK event_of[LANES] = {event_STATIC, event_RIP, event_OSPF, event_BGP};

/* ---- Coming and going ---- */

void entity_register(int who)
{
    struct entity* self = &entities[who];
    RTM_ENTITY_INFO info = {.RtmInstanceId = 0, .AddressFamily = AF_INET};
    union {
        RTM_ENTITY_EXPORT_METHODS table;
        UCHAR room[sizeof(RTM_ENTITY_EXPORT_METHODS) + METHODS * sizeof(RTM_ENTITY_EXPORT_METHOD)];
    } methods;
    RTM_REGN_PROFILE profile;

    self->id.EntityProtocolId = protocol_ids[who][0];
    self->id.EntityInstanceId = protocol_ids[who][1];
    info.EntityId = self->id;
    methods.table.NumMethods = METHODS;
    memcpy(methods.room + FIELD_OFFSET(RTM_ENTITY_EXPORT_METHODS, Methods), methods_of[who],
           sizeof(methods_of[who]));
    self->born = screen_ms();
    screen_event(who, LANE_ALIVE, MARK_ON, "registers");
    screen_need("RtmRegisterEntity", RtmRegisterEntity(&info, &methods.table, event_of[who], FALSE,
                                                       &profile, &self->handle));
}

void entity_deregister(int who)
{
    screen_event(who, LANE_EMPTY, MARK_OFF, "leaves");
    screen_need("RtmDeregisterEntity", RtmDeregisterEntity(entities[who].handle));
}

bool entity_heard(int who, LONG came, LONG gone)
{
    double start = screen_ms();

    while ((entities[who].came & came) != came || (entities[who].gone & gone) != gone) {
        if (screen_ms() - start > 5000)
            return false;
        Sleep(1);
    }
    return true;
}

int entity_of(const RTM_ENTITY_ID* id)
{
    int i;

    for (i = 0; i < LANES; i++)
        if (entities[i].id.EntityId == id->EntityId)
            return i;
    return -1;
}

UINT entity_list(int who, RTM_ENTITY_HANDLE* handles, RTM_ENTITY_INFO* infos, UINT capacity)
{
    UINT count = 0;
    DWORD code = RtmGetRegisteredEntities(entities[who].handle, &count, handles, NULL);

    if (code != ERROR_INSUFFICIENT_BUFFER)
        screen_need("RtmGetRegisteredEntities (sizing)", code);
    if (count > capacity)
        screen_need("RtmGetRegisteredEntities (sizing)", ERROR_INSUFFICIENT_BUFFER);
    screen_need("RtmGetRegisteredEntities",
                RtmGetRegisteredEntities(entities[who].handle, &count, handles, infos));
    return count;
}

/* ---- Calling ---- */

static bool show_answer(int target, const RTM_ENTITY_METHOD_OUTPUT* head, const UCHAR* data)
{
    const struct entity* it = &entities[target];
    const char* what = "?";
    char value[64];
    ULONG number = 0;
    bool right = false;

    if (head->MethodStatus == NO_ERROR && head->OutputSize == 4)
        memcpy(&number, data, 4);
    switch (head->MethodType) {
    case METHOD_NEIGHBOUR_ADDRESS:
        what = "neighbour address";
        snprintf(value, sizeof(value), "%u.%u.%u.%u", data[0], data[1], data[2], data[3]);
        right = head->OutputSize == 4 && !memcmp(data, it->neighbour, 4);
        break;
    case METHOD_UPTIME:
        what = "uptime";
        snprintf(value, sizeof(value), "%lu ms", number);
        right = head->OutputSize == 4 && number <= screen_ms() - it->born;
        break;
    case METHOD_ROUTE_COUNT:
        what = "route count";
        snprintf(value, sizeof(value), "%lu", number);
        right = head->OutputSize == 4 && number == it->routes;
        break;
    default:
        snprintf(value, sizeof(value), "a method that was not asked for");
    }
    if (head->MethodStatus != NO_ERROR) {
        snprintf(value, sizeof(value), "none (MethodStatus %s)",
                 screen_code_name(head->MethodStatus));
        right = head->MethodType == METHOD_NEIGHBOUR_ADDRESS && !it->neighbour[0] &&
                head->MethodStatus == ERROR_NOT_FOUND;
    }
    screen_line("%12s%-6s 0x%lx  %-18s %s", "", it->name, head->MethodType, what, value);
    return right;
}

int entity_call(int who, int target, RTM_ENTITY_HANDLE handle, DWORD methods, DWORD* code)
{
    const UINT head_size = FIELD_OFFSET(RTM_ENTITY_METHOD_OUTPUT, OutputData);
    RTM_ENTITY_METHOD_INPUT input = {.MethodType = methods};
    __attribute__((__aligned__(8))) UCHAR room[256] = {0};
    RTM_ENTITY_METHOD_OUTPUT head;
    UINT used = sizeof(room), at;
    int right = 0;

    if (methods == METHOD_TYPE_ALL_METHODS)
        screen_event(who, LANE_ALIVE, MARK_CALL, "%s all", entities[target].name);
    else
        screen_event(who, LANE_ALIVE, MARK_CALL, "%s 0x%lx", entities[target].name, methods);
    InterlockedIncrement(&calls);
    *code = RtmInvokeMethod(entities[who].handle, handle, &input, &used,
                            (RTM_ENTITY_METHOD_OUTPUT*)room);
    if (*code != NO_ERROR)
        return -1;
    screen_event(who, LANE_ALIVE, MARK_ANSWER, "%s answers", entities[target].name);
    for (at = 0; used <= sizeof(room) - 4 && at + head_size <= used;
         at += head_size + head.OutputSize) {
        memcpy(&head, room + at, head_size);
        if (head.OutputSize > used - at - head_size)
            return right; /* an answer that claims more than there is */
        right += show_answer(target, &head, room + at + head_size);
    }
    return right;
}
