// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "mgm_formats.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace rtm
{

namespace
{

ULONG narrow(std::uint64_t number)
{
    return static_cast<ULONG>(std::min<std::uint64_t>(number, ~ULONG(0)));
}

/// What the three structures have in common, but for the times.
template <class Head> Head head_of(const mgm::EntryReport& entry)
{
    Head head;
    std::memset(&head, 0, sizeof(head));
    head.dwGroup = to_win32_address(entry.data.group);
    head.dwSource = to_win32_address(entry.data.source);
    head.dwSrcMask = mask_with(entry.data.source);
    head.dwUpStrmNgbr = to_win32_address(entry.upstream.neighbour);
    head.dwInIfIndex = entry.upstream.incoming.index;
    head.dwInIfProtocol = entry.incoming_protocol;
    head.dwRouteProtocol = entry.upstream.route_protocol;
    head.dwRouteNetwork = to_win32_address(entry.upstream.route_network);
    head.dwRouteMask = to_win32_address(entry.upstream.route_mask);
    head.ulNumOutIf = static_cast<ULONG>(entry.outgoing.size());
    return head;
}

/// In seconds, which add up.
void write_plain(const mgm::EntryReport& entry, BYTE* to)
{
    auto head = head_of<MIB_IPMCAST_MFE>(entry);
    head.ulTimeOut = narrow(entry.life / 1000);
    head.ulUpTime = std::min(narrow(entry.age / 1000), head.ulTimeOut);
    head.ulExpiryTime = head.ulTimeOut - head.ulUpTime;
    std::memcpy(to, &head, offsetof(MIB_IPMCAST_MFE, rgmioOutInfo));
    to += offsetof(MIB_IPMCAST_MFE, rgmioOutInfo);
    for (const mgm::InterfaceId id : entry.outgoing) {
        const MIB_IPMCAST_OIF out{id.index, to_win32_address(id.next_hop), 0, 0};
        std::memcpy(to, &out, sizeof(out));
        to += sizeof(out);
    }
}

/// In hundredths of a second; 0 left would mean that it does not age.
template <class Head> void set_times(Head& head, const mgm::EntryReport& entry)
{
    head.ulUpTime = narrow(entry.age / 10);
    const std::uint64_t left = entry.life > entry.age ? entry.life - entry.age : 0;
    head.ulExpiryTime = std::max(narrow(left / 10), ULONG(1));
}

template <class Head> void set_counters(Head& head, const mgm::EntryCounters& counters)
{
    head.ulInPkts = counters.in_packets;
    head.ulInOctets = counters.in_octets;
    head.ulPktsDifferentIf = counters.different_interface;
    head.ulQueueOverflow = counters.queue_overflow;
    if constexpr (requires { head.ulUninitMfe; }) {
        head.ulUninitMfe = counters.uninitialized;
        head.ulNegativeMfe = counters.negative;
        head.ulInDiscards = counters.in_discards;
        head.ulInHdrErrors = counters.header_errors;
        head.ulTotalOutPackets = counters.out_packets;
    }
}

template <class Head> void write_stats(const mgm::EntryReport& entry, BYTE* to)
{
    Head head = head_of<Head>(entry);
    set_times(head, entry);
    set_counters(head, entry.counters);
    std::memcpy(to, &head, offsetof(Head, rgmiosOutStats));
    to += offsetof(Head, rgmiosOutStats);
    for (std::size_t i = 0; i < entry.outgoing.size(); ++i) {
        const mgm::InterfaceId id = entry.outgoing[i];
        const mgm::OutgoingCounters& its = entry.outgoing_counters[i];
        const MIB_IPMCAST_OIF_STATS out{id.index,        to_win32_address(id.next_hop), 0,
                                        its.ttl_too_low, its.fragments_needed,          its.packets,
                                        its.discards};
        std::memcpy(to, &out, sizeof(out));
        to += sizeof(out);
    }
}

template <class Head> DWORD stats_size(std::size_t outgoing)
{
    return static_cast<DWORD>(offsetof(Head, rgmiosOutStats) +
                              outgoing * sizeof(MIB_IPMCAST_OIF_STATS));
}

DWORD plain_size(std::size_t outgoing)
{
    return static_cast<DWORD>(SIZEOF_MIB_MFE(outgoing));
}

constexpr EntryFormat short_stats_format{true, stats_size<MIB_IPMCAST_MFE_STATS>,
                                         write_stats<MIB_IPMCAST_MFE_STATS>};
constexpr EntryFormat long_stats_format{true, stats_size<MIB_IPMCAST_MFE_STATS_EX>,
                                        write_stats<MIB_IPMCAST_MFE_STATS_EX>};

} // namespace

const EntryFormat plain_format{false, plain_size, write_plain};

const EntryFormat* stats_format(DWORD flags) noexcept
{
    if (flags == MGM_MFE_STATS_0)
        return &short_stats_format;
    return flags == MGM_MFE_STATS_1 ? &long_stats_format : nullptr;
}

} // namespace rtm
