// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Checked calls: enumerations. What Get calls fill goes to `got`.

#pragma once

#include "checked/destinations.h"
#include "checked/queries.h"

namespace fuzz
{

struct EnumResult {
    bool good = false;
    HANDLE handle = nullptr;
};

EnumResult create_dest_enum(Session& session, HANDLE me, RTM_VIEW_SET views, DWORD flags,
                            const std::optional<RTM_NET_ADDRESS>& address, ULONG protocol,
                            bool wants_handle);
EnumResult create_route_enum(Session& session, HANDLE me, HANDLE destination, RTM_VIEW_SET views,
                             DWORD flags, const std::optional<RTM_NET_ADDRESS>& start,
                             const model::Question& question, bool wants_handle);
EnumResult create_next_hop_enum(Session& session, HANDLE me, DWORD flags,
                                const std::optional<RTM_NET_ADDRESS>& address, bool wants_handle);
EnumResult create_list_enum(Session& session, HANDLE me, HANDLE list, bool wants_handle);

bool delete_enum(Session& session, HANDLE me, HANDLE handle);

/// RTM_DEST_INFOs at a distance of stride().
bool get_enum_dests(Session& session, HANDLE me, HANDLE handle, std::optional<UINT> capacity,
                    bool has_array, Buffer& got, UINT& count);
bool get_enum_routes(Session& session, HANDLE me, HANDLE handle, std::optional<UINT> capacity,
                     bool has_array, std::vector<HANDLE>& got);
bool get_enum_next_hops(Session& session, HANDLE me, HANDLE handle, std::optional<UINT> capacity,
                        bool has_array, std::vector<HANDLE>& got);
bool get_list_enum_routes(Session& session, HANDLE me, HANDLE handle, std::optional<UINT> capacity,
                          bool has_array, std::vector<HANDLE>& got);

bool release_dests(Session& session, HANDLE me, UINT count, Buffer* infos);

/// Bytes between the entries of an array of RTM_DEST_INFO.
std::size_t stride();

/// Compares such an array.
void check_destinations(Session& session, const Buffer& buffer,
                        const std::vector<model::DestinationInfo>& expected);

/// The handles in such an array; none for no array.
std::optional<std::vector<model::DestinationHandles>> handles_in(const Buffer* infos, UINT count);

} // namespace fuzz
