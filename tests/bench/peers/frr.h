// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// FRR's table of prefixes, route_table of its libfrr.

#pragma once

#include "peer.h"

namespace peers
{

std::unique_ptr<Peer> make_frr_table(std::uint16_t family);

} // namespace peers
