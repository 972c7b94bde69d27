// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Checked calls: destinations.

#pragma once

#include "checked/buffer.h"
#include "checked/session.h"
#include "model/destinations.h"

namespace fuzz
{

/// Bytes of an RTM_DEST_INFO with so many views.
std::size_t destination_size(std::size_t views);

/// Compares what was written to the `stride` bytes from `at`: all of it, and nothing more.
void check_destination(Session& session, const Buffer& buffer, std::size_t at, std::size_t stride,
                       const model::DestinationInfo& expected);

/// The handles in it.
model::DestinationHandles handles_in(const RTM_DEST_INFO& info);

// What they fill goes to *got. A null `got` is passed as a null pointer.

bool get_dest_info(Session& session, HANDLE me, HANDLE handle, ULONG protocol, RTM_VIEW_SET views,
                   Buffer* got);
bool find_destination(Session& session, HANDLE me, model::Search search,
                      const std::optional<RTM_NET_ADDRESS>& address, ULONG protocol,
                      RTM_VIEW_SET views, Buffer* got);
bool less_specific(Session& session, HANDLE me, HANDLE handle, ULONG protocol, RTM_VIEW_SET views,
                   Buffer* got);
bool release_dest_info(Session& session, HANDLE me, Buffer* info);

bool hold_destination(Session& session, HANDLE me, HANDLE handle, RTM_VIEW_SET views, ULONG time);

/// Stores `store`, if it is there, in the client's slot.
bool opaque_pointer(Session& session, HANDLE me, HANDLE handle, bool wants_pointer,
                    std::optional<std::uintptr_t> store);

} // namespace fuzz
