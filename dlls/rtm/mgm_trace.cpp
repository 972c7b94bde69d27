// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "mgm_trace.h"

#include "mgm_door.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

namespace rtm
{

namespace
{

const char* dotted(mgm::Address a) noexcept
{
    return wine_dbg_sprintf("%u.%u.%u.%u", a >> 24, a >> 16 & 0xff, a >> 8 & 0xff, a & 0xff);
}

} // namespace

const char* describe_address(DWORD address, DWORD mask) noexcept
{
    if (address == 0 && mask == 0)
        return "*";
    if (mask == ~DWORD(0) || mask == 0)
        return dotted(to_address(address));
    return wine_dbg_sprintf("%s/%s", dotted(to_address(address)), dotted(to_address(mask)));
}

const char* describe(const mgm::Flow& flow) noexcept
{
    return wine_dbg_sprintf("(%s, %s)", flow.source == mgm::any ? "*" : dotted(flow.source),
                            flow.group == mgm::any ? "*" : dotted(flow.group));
}

const char* describe(const mgm::InterfaceId& iface) noexcept
{
    if (iface.next_hop == 0)
        return wine_dbg_sprintf("interface %u", iface.index);
    return wine_dbg_sprintf("interface %u by %s", iface.index, dotted(iface.next_hop));
}

} // namespace rtm
