// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Addresses as numbers.

#pragma once

#include "prefixes.h"

#include <compare>
#include <cstdint>
#include <cstring>

namespace peers
{

inline std::uint32_t ipv4_of(const prefix& prefix)
{
    std::uint32_t big_endian;
    std::memcpy(&big_endian, prefix.bytes, sizeof(big_endian));
    return __builtin_bswap32(big_endian);
}

/// The first or the second half of an address.
inline std::uint64_t half_of(const prefix& prefix, int half)
{
    std::uint64_t big_endian;
    std::memcpy(&big_endian, prefix.bytes + 8 * half, sizeof(big_endian));
    return __builtin_bswap64(big_endian);
}

/// Compares like the order of a table: by address, shorter prefixes first.
struct Key {
    std::uint64_t high = 0, low = 0;
    unsigned length = 0;

    Key() = default;
    explicit Key(const prefix& prefix)
        : high(half_of(prefix, 0)), low(half_of(prefix, 1)), length(prefix.length)
    {
    }

    Key shortened(unsigned bits) const
    {
        Key made;
        made.length = bits;
        made.high = bits == 0 ? 0 : bits >= 64 ? high : high & ~std::uint64_t{0} << (64 - bits);
        made.low = bits <= 64 ? 0 : bits >= 128 ? low : low & ~std::uint64_t{0} << (128 - bits);
        return made;
    }

    auto operator<=>(const Key&) const = default;
};

} // namespace peers
