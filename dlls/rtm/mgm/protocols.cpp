// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "protocols.h"

namespace rtm::mgm
{

Protocol* Protocols::find(Handle handle) const noexcept
{
    Protocol* protocol = pool_.find(handle);
    return protocol && !protocol->is_leaving ? protocol : nullptr;
}

Protocol& Protocols::add(ProtocolId id, const Callbacks& callbacks)
{
    Protocol& made = pool_.create(id, callbacks, next_order_);
    try {
        by_order_.emplace(made.order, &made);
        by_id_.emplace(id, &made);
    } catch (...) {
        by_order_.erase(made.order);
        pool_.discard(made);
        throw;
    }
    ++next_order_;
    pool_.publish(made);
    return made;
}

void Protocols::remove(Protocol& protocol) noexcept
{
    by_order_.erase(protocol.order);
    by_id_.erase(protocol.id);
    ++protocol.pins;
    unpin(protocol);
}

void Protocols::unpin(Protocol& protocol) noexcept
{
    if (--protocol.pins == 0 && protocol.is_leaving && !by_order_.contains(protocol.order))
        pool_.retire(protocol);
}

} // namespace rtm::mgm
