// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// RTMv1: its two tables, and the handles of its clients and enumerations. The way in for the doors.

#pragma once

#include "pool.h"
#include "v1/ip_table.h"
#include "v1/ipx_table.h"

#include <memory>
#include <variant>

namespace rtm::v1
{

/// What a client's handle stands for. One of the two is there.
struct ClientSlot {
    static constexpr Kind kind = Kind::v1_client;
    static constexpr std::size_t slab_size = 16;

    ClientSlot(Handle h, std::shared_ptr<IpClient> c) noexcept : handle(h), ip(std::move(c)) {}
    ClientSlot(Handle h, std::shared_ptr<IpxClient> c) noexcept : handle(h), ipx(std::move(c)) {}

    const Handle handle;
    const std::shared_ptr<IpClient> ip;
    const std::shared_ptr<IpxClient> ipx;
};

/// An enumeration, of one caller at a time.
struct Enumeration {
    explicit Enumeration(const Walk<Ip>& w) noexcept : walk(w) {}
    explicit Enumeration(const Walk<Ipx>& w) noexcept : walk(w) {}

    std::mutex mutex;
    std::variant<Walk<Ip>, Walk<Ipx>> walk;
};

struct EnumerationSlot {
    static constexpr Kind kind = Kind::v1_enumeration;
    static constexpr std::size_t slab_size = 32;

    EnumerationSlot(Handle h, std::shared_ptr<Enumeration> e) noexcept
        : handle(h), enumeration(std::move(e))
    {
    }

    const Handle handle;
    const std::shared_ptr<Enumeration> enumeration;
};

/// What a client has left undone.
struct Leftovers {
    Missed messages;
    std::size_t enumerations = 0; ///< that are open, of anyone; told to the last client
};

class Engine
{
public:
    explicit Engine(Rib& rib) noexcept;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    IpTable& ip() noexcept { return ip_; }
    IpxTable& ipx() noexcept { return ipx_; }

    /// Before a client tries to join: lets the host prepare if it would be the first.
    void before_join();

    // Clients. These throw std::bad_alloc, and then nothing has changed.

    Status join(std::shared_ptr<IpClient> client, Handle& handle)
    {
        return join(ip_, std::move(client), handle);
    }
    Status join(std::shared_ptr<IpxClient> client, Handle& handle)
    {
        return join(ipx_, std::move(client), handle);
    }

    /// False if the handle is no client's, or it is leaving.
    bool leave(Handle handle, Leftovers& leftovers) noexcept;

    /// Returns call(table, client), or Status::invalid_handle if the handle is no client's.
    template <class Call> Status with_client(Handle handle, Call call)
    {
        std::shared_ptr<IpClient> ip;
        std::shared_ptr<IpxClient> ipx;
        {
            ReadSections::Scope scope(rib_.sections());
            if (const ClientSlot* found = client_slots_.find(handle)) {
                ip = found->ip;
                ipx = found->ipx;
            }
        }
        if (ip)
            return call(ip_, *ip);
        return ipx ? call(ipx_, *ipx) : Status::invalid_handle;
    }

    // Enumerations.

    /// Throws std::bad_alloc.
    template <class Family> Handle begin(const Walk<Family>& walk)
    {
        return publish(std::allocate_shared<Enumeration>(Allocator<Enumeration>(), walk));
    }

    /// Stores the next route: store(route). Status::invalid_handle, or not_found at the end.
    template <class Store> Status next(Handle handle, Store store)
    {
        const std::shared_ptr<Enumeration> found = find_enumeration(handle);
        if (!found)
            return Status::invalid_handle;
        std::lock_guard lock(found->mutex);
        if (auto* walk = std::get_if<Walk<Ip>>(&found->walk))
            return next_of(ip_, *walk, store);
        return next_of(ipx_, std::get<Walk<Ipx>>(found->walk), store);
    }

    bool is_enumeration(Handle handle) noexcept { return find_enumeration(handle) != nullptr; }

    /// False if the handle is no enumeration's.
    bool end(Handle handle) noexcept;

    /// Deletes all routes of a client that the criteria fit; which of them are best does not
    /// matter, as others become so. Status::not_found if none does. Throws std::bad_alloc, and
    /// then nothing has changed.
    template <class Table, class ClientOfTable>
    Status remove_all(Table& table, ClientOfTable& client,
                      Criteria<typename Table::Family> criteria)
    {
        using Family = typename Table::Family;
        if (criteria.has(only::this_protocol) && criteria.protocol != client.protocol)
            return Status::not_found;
        criteria.flags = (criteria.flags & ~only::best_routes) | only::this_protocol;
        criteria.protocol = client.protocol;
        table.journal().prepare();
        Walk<Family> walk{criteria, {}};
        typename Family::Route route;
        Status result = Status::not_found;
        while (table.next(walk, route)) {
            BestRouteChange<Family> change;
            const Status status = table.remove(client, route, Told::all, change);
            if (status == Status::invalid_handle) // it has left
                return status;
            if (status == Status::ok)
                result = status;
        }
        return result;
    }

private:
    template <class Table, class ClientOfTable>
    Status join(Table& table, std::shared_ptr<ClientOfTable> client, Handle& handle)
    {
        ClientOfTable& joining = *client;
        ClientSlot& slot = client_slots_.create(std::move(client));
        Discarder discarder{client_slots_, &slot};
        const Status status = table.join(joining);
        if (status != Status::ok)
            return status;
        discarder.slot = nullptr;
        std::lock_guard lock(mutex_);
        ++clients_;
        client_slots_.publish(slot);
        handle = slot.handle;
        return Status::ok;
    }

    struct Discarder {
        Pool<ClientSlot>& slots;
        ClientSlot* slot;
        ~Discarder()
        {
            if (slot)
                slots.discard(*slot);
        }
    };

    template <class Table, class WalkOfTable, class Store>
    static Status next_of(Table& table, WalkOfTable& walk, Store store)
    {
        typename Table::Family::Route route;
        if (!table.next(walk, route))
            return Status::not_found;
        store(route);
        return Status::ok;
    }

    Handle publish(std::shared_ptr<Enumeration> enumeration);
    std::shared_ptr<Enumeration> find_enumeration(Handle handle) noexcept;

    Rib& rib_;
    IpTable ip_;
    IpxTable ipx_;
    Pool<ClientSlot> client_slots_;
    Pool<EnumerationSlot> enumeration_slots_;

    std::mutex mutex_; // guards the ends of handles, and:
    unsigned clients_ = 0;
    unsigned enumerations_ = 0;
};

} // namespace rtm::v1
