// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "reverse_paths.h"

#include <algorithm>
#include <array>

namespace rtm::mgm
{

namespace
{

constexpr unsigned address_bits = 32;
constexpr unsigned most_next_hops = 255; // that can be configured

/// Room for any route's RouteInfo.
union RouteRoom {
    RouteRoom() noexcept : info{} {}

    RouteInfo info;
    std::byte room[sizeof(RouteInfo) + most_next_hops * sizeof(Handle)];
};

Address read_address(const std::uint8_t* bytes) noexcept
{
    return Address(bytes[0]) << 24 | Address(bytes[1]) << 16 | Address(bytes[2]) << 8 | bytes[3];
}

Prefix host_prefix(Address address) noexcept
{
    Prefix prefix;
    for (unsigned i = 0; i < 4; ++i)
        prefix.bytes[i] = static_cast<std::uint8_t>(address >> (24 - 8 * i));
    prefix.length = address_bits;
    return prefix;
}

Address mask_of(unsigned length) noexcept
{
    return length == 0 ? 0 : ~Address(0) << (address_bits - length);
}

} // namespace

Status ReversePaths::begin()
{
    const Registration registration{.table = {0, Family::ipv4},
                                    .id = {protocol, 0},
                                    .methods = {},
                                    .callback = on_change_,
                                    .reserve_opaque_pointer = false};
    Status status = rib_.join(registration, [&](Handle made, const Limits&) { entity_ = made; });
    if (status != Status::ok)
        return status;
    try {
        const Caller caller(rib_, entity_);
        Handle made = 0;
        status = caller.table().changes().watch(
            *caller, view_multicast, change_type::best | change_type::forwarding, nullptr, made);
        notification_ = made;
    } catch (const std::bad_alloc&) {
        status = Status::not_enough_memory;
    } catch (const ResourceExhausted&) {
        status = Status::no_system_resources;
    }
    if (status != Status::ok)
        end();
    return status;
}

void ReversePaths::end() noexcept
{
    rib_.leave(entity_, [](const Entity&) {});
    notification_ = 0;
    entity_ = 0;
}

Destination* ReversePaths::find(Table& table, Address source) const
{
    return table.destinations().tree().find_longest(
        host_prefix(source), address_bits, [](const Destination& destination) {
            return (destination.belongs_to() & view_multicast) != 0;
        });
}

std::optional<Upstream> ReversePaths::look_up(Address source) const noexcept
{
    const Caller caller(rib_, entity_);
    DestInfo info;
    if (!caller || !describe(source, info))
        return std::nullopt;
    const auto upstream = read_way(caller, info);
    release(info);
    return upstream;
}

/// By the first next hop of the best route.
std::optional<Upstream> ReversePaths::read_way(const Caller& caller, const DestInfo& info) const
{
    const Route* route = caller.find_route(info.view[0].route);
    if (!route)
        return std::nullopt;
    RouteRoom room;
    caller.table().reports().copy(*route, room.info);
    const NextHop* next_hop = room.info.next_hop_count != 0
                                  ? caller.table().next_hops().find(room.info.next_hops[0])
                                  : nullptr;
    if (!next_hop)
        return std::nullopt;
    const Address neighbour = read_address(next_hop->key.address.bytes.data());
    Upstream upstream{.incoming = {next_hop->key.interface_index, neighbour},
                      .neighbour = neighbour};
    read(info, upstream);
    return upstream;
}

bool ReversePaths::describe(Address source, DestInfo& out) const noexcept
{
    const Caller caller(rib_, entity_);
    if (!caller)
        return false;
    while (Destination* destination = find(caller.table(), source)) {
        if (!destination->references.try_add())
            continue;
        caller.table().reports().describe(*caller, *destination, {best_protocol, view_multicast},
                                          out);
        return true;
    }
    return false;
}

void ReversePaths::release(const DestInfo& info) const noexcept
{
    const Caller caller(rib_, entity_);
    if (caller)
        caller.table().reports().release(*caller, &info, 1, sizeof(DestInfo));
}

void ReversePaths::read(const DestInfo& info, Upstream& upstream) const noexcept
{
    Prefix prefix;
    if (!read_prefix(Family::ipv4, info.address, prefix))
        return;
    upstream.route_network = read_address(prefix.bytes.data());
    upstream.route_mask = mask_of(prefix.length);
    const Caller caller(rib_, entity_);
    if (const Entity* owner = caller ? caller.find_entity(info.view[0].owner) : nullptr)
        upstream.route_protocol = owner->id.protocol;
}

std::size_t ReversePaths::fetch_changes(std::span<SourceRange> room) noexcept
{
    const Caller caller(rib_, entity_);
    Notification* notification = caller ? caller.find_notification(rib_, notification_) : nullptr;
    if (!notification)
        return 0;
    std::array<Destination*, 64> changed;
    const std::size_t count = caller.table().changes().fetch(
        *notification, std::span(changed).first(std::min(room.size(), changed.size())));
    for (std::size_t i = 0; i < count; ++i) {
        const Prefix prefix = changed[i]->prefix(Family::ipv4);
        const Address first = read_address(prefix.bytes.data());
        room[i] = {first, first | ~mask_of(prefix.length)};
        if (changed[i]->references.reserve())
            caller.table().destinations().after_release(*changed[i]);
    }
    return count;
}

} // namespace rtm::mgm
