// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "prefix.h"

#include <cstdio>

namespace model
{

bool Prefix::covers(const Prefix& other) const
{
    if (length > other.length)
        return false;
    for (unsigned i = 0; i < length; ++i)
        if (bit(i) != other.bit(i))
            return false;
    return true;
}

std::optional<Prefix> prefix_of(const Address& address, std::uint16_t family)
{
    const unsigned longest = family == ipv4 ? 32 : 128;
    if (address.family != family || address.bits > longest)
        return std::nullopt;
    Prefix prefix;
    prefix.length = address.bits;
    for (unsigned i = 0; i < prefix.length; ++i)
        prefix.bytes[i / 8] |= address.bytes[i / 8] & (0x80 >> i % 8);
    return prefix;
}

std::string text_of(const Prefix& prefix, std::uint16_t family)
{
    char text[48];
    std::string result;
    const auto& b = prefix.bytes;
    if (family == ipv4) {
        std::snprintf(text, sizeof(text), "%u.%u.%u.%u", b[0], b[1], b[2], b[3]);
        result = text;
    } else {
        for (unsigned i = 0; i < 16; i += 2) {
            std::snprintf(text, sizeof(text), "%s%x", i == 0 ? "" : ":", b[i] << 8 | b[i + 1]);
            result += text;
        }
    }
    return result + "/" + std::to_string(prefix.length);
}

} // namespace model
