// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The little that the doors want of Wine itself. Debug channels are off for good once they have
// been asked for, as with WINEDEBUG=-all.

#include <windef.h>
#include <winbase.h>

#include <wine/debug.h>

extern "C" {

unsigned char __cdecl __wine_dbg_get_channel_flags(struct __wine_debug_channel* channel)
{
    return channel->flags = 0;
}

const char* __cdecl __wine_dbg_strdup(const char*)
{
    return "";
}

int __cdecl __wine_dbg_output(const char*)
{
    return 0;
}

int __cdecl __wine_dbg_header(enum __wine_debug_class, struct __wine_debug_channel* channel,
                              const char*)
{
    channel->flags = 0;
    return -1;
}

char* WINAPI RtlIpv6AddressToStringA(const struct in6_addr*, char* text)
{
    *text = 0;
    return text;
}

BOOLEAN WINAPI RtlDllShutdownInProgress(void)
{
    return FALSE;
}
}
