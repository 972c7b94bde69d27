// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What all calls have in common that fetch a batch.

#pragma once

#include "enumerating.h"

namespace model
{

/// Checks the arguments. The caller's object of that handle if nothing is wrong.
template <class T, class Item>
T* begin_batch(Batch<Item>& batch, const World& world, Name registration, Name handle,
               std::optional<unsigned> capacity, bool has_array)
{
    batch.verdict.refuse_if(!capacity || !has_array, Code::invalid_parameter);
    const Entity* me = world.caller(batch.verdict, registration);
    T* source = me ? world.find_own<T>(*me, handle) : nullptr;
    batch.verdict.refuse_if(me && !source, Code::invalid_handle);
    batch.answered = batch.verdict.fine();
    const bool fits = capacity && *capacity != 0 && *capacity <= world.limits.handles_in_enum;
    batch.verdict.refuse_if(!fits, Code::invalid_parameter);
    return batch.verdict.fine() ? source : nullptr;
}

/// An empty batch is the end.
template <class Item> void end_batch(Batch<Item>& batch)
{
    batch.verdict.refuse_if(batch.items.empty(), Code::no_more_items);
}

} // namespace model
