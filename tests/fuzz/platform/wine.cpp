// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "wine.h"

#include <windef.h>
#include <winbase.h>

#include <wine/debug.h>

#include <cstdio>
#include <cstring>

namespace
{

fuzz::Debugging debugging = fuzz::Debugging::off;

} // namespace

namespace fuzz
{

void set_debugging(Debugging wanted)
{
    debugging = wanted;
}

} // namespace fuzz

extern "C" {

unsigned char __cdecl __wine_dbg_get_channel_flags(struct __wine_debug_channel*)
{
    return debugging == fuzz::Debugging::off ? 0 : 0xff;
}

// Strings live until enough others have been made, as Wine's do.
const char* __cdecl __wine_dbg_strdup(const char* text)
{
    static char strings[4096];
    static std::size_t used = 0;
    const std::size_t size = std::strlen(text) + 1;
    if (used + size > sizeof(strings))
        used = 0;
    char* copy = strings + used;
    std::memcpy(copy, text, size);
    used += size;
    return copy;
}

int __cdecl __wine_dbg_output(const char* text)
{
    if (debugging == fuzz::Debugging::shown)
        std::fputs(text, stderr);
    return static_cast<int>(std::strlen(text));
}

int __cdecl __wine_dbg_header(enum __wine_debug_class level, struct __wine_debug_channel* channel,
                              const char* function)
{
    static constexpr const char* levels[] = {"fixme", "err", "warn", "trace"};
    if (debugging == fuzz::Debugging::off)
        return -1;
    if (debugging == fuzz::Debugging::shown && function)
        std::fprintf(stderr, "    %s:%s:%s ", levels[level], channel->name, function);
    return 0;
}

char* WINAPI RtlIpv6AddressToStringA(const struct in6_addr*, char* text)
{
    std::strcpy(text, "ipv6");
    return text + std::strlen(text);
}

BOOLEAN WINAPI RtlDllShutdownInProgress(void)
{
    return FALSE;
}
}
