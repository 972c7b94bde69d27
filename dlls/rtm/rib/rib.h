// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The routing information base: every table of the process, and the way in for the doors.

#pragma once

#include "entity.h"
#include "handle.h"
#include "host.h"
#include "pool.h"
#include "read_sections.h"
#include "table.h"
#include "wait_room.h"

#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace rtm
{

class Rib
{
    friend class Entity;

public:
    explicit Rib(Host& host) noexcept : host_(host) {}
    Rib(const Rib&) = delete;
    Rib& operator=(const Rib&) = delete;

    /// All entities must have left, and their jobs have ended.
    ~Rib() = default;

    /// Has the IPv4 table of instance 0 followed. To be called before there is one.
    void watch(BestRouteWatcher& watcher) noexcept { watcher_ = &watcher; }

    Host& host() noexcept { return host_; }
    ReadSections& sections() noexcept { return sections_; }
    SlabDirectory& directory() noexcept { return directory_; }

    /// For others that have handles, and call clients, besides the tables.
    WaitRoom& wait_room() noexcept { return waits_; }

    /// The entity of a handle, registered or not, or nullptr. It stays while the caller's read
    /// section lasts.
    Entity* find_entity(Handle handle) const noexcept { return entities_.find(handle); }

    /// Makes a client a member of a table. Calls ready(handle, limits) before anybody else can
    /// learn of it. Status::already_exists, bad_configuration, no_system_resources or
    /// not_enough_memory: nothing has changed, and ready was not called.
    template <class Ready> Status join(const Registration& registration, Ready ready)
    {
        Status status = Status::not_enough_memory;
        try {
            std::lock_guard lock(mutex_);
            status = join_locked(registration, ready);
        } catch (const std::bad_alloc&) {
        } catch (const ResourceExhausted&) {
            status = Status::no_system_resources;
        }
        sections_.reclaim();
        return status;
    }

    /// Ends a registration: lets no method or callback begin any more, waits for those that run
    /// on other threads, refuses the handle from then on, tells the other members, and calls
    /// report(entity). False if the handle is not a registered entity's, or it is leaving.
    template <class Report> bool leave(Handle handle, Report report)
    {
        EntityPin entity = pin(handle);
        if (!entity || !waits_.close(entity->gate_))
            return false;
        // Those that run may be waiting for a lock that this thread has forgotten.
        entity->table().locks().drop_mine(*entity);
        waits_.drain(entity->gate_);
        // Methods and callbacks that ran could still call in; from now on nobody can.
        entity->registered_.store(false, std::memory_order_seq_cst);
        entity->table().locks().drop_all(*entity); // who waits for one gives up
        sections_.wait_for_readers();
        entity->table().strip(*entity);
        remove(*entity);
        report(*entity);
        return true;
    }

    /// Blocks an entity's methods, once those that run on other threads have ended, or resumes
    /// them. False if the handle is not a registered entity's, or ceases to be.
    bool set_blocked(Handle handle, bool blocked);

    /// Calls run(caller, callee) inside the callee, waiting while its methods are blocked. False,
    /// and not called, if one of the two is not a registered entity, they are not in the same
    /// table, or one of them leaves meanwhile.
    template <class Run> bool invoke(Handle caller_handle, Handle callee_handle, Run run)
    {
        EntityPin caller = pin(caller_handle);
        EntityPin callee = pin(callee_handle);
        if (!caller || !callee || &caller->table() != &callee->table())
            return false;
        Visit visit;
        if (!waits_.enter_method(callee->gate_, caller->gate_, visit))
            return false;
        Leaver leaver{waits_, callee->gate_, visit};
        run(*caller, *callee);
        return true;
    }

    /// Whether the calling thread is inside an event callback of that entity.
    bool is_in_event(const Entity& entity) const { return waits_.in_event(entity.gate_); }

    /// What a handle is of, or was while its table lasts; of what is no handle, anything.
    Kind kind_of(Handle handle) const noexcept { return directory_.kind_of(handle); }

    /// Takes a client's lock of a destination or next hop, waiting while others are in the way.
    /// Status::invalid_handle if the entity leaves meanwhile. Throws std::bad_alloc.
    Status lock(Handle entity, Handle object, bool exclusive);

    /// Waits while another thread's lock keeps this one from changing the object.
    void wait_for_lock(Handle entity, Handle object) noexcept;

    /// Ends a change notification, and waits until nobody is being told of it any more.
    /// False if it is not one of that entity's.
    bool unwatch(Handle entity, Handle notification);

    /// All tables there are, in order.
    std::vector<std::shared_ptr<Table>> tables();

    /// The table, or null if no entity is registered there. Who lets go of one that has ended
    /// calls sections().settle() then.
    std::shared_ptr<Table> find_table(TableId id);

    /// Lets the host prepare for the first client if there is no table: for who is no entity.
    void wake_host();

    // The objects of a process that are few. As find_entity().
    Enumeration* find_enumeration(Handle handle) const noexcept
    {
        return enumerations_.find(handle);
    }
    Notification* find_notification(Handle handle) const noexcept
    {
        return notifications_.find(handle);
    }
    RouteList* find_list(Handle handle) const noexcept { return lists_.find(handle); }

private:
    /// Keeps an entity while no read section does.
    class EntityPin
    {
    public:
        EntityPin(Rib& rib, Entity* entity) noexcept : rib_(rib), entity_(entity) {}
        EntityPin(const EntityPin&) = delete;
        EntityPin& operator=(const EntityPin&) = delete;
        ~EntityPin()
        {
            if (entity_)
                rib_.unpin(*entity_);
        }
        explicit operator bool() const noexcept { return entity_ != nullptr; }
        Entity* operator->() const noexcept { return entity_; }
        Entity& operator*() const noexcept { return *entity_; }

    private:
        Rib& rib_;
        Entity* entity_;
    };

    // What is needed of a notification to tell of it; it may have ended.
    struct DueChanges {
        Handle handle = 0;
        void* context = nullptr;
        std::shared_ptr<Gate> telling;
    };

    struct Leaver {
        WaitRoom& waits;
        Gate& gate;
        Visit& visit;
        ~Leaver() { waits.leave(gate, visit); }
    };

    using Tables = std::map<TableId, std::shared_ptr<Table>, std::less<>,
                            Allocator<std::pair<const TableId, std::shared_ptr<Table>>>>;

    EntityPin pin(Handle handle) noexcept;
    void unpin(Entity& entity) noexcept;

    template <class Ready> Status join_locked(const Registration& registration, Ready ready)
    {
        Status status = Status::ok;
        std::shared_ptr<Table> table = find_or_make_table(registration.table, status);
        if (!table)
            return status;
        if (table->members().has(registration.id))
            return Status::already_exists;
        // The table becomes known with its first member, so a failure leaves no trace.
        auto [entry, is_new] = tables_.try_emplace(registration.table, table);
        Forgetter forgetter{tables_, is_new ? entry : tables_.end()};
        Entity& entity = entities_.create(*this, table, registration);
        Discarder discarder{entities_, &entity};
        status = table->members().add(entity, [&] {
            ready(entity.handle, table->limits());
            entities_.publish(entity);
        });
        if (status == Status::ok) {
            forgetter.entry = tables_.end();
            discarder.entity = nullptr;
        }
        return status;
    }

    struct Forgetter {
        Tables& tables;
        Tables::iterator entry;
        ~Forgetter()
        {
            if (entry != tables.end())
                tables.erase(entry);
        }
    };
    struct Discarder {
        Pool<Entity>& entities;
        Entity* entity;
        ~Discarder()
        {
            if (entity)
                entities.discard(*entity);
        }
    };

    std::shared_ptr<Table> find_or_make_table(TableId id, Status& status);
    void remove(Entity& entity) noexcept;
    void deliver_events(Entity& reader) noexcept;
    void deliver(Entity& reader, Announcement& news) noexcept;
    void deliver(Entity& reader, Route& expired) noexcept;
    void deliver(Entity& reader, const DueChanges& due) noexcept;

    Host& host_;
    BestRouteWatcher* watcher_ = nullptr;
    ReadSections sections_;
    SlabDirectory directory_;
    Pool<Entity> entities_{directory_, sections_};
    Pool<Enumeration> enumerations_{directory_, sections_};
    Pool<Notification> notifications_{directory_, sections_};
    Pool<RouteList> lists_{directory_, sections_};
    WaitRoom waits_;

    std::mutex mutex_; // guards coming and going; taken before a table's lock
    Tables tables_;
};

/// A call by a registered entity: an open read section, and the entity if the handle is one.
class Caller
{
public:
    Caller(Rib& rib, Handle handle) noexcept
        : scope_(rib.sections()), entity_(rib.find_entity(handle))
    {
        if (entity_ && !entity_->is_registered())
            entity_ = nullptr;
    }

    explicit operator bool() const noexcept { return entity_ != nullptr; }
    Entity* operator->() const noexcept { return entity_; }
    Entity& operator*() const noexcept { return *entity_; }

    Table& table() const noexcept { return entity_->table(); }

    /// The entity of another handle, if it belongs to the caller's table.
    Entity* find_entity(Handle handle) const noexcept
    {
        return table().references().find_entity(*entity_, handle);
    }

    /// The live object of a handle, or nullptr if it is not one of the caller's table.
    Destination* find_destination(Handle handle) const noexcept
    {
        return table().destinations().find(handle);
    }
    Route* find_route(Handle handle) const noexcept { return table().routes().find(handle); }

    /// The same for what must be the caller's own.
    Enumeration* find_enumeration(const Rib& rib, Handle handle) const noexcept
    {
        return own(rib.find_enumeration(handle));
    }
    Notification* find_notification(const Rib& rib, Handle handle) const noexcept
    {
        return own(rib.find_notification(handle));
    }
    RouteList* find_list(const Rib& rib, Handle handle) const noexcept
    {
        return own(rib.find_list(handle));
    }

    /// The prefix that a client means, if it can be one of the caller's table.
    template <class Address> bool read(const Address& address, Prefix& prefix) const noexcept
    {
        static_assert(sizeof(Address) == sizeof(NetAddress));
        return read_prefix(table().id().family, reinterpret_cast<const NetAddress&>(address),
                           prefix);
    }

private:
    template <class Object> Object* own(Object* object) const noexcept
    {
        return object && &object->owner == entity_ ? object : nullptr;
    }

    ReadSections::Scope scope_;
    Entity* entity_;
};

} // namespace rtm
