// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "table.h"

#include "checksum.h"
#include "give_up.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace native
{

namespace
{

constexpr std::uint32_t batch = 64;
constexpr ULONG owner_protocol = 14, viewer_protocol = 1000, watcher_protocol = 1001;
constexpr USHORT windows_ipv6 = 23; // AF_INET6 there

void must(DWORD status, DWORD expected = NO_ERROR)
{
    if (status == expected)
        return;
    char why[64];
    std::snprintf(why, sizeof(why), "a call gives %u, not %u", static_cast<unsigned>(status),
                  static_cast<unsigned>(expected));
    give_up(why);
}

/// Room for a batch of destinations.
class DestBatch
{
public:
    RTM_DEST_INFO* first() { return &(*this)[0]; }
    RTM_DEST_INFO& operator[](std::size_t i)
    {
        return *reinterpret_cast<RTM_DEST_INFO*>(room_ + i * stride);
    }

private:
    static constexpr std::size_t stride = RTM_SIZE_OF_DEST_INFO(2);
    alignas(RTM_DEST_INFO) unsigned char room_[stride * batch];
};

unsigned told;

DWORD WINAPI drain(RTM_ENTITY_HANDLE me, RTM_EVENT_TYPE type, PVOID notification, PVOID)
{
    DestBatch some;
    if (type != RTM_CHANGE_NOTIFICATION)
        return ERROR_NOT_SUPPORTED;
    while (true) {
        UINT filled = batch;
        if (RtmGetChangedDests(me, notification, &filled, some.first()) != NO_ERROR)
            return NO_ERROR;
        must(RtmReleaseChangedDests(me, notification, filled, some.first()));
        told += filled;
    }
}

} // namespace

// ---- clients ----

Table::Table(const prefixes& prefixes) : prefixes_(prefixes), routes_(prefixes.count)
{
    viewer_ = join(viewer_protocol);
    owner_joins();
}

Table::~Table()
{
    must(RtmDeregisterEntity(owner_));
    must(RtmDeregisterEntity(viewer_));
    let_events_run();
}

RTM_ENTITY_HANDLE Table::join(ULONG protocol, RTM_EVENT_CALLBACK callback) const
{
    RTM_ENTITY_INFO info{};
    info.AddressFamily = prefixes_.family == AF_INET ? AF_INET : windows_ipv6;
    info.EntityId.EntityProtocolId = protocol;
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity = nullptr;
    must(RtmRegisterEntity(&info, nullptr, callback, FALSE, &profile, &entity));
    return entity;
}

void Table::owner_joins()
{
    owner_ = join(owner_protocol);
    RTM_NEXTHOP_INFO info{};
    const auto bits = static_cast<std::uint8_t>(address_bits(prefixes_.family));
    info.NextHopAddress = net({{192, 0, 2, 1}, bits});
    info.InterfaceIndex = 1;
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    hop_ = nullptr;
    must(RtmAddNextHop(owner_, &info, &hop_, &flags));
}

RTM_NET_ADDRESS Table::net(const prefix& prefix) const
{
    RTM_NET_ADDRESS address;
    address.AddressFamily = prefixes_.family == AF_INET ? AF_INET : windows_ipv6;
    address.NumBits = prefix.length;
    std::memcpy(address.AddrBits, prefix.bytes, sizeof(address.AddrBits));
    return address;
}

// ---- changes ----

void Table::add_one(std::uint32_t i, ULONG metric)
{
    RTM_NET_ADDRESS address = net(prefixes_.all[i]);
    RTM_ROUTE_INFO info{};
    info.Neighbour = hop_;
    info.PrefInfo.Metric = metric;
    info.BelongsToViews = RTM_VIEW_MASK_UCAST;
    info.NextHopsList.NumNextHops = 1;
    info.NextHopsList.NextHops[0] = hop_;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    must(RtmAddRouteToDest(owner_, &routes_[i], &address, &info, INFINITE, nullptr, 0, nullptr,
                           &flags));
}

Outcome Table::add()
{
    std::fill(routes_.begin(), routes_.end(), nullptr);
    for (std::uint32_t i = 0; i < prefixes_.count; ++i)
        add_one(i, prefix_value(i));
    return {prefixes_.count};
}

Outcome Table::update()
{
    for (std::uint32_t i = 0; i < prefixes_.count; ++i) {
        const std::uint32_t number = prefixes_.order[i];
        add_one(number, prefix_value(number) + MOST_PREFIXES);
    }
    return {prefixes_.count};
}

Outcome Table::edit()
{
    for (std::uint32_t i = 0; i < prefixes_.count; ++i) {
        const RTM_ROUTE_HANDLE route = routes_[prefixes_.order[i]];
        RTM_ROUTE_INFO* live = nullptr;
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        must(RtmLockRoute(owner_, route, TRUE, TRUE, &live));
        live->PrefInfo.Metric++;
        must(RtmUpdateAndUnlockRoute(owner_, route, INFINITE, nullptr, 0, nullptr, &flags));
    }
    return {prefixes_.count};
}

Outcome Table::remove()
{
    for (std::uint32_t i = 0; i < prefixes_.count; ++i) {
        RTM_ROUTE_CHANGE_FLAGS flags;
        must(RtmDeleteRouteToDest(owner_, routes_[prefixes_.order[i]], &flags));
    }
    return {prefixes_.count};
}

Outcome Table::leave()
{
    must(RtmDeregisterEntity(owner_));
    owner_joins();
    return {prefixes_.count};
}

// ---- changes that are told ----

void Table::let_events_run()
{
    do {
        while (host_.run_job()) {
        }
        if (const auto next = host_.next_alarm())
            host_.set_now(*next);
    } while (host_.fire_alarm());
}

Outcome Table::add_told()
{
    const RTM_ENTITY_HANDLE watcher = join(watcher_protocol, drain);
    RTM_NOTIFY_HANDLE notification = nullptr;
    must(RtmRegisterForChangeNotification(watcher, RTM_VIEW_MASK_UCAST, RTM_CHANGE_TYPE_BEST,
                                          nullptr, &notification));
    told = 0;
    add();
    let_events_run();
    must(RtmDeregisterEntity(watcher));
    // What is referred to would stay when the owner leaves.
    for (std::uint32_t i = 0; i < prefixes_.count; i += batch)
        must(RtmReleaseRoutes(owner_, std::min(batch, prefixes_.count - i), &routes_[i]));
    return {told};
}

// ---- questions ----

ULONG Table::read_metric(RTM_ROUTE_HANDLE route) const
{
    alignas(RTM_ROUTE_INFO) unsigned char room[RTM_SIZE_OF_ROUTE_INFO(8)];
    auto* info = reinterpret_cast<RTM_ROUTE_INFO*>(room);
    must(RtmGetRouteInfo(viewer_, route, info, nullptr));
    must(RtmReleaseRouteInfo(viewer_, info));
    return info->PrefInfo.Metric;
}

Outcome Table::match_exactly()
{
    std::uint64_t sum = CHECKSUM_START;
    for (std::uint32_t i = 0; i < prefixes_.count; ++i) {
        RTM_NET_ADDRESS address = net(prefixes_.asked[i]);
        RTM_DEST_INFO found;
        must(RtmGetExactMatchDestination(viewer_, &address, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_UCAST,
                                         &found));
        sum = checksum(sum, read_metric(found.ViewInfo[0].Route));
        must(RtmReleaseDestInfo(viewer_, &found));
    }
    return {prefixes_.count, sum};
}

Outcome Table::match_longest()
{
    std::uint64_t sum = CHECKSUM_START;
    for (std::uint32_t i = 0; i < prefixes_.count; ++i) {
        RTM_NET_ADDRESS address = net(prefixes_.hosts[i]);
        RTM_DEST_INFO found;
        must(RtmGetMostSpecificDestination(viewer_, &address, RTM_BEST_PROTOCOL,
                                           RTM_VIEW_MASK_UCAST, &found));
        sum = checksum(sum, read_metric(found.ViewInfo[0].Route));
        must(RtmReleaseDestInfo(viewer_, &found));
    }
    return {prefixes_.count, sum};
}

Outcome Table::walk()
{
    Outcome outcome{0, CHECKSUM_START};
    DestBatch some;
    RTM_ENUM_HANDLE enumeration = nullptr;
    must(RtmCreateDestEnum(viewer_, RTM_VIEW_MASK_UCAST, RTM_ENUM_START, nullptr, RTM_BEST_PROTOCOL,
                           &enumeration));
    while (true) {
        UINT filled = batch;
        if (RtmGetEnumDests(viewer_, enumeration, &filled, some.first()) != NO_ERROR)
            break;
        for (UINT i = 0; i < filled; ++i)
            outcome.checksum = checksum(outcome.checksum, read_metric(some[i].ViewInfo[0].Route));
        must(RtmReleaseDests(viewer_, filled, some.first()));
        outcome.calls += filled;
    }
    must(RtmDeleteEnumHandle(viewer_, enumeration));
    return outcome;
}

Outcome Table::refuse()
{
    std::uint64_t random = 3;
    for (std::uint32_t i = 0; i < prefixes_.count; ++i) {
        RTM_ENTITY_INFO info;
        const auto no_handle = reinterpret_cast<HANDLE>(random_number(&random) | 1);
        must(RtmGetEntityInfo(viewer_, no_handle, &info), ERROR_INVALID_HANDLE);
    }
    return {prefixes_.count};
}

} // namespace native
