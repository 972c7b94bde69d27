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

    Host& host() noexcept { return host_; }
    ReadSections& sections() noexcept { return sections_; }

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
        waits_.drain(entity->gate_);
        // Methods and callbacks that ran could still call in; from now on nobody can.
        entity->registered_.store(false, std::memory_order_release);
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
        if (table->has(registration.id))
            return Status::already_exists;
        // The table becomes known with its first member, so a failure leaves no trace.
        auto [entry, is_new] = tables_.try_emplace(registration.table, table);
        Forgetter forgetter{tables_, is_new ? entry : tables_.end()};
        Entity& entity = entities_.create(*this, table, registration);
        Discarder discarder{entities_, &entity};
        status = table->add(entity, [&] {
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
    void deliver_news(Entity& reader) noexcept;

    Host& host_;
    ReadSections sections_;
    SlabDirectory directory_;
    Pool<Entity> entities_{directory_, sections_};
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

    /// The entity of another handle, if it belongs to the caller's table.
    Entity* find_entity(const Rib& rib, Handle handle) const noexcept
    {
        Entity* other = rib.find_entity(handle);
        return other && &other->table() == &entity_->table() ? other : nullptr;
    }

private:
    ReadSections::Scope scope_;
    Entity* entity_;
};

} // namespace rtm
