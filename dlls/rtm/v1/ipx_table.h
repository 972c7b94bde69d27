// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// RTMv1's table of the IPX family, which RTMv2 does not have: routes in the order of their keys,
// and the best of each network.
//
// Fewer ticks are better, then fewer hops. Between equals the one that is best at present stays
// best; else the one that has been of that rank longest.

#pragma once

#include "chain.h"
#include "host.h"
#include "schedule.h"
#include "status.h"
#include "v1/client.h"
#include "v1/criteria.h"

#include <map>
#include <mutex>
#include <optional>

namespace rtm
{
class Rib;
}

namespace rtm::v1
{

struct IpxClient;

struct IpxEntry : ChainLink<IpxEntry> {
    IpxRoute route;
    IpxClient* owner = nullptr;
    std::uint64_t ranked_since = 0; // counts changes of rank
    Timer expiry;
};

struct IpxClient : Client<Ipx> {
    using Client::Client;

    Chain<IpxEntry> routes; // guarded by the table, as is:
    bool is_member = false;
};

class IpxTable final : Job
{
public:
    using Family = Ipx;

    explicit IpxTable(Rib& rib) noexcept : rib_(rib) {}

    Journal<Ipx>& journal() noexcept { return journal_; }

    /// Status::already_exists: the protocol has a client. Throws std::bad_alloc.
    Status join(IpxClient& client);

    /// Deletes the client's routes. Returns what messages it has not got.
    Missed leave(IpxClient& client) noexcept;

    /// Adds a route, or updates the same one. Throws std::bad_alloc or ResourceExhausted, and then
    /// nothing has changed.
    Status add(IpxClient& client, const IpxRoute& route, std::uint32_t time_to_live_ms,
               BestRouteChange<Ipx>& change);

    /// Deletes the client's route that has the key of `which`.
    Status remove(IpxClient& client, const IpxRoute& which, Told told,
                  BestRouteChange<Ipx>& change) noexcept;

    // For anyone.

    bool find_best(Ipx::NetworkKey network, IpxRoute& best);
    unsigned count_networks();

    /// The next route of a walk, which goes on there. False at the end.
    bool next(Walk<Ipx>& walk, IpxRoute& route);

private:
    template <class K, class V>
    using Map = std::map<K, V, std::less<>, Allocator<std::pair<const K, V>>>;
    using Routes = Map<Ipx::Key, IpxEntry>;
    using Bests = Map<Ipx::NetworkKey, IpxEntry*>;
    class Change;

    void run() noexcept override;
    bool work_off_timers() noexcept;
    void remove_clients_routes(IpxClient& client) noexcept;
    Routes::iterator find_own(const IpxClient& client, const Ipx::Key& key) noexcept;
    IpxEntry& put(IpxClient& client, const Ipx::Key& key);
    void remove(IpxEntry& entry, const IpxClient* exempt, BestRouteChange<Ipx>& change) noexcept;
    IpxEntry* choose_best(Ipx::NetworkKey network, const IpxEntry* present) noexcept;
    bool next_some(Walk<Ipx>& walk, std::optional<Ipx::Key>& at, IpxRoute& route, bool& found);
    static Ipx::Key key_of(const IpxEntry& entry) noexcept { return *v1::key_of<Ipx>(entry.route); }

    Rib& rib_;
    Journal<Ipx> journal_;

    std::mutex coming_; // guards coming and going; taken before the other

    std::mutex mutex_;                       // guards the rest
    Map<std::uint32_t, IpxClient*> clients_; // by protocol
    Routes routes_;
    Bests bests_;
    std::uint64_t next_rank_ = 0;
    std::optional<Schedule> schedule_; // while there are clients
};

} // namespace rtm::v1
