// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the checked calls have in common that fetch a batch.

#pragma once

#include "checked/buffer.h"
#include "checked/session.h"
#include "model/batches.h"

#include <algorithm>

namespace fuzz
{

/// Most items that a call is given room for; more than any limit allows.
constexpr UINT most_items = 12;

/// Compares the count that a Get call has stored.
template <class Item>
void check_count(Session& session, std::optional<UINT> capacity, UINT count,
                 const model::Batch<Item>& batch)
{
    // Nothing says what becomes of it if another argument is wrong.
    if (!batch.answered && count == 0)
        return;
    session.expect_number("the count", count,
                          batch.answered ? batch.items.size() : capacity.value_or(0));
}

/// Compares handles that a Get call has stored in an array of `room`.
template <class T>
void check_handles(Session& session, const HANDLE* array, UINT room, const model::Batch<T*>& batch,
                   std::vector<HANDLE>& got)
{
    const Output<HANDLE> unset;
    for (UINT i = 0; i < room; ++i) {
        if (i >= batch.items.size()) {
            session.expect(array[i] == unset.value, "too much was stored");
            continue;
        }
        session.expect_handle("an item", array[i], batch.items[i]);
        got.push_back(array[i]);
    }
}

} // namespace fuzz
