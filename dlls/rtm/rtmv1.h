// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the doors of RTMv1, the older API for IP and IPX, have in common.
//
// A client passes routes and networks as PVOID: what they are is said by the protocol family. They
// are copied in and out, so they need not be aligned.

#pragma once

#include "door.h"

#include "rtm.h"

#include "v1/engine.h"

#include <cstddef>
#include <cstring>

namespace rtm
{

/// RTMv1 of this process.
v1::Engine& v1_engine() noexcept;

#define RTM_SAME_PLACE(sdk, member, record, its_member)                                            \
    static_assert(offsetof(sdk, member) == offsetof(record, its_member) &&                         \
                  sizeof(sdk::member) == sizeof(record::its_member))

static_assert(sizeof(RTM_IP_ROUTE) == sizeof(v1::IpRoute));
RTM_SAME_PLACE(RTM_IP_ROUTE, RR_TimeStamp, v1::IpRoute, time_stamp);
RTM_SAME_PLACE(RTM_IP_ROUTE, RR_RoutingProtocol, v1::IpRoute, protocol);
RTM_SAME_PLACE(RTM_IP_ROUTE, RR_InterfaceID, v1::IpRoute, interface_id);
RTM_SAME_PLACE(RTM_IP_ROUTE, RR_ProtocolSpecificData, v1::IpRoute, protocol_data);
RTM_SAME_PLACE(RTM_IP_ROUTE, RR_Network, v1::IpRoute, network);
RTM_SAME_PLACE(RTM_IP_ROUTE, RR_NextHopAddress, v1::IpRoute, next_hop);
RTM_SAME_PLACE(RTM_IP_ROUTE, RR_FamilySpecificData, v1::IpRoute, data);
RTM_SAME_PLACE(IP_SPECIFIC_DATA, FSD_Priority, v1::IpData, priority);
RTM_SAME_PLACE(IP_SPECIFIC_DATA, FSD_Metric, v1::IpData, metric);
RTM_SAME_PLACE(IP_SPECIFIC_DATA, FSD_Flags, v1::IpData, flags);
RTM_SAME_PLACE(IP_NETWORK, N_NetNumber, v1::IpNetwork, number);
RTM_SAME_PLACE(IP_NETWORK, N_NetMask, v1::IpNetwork, mask);

static_assert(sizeof(RTM_IPX_ROUTE) == sizeof(v1::IpxRoute));
RTM_SAME_PLACE(RTM_IPX_ROUTE, RR_RoutingProtocol, v1::IpxRoute, protocol);
RTM_SAME_PLACE(RTM_IPX_ROUTE, RR_InterfaceID, v1::IpxRoute, interface_id);
RTM_SAME_PLACE(RTM_IPX_ROUTE, RR_ProtocolSpecificData, v1::IpxRoute, protocol_data);
RTM_SAME_PLACE(RTM_IPX_ROUTE, RR_Network, v1::IpxRoute, network);
RTM_SAME_PLACE(RTM_IPX_ROUTE, RR_NextHopAddress.NHA_Mac, v1::IpxRoute, next_hop);
RTM_SAME_PLACE(RTM_IPX_ROUTE, RR_FamilySpecificData, v1::IpxRoute, data);
RTM_SAME_PLACE(IPX_SPECIFIC_DATA, FSD_TickCount, v1::IpxData, ticks);
RTM_SAME_PLACE(IPX_SPECIFIC_DATA, FSD_HopCount, v1::IpxData, hops);

#undef RTM_SAME_PLACE

static_assert(v1::only::this_network == RTM_ONLY_THIS_NETWORK &&
              v1::only::this_interface == RTM_ONLY_THIS_INTERFACE &&
              v1::only::this_protocol == RTM_ONLY_THIS_PROTOCOL &&
              v1::only::best_routes == RTM_ONLY_BEST_ROUTES);
static_assert(v1::change_flag::added == RTM_ROUTE_ADDED &&
              v1::change_flag::deleted == RTM_ROUTE_DELETED &&
              v1::change_flag::changed == RTM_ROUTE_CHANGED);
static_assert(v1::ip_route_is_valid == IP_VALID_ROUTE);

/// What a client passes, copied.
template <class Record> Record read_record(const void* from) noexcept
{
    Record record;
    std::memcpy(&record, from, sizeof(record));
    return record;
}

template <class Record> void write_record(void* to, const Record& record) noexcept
{
    std::memcpy(to, &record, sizeof(record));
}

/// The Win32 code that says the same as `status`, as RTMv1 spells it.
DWORD v1_code(Status status) noexcept;

/// Calls call(table) with the table of a family. Status::invalid_parameter if there is none.
template <class Call> Status with_table(DWORD family, Call call)
{
    switch (family) {
    case RTM_PROTOCOL_FAMILY_IP:
        return call(v1_engine().ip());
    case RTM_PROTOCOL_FAMILY_IPX:
        return call(v1_engine().ipx());
    default:
        return Status::invalid_parameter;
    }
}

template <class Table> using FamilyOf = typename std::remove_reference_t<Table>::Family;
template <class Table> using RouteOf = typename FamilyOf<Table>::Route;

/// The criteria of a call; `route` may be null if the flags ask for nothing of it.
template <class Family>
Status read_criteria(DWORD flags, const void* route, v1::Criteria<Family>& criteria) noexcept
{
    if (!route)
        return v1::Criteria<Family>::read(flags, nullptr, criteria);
    const auto record = read_record<typename Family::Route>(route);
    return v1::Criteria<Family>::read(flags, &record, criteria);
}

// For the debug channel.

/// "{10.0.0.0/8 via 10.0.0.1 on interface 2, protocol 8, metric 3}", "{00000a01 ... ticks 2}".
const char* describe_route(DWORD family, const void* route) noexcept;

/// The same for a route that a client passes with its handle.
const char* describe_route_of(HANDLE client, const void* route) noexcept;

const char* describe_network(DWORD family, const void* network) noexcept;
const char* family_name(DWORD family) noexcept;

/// "network protocol"
const char* criteria_names(DWORD flags) noexcept;

/// "for 90 s"
const char* life_text(DWORD seconds) noexcept;

/// On +rtm: what a call has changed, or a message says.
void trace_change(const v1::BestRouteChange<v1::Ip>& change) noexcept;
void trace_change(const v1::BestRouteChange<v1::Ipx>& change) noexcept;

/// Tells a client what has become of a best route. It may not want to see one or both.
template <class Family>
void write_change(const v1::BestRouteChange<Family>& change, DWORD& flags, void* current,
                  void* previous) noexcept
{
    flags = change.flags;
    trace_change(change);
    if (current && (change.flags & RTM_CURRENT_BEST_ROUTE) != 0)
        write_record(current, change.current);
    if (previous && (change.flags & RTM_PREVIOUS_BEST_ROUTE) != 0)
        write_record(previous, change.previous);
}

/// A signal that is the client's event, which may be closed before the client leaves. Throws
/// ResourceExhausted or std::bad_alloc. Null if the handle is no event's.
std::unique_ptr<v1::Signal> make_signal(HANDLE event);

} // namespace rtm
