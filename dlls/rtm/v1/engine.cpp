// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "v1/engine.h"

namespace rtm::v1
{

Engine::Engine(Rib& rib) noexcept
    : rib_(rib), ip_(rib), ipx_(rib), client_slots_(rib.directory(), rib.sections()),
      enumeration_slots_(rib.directory(), rib.sections())
{
}

void Engine::before_join()
{
    std::lock_guard lock(mutex_);
    if (clients_ == 0)
        rib_.wake_host();
}

bool Engine::leave(Handle handle, Leftovers& leftovers) noexcept
{
    std::shared_ptr<IpClient> ip;
    std::shared_ptr<IpxClient> ipx;
    {
        std::lock_guard lock(mutex_);
        ReadSections::Scope scope(rib_.sections());
        ClientSlot* found = client_slots_.find(handle);
        if (!found)
            return false;
        ip = found->ip;
        ipx = found->ipx;
        client_slots_.retire(*found);
        if (--clients_ == 0)
            leftovers.enumerations = enumerations_;
    }
    leftovers.messages = ip ? ip_.leave(*ip) : ipx_.leave(*ipx);
    rib_.sections().reclaim();
    return true;
}

Handle Engine::publish(std::shared_ptr<Enumeration> enumeration)
{
    EnumerationSlot& slot = enumeration_slots_.create(std::move(enumeration));
    std::lock_guard lock(mutex_);
    ++enumerations_;
    enumeration_slots_.publish(slot);
    return slot.handle;
}

std::shared_ptr<Enumeration> Engine::find_enumeration(Handle handle) noexcept
{
    ReadSections::Scope scope(rib_.sections());
    const EnumerationSlot* found = enumeration_slots_.find(handle);
    return found ? found->enumeration : nullptr;
}

bool Engine::end(Handle handle) noexcept
{
    {
        std::lock_guard lock(mutex_);
        ReadSections::Scope scope(rib_.sections());
        EnumerationSlot* found = enumeration_slots_.find(handle);
        if (!found)
            return false;
        enumeration_slots_.retire(*found);
        --enumerations_;
    }
    rib_.sections().reclaim();
    return true;
}

} // namespace rtm::v1
