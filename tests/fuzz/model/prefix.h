// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Addresses as clients give them, and prefixes as the table keeps them.

#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace model
{

constexpr std::uint16_t ipv4 = 2;
constexpr std::uint16_t ipv6 = 23;

/// An RTM_NET_ADDRESS: any of it may be nonsense.
struct Address {
    std::uint16_t family = 0;
    std::uint16_t bits = 0;
    std::array<std::uint8_t, 16> bytes{};
};

/// Bits beyond `length` are zero. Ordered by address, then shorter before longer.
struct Prefix {
    std::array<std::uint8_t, 16> bytes{};
    unsigned length = 0;

    auto operator<=>(const Prefix&) const = default;

    bool bit(unsigned i) const { return (bytes[i / 8] >> (7 - i % 8) & 1) != 0; }

    /// Whether `other` is this or inside it.
    bool covers(const Prefix& other) const;
};

/// The prefix that an address means in a table of `family`; none if it is not one.
std::optional<Prefix> prefix_of(const Address& address, std::uint16_t family);

std::string text_of(const Prefix& prefix, std::uint16_t family);

} // namespace model
