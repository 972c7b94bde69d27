// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "entity.h"

#include "rib.h"

namespace rtm
{

Entity::Entity(Handle h, Rib& rib, std::shared_ptr<Table> table, const Registration& registration)
    : handle(h), id(registration.id), rib_(rib), table_(std::move(table)),
      methods_(registration.methods.begin(), registration.methods.end()),
      callback_(registration.callback),
      runner_(registration.callback ? rib.host().make_runner(*this) : nullptr),
      has_opaque_pointer_(registration.reserve_opaque_pointer)
{
}

bool Entity::try_refer() noexcept
{
    unsigned n = references_.load(std::memory_order_relaxed);
    while (n != 0)
        if (references_.compare_exchange_weak(n, n + 1, std::memory_order_relaxed))
            return true;
    return false;
}

void Entity::run() noexcept
{
    rib_.deliver_events(*this);
}

} // namespace rtm
