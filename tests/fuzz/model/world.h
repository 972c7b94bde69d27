// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// All that the model knows: the tables, and every object that there ever was.

#pragma once

#include "codes.h"
#include "enumerations.h"
#include "objects.h"

#include <memory>

namespace model
{

struct Limits {
    unsigned next_hops_in_route = 4;
    unsigned handles_in_enum = 64;
    unsigned opaque_pointers = 16;
    unsigned notifications = 32;
    unsigned notification_delay = 20;
};

struct World {
    Limits limits;
    Time now = 0;
    std::uint64_t steps = 0;  // counts what is ordered by when it happened
    std::uint64_t moment = 0; // the same for all that one call does, or all timers of a time
    bool timers_run = false;
    bool jobs_run = false; // callbacks are being called

    std::map<std::pair<std::uint16_t, std::uint16_t>, std::unique_ptr<Table>> tables;
    std::vector<std::unique_ptr<Table>> ended_tables;
    std::vector<std::unique_ptr<Object>> objects;
    std::vector<Object*> living; // those that existed at the last sweep
    std::map<Name, Object*> names;

    Entity* in_news = nullptr; // a callback is being told of it

    template <class T, class... Args> T& make(Args&&... args)
    {
        auto object = std::make_unique<T>(std::forward<Args>(args)...);
        T& made = *object;
        made.number = static_cast<int>(objects.size());
        objects.push_back(std::move(object));
        living.push_back(&made);
        return made;
    }

    /// The object of a handle, whether it still exists or not.
    Object* known(Name name) const
    {
        auto found = names.find(name);
        return found == names.end() ? nullptr : found->second;
    }

    /// The existing object of type T in `table` that `name` is a handle of; null for any other
    /// value.
    template <class T> T* find(const Table& table, Name name) const
    {
        Object* object = known(name);
        return object && object->exists && &object->table == &table ? as<T>(object) : nullptr;
    }

    /// As find(), for what only its owner may use.
    template <class T> T* find_own(const Entity& me, Name name) const
    {
        T* object = find<T>(me.table, name);
        return object && &object->owner == &me ? object : nullptr;
    }

    /// The entity that calls with this registration handle. Adds ERROR_INVALID_HANDLE if it is
    /// none.
    Entity* caller(Verdict& verdict, Name registration) const;

    /// All existing objects of type T.
    template <class T> std::vector<T*> all() const
    {
        std::vector<T*> found;
        for (Object* object : living)
            if (auto* match = as<T>(object); match && match->exists)
                found.push_back(match);
        return found;
    }

    /// Notes that `name` is the handle of `object`. False if it cannot be: it is NULL, or was
    /// another object's, or the object has another one.
    bool learn(Object& object, Name name);

    void arm(Timer& timer, Time delay);

    /// Ends what nothing keeps any more. Every operation ends with it.
    void sweep();
};

} // namespace model
