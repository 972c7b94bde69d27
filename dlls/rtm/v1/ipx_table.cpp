// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "v1/ipx_table.h"

#include "rib.h"

#include <thread>
#include <tuple>

namespace rtm::v1
{

namespace
{

constexpr int at_a_time = 256; // steps of long work, between which others may go on

bool is_better(const IpxRoute& a, const IpxRoute& b) noexcept
{
    return std::tie(a.data.ticks, a.data.hops) < std::tie(b.data.ticks, b.data.hops);
}

} // namespace

/// Chooses a network's best route anew after a change, and notes what has become of it.
class IpxTable::Change
{
public:
    Change(IpxTable& table, Ipx::NetworkKey network) noexcept
        : table_(table), network_(network), best_(table.bests_.find(network))
    {
        if (best_ != table.bests_.end() && best_->second)
            before_ = best_->second->route;
    }
    Change(const Change&) = delete;
    Change& operator=(const Change&) = delete;

    void finish(const IpxEntry* present, const IpxClient* exempt,
                BestRouteChange<Ipx>& change) noexcept
    {
        best_->second = table_.choose_best(network_, present);
        change = compare<Ipx>(before_ ? &*before_ : nullptr,
                              best_->second ? &best_->second->route : nullptr);
        if (!best_->second)
            table_.bests_.erase(best_);
        if (change.flags != change_flag::none)
            table_.journal_.post(change, exempt ? &exempt->messages : nullptr);
    }

    /// The best route before, while it lasts.
    const IpxEntry* present() const noexcept { return best_->second; }

private:
    IpxTable& table_;
    const Ipx::NetworkKey network_;
    const Bests::iterator best_;
    std::optional<IpxRoute> before_;
};

// ---- coming and going

Status IpxTable::join(IpxClient& client)
{
    std::lock_guard coming(coming_);
    {
        std::lock_guard lock(mutex_);
        if (!schedule_)
            schedule_.emplace(rib_.host(), static_cast<Job&>(*this));
        if (!clients_.emplace(client.protocol, &client).second)
            return Status::already_exists;
        client.is_member = true;
    }
    journal_.add(client.messages);
    return Status::ok;
}

Missed IpxTable::leave(IpxClient& client) noexcept
{
    const Missed missed = journal_.remove(client.messages);
    remove_clients_routes(client);
    std::lock_guard coming(coming_);
    std::unique_ptr<Alarm> alarm;
    {
        std::lock_guard lock(mutex_);
        clients_.erase(client.protocol);
        if (!clients_.empty())
            return missed;
        alarm = schedule_->stop();
    }
    alarm.reset(); // waits for a job that runs
    std::lock_guard lock(mutex_);
    schedule_.reset();
    return missed;
}

void IpxTable::remove_clients_routes(IpxClient& client) noexcept
{
    while (true) {
        {
            std::lock_guard lock(mutex_);
            client.is_member = false;
            for (int i = 0; i < at_a_time; ++i) {
                IpxEntry* entry = client.routes.first();
                if (!entry)
                    return;
                BestRouteChange<Ipx> change;
                remove(*entry, nullptr, change);
            }
        }
        std::this_thread::yield(); // let others in
    }
}

// ---- changing

/// The client's route of that key, or of that network if it has but one there.
IpxTable::Routes::iterator IpxTable::find_own(const IpxClient& client, const Ipx::Key& key) noexcept
{
    if (!client.single_route)
        return routes_.find(key);
    const auto found = routes_.lower_bound(Ipx::Key{key.network, key.protocol, 0, {}});
    const bool is_own = found != routes_.end() && found->first.network == key.network &&
                        found->first.protocol == key.protocol;
    return is_own ? found : routes_.end();
}

/// The entry for a route of that key: a new one, or the former one, without a change of its rank.
IpxEntry& IpxTable::put(IpxClient& client, const Ipx::Key& key)
{
    if (const auto found = find_own(client, key); found != routes_.end()) {
        if (found->first == key)
            return found->second;
        auto node = routes_.extract(found); // another interface or next hop is another key
        node.key() = key;
        return routes_.insert(std::move(node)).position->second;
    }
    const auto best = bests_.try_emplace(key.network, nullptr).first;
    try {
        IpxEntry& made = routes_[key];
        made.owner = &client;
        made.expiry.reset(TimerPurpose::route_expiry, &made);
        client.routes.append(made);
        return made;
    } catch (...) {
        if (!best->second)
            bests_.erase(best);
        throw;
    }
}

Status IpxTable::add(IpxClient& client, const IpxRoute& wanted, std::uint32_t time_to_live_ms,
                     BestRouteChange<Ipx>& change)
{
    IpxRoute route = wanted;
    route.protocol = client.protocol;
    route.padding = {};
    const std::uint64_t now = rib_.host().wall_clock();
    route.time_stamp = {static_cast<std::uint32_t>(now), static_cast<std::uint32_t>(now >> 32)};
    const Ipx::Key key = *v1::key_of<Ipx>(route);
    std::lock_guard lock(mutex_);
    if (!client.is_member)
        return Status::invalid_handle;
    journal_.prepare();
    if (time_to_live_ms != forever)
        schedule_->prepare();
    IpxEntry& entry = put(client, key);
    Change made(*this, key.network);
    const bool keeps_rank =
        entry.ranked_since != 0 && !is_better(entry.route, route) && !is_better(route, entry.route);
    if (!keeps_rank)
        entry.ranked_since = ++next_rank_;
    entry.route = route;
    if (time_to_live_ms != forever)
        schedule_->arm(entry.expiry, time_to_live_ms);
    else
        schedule_->cancel(entry.expiry);
    made.finish(made.present(), &client, change);
    return Status::ok;
}

Status IpxTable::remove(IpxClient& client, const IpxRoute& which, Told told,
                        BestRouteChange<Ipx>& change) noexcept
{
    Ipx::Key key = *v1::key_of<Ipx>(which);
    key.protocol = client.protocol;
    std::lock_guard lock(mutex_);
    if (!client.is_member)
        return Status::invalid_handle;
    const auto found = find_own(client, key);
    if (found == routes_.end())
        return Status::not_found;
    remove(found->second, told == Told::others ? &client : nullptr, change);
    return Status::ok;
}

void IpxTable::remove(IpxEntry& entry, const IpxClient* exempt,
                      BestRouteChange<Ipx>& change) noexcept
{
    const Ipx::Key key = key_of(entry);
    Change made(*this, key.network);
    const IpxEntry* present = made.present() == &entry ? nullptr : made.present();
    schedule_->cancel(entry.expiry);
    entry.owner->routes.remove(entry);
    routes_.erase(key);
    made.finish(present, exempt, change);
}

IpxEntry* IpxTable::choose_best(Ipx::NetworkKey network, const IpxEntry* present) noexcept
{
    IpxEntry* best = nullptr;
    for (auto at = routes_.lower_bound(Ipx::Key{network, 0, 0, {}});
         at != routes_.end() && at->first.network == network; ++at) {
        IpxEntry& entry = at->second;
        const bool goes_before_equals =
            &entry == present ||
            (best && best != present && entry.ranked_since < best->ranked_since);
        if (!best || is_better(entry.route, best->route) ||
            (goes_before_equals && !is_better(best->route, entry.route)))
            best = &entry;
    }
    return best;
}

// ---- ageing

void IpxTable::run() noexcept
{
    while (work_off_timers())
        std::this_thread::yield(); // let others in
}

/// True if there may be more to do at once.
bool IpxTable::work_off_timers() noexcept
{
    std::lock_guard lock(mutex_);
    if (!schedule_)
        return false;
    for (int i = 0; i < at_a_time; ++i) {
        const Timer* timer = schedule_->pop_due();
        if (!timer) {
            schedule_->rearm();
            return false;
        }
        BestRouteChange<Ipx> change;
        remove(*static_cast<IpxEntry*>(timer->subject), nullptr, change);
    }
    return true;
}

// ---- looking

bool IpxTable::find_best(Ipx::NetworkKey network, IpxRoute& best)
{
    std::lock_guard lock(mutex_);
    const auto found = bests_.find(network);
    if (found == bests_.end())
        return false;
    best = found->second->route;
    return true;
}

unsigned IpxTable::count_networks()
{
    std::lock_guard lock(mutex_);
    return static_cast<unsigned>(bests_.size());
}

bool IpxTable::next(Walk<Ipx>& walk, IpxRoute& route)
{
    std::optional<Ipx::Key> at = walk.last;
    if (walk.criteria.has(only::this_network) && (!at || at->network < walk.criteria.network))
        at = Ipx::Key{walk.criteria.network, 0, 0, {}};
    bool found = false;
    while (next_some(walk, at, route, found)) {
    }
    if (found)
        walk.last = v1::key_of<Ipx>(route);
    return found;
}

/// Looks at some routes from `at` on. False if that has been enough.
bool IpxTable::next_some(Walk<Ipx>& walk, std::optional<Ipx::Key>& at, IpxRoute& route, bool& found)
{
    std::lock_guard lock(mutex_);
    auto entry = at ? routes_.lower_bound(*at) : routes_.begin();
    for (int i = 0; i < at_a_time; ++i, ++entry) {
        if (entry == routes_.end() || (walk.criteria.has(only::this_network) &&
                                       entry->first.network != walk.criteria.network))
            return false;
        found = walk.is_ahead(entry->first) &&
                (!walk.criteria.has(only::best_routes) ||
                 bests_.find(entry->first.network)->second == &entry->second);
        if (found) {
            route = entry->second.route;
            return false;
        }
    }
    if (entry != routes_.end())
        at = entry->first;
    return entry != routes_.end();
}

} // namespace rtm::v1
