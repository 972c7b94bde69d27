// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A client of RTMv1: one for each protocol of a family.

#pragma once

#include "v1/journal.h"

namespace rtm::v1
{

template <class Family> struct Client {
    Client(std::uint32_t p, bool single, std::unique_ptr<Signal> signal) noexcept
        : protocol(p), single_route(single), messages(std::move(signal))
    {
    }

    const std::uint32_t protocol;
    const bool single_route; ///< one route of it for each network
    typename Journal<Family>::Reader messages;
};

/// Whether the client that makes a change gets a message of it, or the results of its call alone.
enum class Told { others, all };

} // namespace rtm::v1
