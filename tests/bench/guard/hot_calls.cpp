// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The calls that programs make most, on a table that is always the same, for callgrind to count
// the instructions of each. `check` compares them with those that are on record. The doors are
// compiled for Linux with Wine's headers, as for the winelib form; nothing runs but what is called.

#include "prefixes.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "rtmv2.h"

#include "platform/engine.h"
#include "platform/fuzz_host.h"

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace
{

constexpr std::uint32_t count = 20000;
constexpr std::uint32_t batch = 64;

/// Ends the program if a call does not do what it is to do.
void must(DWORD status, DWORD expected = NO_ERROR)
{
    if (status == expected)
        return;
    std::fprintf(stderr, "error: a call gives %u, not %u\n", static_cast<unsigned>(status),
                 static_cast<unsigned>(expected));
    std::exit(1);
}

/// Counts what `work` executes, and has callgrind write that down under `name`, with the number of
/// calls, which `work` returns.
template <typename Work> void measure(const char* name, Work&& work)
{
    CALLGRIND_ZERO_STATS;
    const unsigned calls = work();
    char trigger[64];
    std::snprintf(trigger, sizeof(trigger), "%s %u", name, calls);
    CALLGRIND_DUMP_STATS_AT(trigger);
}

struct Table {
    prefixes all;
    RTM_ENTITY_HANDLE owner = nullptr, viewer = nullptr;
    RTM_NEXTHOP_HANDLE hop = nullptr;
    std::vector<RTM_ROUTE_HANDLE> routes;
};

RTM_ENTITY_HANDLE join(ULONG protocol, RTM_EVENT_CALLBACK callback = nullptr)
{
    RTM_ENTITY_INFO info{};
    info.AddressFamily = AF_INET;
    info.EntityId.EntityProtocolId = protocol;
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity = nullptr;
    must(RtmRegisterEntity(&info, nullptr, callback, FALSE, &profile, &entity));
    return entity;
}

RTM_NET_ADDRESS net(const prefix& prefix)
{
    RTM_NET_ADDRESS address;
    address.AddressFamily = AF_INET;
    address.NumBits = prefix.length;
    std::memcpy(address.AddrBits, prefix.bytes, sizeof(address.AddrBits));
    return address;
}

void add_next_hop(Table& table)
{
    RTM_NEXTHOP_INFO info{};
    info.NextHopAddress = net({{192, 0, 2, 1}, 32});
    info.InterfaceIndex = 1;
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    must(RtmAddNextHop(table.owner, &info, &table.hop, &flags));
}

// ---- changes ----

void add(Table& table, std::uint32_t i, ULONG metric)
{
    RTM_NET_ADDRESS address = net(table.all.all[i]);
    RTM_ROUTE_INFO info{};
    info.Neighbour = table.hop;
    info.PrefInfo.Metric = metric;
    info.BelongsToViews = RTM_VIEW_MASK_UCAST;
    info.NextHopsList.NumNextHops = 1;
    info.NextHopsList.NextHops[0] = table.hop;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    must(RtmAddRouteToDest(table.owner, &table.routes[i], &address, &info, INFINITE, nullptr, 0,
                           nullptr, &flags));
}

unsigned add_all(Table& table)
{
    table.routes.assign(count, nullptr);
    for (std::uint32_t i = 0; i < count; ++i)
        add(table, i, 1);
    return count;
}

unsigned update_all(Table& table)
{
    for (std::uint32_t i = 0; i < count; ++i)
        add(table, table.all.order[i], 2);
    return count;
}

unsigned edit_all(Table& table)
{
    for (std::uint32_t i = 0; i < count; ++i) {
        const RTM_ROUTE_HANDLE route = table.routes[table.all.order[i]];
        RTM_ROUTE_INFO* live = nullptr;
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        must(RtmLockRoute(table.owner, route, TRUE, TRUE, &live));
        live->PrefInfo.Metric = 3;
        must(RtmUpdateAndUnlockRoute(table.owner, route, INFINITE, nullptr, 0, nullptr, &flags));
    }
    return count;
}

unsigned delete_all(Table& table)
{
    for (std::uint32_t i = 0; i < count; ++i) {
        RTM_ROUTE_CHANGE_FLAGS flags;
        must(RtmDeleteRouteToDest(table.owner, table.routes[table.all.order[i]], &flags));
    }
    return count;
}

// ---- questions ----

void read_route(const Table& table, RTM_ROUTE_HANDLE route)
{
    alignas(RTM_ROUTE_INFO) unsigned char room[RTM_SIZE_OF_ROUTE_INFO(8)];
    auto* info = reinterpret_cast<RTM_ROUTE_INFO*>(room);
    must(RtmGetRouteInfo(table.viewer, route, info, nullptr));
    must(RtmReleaseRouteInfo(table.viewer, info));
}

unsigned match_all_exactly(Table& table)
{
    for (std::uint32_t i = 0; i < count; ++i) {
        RTM_NET_ADDRESS address = net(table.all.asked[i]);
        RTM_DEST_INFO found;
        must(RtmGetExactMatchDestination(table.viewer, &address, RTM_BEST_PROTOCOL,
                                         RTM_VIEW_MASK_UCAST, &found));
        read_route(table, found.ViewInfo[0].Route);
        must(RtmReleaseDestInfo(table.viewer, &found));
    }
    return count;
}

unsigned match_longest(Table& table)
{
    for (std::uint32_t i = 0; i < count; ++i) {
        RTM_NET_ADDRESS address = net(table.all.hosts[i]);
        RTM_DEST_INFO found;
        must(RtmGetMostSpecificDestination(table.viewer, &address, RTM_BEST_PROTOCOL,
                                           RTM_VIEW_MASK_UCAST, &found));
        read_route(table, found.ViewInfo[0].Route);
        must(RtmReleaseDestInfo(table.viewer, &found));
    }
    return count;
}

unsigned walk(Table& table)
{
    constexpr std::size_t stride = RTM_SIZE_OF_DEST_INFO(2);
    alignas(RTM_DEST_INFO) static unsigned char room[stride * batch];
    RTM_ENUM_HANDLE enumeration = nullptr;
    must(RtmCreateDestEnum(table.viewer, RTM_VIEW_MASK_UCAST, RTM_ENUM_START, nullptr,
                           RTM_BEST_PROTOCOL, &enumeration));
    unsigned total = 0;
    while (true) {
        UINT filled = batch;
        auto* first = reinterpret_cast<RTM_DEST_INFO*>(room);
        if (RtmGetEnumDests(table.viewer, enumeration, &filled, first) != NO_ERROR)
            break;
        for (UINT i = 0; i < filled; ++i)
            read_route(table,
                       reinterpret_cast<RTM_DEST_INFO*>(room + i * stride)->ViewInfo[0].Route);
        must(RtmReleaseDests(table.viewer, filled, first));
        total += filled;
    }
    must(RtmDeleteEnumHandle(table.viewer, enumeration));
    return total;
}

unsigned refuse(Table& table)
{
    std::uint64_t random = 3;
    for (std::uint32_t i = 0; i < count; ++i) {
        RTM_ENTITY_INFO info;
        must(RtmGetEntityInfo(table.viewer, reinterpret_cast<HANDLE>(random_number(&random) | 1),
                              &info),
             ERROR_INVALID_HANDLE);
    }
    return count;
}

// ---- changes that are told ----

unsigned told;

DWORD WINAPI drain(RTM_ENTITY_HANDLE me, RTM_EVENT_TYPE type, PVOID notification, PVOID)
{
    constexpr std::size_t stride = RTM_SIZE_OF_DEST_INFO(2);
    alignas(RTM_DEST_INFO) static unsigned char room[stride * batch];
    if (type != RTM_CHANGE_NOTIFICATION)
        return ERROR_NOT_SUPPORTED;
    while (true) {
        UINT filled = batch;
        auto* first = reinterpret_cast<RTM_DEST_INFO*>(room);
        if (RtmGetChangedDests(me, notification, &filled, first) != NO_ERROR)
            return NO_ERROR;
        must(RtmReleaseChangedDests(me, notification, filled, first));
        told += filled;
    }
}

void let_events_run(fuzz::FuzzHost& host)
{
    do {
        while (host.run_job()) {
        }
        if (const auto next = host.next_alarm())
            host.set_now(*next);
    } while (host.fire_alarm());
}

unsigned add_all_told(Table& table, fuzz::FuzzHost& host)
{
    told = 0;
    add_all(table);
    let_events_run(host);
    return told;
}

unsigned leave(Table& table)
{
    must(RtmDeregisterEntity(table.owner));
    return count;
}

void measure_all(fuzz::FuzzHost& host)
{
    Table table;
    prefixes_make_up(&table.all, AF_INET, count);
    table.owner = join(14);
    table.viewer = join(1000);
    add_next_hop(table);
    measure("add", [&] { return add_all(table); });
    measure("exact", [&] { return match_all_exactly(table); });
    measure("longest", [&] { return match_longest(table); });
    measure("walk", [&] { return walk(table); });
    measure("refuse", [&] { return refuse(table); });
    measure("update", [&] { return update_all(table); });
    measure("edit", [&] { return edit_all(table); });
    measure("delete", [&] { return delete_all(table); });

    const RTM_ENTITY_HANDLE watcher = join(1001, drain);
    RTM_NOTIFY_HANDLE notification = nullptr;
    must(RtmRegisterForChangeNotification(watcher, RTM_VIEW_MASK_UCAST, RTM_CHANGE_TYPE_BEST,
                                          nullptr, &notification));
    measure("add_told", [&] { return add_all_told(table, host); });
    must(RtmDeregisterEntity(watcher));
    for (std::uint32_t i = 0; i < count; i += batch)
        must(RtmReleaseRoutes(table.owner, std::min(batch, count - i), &table.routes[i]));
    measure("leave", [&] { return leave(table); });
    must(RtmDeregisterEntity(table.viewer));
    let_events_run(host);
}

} // namespace

int main()
{
    fuzz::FuzzHost host;
    fuzz::Engine engine(host);
    measure_all(host);
}
