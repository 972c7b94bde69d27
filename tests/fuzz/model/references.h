// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Handing out references, and giving them back.

#pragma once

#include "world.h"

#include <type_traits>

namespace model
{

/// Counts what one call gives back. The call does all or nothing: first every handle is taken,
/// then the whole is carried out.
class Releases
{
public:
    Releases(World& world, const Table& table) : world_(world), table_(table) {}

    /// A handle of an object of type T. False if it is none, or nobody was handed that many.
    template <class T> bool take(Name name)
    {
        T* object = world_.find<T>(table_, name);
        return object && ++taken_[object] <= object->references;
    }

    /// A handle in a structure, or NULL for nothing to give back. There the references to an entity
    /// that is registered are not looked at so closely.
    template <class T> bool take_if_any(Name name)
    {
        if (name == 0 || take<T>(name))
            return true;
        const Entity* entity = world_.find<Entity>(table_, name);
        return std::is_same_v<T, Entity> && entity && entity->registered;
    }

    void carry_out()
    {
        for (auto& [object, count] : taken_)
            object->references -= count;
        world_.sweep();
    }

private:
    World& world_;
    const Table& table_;
    std::map<Object*, int> taken_;
};

/// RtmRelease...s with an array of handles of one kind; null for a NULL array.
template <class T>
Verdict release_array(World& world, Name registration, unsigned count,
                      const std::vector<Name>* handles)
{
    Verdict verdict;
    verdict.refuse_if(!handles && count != 0, Code::invalid_parameter);
    Entity* me = world.caller(verdict, registration);
    if (!verdict.fine() || count == 0)
        return verdict;
    Releases releases(world, me->table);
    for (unsigned i = 0; i < count; ++i)
        verdict.refuse_if(!releases.take<T>((*handles)[i]), Code::invalid_handle);
    if (verdict.fine())
        releases.carry_out();
    return verdict;
}

/// RtmReferenceHandles.
Verdict reference_handles(World& world, Name registration, unsigned count,
                          const std::vector<Name>* handles);

inline void hand_out(Object* object)
{
    if (object && object->exists)
        ++object->references;
}

/// What the table gives back itself. Clients may have given back too much before.
inline void give_back(Object* object)
{
    if (object && object->exists && object->references > 0)
        --object->references;
}

} // namespace model
