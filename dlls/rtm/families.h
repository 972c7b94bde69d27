// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Windows' numbers of the address families. Its socket headers have them too, but clash with
// those of Unix, where AF_INET6 is another number.

#pragma once

#include <windef.h>

#include "ids.h"

#include <optional>

namespace rtm
{

constexpr USHORT af_unspec = 0;
constexpr USHORT af_inet = family_number(Family::ipv4);
constexpr USHORT af_inet6 = family_number(Family::ipv6);

/// The engine's name of a family that has tables.
constexpr std::optional<Family> family_of(USHORT family) noexcept
{
    if (family == af_inet)
        return Family::ipv4;
    if (family == af_inet6)
        return Family::ipv6;
    return std::nullopt;
}

} // namespace rtm
