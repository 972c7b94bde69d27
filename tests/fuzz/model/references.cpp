// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "references.h"

namespace model
{

Verdict reference_handles(World& world, Name registration, unsigned count,
                          const std::vector<Name>* handles)
{
    Verdict verdict;
    verdict.refuse_if(!handles && count != 0, Code::invalid_parameter);
    const Entity* me = world.caller(verdict, registration);
    if (!verdict.fine() || count == 0)
        return verdict;
    for (unsigned i = 0; i < count; ++i) {
        const Object* object = world.find<Object>(me->table, (*handles)[i]);
        const bool counted =
            object && (object->kind == Kind::entity || object->kind == Kind::destination ||
                       object->kind == Kind::route || object->kind == Kind::next_hop);
        verdict.refuse_if(!counted, Code::invalid_handle);
    }
    if (verdict.fine())
        for (unsigned i = 0; i < count; ++i)
            ++world.find<Object>(me->table, (*handles)[i])->references;
    return verdict;
}

} // namespace model
