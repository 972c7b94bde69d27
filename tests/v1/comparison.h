// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A table of RTMv1 and its model side by side: calls that somebody chooses, each compared in what
// it returns, the messages that come, and what is then in the table. In the IP table an entity of
// RTMv2 takes part.

#pragma once

#include "model.h"

#include <array>
#include <deque>
#include <functional>
#include <memory>

namespace rtm::v1
{

/// An entity of RTMv2, which has routes without next hops, and how RTMv1 shows them.
class Outsider
{
public:
    static constexpr std::uint32_t protocol = 90;

    explicit Outsider(World& world) : rib_(world.rib), me_(*rtm::join(rib_, client(protocol))) {}
    ~Outsider() { rtm::leave(rib_, me_); }

    static IpRoute route(std::uint8_t network, std::uint32_t metric)
    {
        IpRoute shown = make_route(Ip(), network, 0, 0, metric);
        shown.next_hop = {};
        shown.protocol = protocol;
        shown.data.type = ip_type::local;
        shown.data.priority = default_preference(protocol);
        shown.data.shown_metrics.fill(~std::uint32_t(0));
        shown.data.shown_metrics[0] = metric;
        shown.data.flags = ip_route_is_valid;
        return shown;
    }

    void add(const IpRoute& shown)
    {
        Caller caller(rib_, me_);
        RouteInfo info{};
        info.pref.metric = shown.data.metric;
        info.views = view_unicast;
        std::uint32_t change = 0;
        Handle locked = 0;
        assert_true(caller.table().routes().add(*caller, *Ip::network_of(shown.network), info, {},
                                                change, nullptr, locked) == Status::ok);
    }

    bool remove(const IpRoute& shown)
    {
        Caller caller(rib_, me_);
        Table& table = caller.table();
        const Destination* found = table.destinations().tree().find(*Ip::network_of(shown.network));
        Route* route =
            found ? table.enumerations().find_route(*found, 0, {match::owner, me_}) : nullptr;
        if (!route)
            return false;
        std::uint32_t change = 0;
        Handle locked = 0;
        assert_true(table.routes().remove(*caller, *route, false, change, locked) == Status::ok);
        table.routes().release(*route);
        return true;
    }

private:
    Rib& rib_;
    const Handle me_;
};

template <class Family> class Comparison
{
    using Route = typename Family::Route;

    struct Player {
        std::uint32_t protocol;
        bool single;
        Flag flag;
        std::unique_ptr<Member<Family>> member;
        std::deque<ModelMessage<Family>> queue;
    };

public:
    /// Numbers that say what is done.
    using Choice = std::function<unsigned()>;

    explicit Comparison(Choice choose) : choose_(std::move(choose))
    {
        for (std::uint32_t i = 0; i < players_.size(); ++i) {
            players_[i].protocol = 77 + i;
            players_[i].single = i == 2;
            join(players_[i]);
        }
    }

    ~Comparison()
    {
        for (Player& player : players_)
            leave(player);
        outsider_.reset();
        assert_int_equal(table().count_networks(), 0);
    }

    /// Does something, and compares.
    void step()
    {
        take_step(players_[any_of(players_.size())]);
        compare_tables();
    }

private:
    auto& table() { return TypesOf<Family>::table(world_); }

    void join(Player& player)
    {
        player.member =
            std::make_unique<Member<Family>>(world_, player.protocol, player.single, &player.flag);
        assert_true(player.member->status == Status::ok);
    }

    unsigned any_of(std::size_t n) { return choose_() % static_cast<unsigned>(n); }

    void take_step(Player& player)
    {
        const auto what = any_of(100);
        if (!player.member)
            join(player);
        else if (what < 45)
            add(player);
        else if (what < 70)
            remove(player);
        else if (what < 75)
            remove_block(player);
        else if (what < 90)
            fetch(player);
        else if (what < 95)
            let_time_pass();
        else if (what < 98)
            change_from_outside();
        else
            leave(player);
    }

    Route any_route(const Player& player)
    {
        Route route = make_route(Family(), static_cast<std::uint8_t>(1 + any_of(networks)),
                                 any_of(2), static_cast<std::uint8_t>(any_of(2)), 1 + any_of(4));
        route.protocol = player.protocol;
        return route;
    }

    void tell(const ModelMessage<Family>& message, const Player* exempt)
    {
        if (message.flags == 0)
            return;
        for (Player& each : players_)
            if (each.member && &each != exempt)
                each.queue.push_back(message);
    }

    void add(Player& player)
    {
        Route route = any_route(player);
        const std::uint32_t life = any_of(3) == 0 ? 1 + any_of(50) : forever;
        BestRouteChange<Family> change;
        assert_true(table().add(*player.member->client, route, life, change) == Status::ok);
        if constexpr (std::is_same_v<Family, Ip>)
            route.data.priority = default_preference(player.protocol);
        const std::uint64_t dies = life == forever ? 0 : world_.host.now_ms() + life;
        const auto expected = model_.add(route, player.single, dies);
        assert_true(message_of(change) == expected);
        tell(expected, &player);
    }

    void remove(Player& player)
    {
        const Route route = any_route(player);
        BestRouteChange<Family> change;
        const Status status =
            table().remove(*player.member->client, route, v1::Told::others, change);
        const auto expected = model_.remove(route, player.single);
        assert_true((status == Status::ok) == expected.has_value());
        if (!expected)
            return;
        assert_true(message_of(change) == *expected);
        tell(*expected, &player);
    }

    void remove_block(Player& player)
    {
        const Route route = any_route(player);
        Criteria<Family> criteria;
        const std::uint32_t flags = any_of(2) ? only::this_network | only::best_routes : 0;
        assert_true(Criteria<Family>::read(flags, &route, criteria) == Status::ok);
        const auto gone = model_.routes_of(
            player.protocol, flags ? std::optional(network_number(route)) : std::nullopt);
        const Status status = world_.v1.remove_all(table(), *player.member->client, criteria);
        assert_true((status == Status::ok) == !gone.empty());
        for (const Route& each : gone)
            tell(*model_.remove(each, player.single), nullptr);
    }

    void change_from_outside()
    {
        if constexpr (std::is_same_v<Family, Ip>) {
            if (!outsider_)
                outsider_.emplace(world_);
            const IpRoute route =
                Outsider::route(static_cast<std::uint8_t>(1 + any_of(networks)), 1 + any_of(4));
            if (any_of(3) != 0) {
                outsider_->add(route);
                tell(model_.add(route, false, 0), nullptr);
            } else {
                const auto expected = model_.remove(route, false);
                assert_true(outsider_->remove(route) == expected.has_value());
                if (expected)
                    tell(*expected, nullptr);
            }
        }
    }

    void fetch(Player& player)
    {
        BestRouteChange<Family> change;
        const Fetched fetched = table().journal().fetch(player.member->client->messages, change);
        assert_int_equal(fetched == Fetched::none, player.queue.empty());
        if (fetched == Fetched::none)
            return;
        assert_true(message_of(change) == player.queue.front());
        player.queue.pop_front();
        assert_int_equal(fetched == Fetched::last, player.queue.empty());
    }

    void let_time_pass()
    {
        for (auto ms = any_of(30); ms != 0; --ms) {
            const auto dying = model_.dead(world_.host.now_ms() + 1);
            if (dying.size() > 1) // in which order is not said
                fetch_all();
            world_.host.advance(1);
            for (const Route& each : dying)
                tell(*model_.remove(each, false), nullptr);
            if (dying.size() > 1)
                skip_all();
        }
    }

    // In which order routes go with their client is not said.
    void leave(Player& player)
    {
        if (!player.member)
            return;
        fetch_all();
        player.member.reset();
        assert_int_equal(player.flag.alive, 0);
        player.flag.is_set = false;
        for (const Route& each : model_.routes_of(player.protocol, std::nullopt))
            tell(*model_.remove(each, player.single), nullptr);
        skip_all();
    }

    void fetch_all()
    {
        for (Player& each : players_)
            while (each.member && !each.queue.empty())
                fetch(each);
    }

    /// How many there are depends on the order.
    void skip_all()
    {
        for (Player& each : players_) {
            if (!each.member)
                continue;
            BestRouteChange<Family> change;
            Fetched fetched = Fetched::more;
            std::size_t count = 0;
            while (fetched == Fetched::more) {
                fetched = table().journal().fetch(each.member->client->messages, change);
                count += fetched != Fetched::none;
            }
            assert_true(each.queue.empty() || count != 0);
            each.queue.clear();
        }
    }

    void compare_tables()
    {
        const std::vector<Route> expected = model_.in_order();
        Walk<Family> walk;
        Route route;
        std::size_t i = 0;
        for (; table().next(walk, route); ++i) {
            assert_true(i < expected.size());
            assert_true(*key_of<Family>(route) == *key_of<Family>(expected[i]));
            assert_true((is_same_to_watchers<Family>(route, expected[i])));
        }
        assert_int_equal(i, expected.size());
        assert_int_equal(table().count_networks(), model_.networks_with_routes());
        for (std::uint8_t n = 1; n <= networks; ++n) {
            const Route wanted = make_route(Family(), n, 0, 0, 0);
            const auto best = model_.best(n);
            const bool found = table().find_best(*Family::network_of(wanted.network), route);
            assert_int_equal(found, best.has_value());
            assert_true(!found || is_same_to_watchers<Family>(route, *best));
        }
        for (const Player& player : players_)
            assert_int_equal(player.flag.is_set, player.member && !player.queue.empty());
    }

    const Choice choose_;
    World world_;
    Model<Family> model_;
    std::array<Player, 4> players_;
    std::optional<Outsider> outsider_;
};

} // namespace rtm::v1
