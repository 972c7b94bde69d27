// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Multicast arguments as a person reads them; see trace.h.

#pragma once

#include "flow.h"

#include <windef.h>

namespace rtm
{

/// "*", "10.0.0.1", or "10.0.0.0/255.0.0.0" for a range.
const char* describe_address(DWORD address, DWORD mask) noexcept;

/// "(10.0.0.1, 239.1.1.1)"
const char* describe(const mgm::Flow& flow) noexcept;

/// "interface 2", "interface 2 by 10.0.0.1"
const char* describe(const mgm::InterfaceId& iface) noexcept;

} // namespace rtm
