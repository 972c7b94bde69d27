// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A group manager on a fake host, with protocols by name, and a log of what each was told, as text:
// "pim: join (*, 239.1.1.1)".

#pragma once

#include "cmocka_cpp.h"

#include "fake_host.h"
#include "group_manager.h"
#include "memory_forwarder.h"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace rtm::mgm
{

using Log = std::vector<std::string>;

constexpr std::uint32_t igmp_protocol = 10;

constexpr Scope membership{true, false};
constexpr Scope forwarding{false, true};

/// "10.0.0.1"; "*" is any.
Address address(const std::string& text);
std::string text_of(Address address);
std::string text_of(const Flow& flow);

/// (s,g), by default of any source.
Flow flow(const std::string& group, const std::string& source = "*");

class World : public Clients
{
public:
    World();
    ~World();

    /// Registers; asserted to work. Calls by a handle are logged under the name.
    Handle join(const std::string& name, std::uint32_t protocol, std::uint32_t component = 0);
    /// IGMP, with component `component`.
    Handle join_igmp(const std::string& name, std::uint32_t component = 0);
    Status leave(Handle protocol);

    /// Adds or replaces a multicast route, by a gateway on an interface, and waits until the group
    /// manager has heard of it.
    void route(const std::string& network, unsigned length, std::uint32_t iface,
               const std::string& gateway);
    void unroute(const std::string& network, unsigned length);

    /// A packet comes in. False if it has no entry.
    bool receive(const Flow& data, std::uint32_t iface);

    /// What was logged since the last time.
    Log take_log();
    void assert_log(const Log& expected);

    /// What is reported; asserted to be there.
    EntryReport entry(const Flow& data);
    bool has_entry(const Flow& data);
    /// Indices of the outgoing interfaces.
    std::vector<std::uint32_t> outgoing(const Flow& data);

    // Called in callbacks, before they are logged, if set.
    std::function<void(const Alert& alert, std::uint32_t& life)> on_alert;
    std::function<void(const WayQuestion&)> on_way;
    std::function<void(std::span<OutgoingChoice>)> on_outgoing;
    std::function<void()> on_disable;
    std::function<void()> on_enable;

    FakeHost host;
    Rib rib{host};
    MemoryForwarder forwarder;
    GroupManager manager{rib, *this, forwarder, some_callback};

private:
    void tell(const Protocol& protocol, const Alert& alert, std::uint32_t& life) noexcept override;
    void ask_way(const Protocol& protocol, const WayQuestion& question) noexcept override;
    void ask_outgoing(const Protocol& protocol, const Flow& data, InterfaceId incoming,
                      std::span<OutgoingChoice> choices) noexcept override;
    void disable_igmp(const Protocol& igmp, InterfaceId iface) noexcept override;
    void enable_igmp(const Protocol& igmp, InterfaceId iface) noexcept override;

    void log(const Protocol& protocol, const std::string& what);
    void settle();

    Handle router_; // an entity with routes
    std::mutex mutex_;
    std::map<ProtocolId, std::string> names_;
    Log log_;
};

} // namespace rtm::mgm
