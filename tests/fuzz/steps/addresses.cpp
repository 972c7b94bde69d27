// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The prefixes that runs use: few, and many of them inside others.

#include "steps/run.h"

#include <algorithm>
#include <iterator>

namespace fuzz
{

namespace
{

struct Given {
    UCHAR bytes[16];
    USHORT length;
};

constexpr Given ipv4_prefixes[] = {
    {{10}, 8},
    {{10, 1}, 16},
    {{10, 1, 2}, 24},
    {{10, 1, 2, 3}, 32},
    {{10, 128}, 9},
    {{10}, 9},
    {{10, 1, 2, 128}, 25},
    {{10, 1, 2}, 25},
    {{}, 0},
    {{}, 1},
    {{128}, 1},
    {{192, 168}, 16},
    {{192, 168, 1}, 24},
    {{192, 168, 1, 1}, 32},
    {{255, 255, 255, 255}, 32},
    {{}, 32},
};

constexpr Given ipv6_prefixes[] = {
    {{0x20, 1, 0xd, 0xb8}, 32},
    {{0x20, 1, 0xd, 0xb8, 0, 1}, 48},
    {{0x20, 1, 0xd, 0xb8, 0, 1, 0, 2}, 64},
    {{0x20, 1, 0xd, 0xb8, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3}, 128},
    {{0x20, 1, 0xd, 0xb8, 0x80}, 33},
    {{0x20, 1, 0xd, 0xb8}, 33},
    {{0x20, 1, 0xd, 0xb8, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2}, 127},
    {{0x20, 1, 0xd, 0xb8, 0, 1, 0, 2, 0x80}, 65},
    {{}, 0},
    {{0xfe, 0x80}, 10},
    {{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}, 128},
    {{}, 128},
};

/// Fills what is behind the prefix.
void add_garbage(RTM_NET_ADDRESS& address, std::uint8_t garbage)
{
    for (unsigned bit = address.NumBits; bit < 128; ++bit)
        if ((garbage >> bit % 8 & 1) != 0)
            address.AddrBits[bit / 8] |= 0x80 >> bit % 8;
}

} // namespace

RTM_NET_ADDRESS Run::pick_address(Args& args)
{
    constexpr std::uint8_t seldom = 0xa0; // the others are more often than all there are
    constexpr std::uint8_t wrong = 0xfc;
    const std::uint8_t choice = args.byte();
    const USHORT family = caller_ ? caller_->table.family : model::ipv4;
    const bool is_ipv4 = family == model::ipv4;
    const std::size_t which = choice < seldom ? choice % 6 : choice;
    const Given& given = is_ipv4 ? ipv4_prefixes[which % std::size(ipv4_prefixes)]
                                 : ipv6_prefixes[which % std::size(ipv6_prefixes)];
    RTM_NET_ADDRESS address{family, given.length, {}};
    std::copy_n(given.bytes, 16, address.AddrBits);
    if (choice % 3 == 0)
        add_garbage(address, static_cast<std::uint8_t>(choice * 29));
    if (choice == wrong)
        address.AddressFamily = is_ipv4 ? model::ipv6 : model::ipv4;
    if (choice == wrong + 1)
        address.AddressFamily = 0;
    if (choice == wrong + 2)
        address.NumBits = is_ipv4 ? 33 : 129;
    if (choice == wrong + 3)
        address.NumBits = 0xffff;
    return address;
}

RTM_NET_ADDRESS Run::pick_of(Args& args, const Addresses& found)
{
    constexpr std::uint8_t any = 0xc0;
    Args ahead = args;
    const std::uint8_t choice = ahead.byte();
    if (choice >= any || found.empty())
        return pick_address(args);
    args = ahead;
    const model::Prefix& prefix = found[choice % found.size()];
    RTM_NET_ADDRESS address{caller_->table.family, static_cast<USHORT>(prefix.length), {}};
    std::copy(prefix.bytes.begin(), prefix.bytes.end(), address.AddrBits);
    if (choice % 2 != 0)
        add_garbage(address, static_cast<std::uint8_t>(choice * 29));
    return address;
}

RTM_NET_ADDRESS Run::pick_destination_address(Args& args)
{
    Addresses found;
    if (caller_)
        for (const auto& [prefix, destination] : caller_->table.destinations)
            found.push_back(prefix);
    return pick_of(args, found);
}

RTM_NET_ADDRESS Run::pick_hop_address(Args& args)
{
    Addresses found;
    if (caller_)
        for (const auto& [key, hop] : caller_->next_hops)
            found.push_back(key.address);
    return pick_of(args, found);
}

} // namespace fuzz
