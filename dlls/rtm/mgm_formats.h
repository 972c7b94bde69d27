// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Forwarding entries as clients get them: one of three structures, each with as many outgoing
// interfaces as there are. They are written to any address, as they follow each other without a gap
// in buffers of bytes.

#pragma once

#include "mgm_door.h"

namespace rtm
{

struct EntryFormat {
    bool has_counters;
    DWORD (*size)(std::size_t outgoing);
    void (*write)(const mgm::EntryReport& entry, BYTE* to);
};

/// MIB_IPMCAST_MFE.
extern const EntryFormat plain_format;

/// What MGM_MFE_STATS_0 or MGM_MFE_STATS_1 asks for; nullptr for anything else.
const EntryFormat* stats_format(DWORD flags) noexcept;

} // namespace rtm
