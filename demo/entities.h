/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * entities.h: the routing protocols that the demo plays.
 */
#ifndef DEMO_ENTITIES_H
#define DEMO_ENTITIES_H

#include <winsock2.h>

#include <windows.h>

#include <rtmv2.h>

#include "screen.h"

enum { STATIC, RIP, OSPF, BGP }; /* in the order of coming; STATIC has the slow callback */

#define METHOD_NEIGHBOUR_ADDRESS 0x1
#define METHOD_UPTIME 0x2
#define METHOD_ROUTE_COUNT 0x4
#define METHODS 3

struct entity {
    const char* name;
    const char* protocol; /* name of its protocol id */
    RTM_ENTITY_ID id;
    UCHAR neighbour[4]; /* all 0: none */
    ULONG routes;
    RTM_ENTITY_HANDLE handle;
    double born; /* ms */
    /* Sets of other entities, bit n for entities[n]. */
    volatile LONG came, gone;
    volatile LONG events, served; /* callbacks ended, methods run */
};

extern struct entity entities[LANES];
extern HANDLE slow_gate;            /* STATIC's callback sleeps until it is set */
extern volatile LONG slow_too_long; /* ... or for 5 s, and then this is 1 */
extern volatile LONG bad_events;    /* twice the same, or of nobody known */
extern volatile LONG calls;         /* of RtmInvokeMethod */

void entity_register(int who);
void entity_deregister(int who);
/* Waits until who has heard all those in the sets, at most 5 s. */
bool entity_heard(int who, LONG came, LONG gone);

/* The entity with this id, or -1. */
int entity_of(const RTM_ENTITY_ID* id);
/* All entities that who finds, handles to be released; the sizing call first. */
UINT entity_list(int who, RTM_ENTITY_HANDLE* handles, RTM_ENTITY_INFO* infos, UINT capacity);

/* Calls methods of target, whose handle who holds, and shows what they answer. Number of right
 * answers, or -1 with the code of the call in *code if that failed. */
int entity_call(int who, int target, RTM_ENTITY_HANDLE handle, DWORD methods, DWORD* code);

#endif /* DEMO_ENTITIES_H */
