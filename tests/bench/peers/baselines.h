// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What one would write without much thought.

#pragma once

#include "peer.h"

namespace peers
{

std::unique_ptr<Peer> make_map();
std::unique_ptr<Peer> make_hash_per_length();
std::unique_ptr<Peer> make_trie();

} // namespace peers
