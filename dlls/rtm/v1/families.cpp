// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "v1/families.h"

#include <bit>

namespace rtm::v1
{

namespace
{

using Bytes = std::array<std::uint8_t, 4>;

/// The number whose bytes in memory are in network order.
std::uint32_t in_machine_order(std::uint32_t value) noexcept
{
    const auto bytes = std::bit_cast<Bytes>(value);
    return std::uint32_t(bytes[0]) << 24 | std::uint32_t(bytes[1]) << 16 |
           std::uint32_t(bytes[2]) << 8 | bytes[3];
}

std::uint32_t in_network_order(std::uint32_t value) noexcept
{
    return in_machine_order(value); // the same exchange, if any
}

} // namespace

std::optional<Ip::NetworkKey> Ip::network_of(const Network& network) noexcept
{
    const std::uint32_t host_bits = ~in_machine_order(network.mask);
    if ((host_bits & (host_bits + 1)) != 0)
        return std::nullopt; // ones and zeros mixed
    Prefix address;
    address.length = 32;
    std::memcpy(address.bytes.data(), &network.number, sizeof(network.number));
    return address.shortened(32 - static_cast<unsigned>(std::popcount(host_bits)));
}

Ip::Network Ip::network_from(const NetworkKey& key) noexcept
{
    Network network;
    std::memcpy(&network.number, key.bytes.data(), sizeof(network.number));
    network.mask = in_network_order(key.length == 0 ? 0 : ~std::uint32_t(0) << (32 - key.length));
    return network;
}

Ip::NextHop Ip::next_hop_of(const Route& route) noexcept
{
    return std::bit_cast<NextHop>(route.next_hop.number);
}

} // namespace rtm::v1
