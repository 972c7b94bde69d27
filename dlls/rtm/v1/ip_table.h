// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// RTMv1's table of the IP family, which is the RTMv2 table of instance 0: each client is an entity
// there, and its routes are routes there, in the unicast view.
//
// Routes of other entities are seen as routes of their protocol. What changes the table, through
// whatever door, is seen as it happens (BestRouteWatcher), and noted in the journal.

#pragma once

#include "rib.h"
#include "v1/client.h"
#include "v1/criteria.h"
#include "v1/route_store.h"

#include <atomic>

namespace rtm::v1
{

struct IpClient : Client<Ip> {
    using Client::Client;

    Handle entity = 0; // in the RTMv2 table; set before the client is known
};

class IpTable final : BestRouteWatcher
{
public:
    using Family = Ip;

    /// The instance id of the entities that clients are.
    static constexpr std::uint32_t entity_instance = ~std::uint32_t(0);

    /// To be made before there is a table.
    explicit IpTable(Rib& rib) noexcept : rib_(rib) { rib.watch(*this); }

    Journal<Ip>& journal() noexcept { return journal_; }

    /// Status::already_exists: the protocol has a client. Throws std::bad_alloc.
    Status join(IpClient& client);

    /// Deletes the client's routes. Returns what messages it has not got.
    Missed leave(IpClient& client) noexcept;

    /// Adds a route, or updates the same one. Throws std::bad_alloc or ResourceExhausted, and then
    /// nothing has changed.
    Status add(IpClient& client, const IpRoute& route, std::uint32_t time_to_live_ms,
               BestRouteChange<Ip>& change);

    /// Deletes the client's route that has the key of `which`.
    Status remove(IpClient& client, const IpRoute& which, Told told, BestRouteChange<Ip>& change);

    // For anyone.

    bool find_best(const Ip::NetworkKey& network, IpRoute& best);

    /// The best route of the longest network that an address is in.
    bool find_best_for(const Ip::NetworkKey& address, IpRoute& best);

    unsigned count_networks();

    /// The next route of a walk, which goes on there. False at the end.
    bool next(Walk<Ip>& walk, IpRoute& route);

private:
    struct Call;

    void prepare() override { journal_.prepare(); }
    void changed(const Prefix& prefix, const RouteSight* before, const RouteSight* after,
                 Cause* cause) noexcept override;
    void forget(Place owner, void* entity_specific) noexcept override;

    void hold_store();
    void release_store() noexcept;
    Status try_add(IpClient& client, const Prefix& prefix, const IpRoute& route,
                   const RouteTerms& terms, Handle& locked);
    Status try_remove(IpClient& client, const Prefix& prefix, const IpRoute& which, Call& call,
                      Handle& locked);
    Route* find_own(const Caller& caller, const IpClient& client, const Prefix& prefix,
                    const IpRoute& which);
    IpRoute route_of(const Prefix& prefix, const RouteSight& sight) const noexcept;
    bool best_of(Table& table, const Destination& destination, IpRoute& best) const noexcept;
    bool next_of(Table& table, const Destination& destination, const Walk<Ip>& walk,
                 IpRoute& route) const noexcept;
    bool next_in(Table& table, Walk<Ip>& walk, IpRoute& route) const;

    Rib& rib_;
    Journal<Ip> journal_;

    std::mutex coming_; // guards coming and going
    unsigned clients_ = 0;
    std::atomic<RouteStore*> store_{nullptr}; // there while there are clients
};

} // namespace rtm::v1
