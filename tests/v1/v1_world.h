// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// RTMv1 on a fake host, and short forms of its calls.

#pragma once

#include "cmocka_cpp.h"

#include "fake_host.h"
#include "v1/engine.h"

namespace rtm::v1
{

/// An event that tells how it stands.
struct Flag {
    std::atomic<bool> is_set{false};
    std::atomic<int> alive{0};
};

class FlagSignal final : public Signal
{
public:
    explicit FlagSignal(Flag& flag) noexcept : flag_(flag) { ++flag_.alive; }
    ~FlagSignal() override { --flag_.alive; }
    void raise() noexcept override { flag_.is_set = true; }
    void clear() noexcept override { flag_.is_set = false; }

private:
    Flag& flag_;
};

struct World : rtm::Engine {
    v1::Engine v1{rib};
};

inline IpRoute make_route(const Ip&, std::uint8_t network, std::uint32_t interface_id,
                          std::uint8_t hop, std::uint32_t metric)
{
    IpRoute route{};
    route.network.mask = std::bit_cast<std::uint32_t>(std::array<std::uint8_t, 4>{255, 255, 0, 0});
    route.network.number =
        std::bit_cast<std::uint32_t>(std::array<std::uint8_t, 4>{10, network, 0, 0});
    route.next_hop.number =
        std::bit_cast<std::uint32_t>(std::array<std::uint8_t, 4>{192, 0, 2, hop});
    route.interface_id = interface_id;
    route.data.metric = metric;
    return route;
}

inline IpxRoute make_route(const Ipx&, std::uint8_t network, std::uint32_t interface_id,
                           std::uint8_t hop, std::uint32_t metric)
{
    IpxRoute route{};
    route.network = network;
    route.next_hop = {0, 0, 0, 0, 0, hop};
    route.interface_id = interface_id;
    route.data.ticks = static_cast<std::uint16_t>(metric);
    return route;
}

inline std::uint32_t metric_of(const IpRoute& route) noexcept
{
    return route.data.metric;
}
inline std::uint32_t metric_of(const IpxRoute& route) noexcept
{
    return route.data.ticks;
}

template <class Family> struct TypesOf;
template <> struct TypesOf<Ip> {
    using Client = IpClient;
    static IpTable& table(World& world) { return world.v1.ip(); }
};
template <> struct TypesOf<Ipx> {
    using Client = IpxClient;
    static IpxTable& table(World& world) { return world.v1.ipx(); }
};

/// A registered client, until it is destroyed.
template <class Family> struct Member {
    Member(World& w, std::uint32_t protocol, bool single, Flag* flag)
        : world(w), client(std::make_shared<typename TypesOf<Family>::Client>(
                        protocol, single, flag ? std::make_unique<FlagSignal>(*flag) : nullptr))
    {
        status = world.v1.join(client, handle);
    }
    ~Member()
    {
        Leftovers leftovers;
        if (handle != 0)
            world.v1.leave(handle, leftovers);
    }
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;

    World& world;
    std::shared_ptr<typename TypesOf<Family>::Client> client;
    Handle handle = 0;
    Status status;
};

} // namespace rtm::v1
