// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Change notification: which destinations have changed, for whom.
//
// All registrations of a table share one journal, the destinations with changes that somebody
// has not fetched, in the order of their last change. A destination is in it once, with a bit for
// each registration that is to hear of it; a registration has a cursor, behind which all is for
// it. So changes take no memory but what the destination has, however many watch and however
// slow they are, and noting one cannot fail.
//
// The first change for a registration that has none starts its timer; when that ends the client
// is told, once until it has fetched all. See nest/rt-table.c of BIRD for a journal shared by
// readers of different speed.

#pragma once

#include "chain.h"
#include "destinations.h"
#include "schedule.h"
#include "site.h"
#include "status.h"
#include "wait_room.h"

#include <array>
#include <bit>
#include <memory>
#include <span>

namespace rtm
{

/// RTM_CHANGE_TYPE_*.
namespace change_type
{
constexpr std::uint32_t any = 1;
constexpr std::uint32_t best = 2;
constexpr std::uint32_t forwarding = 4;
constexpr std::uint32_t all_types = any | best | forwarding;
constexpr unsigned count = 3;
} // namespace change_type

constexpr std::uint32_t notify_only_marked = 0x10000;

/// What has changed of a destination: types, for each view.
using ChangeTypes = std::array<std::uint32_t, view_count>;

/// A client's registration for changes.
class Notification : public ChainLink<Notification>,
                     public ChainLink<Notification, DueNotifications>
{
    friend class Changes;

public:
    static constexpr Kind kind = Kind::notification;
    static constexpr std::size_t slab_size = 32;

    Notification(Handle h, Entity& o, ViewSet v, std::uint32_t f, void* c)
        : handle(h), owner(o), views(v), flags(f), context(c),
          telling(std::allocate_shared<Gate>(Allocator<Gate>()))
    {
        timer_.reset(TimerPurpose::notification, this);
    }

    const Handle handle;
    Entity& owner;
    const ViewSet views;
    const std::uint32_t flags;
    void* const context;
    const std::shared_ptr<Gate> telling; // who is being told of it

private:
    std::uint32_t bit_ = 0;
    std::uint32_t pending_ = 0; // destinations
    std::uint32_t marks_ = 0;   // destinations that are marked for it
    Place cursor_ = 0;          // in the journal; 0 at its end
    Timer timer_;
};

class Changes
{
public:
    Changes(Site& site, Destinations& destinations, Schedule& schedule,
            Pool<Notification>& notifications) noexcept
        : site_(site), destinations_(destinations), schedule_(schedule),
          notifications_(notifications)
    {
    }

    // These take the writing lock.

    /// Registers for changes from now on. Throws std::bad_alloc or ResourceExhausted.
    Status watch(Entity& owner, ViewSet views, std::uint32_t flags, void* context, Handle& handle);

    /// Begins to end a registration: nothing is noted for it any more, nor told. False if that has
    /// been done. Who is told true calls forget().
    bool close(Notification& notification) noexcept;

    /// Ends a registration that has been closed, with what it has not fetched: in parts, as others
    /// may want to write meanwhile. Not inside a read section.
    void forget(Notification& notification) noexcept;

    /// Ends all registrations of an entity.
    void unwatch_all(Entity& owner) noexcept;

    /// Takes destinations off what is to be fetched, oldest first, as many as there is room for,
    /// and refers to each for the caller.
    std::size_t fetch(Notification& notification, std::span<Destination*> room) noexcept;

    /// Forgets the change of a destination if there is one.
    void ignore(Notification& notification, Destination& destination) noexcept;

    /// Throws std::bad_alloc when marking.
    void mark(Notification& notification, Destination& destination, bool marked);

    bool is_marked(const Notification& notification, const Destination& destination) noexcept;

    // For readers.

    bool is_pending(const Notification& notification, const Destination& destination) const noexcept
    {
        return (destination.pending.load(std::memory_order_acquire) & notification.bit_) != 0;
    }

    // While writing.

    void note(Destination& destination, const ChangeTypes& types) noexcept;

    /// The time for which changes are collected has passed.
    void tell(Notification& notification) noexcept;

private:
    void close_while_writing(Notification& notification) noexcept;
    bool forget_some(Notification& notification) noexcept;
    void unmark(DestinationExtras& destination, Notification& notification) noexcept;
    void set_watchers(const Notification& notification, bool watching) noexcept;
    bool fetch_some(Notification& notification, std::span<Destination*> room,
                    std::size_t& count) noexcept;
    void add_pending(Destination& destination, std::uint32_t bits) noexcept;
    void clear_pending(Notification& notification, Destination& destination) noexcept;
    void append(Destination& destination) noexcept;
    void unlink(Destination& destination) noexcept;

    template <class Visit> void for_each(std::uint32_t bits, Visit visit) noexcept
    {
        for (; bits != 0; bits &= bits - 1)
            visit(*registered_[static_cast<std::size_t>(std::countr_zero(bits))]);
    }

    Site& site_;
    Destinations& destinations_;
    Schedule& schedule_;
    Pool<Notification>& notifications_;

    std::array<Notification*, 32> registered_{};
    std::uint32_t used_ = 0; // bits of those
    std::uint32_t only_marked_ = 0;
    std::array<std::array<std::uint32_t, change_type::count>, view_count> watchers_{};
    Chain<DestinationExtras> marked_;
    Place oldest_ = 0;
    Place newest_ = 0;
};

} // namespace rtm
