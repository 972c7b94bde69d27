// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "world.h"

#include <sstream>

namespace rtm::mgm
{

namespace
{

Prefix prefix_of(const std::string& network, unsigned length)
{
    const Address number = address(network);
    Prefix prefix;
    for (unsigned i = 0; i < 4; ++i)
        prefix.bytes[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    prefix.length = 32;
    return prefix.shortened(length);
}

std::string interface_text(InterfaceId iface)
{
    const std::string index = "if" + std::to_string(iface.index);
    return iface.next_hop == 0 ? index : index + " by " + text_of(iface.next_hop);
}

} // namespace

Address address(const std::string& text)
{
    if (text == "*")
        return any;
    std::istringstream in(text);
    Address result = 0;
    for (int i = 0; i < 4; ++i) {
        unsigned byte = 0;
        char dot;
        in >> byte >> dot;
        result = result << 8 | byte;
    }
    return result;
}

std::string text_of(Address address)
{
    std::ostringstream out;
    out << (address >> 24) << '.' << (address >> 16 & 255) << '.' << (address >> 8 & 255) << '.'
        << (address & 255);
    return out.str();
}

std::string text_of(const Flow& flow)
{
    return "(" + (flow.source == any ? "*" : text_of(flow.source)) + ", " +
           (flow.group == any ? "*" : text_of(flow.group)) + ")";
}

Flow flow(const std::string& group, const std::string& source)
{
    return {address(group), address(source)};
}

World::World()
{
    host.on_changes = [this](Entity&, Handle, void*) { manager.follow_routes(); };
    router_ = *rtm::join(rib, client(3));
}

World::~World()
{
    rtm::leave(rib, router_);
    host.wait_until_idle();
}

Handle World::join(const std::string& name, std::uint32_t protocol, std::uint32_t component)
{
    const ClientFunction some = some_callback;
    {
        std::lock_guard lock(mutex_);
        names_[{protocol, component}] = name;
    }
    Handle handle = 0;
    assert_true(manager.join({protocol, component},
                             {some, some, some, some, some, some, some, some},
                             handle) == Status::ok);
    return handle;
}

Handle World::join_igmp(const std::string& name, std::uint32_t component)
{
    return join(name, igmp_protocol, component);
}

Status World::leave(Handle protocol)
{
    return manager.leave(protocol, [](unsigned) {});
}

void World::settle()
{
    host.advance(host.configured.notification_delay + 1);
}

void World::route(const std::string& network, unsigned length, std::uint32_t iface,
                  const std::string& gateway)
{
    const Prefix way = prefix_of(gateway, 32);
    NextHopInfo next_hop{};
    write_prefix(Family::ipv4, way, next_hop.address);
    next_hop.interface_index = iface;
    {
        const Caller caller(rib, router_);
        Handle handle = 0;
        bool is_new = false;
        assert_true(caller.table().next_hops().add(*caller, next_hop, &handle, is_new) ==
                    Status::ok);
        RouteInfo info{};
        info.neighbour = 0;
        info.pref = {1, 1};
        info.views = view_multicast;
        info.next_hop_count = 1;
        info.next_hops[0] = handle;
        std::uint32_t change = route_change::first;
        Handle locked = 0;
        assert_true(caller.table().routes().add(*caller, prefix_of(network, length), info, {},
                                                change, nullptr, locked) == Status::ok);
    }
    settle();
}

void World::unroute(const std::string& network, unsigned length)
{
    {
        const Caller caller(rib, router_);
        Destination* found = caller.table().destinations().tree().find(prefix_of(network, length));
        assert_non_null(found);
        assert_true(found->references.try_add());
        DestInfo info;
        caller.table().reports().describe(*caller, *found, {best_protocol, view_multicast}, info);
        Route& route = *caller.find_route(info.view[0].route);
        caller.table().reports().release(*caller, &info, 1, sizeof(info));
        std::uint32_t change = 0;
        Handle locked = 0;
        assert_true(caller.table().routes().remove(*caller, route, false, change, locked) ==
                    Status::ok);
    }
    settle();
}

bool World::receive(const Flow& data, std::uint32_t iface)
{
    std::uint8_t header[20] = {0x45};
    return forwarder.receive(manager, {data, {iface, 0}, 100, header});
}

// ---- what is told

void World::log(const Protocol& protocol, const std::string& what)
{
    std::lock_guard lock(mutex_);
    log_.push_back(names_.at(protocol.id) + ": " + what);
}

Log World::take_log()
{
    std::lock_guard lock(mutex_);
    return std::exchange(log_, {});
}

void World::assert_log(const Log& expected)
{
    const Log got = take_log();
    if (got == expected)
        return;
    std::string text = "got";
    for (const std::string& line : got)
        text += "\n    " + line;
    text += "\nnot";
    for (const std::string& line : expected)
        text += "\n    " + line;
    print_error("%s\n", text.c_str());
    _fail(__FILE__, __LINE__);
}

void World::tell(const Protocol& protocol, const Alert& alert, std::uint32_t& life) noexcept
{
    if (on_alert)
        on_alert(alert, life);
    static const char* const names[] = {"join ", "prune ", "local join ", "local leave "};
    std::string what = names[static_cast<int>(alert.kind)] + text_of(alert.flow);
    if (alert.kind != Alert::Kind::join)
        what += " " + interface_text(alert.iface);
    if (!alert.of_membership)
        what += " entry";
    log(protocol, what);
}

void World::ask_way(const Protocol& protocol, const WayQuestion& question) noexcept
{
    log(protocol, "way of " + text_of(question.packet.data) + ": " +
                      interface_text(question.upstream.incoming) + " from " +
                      text_of(question.upstream.neighbour));
    if (on_way)
        on_way(question);
}

void World::ask_outgoing(const Protocol& protocol, const Flow& data, InterfaceId incoming,
                         std::span<OutgoingChoice> choices) noexcept
{
    std::string what = "new " + text_of(data) + " " + interface_text(incoming) + " to";
    for (const OutgoingChoice& choice : choices)
        what += " " + interface_text({choice.index, choice.next_hop}) +
                (choice.has_igmp ? "+igmp" : "");
    log(protocol, what);
    if (on_outgoing)
        on_outgoing(choices);
}

void World::disable_igmp(const Protocol& igmp, InterfaceId iface) noexcept
{
    if (on_disable)
        on_disable();
    log(igmp, "disable " + interface_text(iface));
}

void World::enable_igmp(const Protocol& igmp, InterfaceId iface) noexcept
{
    if (on_enable)
        on_enable();
    log(igmp, "enable " + interface_text(iface));
}

// ---- what is reported

EntryReport World::entry(const Flow& data)
{
    EntryReport report;
    assert_true(manager.report(data, true, report));
    return report;
}

bool World::has_entry(const Flow& data)
{
    EntryReport report;
    return manager.report(data, false, report);
}

std::vector<std::uint32_t> World::outgoing(const Flow& data)
{
    std::vector<std::uint32_t> indices;
    for (const InterfaceId id : entry(data).outgoing)
        indices.push_back(id.index);
    return indices;
}

} // namespace rtm::mgm
