// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// How forwarding entries come to be, and follow the routing table.

#include "group_manager.h"

#include <array>

namespace rtm::mgm
{

/// Of the data of a new entry.
struct GroupManager::Way {
    Upstream upstream;
    bool is_redirected = false;
};

/// A protocol that is asked whether data shall go out on interfaces of its own.
struct GroupManager::Invitation {
    Protocol* protocol;
    InterfaceIds interfaces;
    std::vector<OutgoingChoice, Allocator<OutgoingChoice>> choices; // one for each
};

/// Keeps other threads, and callbacks, from making the same entry.
class GroupManager::Making
{
public:
    /// Throws std::bad_alloc.
    Making(GroupManager& manager, const Flow& data) : manager_(manager), data_(data)
    {
        std::lock_guard lock(manager_.mutex_);
        is_mine_ = manager_.forwarding_.is_in_use() && !manager_.forwarding_.find(data) &&
                   manager_.in_the_making_.insert(data).second;
    }
    ~Making()
    {
        std::lock_guard lock(manager_.mutex_);
        if (is_mine_)
            manager_.in_the_making_.erase(data_);
    }
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;

    explicit operator bool() const noexcept { return is_mine_; }

private:
    GroupManager& manager_;
    const Flow data_;
    bool is_mine_ = false;
};

void GroupManager::make_entry(const Packet& packet) noexcept
{
    Invitations invitations;
    try {
        const Making making(*this, packet.data);
        if (!making)
            return;
        const auto upstream = paths_.look_up(packet.data.source);
        if (!upstream)
            return;
        Way way{*upstream};
        ask_way(packet, way);
        invite(packet.data, invitations);
        ask_outgoing(packet.data, way, invitations);
        enter(packet.data, way, invitations);
    } catch (const std::bad_alloc&) {
    } catch (const ResourceExhausted&) {
    }
    for (const auto& [order, invitation] : invitations)
        unpin(*invitation.protocol);
}

/// The interface that somebody has, if there is one.
InterfaceId GroupManager::known_way(InterfaceId way) noexcept
{
    const Interface* iface = interfaces_.find_way(way);
    return iface ? iface->id : InterfaceId{way.index, 0};
}

void GroupManager::ask_way(const Packet& packet, Way& way) noexcept
{
    Protocol* owner = nullptr;
    {
        std::lock_guard lock(mutex_);
        way.upstream.incoming = known_way(way.upstream.incoming);
        if (const Interface* iface = interfaces_.find(way.upstream.incoming))
            owner = iface->owner();
        if (!owner || !owner->callbacks.rpf)
            return;
        ++owner->pins;
    }
    // Clients count with an entry for each view.
    struct {
        DestInfo info;
        ViewInfo more[view_count - 1];
    } route{};
    Visit visit;
    if (paths_.describe(packet.data.source, route.info)) {
        const DestInfo described = route.info;
        if (rib_.wait_room().enter_event(owner->gate, visit)) {
            Upstream said = way.upstream;
            clients_.ask_way(*owner, {packet, said, route.info});
            rib_.wait_room().leave(owner->gate, visit);
            paths_.read(route.info, said);
            way.is_redirected =
                said.incoming != way.upstream.incoming || said.neighbour != way.upstream.neighbour;
            way.upstream = said;
        }
        paths_.release(described);
    }
    unpin(*owner);
}

/// Finds who is to be asked where data go out.
void GroupManager::invite(const Flow& data, Invitations& invitations)
{
    std::lock_guard lock(mutex_);
    InterfaceIds wanting;
    memberships_.for_each_wanting(
        data, [&](std::uint32_t number) { wanting.push_back(interfaces_.at(number).id); });
    std::sort(wanting.begin(), wanting.end());
    for (const InterfaceId id : wanting) {
        const Interface& iface = *interfaces_.find(id);
        Protocol* owner = iface.owner();
        if (!owner->callbacks.creation_alert)
            continue;
        const auto [entry, is_new] =
            invitations.try_emplace(owner->order, Invitation{owner, {}, {}});
        if (is_new)
            ++owner->pins;
        Invitation& invitation = entry->second;
        invitation.interfaces.push_back(id);
        invitation.choices.push_back(
            {id.index, id.next_hop, iface.holder(Side::igmp) != nullptr, true});
    }
}

void GroupManager::ask_outgoing(const Flow& data, const Way& way, Invitations& invitations) noexcept
{
    for (auto& [order, invitation] : invitations) {
        Visit visit;
        Protocol& protocol = *invitation.protocol;
        if (!rib_.wait_room().enter_event(protocol.gate, visit))
            continue;
        clients_.ask_outgoing(protocol, data, way.upstream.incoming, invitation.choices);
        rib_.wait_room().leave(protocol.gate, visit);
    }
}

void GroupManager::enter(const Flow& data, const Way& way, const Invitations& invitations)
{
    std::lock_guard lock(mutex_);
    if (!forwarding_.is_in_use())
        return;
    ForwardingEntry& entry = forwarding_.add(data, way.upstream, way.is_redirected);
    try {
        for (const auto& [order, invitation] : invitations)
            for (std::size_t i = 0; i < invitation.interfaces.size(); ++i) {
                // It may have changed hands meanwhile.
                Interface* iface = interfaces_.find(invitation.interfaces[i]);
                if (invitation.choices[i].is_enabled || !iface ||
                    iface->owner() != invitation.protocol)
                    continue;
                forwarding_.prepare_override(entry, *iface);
                forwarding_.override_outgoing(entry, *iface, false);
            }
    } catch (const std::bad_alloc&) {
        forwarding_.remove(entry);
        throw;
    }
}

// ---- the routing table

void GroupManager::follow_routes() noexcept
{
    std::array<SourceRange, 64> ranges;
    while (const std::size_t count = paths_.fetch_changes(ranges))
        for (const SourceRange& range : std::span(ranges).first(count))
            follow_routes_in(range);
}

void GroupManager::follow_routes_in(const SourceRange& range) noexcept
{
    std::optional<Flow> last;
    while (true) {
        std::lock_guard lock(mutex_); // anew, as there may be many
        for (int at_a_time = 256; at_a_time != 0; --at_a_time) {
            ForwardingEntry* entry = forwarding_.next_of_sources(range.first, range.last, last);
            if (!entry)
                return;
            last = entry->data;
            follow_route(*entry);
        }
    }
}

/// The way that a protocol chose stays. Without a route there is no entry: the next packet asks
/// again.
void GroupManager::follow_route(ForwardingEntry& entry) noexcept
{
    auto upstream = paths_.look_up(entry.data.source);
    if (!upstream) {
        forwarding_.remove(entry);
        return;
    }
    upstream->incoming = known_way(upstream->incoming);
    if (entry.is_redirected) {
        upstream->incoming = entry.upstream.incoming;
        upstream->neighbour = entry.upstream.neighbour;
    }
    try {
        forwarding_.set_upstream(entry, *upstream);
    } catch (const std::bad_alloc&) {
        forwarding_.remove(entry);
    }
}

} // namespace rtm::mgm
