// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The multicast group manager: what protocols have joined on which interfaces, who is told of that,
// and the forwarding entries that follow from it. It puts the parts together:
//
//     Protocols      who is registered
//     Interfaces     whose they are
//     Memberships    what is joined where
//     Alerts         who is told of that, by an Outbox
//     ReversePaths   the way to a source, from the routing table
//     Forwarding     the entries, with the Forwarder that they are for
//
// One lock guards them all, and is held for short: no call under it takes longer for more groups,
// interfaces or entries than what it is about. Clients' callbacks run without it. Alerts reach a
// protocol one at a time, in the order of the changes that they are of: the thread that makes a
// change delivers them before its call returns, unless another is in that protocol's callback; then
// that one delivers them next. So nobody waits for a callback of somebody else's.

#pragma once

#include "alerts.h"
#include "clients.h"
#include "forwarding.h"
#include "walk.h"

#include "rib.h"

#include <mutex>
#include <optional>
#include <set>

namespace rtm::mgm
{

/// What a membership call changes. One or both.
struct Scope {
    bool membership; ///< and the outgoing interfaces of entries with it
    bool forwarding; ///< those alone
};

enum class Step { no_walk, end, refused, taken };

/// What is told of a forwarding entry.
struct EntryReport {
    Flow data;
    Upstream upstream;
    std::uint32_t incoming_protocol = 0;
    std::uint64_t age = 0; ///< ms, as is the other
    std::uint64_t life = 0;
    InterfaceIds outgoing;
    EntryCounters counters;
    std::vector<OutgoingCounters, Allocator<OutgoingCounters>> outgoing_counters;
};

class GroupManager final : Job
{
public:
    GroupManager(Rib& rib, Clients& clients, Forwarder& forwarder,
                 ClientFunction on_route_change) noexcept;
    GroupManager(const GroupManager&) = delete;
    GroupManager& operator=(const GroupManager&) = delete;

    // ---- protocols

    /// Registers a protocol. Status::already_exists, or why the routing table refuses the group
    /// manager; nothing has changed then. Throws std::bad_alloc or ResourceExhausted likewise.
    Status join(ProtocolId id, const Callbacks& callbacks, Handle& handle);

    /// Ends a registration, once callbacks that run on other threads have ended. Calls
    /// report(walks) with how many enumerations it had not ended. Status::cannot_complete: it
    /// has interfaces; invalid_handle.
    template <class Report> Status leave(Handle handle, Report report)
    {
        Protocol* protocol;
        if (Status status = begin_leaving(handle, protocol); status != Status::ok)
            return status;
        rib_.wait_room().close(protocol->gate);
        rib_.wait_room().drain(protocol->gate);
        report(finish_leaving(*protocol));
        return Status::ok;
    }

    // ---- interfaces

    /// Status::already_exists: another has that side of it; cannot_complete: it is changing hands;
    /// invalid_handle. Throws std::bad_alloc; nothing has changed then.
    Status take(Handle protocol, InterfaceId id);

    /// Status::invalid_parameter: it has not got it; cannot_complete: it is changing hands;
    /// not_enough_memory: some memberships there are left, and so is the interface;
    /// invalid_handle.
    Status release(Handle protocol, InterfaceId id);

    std::optional<ProtocolId> owner_of(InterfaceId id);

    // ---- memberships

    /// Status::not_found: nobody has the interface; invalid_parameter: the protocol has not;
    /// cannot_complete: it is changing hands; invalid_handle. Throws std::bad_alloc; nothing has
    /// changed then.
    Status add(Handle protocol, const Flow& flow, InterfaceId id, Scope scope);
    Status remove(Handle protocol, const Flow& flow, InterfaceId id, Scope scope);

    /// Whether the calling thread is inside the enable callback of the protocol.
    bool is_enabling(Handle protocol);

    // ---- enumerations of what is joined

    /// Throws std::bad_alloc. Status::invalid_handle.
    Status begin_walk(Handle protocol, WalkType type, Handle& handle);

    /// Offers what comes next to take(flow), and goes on if that says true.
    template <class Take> Step step(Handle handle, Take take)
    {
        std::lock_guard lock(mutex_);
        Walk* walk = walks_.find(handle);
        if (!walk)
            return Step::no_walk;
        const JoinedFlow* next = next_of(*walk);
        if (!next)
            return Step::end;
        if (!take(walk->type == WalkType::groups ? Flow{next->flow.group, any} : next->flow))
            return Step::refused;
        walk->has_begun = true;
        walk->at = next->flow;
        return Step::taken;
    }

    /// False if the handle is none.
    bool end_walk(Handle handle);

    // ---- forwarding entries

    /// Reports an entry, or the next behind one (of all if there is no such). False if there is
    /// none. Throws std::bad_alloc.
    bool report(const Flow& data, bool with_counters, EntryReport& out);
    bool report_next(const std::optional<Flow>& after, bool with_counters, EntryReport& out);

    // ---- for the forwarder and the routing table

    /// Data have come of which there is no entry: makes one, if there is a way to their source.
    void make_entry(const Packet& packet) noexcept;

    /// Where data of an entry come in and go out. No value if there is none. Throws std::bad_alloc.
    std::optional<InterfaceIds> ways_out(const Flow& data, InterfaceId& incoming);

    /// The routing table has changed.
    void follow_routes() noexcept;

private:
    struct Handover;
    class Making;
    struct Way;
    struct Invitation;
    using Invitations = std::map<std::uint64_t, Invitation, std::less<>,
                                 Allocator<std::pair<const std::uint64_t, Invitation>>>;

    void run() noexcept override;
    bool work_off_timers() noexcept;

    Status begin_leaving(Handle handle, Protocol*& protocol);
    unsigned finish_leaving(Protocol& protocol) noexcept;
    Status begin_work();
    void end_work() noexcept;

    void deliver(const Outbox& out) noexcept;
    void tell_all(Protocol& protocol) noexcept;
    void tell_one(Protocol& protocol, const Alert& alert) noexcept;

    void begin(Handover& handover, Interface& iface, Protocol& client) noexcept;
    void disable_igmp(const Handover& handover) noexcept;
    void enable_igmp(const Handover& handover) noexcept;
    void end(Handover& handover) noexcept;
    Status pass_on(const Handover& handover) noexcept;
    Status give_up(const Handover& handover) noexcept;
    bool leave_all(Interface& iface, Side side, bool tell_owner) noexcept;
    void leave_one(Outbox& out, const Flow& flow, Interface& iface, Side side, bool tell_owner);
    void reset_forwarding(Interface& iface) noexcept;

    Status check(Handle protocol, InterfaceId id, Protocol*& client, Interface*& iface);
    void change_forwarding(Outbox& out, const Flow& flow, Interface& iface, bool enabled,
                           const Protocol& client);

    const JoinedFlow* next_of(const Walk& walk) const noexcept;

    void fill(ForwardingEntry& entry, bool with_counters, EntryReport& out);

    void ask_way(const Packet& packet, Way& way) noexcept;
    void invite(const Flow& data, Invitations& invitations);
    void ask_outgoing(const Flow& data, const Way& way, Invitations& invitations) noexcept;
    void enter(const Flow& data, const Way& way, const Invitations& invitations);
    void unpin(Protocol& protocol) noexcept;
    void follow_routes_in(const SourceRange& range) noexcept;
    void follow_route(ForwardingEntry& entry) noexcept;
    InterfaceId known_way(InterfaceId way) noexcept;

    Rib& rib_;
    Clients& clients_;
    Forwarder& forwarder_;

    std::mutex coming_and_going_; // of protocols; taken before the other
    std::mutex mutex_;            // guards the rest
    Protocols protocols_;
    Pool<Walk> walks_;
    Interfaces interfaces_;
    Memberships memberships_;
    ReversePaths paths_;
    Alerts alerts_;
    Forwarding forwarding_;
    std::optional<Schedule> schedule_; // while there are protocols
    std::set<Flow, std::less<>, Allocator<Flow>> in_the_making_;
};

} // namespace rtm::mgm
