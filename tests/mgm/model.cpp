// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "model.h"

#include <algorithm>

namespace rtm::mgm
{

namespace
{

std::string name_of(Model::InterfaceIndex iface)
{
    return "if" + std::to_string(iface);
}

} // namespace

// ---- looking

std::optional<Model::ClientNumber> Model::holder(InterfaceIndex iface, bool is_igmp) const
{
    const auto found = interfaces_.find(iface);
    return found == interfaces_.end() ? std::nullopt : found->second[is_igmp];
}

std::optional<Model::ClientNumber> Model::owner(InterfaceIndex iface) const
{
    const auto routing = holder(iface, false);
    return routing ? routing : holder(iface, true);
}

Status Model::check(ClientNumber client, InterfaceIndex iface) const
{
    if (!clients[client].is_registered)
        return Status::invalid_handle;
    if (!owner(iface))
        return Status::not_found;
    return holder(iface, clients[client].is_igmp) == client ? Status::ok
                                                            : Status::invalid_parameter;
}

bool Model::has(const Membership& membership) const
{
    return std::find(memberships_.begin(), memberships_.end(), membership) != memberships_.end();
}

std::vector<Model::ClientNumber> Model::joiners(const Flow& flow) const
{
    // In the order in which they came; who leaves altogether and comes again is last.
    std::vector<ClientNumber> found;
    for (const Membership& m : memberships_)
        if (m.flow == flow && std::find(found.begin(), found.end(), m.client) == found.end())
            found.push_back(m.client);
    return found;
}

std::vector<Model::ClientNumber> Model::registered() const
{
    std::vector<ClientNumber> found;
    for (ClientNumber i = 0; i < clients.size(); ++i)
        if (clients[i].is_registered)
            found.push_back(i);
    std::sort(found.begin(), found.end(),
              [&](ClientNumber a, ClientNumber b) { return clients[a].order < clients[b].order; });
    return found;
}

bool Model::wants(InterfaceIndex iface, const Flow& data) const
{
    return std::any_of(memberships_.begin(), memberships_.end(), [&](const Membership& m) {
        return m.iface == iface && m.flow.covers(data);
    });
}

bool Model::goes_out(const Flow& data, InterfaceIndex iface) const
{
    const auto& against = entries.at(data).against;
    const auto said = against.find(iface);
    return said == against.end() ? wants(iface, data) : said->second;
}

std::vector<Model::InterfaceIndex> Model::outgoing(const Flow& data) const
{
    std::vector<InterfaceIndex> found;
    for (const auto& [iface, holders] : interfaces_)
        if (goes_out(data, iface))
            found.push_back(iface);
    return found;
}

std::set<Flow> Model::joined() const
{
    std::set<Flow> found;
    for (const Membership& m : memberships_)
        found.insert(m.flow);
    return found;
}

// ---- telling

/// All letters of one receiver come at the place of its first.
void Model::deliver()
{
    while (!letters_.empty()) {
        const ClientNumber to = letters_.front().to;
        for (const Letter& letter : letters_)
            if (letter.to == to)
                told.push_back(clients[to].log + ": " + letter.text);
        std::erase_if(letters_, [&](const Letter& letter) { return letter.to == to; });
    }
}

/// `others`: clients that are in it besides the one that comes or goes.
void Model::write_alert(ClientNumber client, const Flow& flow, std::size_t others,
                        const std::string& text)
{
    if (flow.source != any) {
        const auto upstream = way && flow.source >> 24 == 10 ? owner(*way) : std::nullopt;
        if (others == 0 && upstream && upstream != client)
            letters_.push_back({*upstream, text});
    } else if (others == 0) {
        for (ClientNumber other : registered())
            if (other != client)
                letters_.push_back({other, text});
    } else if (others == 1) {
        for (ClientNumber other : joiners(flow))
            if (other != client)
                letters_.push_back({other, text});
    }
}

// ---- calls

void Model::join(ClientNumber client)
{
    clients[client].is_registered = true;
    clients[client].order = registrations_++;
}

Status Model::leave(ClientNumber client)
{
    if (!clients[client].is_registered)
        return Status::invalid_handle;
    for (const auto& [iface, holders] : interfaces_)
        if (holders[0] == client || holders[1] == client)
            return Status::cannot_complete;
    clients[client].is_registered = false;
    if (registered().empty())
        entries.clear();
    return Status::ok;
}

void Model::forget_against(InterfaceIndex iface, const Flow& flow)
{
    for (auto& [data, entry] : entries)
        if (flow.covers(data))
            entry.against.erase(iface);
}

void Model::reset(InterfaceIndex iface)
{
    std::erase_if(entries, [&](const auto& entry) { return entry.second.incoming == iface; });
    forget_against(iface, Flow{});
}

void Model::drop(const Membership& membership, bool tell_owner)
{
    const Flow flow = membership.flow;
    const InterfaceIndex iface = membership.iface;
    const ClientNumber client = membership.client;
    const auto routing = holder(iface, false);
    if (tell_owner && clients[client].is_igmp && routing)
        letters_.push_back({*routing, "local leave " + text_of(flow) + " " + name_of(iface)});
    const auto of_client =
        std::count_if(memberships_.begin(), memberships_.end(),
                      [&](const Membership& m) { return m.flow == flow && m.client == client; });
    if (of_client == 1)
        write_alert(client, flow, joiners(flow).size() - 1,
                    "prune " + text_of(flow) + " " + name_of(iface));
    std::erase(memberships_, membership);
    forget_against(iface, flow);
    deliver();
}

void Model::drop_all(ClientNumber client, InterfaceIndex iface, bool tell_owner)
{
    const auto all = memberships_;
    for (const Membership& m : all)
        if (m.iface == iface && m.client == client)
            drop(Membership(m), tell_owner);
}

Status Model::take(ClientNumber client, InterfaceIndex iface)
{
    const bool is_igmp = clients[client].is_igmp;
    if (!clients[client].is_registered)
        return Status::invalid_handle;
    if (holder(iface, is_igmp))
        return Status::already_exists;
    const auto igmp = is_igmp ? std::nullopt : holder(iface, true);
    if (igmp) {
        told.push_back(clients[*igmp].log + ": disable " + name_of(iface));
        drop_all(*igmp, iface, false);
        reset(iface);
    }
    interfaces_[iface][is_igmp] = client;
    if (igmp)
        told.push_back(clients[*igmp].log + ": enable " + name_of(iface));
    return Status::ok;
}

Status Model::release(ClientNumber client, InterfaceIndex iface)
{
    const bool is_igmp = clients[client].is_igmp;
    if (!clients[client].is_registered)
        return Status::invalid_handle;
    if (holder(iface, is_igmp) != client)
        return Status::invalid_parameter;
    const auto igmp = is_igmp ? std::nullopt : holder(iface, true);
    if (igmp)
        told.push_back(clients[*igmp].log + ": disable " + name_of(iface));
    drop_all(client, iface, true);
    if (igmp)
        drop_all(*igmp, iface, false);
    if (owner(iface) == client)
        reset(iface);
    interfaces_[iface][is_igmp].reset();
    if (!owner(iface))
        interfaces_.erase(iface);
    if (igmp)
        told.push_back(clients[*igmp].log + ": enable " + name_of(iface));
    return Status::ok;
}

Status Model::add(ClientNumber client, const Flow& flow, InterfaceIndex iface, Scope scope)
{
    if (const Status status = check(client, iface); status != Status::ok)
        return status;
    if (!scope.membership || has({flow, iface, client})) {
        if (scope.forwarding)
            change_forwarding(flow, iface, true, client);
        return Status::ok;
    }
    const auto routing = holder(iface, false);
    if (clients[client].is_igmp && routing)
        letters_.push_back({*routing, "local join " + text_of(flow) + " " + name_of(iface)});
    const auto before = joiners(flow);
    if (std::find(before.begin(), before.end(), client) == before.end())
        write_alert(client, flow, before.size(), "join " + text_of(flow));
    memberships_.push_back({flow, iface, client});
    forget_against(iface, flow);
    deliver();
    return Status::ok;
}

Status Model::remove(ClientNumber client, const Flow& flow, InterfaceIndex iface, Scope scope)
{
    if (const Status status = check(client, iface); status != Status::ok)
        return status;
    if (scope.membership && has({flow, iface, client}))
        drop({flow, iface, client}, true);
    else if (scope.forwarding)
        change_forwarding(flow, iface, false, client);
    return Status::ok;
}

void Model::change_forwarding(const Flow& flow, InterfaceIndex iface, bool enabled,
                              ClientNumber client)
{
    for (auto& [data, entry] : entries) {
        if (!flow.covers(data) || goes_out(data, iface) == enabled)
            continue;
        entry.against.erase(iface);
        if (wants(iface, data) != enabled)
            entry.against[iface] = enabled;
        const auto upstream = owner(entry.incoming);
        if (upstream && upstream != client)
            letters_.push_back(
                {*upstream, enabled ? "join " + text_of(data) + " entry"
                                    : "prune " + text_of(data) + " " + name_of(iface) + " entry"});
    }
    deliver();
}

// ---- data, ways, time

void Model::receive(const Flow& data, std::uint64_t now)
{
    if (registered().empty() || entries.contains(data) || !way || data.source >> 24 != 10)
        return;
    const std::string from = text_of(data) + (owner(*way) ? ": " : "");
    if (owner(*way))
        told.push_back(clients[*owner(*way)].log + ": way of " + from + name_of(*way) +
                       " from 192.0.2.1");
    std::map<unsigned, std::string> asked; // by order of registration
    for (const auto& [iface, holders] : interfaces_) {
        if (!wants(iface, data))
            continue;
        const Client& its = clients[*owner(iface)];
        std::string& line = asked[its.order];
        if (line.empty())
            line = its.log + ": new " + text_of(data) + " " + name_of(*way) + " to";
        line += " " + name_of(iface) + (holder(iface, true) ? "+igmp" : "");
    }
    for (const auto& [order, line] : asked)
        told.push_back(line);
    entries[data] = {*way, now + 900 * 1000, {}};
}

void Model::set_way(std::optional<InterfaceIndex> iface)
{
    way = iface;
    if (!iface)
        entries.clear();
    for (auto& [data, entry] : entries)
        entry.incoming = *iface;
}

void Model::pass_time(std::uint64_t now)
{
    std::erase_if(entries, [&](const auto& entry) { return entry.second.end <= now; });
}

} // namespace rtm::mgm
