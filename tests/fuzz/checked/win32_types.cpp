// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "win32_types.h"

#include <algorithm>

namespace fuzz
{

std::vector<Name> to_names(const HANDLE* handles, unsigned count)
{
    std::vector<Name> names;
    for (unsigned i = 0; handles && i < count; ++i)
        names.push_back(to_name(handles[i]));
    return names;
}

std::optional<model::Address> to_address(const RTM_NET_ADDRESS* address)
{
    if (!address)
        return std::nullopt;
    model::Address result;
    result.family = address->AddressFamily;
    result.bits = address->NumBits;
    std::copy_n(address->AddrBits, result.bytes.size(), result.bytes.begin());
    return result;
}

bool is_exactly(const RTM_NET_ADDRESS& address, const model::Prefix& prefix, unsigned family)
{
    return address.AddressFamily == family && address.NumBits == prefix.length &&
           std::equal(prefix.bytes.begin(), prefix.bytes.end(), address.AddrBits);
}

std::string text_of(const RTM_NET_ADDRESS* address)
{
    if (!address)
        return "NULL";
    auto prefix = model::prefix_of(*to_address(address), address->AddressFamily);
    if (!prefix)
        return "{family " + std::to_string(address->AddressFamily) + ", " +
               std::to_string(address->NumBits) + " bits}";
    return model::text_of(*prefix, address->AddressFamily);
}

} // namespace fuzz
