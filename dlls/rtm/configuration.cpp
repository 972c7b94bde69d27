// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "configuration.h"

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "wine_debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

namespace rtm
{

namespace
{

constexpr char key_name[] =
    "System\\CurrentControlSet\\Services\\RemoteAccess\\RoutingTableManager";

struct Setting {
    const char* name;
    unsigned Limits::*limit;
    DWORD least;
    DWORD most;
};

constexpr Setting settings[] = {
    {"MaxNextHopsInRoute", &Limits::next_hops_in_route, 1, 255},
    {"MaxHandlesInEnum", &Limits::handles_in_enum, 1, 10000},
    {"MaxOpaquePointers", &Limits::opaque_pointers, 0, 64},
    {"MaxChangeNotifications", &Limits::notifications, 1, 32},
    {"NotificationDelay", &Limits::notification_delay, 0, 10000},
};

bool read_setting(HKEY key, const Setting& setting, Limits& limits) noexcept
{
    DWORD type = 0;
    DWORD value = 0;
    DWORD size = sizeof(value);
    LSTATUS status =
        RegQueryValueExA(key, setting.name, nullptr, &type, reinterpret_cast<BYTE*>(&value), &size);
    if (status == ERROR_FILE_NOT_FOUND)
        return true;
    if (status != ERROR_SUCCESS || type != REG_DWORD || size != sizeof(value) ||
        value < setting.least || value > setting.most) {
        WARN("HKLM\\%s\\%s is no REG_DWORD from %lu to %lu\n", key_name, setting.name,
             static_cast<unsigned long>(setting.least), static_cast<unsigned long>(setting.most));
        return false;
    }
    limits.*setting.limit = value;
    return true;
}

} // namespace

bool read_limits(Limits& limits) noexcept
{
    HKEY key;
    LSTATUS status = RegOpenKeyExA(HKEY_LOCAL_MACHINE, key_name, 0, KEY_READ, &key);
    if (status != ERROR_SUCCESS)
        return status == ERROR_FILE_NOT_FOUND;
    bool good = true;
    for (const Setting& setting : settings)
        good = read_setting(key, setting, limits) && good;
    RegCloseKey(key);
    return good;
}

} // namespace rtm
