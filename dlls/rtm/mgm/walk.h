// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// An enumeration of what is joined. It keeps only where it is, so what comes and goes behind that
// is seen as it is.

#pragma once

#include "protocol.h"

namespace rtm::mgm
{

/// MGM_ENUM_TYPES.
enum class WalkType { groups, flows };

struct Walk : ChainLink<Walk> {
    static constexpr Kind kind = Kind::mgm_enumeration;
    static constexpr std::size_t slab_size = 16;

    Walk(Handle its_handle, Protocol& its_owner, WalkType its_type) noexcept
        : handle(its_handle), owner(its_owner), type(its_type)
    {
    }

    const Handle handle;
    Protocol& owner;
    const WalkType type;

    bool has_begun = false;
    Flow at; ///< what it has shown last
};

} // namespace rtm::mgm
