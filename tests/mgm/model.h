// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What a group manager is to do, as plainly as possible: no number, no index, no lock. It says what
// each call returns, and what protocols are told of it.

#pragma once

#include "world.h"

#include <map>
#include <optional>
#include <set>

namespace rtm::mgm
{

class Model
{
public:
    /// A protocol, by a small number; `log` is its name there.
    struct Client {
        std::string log;
        bool is_igmp;
        bool is_registered = false;
        unsigned order = 0;
    };
    using ClientNumber = std::size_t;
    using InterfaceIndex = std::uint32_t;

    struct Entry {
        InterfaceIndex incoming;
        std::uint64_t end;                      ///< ms
        std::map<InterfaceIndex, bool> against; ///< what a protocol said of going out
    };

    explicit Model(std::vector<Client> its_clients) : clients(std::move(its_clients)) {}

    std::vector<Client> clients;
    std::optional<InterfaceIndex> way; ///< to all sources of 10.0.0.0/8
    std::map<Flow, Entry> entries;

    /// What has been told since the last time; each call begins anew.
    Log told;

    void join(ClientNumber client);
    Status leave(ClientNumber client);
    Status take(ClientNumber client, InterfaceIndex iface);
    Status release(ClientNumber client, InterfaceIndex iface);
    Status add(ClientNumber client, const Flow& flow, InterfaceIndex iface, Scope scope);
    Status remove(ClientNumber client, const Flow& flow, InterfaceIndex iface, Scope scope);
    void receive(const Flow& data, std::uint64_t now);
    void set_way(std::optional<InterfaceIndex> iface);
    void pass_time(std::uint64_t now);

    std::optional<ClientNumber> owner(InterfaceIndex iface) const;
    std::vector<InterfaceIndex> outgoing(const Flow& data) const;
    std::set<Flow> joined() const;

private:
    struct Membership {
        Flow flow;
        InterfaceIndex iface;
        ClientNumber client;

        bool operator==(const Membership&) const = default;
    };
    struct Letter {
        ClientNumber to;
        std::string text;
    };

    std::optional<ClientNumber> holder(InterfaceIndex iface, bool is_igmp) const;
    Status check(ClientNumber client, InterfaceIndex iface) const;
    bool has(const Membership& membership) const;
    std::vector<ClientNumber> joiners(const Flow& flow) const;
    std::vector<ClientNumber> registered() const;
    bool wants(InterfaceIndex iface, const Flow& data) const;
    bool goes_out(const Flow& data, InterfaceIndex iface) const;

    void write_alert(ClientNumber client, const Flow& flow, std::size_t others,
                     const std::string& text);
    void forget_against(InterfaceIndex iface, const Flow& flow);
    void drop(const Membership& membership, bool tell_owner);
    void drop_all(ClientNumber client, InterfaceIndex iface, bool tell_owner);
    void reset(InterfaceIndex iface);
    void change_forwarding(const Flow& flow, InterfaceIndex iface, bool enabled,
                           ClientNumber client);
    void deliver();

    std::map<InterfaceIndex, std::array<std::optional<ClientNumber>, 2>> interfaces_;
    std::vector<Membership> memberships_; // in the order of joining
    std::vector<Letter> letters_;
    unsigned registrations_ = 0;
};

} // namespace rtm::mgm
