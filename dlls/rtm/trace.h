// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Arguments and outcomes as a person reads them, for the debug channel. The strings live as
// long as Wine's debug strings do: until the line is out.

#pragma once

#include <windef.h>

#include "rtmv2.h"

namespace rtm
{

/// "NO_ERROR", "ERROR_INVALID_HANDLE", ..., or the number.
const char* code_name(DWORD code) noexcept;

/// "{instance 0, AF_INET, protocol 8/0}"
const char* describe(const RTM_ENTITY_INFO* info) noexcept;

/// "10.0.0.0/8", "2001:db8::/32"
const char* describe(const RTM_NET_ADDRESS* address) noexcept;

/// "{preference 120, metric 2, views 0x1, 1 next hops}"
const char* describe(const RTM_ROUTE_INFO* info) noexcept;

/// "{10.0.0.1/32 on interface 2}"
const char* describe(const RTM_NEXTHOP_INFO* info) noexcept;

/// On +rtm: "trace:rtm:NAME returns CODE".
void trace_outcome(const char* name, DWORD code) noexcept;

} // namespace rtm
