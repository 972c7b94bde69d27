// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "interfaces.h"

namespace rtm::mgm
{

Interface* Interfaces::find(InterfaceId id) noexcept
{
    const auto entry = interfaces_.find(id);
    return entry == interfaces_.end() ? nullptr : &entry->second;
}

Interface* Interfaces::find_way(InterfaceId id) noexcept
{
    Interface* link = find(id);
    return link ? link : find({id.index, 0});
}

Interface& Interfaces::make(InterfaceId id)
{
    const std::uint32_t number = numbers_.take();
    try {
        auto [entry, is_new] =
            interfaces_.try_emplace(id, Interface{id, number, {}, {}, {}, false, {}});
        numbers_.set(number, entry->second);
        return entry->second;
    } catch (...) {
        numbers_.give_back(number);
        throw;
    }
}

void Interfaces::end_if_free(Interface& iface) noexcept
{
    if (iface.owner())
        return;
    numbers_.give_back(iface.number);
    interfaces_.erase(iface.id);
}

} // namespace rtm::mgm
