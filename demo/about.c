/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * about.c: which rtm.dll this is, and what it runs on.
 */
#include "about.h"

#include <windows.h>

#include <string.h>

#include "screen.h"

/* Value of PrivateBuild in the version resource, or "" . */
static void private_build(HMODULE module, char* text, int size)
{
    HRSRC where = FindResourceW(module, MAKEINTRESOURCEW(1), MAKEINTRESOURCEW(16)); /* RT_VERSION */
    const UCHAR* data = where ? LockResource(LoadResource(module, where)) : NULL;
    static const WCHAR key[] = L"PrivateBuild";
    DWORD at, bytes = where ? SizeofResource(module, where) : 0;

    *text = 0;
    /* A String block is aligned to 4: three words, the key, padding to 4, the value. */
    for (at = 0; data && at + 6 + sizeof(key) < bytes; at += 4) {
        WORD value_length;
        if (memcmp(data + at + 6, key, sizeof(key)))
            continue;
        memcpy(&value_length, data + at + 2, 2);
        at = (at + 6 + sizeof(key) + 3) & ~3u;
        if (value_length && at + value_length * 2 <= bytes)
            WideCharToMultiByte(CP_UTF8, 0, (const WCHAR*)(data + at), -1, text, size, NULL, NULL);
        return;
    }
}

void about_dll(void)
{
    HMODULE dll = GetModuleHandleA("rtm.dll");
    const char*(CDECL * wine_version)(void) =
        (void*)GetProcAddress(GetModuleHandleA("ntdll.dll"), "wine_get_version");
    char path[MAX_PATH] = "?", build[128];
    SYSTEM_INFO system;

    if (!dll)
        screen_need("GetModuleHandle rtm.dll", GetLastError());
    GetModuleFileNameA(dll, path, sizeof(path));
    private_build(dll, build, sizeof(build));
    GetNativeSystemInfo(&system);
    screen_line("  rtm.dll  %s", path);
    screen_line("  build    %s", *build ? build : "(no PrivateBuild in its version resource)");
    screen_line("  CPU      %s program on %s, %lu processors, %s %s",
                sizeof(void*) == 8 ? "x86_64" : "i386",
                system.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_AMD64   ? "x86_64"
                : system.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_INTEL ? "i386"
                                                                                : "another CPU",
                system.dwNumberOfProcessors, wine_version ? "Wine" : "Windows",
                wine_version ? wine_version() : "");
}
