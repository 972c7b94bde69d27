// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A prefix: an address and how many of its bits count.

#pragma once

#include "records.h"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace rtm
{

/// Bits beyond `length` are zero. Ordered by address, then shorter before longer.
struct Prefix {
    std::array<std::uint8_t, 16> bytes{};
    std::uint8_t length = 0;

    std::strong_ordering operator<=>(const Prefix& other) const noexcept
    {
        int order = std::memcmp(bytes.data(), other.bytes.data(), bytes.size());
        return order != 0 ? order <=> 0 : length <=> other.length;
    }
    bool operator==(const Prefix& other) const noexcept = default;

    /// Whether every address of `other` is one of this.
    bool covers(const Prefix& other) const noexcept
    {
        return length <= other.length && other.shortened(length) == *this;
    }

    /// The first `bits` of it, of which there must be as many.
    Prefix shortened(unsigned bits) const noexcept
    {
        Prefix result;
        const unsigned whole = bits / 8;
        std::memcpy(result.bytes.data(), bytes.data(), whole);
        if (bits % 8 != 0)
            result.bytes[whole] = static_cast<std::uint8_t>(bytes[whole] & (0xff00 >> (bits % 8)));
        result.length = static_cast<std::uint8_t>(bits);
        return result;
    }
};

/// The prefix that a client means. False if it is of another family, or too long.
inline bool read_prefix(Family family, const NetAddress& address, Prefix& prefix) noexcept
{
    if (address.family != family_number(family) || address.bits > address_size(family) * 8)
        return false;
    std::memcpy(prefix.bytes.data(), address.bytes, prefix.bytes.size());
    prefix = prefix.shortened(address.bits);
    return true;
}

inline void write_prefix(Family family, const Prefix& prefix, NetAddress& address) noexcept
{
    address.family = family_number(family);
    address.bits = prefix.length;
    std::memcpy(address.bytes, prefix.bytes.data(), prefix.bytes.size());
}

} // namespace rtm
