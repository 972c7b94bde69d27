// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The wire of the in-memory forwarder: see wine_mgm.h.

#include "mgm_door.h"
#include "mgm_trace.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

mgm::EntryCounters counters_of(const MIB_IPMCAST_MFE_STATS_EX& stats)
{
    return {
        .in_packets = stats.ulInPkts,
        .in_octets = stats.ulInOctets,
        .different_interface = stats.ulPktsDifferentIf,
        .queue_overflow = stats.ulQueueOverflow,
        .uninitialized = stats.ulUninitMfe,
        .negative = stats.ulNegativeMfe,
        .in_discards = stats.ulInDiscards,
        .header_errors = stats.ulInHdrErrors,
        .out_packets = stats.ulTotalOutPackets,
    };
}

mgm::OutgoingCounters counters_of(const MIB_IPMCAST_OIF_STATS& stats)
{
    return {
        .ttl_too_low = stats.ulTtlTooLow,
        .fragments_needed = stats.ulFragNeeded,
        .packets = stats.ulOutPackets,
        .discards = stats.ulOutDiscards,
    };
}

void trace_packet(const mgm::Packet& packet)
{
    TRACE("%s on %s\n", describe(packet.data), describe(packet.arrived_on));
}

} // namespace

DWORD WINAPI __wine_mgm_receive_packet(const WINE_MGM_PACKET* packet)
{
    TRACE("(%p)\n", packet);
    return answer_mgm(__func__, [&]() -> DWORD {
        if (!packet || (packet->dwHdrSize != 0 && !packet->pbPacketHdr))
            return ERROR_INVALID_PARAMETER;
        const mgm::Packet received{
            .data = {to_address(packet->dwGroup), to_address(packet->dwSource)},
            .arrived_on = to_interface(packet->dwInIfIndex, packet->dwInIfNextHopAddr),
            .length = packet->dwLength,
            .header = {packet->pbPacketHdr, packet->dwHdrSize},
        };
        trace_packet(received);
        if (!mgm::is_multicast(received.data.group) || mgm::is_multicast(received.data.source) ||
            received.data.source == mgm::any)
            return ERROR_INVALID_PARAMETER;
        return memory_forwarder().receive(group_manager(), received) ? NO_ERROR : ERROR_NOT_FOUND;
    });
}

DWORD WINAPI __wine_mgm_set_counters(const MIB_IPMCAST_MFE_STATS_EX* stats)
{
    TRACE("(%p)\n", stats);
    return answer_mgm(__func__, [&]() -> DWORD {
        if (!stats)
            return ERROR_INVALID_PARAMETER;
        const mgm::Flow data{to_address(stats->dwGroup), to_address(stats->dwSource)};
        bool found = memory_forwarder().set_counters(data, counters_of(*stats));
        for (ULONG i = 0; found && i < stats->ulNumOutIf; ++i) {
            const MIB_IPMCAST_OIF_STATS& out = stats->rgmiosOutStats[i];
            found = memory_forwarder().set_counters(
                data, to_interface(out.dwOutIfIndex, out.dwNextHopAddr), counters_of(out));
        }
        return found ? NO_ERROR : ERROR_NOT_FOUND;
    });
}
