// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Handles of any kind that clients hold: referring to what they name, and giving references back.
//
// All calls inside a read section. Of several handles all are taken, or none.

#pragma once

#include "destinations.h"
#include "entity.h"
#include "members.h"
#include "next_hops.h"
#include "routes.h"
#include "site.h"

#include <array>
#include <span>

namespace rtm
{

class References
{
public:
    References(Site& site, Members& members, Destinations& destinations, Routes& routes,
               NextHops& next_hops) noexcept
        : site_(site), members_(members), destinations_(destinations), routes_(routes),
          next_hops_(next_hops)
    {
    }

    /// Refers once more for `holder` to each of the objects. False, and nothing done, if one is
    /// not a live entity, destination, route or next hop of this table.
    bool add(Entity& holder, std::span<const Handle> handles) noexcept;

    /// Takes a reference off for each handle that `each` names: each(take) calls
    /// take(handle, kind) for one after the other until it says false, always the same. False,
    /// and nothing done, if one is not live and of that kind and table, or was not handed out.
    template <class Each> bool release(Entity& holder, Each each) noexcept
    {
        std::size_t reserved = 0;
        bool good = true;
        // What the first handles name need not be looked up again.
        std::array<void*, 8> known;
        each([&](Handle handle, Kind kind) {
            void* object = reserve(holder, handle, kind);
            good = object != nullptr;
            if (reserved < known.size())
                known[reserved] = object;
            reserved += good;
            return good;
        });
        if (!good) {
            each([&](Handle handle, Kind kind) {
                if (reserved == 0)
                    return false;
                restore(handle, kind);
                --reserved;
                return true;
            });
            return false;
        }
        std::size_t settled = 0;
        each([&](Handle handle, Kind kind) {
            void* object = settled < known.size() ? known[settled] : find(handle, kind);
            ++settled;
            if (object)
                settle(object, kind);
            holder.held.add(kind, -1);
            return true;
        });
        return true;
    }

    /// The same for handles that are all of one kind.
    bool release(Entity& holder, Kind kind, std::span<const Handle> handles) noexcept
    {
        return release(holder, [&](auto take) {
            for (Handle handle : handles)
                if (!take(handle, kind))
                    return;
        });
    }

    /// An entity of this table.
    Entity* find_entity(const Entity& caller, Handle handle) const noexcept;

private:
    bool add_one(const Entity& holder, Handle handle, Kind kind) noexcept;
    void* find(Handle handle, Kind kind) const noexcept;
    void* reserve(const Entity& holder, Handle handle, Kind kind) noexcept;
    void restore(Handle handle, Kind kind) noexcept;
    void settle(void* object, Kind kind) noexcept;

    Site& site_;
    Members& members_;
    Destinations& destinations_;
    Routes& routes_;
    NextHops& next_hops_;
};

} // namespace rtm
