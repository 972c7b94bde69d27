/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * forwarder.c: a client of RTMv1 that follows all best routes by its event.
 */
#include "forwarder.h"

#include "screen.h"

static void note(struct forwarder* forwarder, DWORD flags)
{
    if (flags == RTM_ROUTE_ADDED) {
        InterlockedIncrement(&forwarder->added);
        InterlockedIncrement(&forwarder->networks);
    } else if (flags == RTM_ROUTE_DELETED) {
        InterlockedIncrement(&forwarder->deleted);
        InterlockedDecrement(&forwarder->networks);
    } else {
        InterlockedIncrement(&forwarder->changed);
    }
}

static DWORD WINAPI follow(void* argument)
{
    struct forwarder* forwarder = argument;
    HANDLE waits[2] = {forwarder->stop, forwarder->event};

    while (WaitForMultipleObjects(2, waits, FALSE, INFINITE) == WAIT_OBJECT_0 + 1) {
        DWORD code, flags;

        do {
            code = RtmDequeueRouteChangeMessage(forwarder->client, &flags, NULL, NULL);
            if (code == NO_ERROR || code == ERROR_MORE_MESSAGES)
                note(forwarder, flags);
            else if (code != ERROR_NO_MESSAGES)
                screen_need("RtmDequeueRouteChangeMessage", code);
        } while (code == ERROR_MORE_MESSAGES);
    }
    return 0;
}

void forwarder_start(struct forwarder* forwarder, DWORD family, DWORD protocol)
{
    *forwarder = (struct forwarder){0};
    forwarder->event = CreateEventA(NULL, TRUE, FALSE, NULL);
    forwarder->stop = CreateEventA(NULL, TRUE, FALSE, NULL);
    forwarder->client = RtmRegisterClient(family, protocol, forwarder->event, 0);
    screen_need("RtmRegisterClient", forwarder->client ? NO_ERROR : GetLastError());
    forwarder->thread = CreateThread(NULL, 0, follow, forwarder, 0, NULL);
}

bool forwarder_knows(struct forwarder* forwarder, LONG networks)
{
    double start = screen_ms();

    while (forwarder->networks != networks || WaitForSingleObject(forwarder->event, 0) == 0) {
        if (screen_ms() - start > 10000)
            return false;
        Sleep(1);
    }
    return true;
}

void forwarder_stop(struct forwarder* forwarder)
{
    SetEvent(forwarder->stop);
    WaitForSingleObject(forwarder->thread, INFINITE);
    screen_need("RtmDeregisterClient", RtmDeregisterClient(forwarder->client));
    CloseHandle(forwarder->thread);
    CloseHandle(forwarder->stop);
    CloseHandle(forwarder->event);
}
