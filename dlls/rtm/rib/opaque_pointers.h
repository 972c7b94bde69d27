// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The private pointers that entities hang on destinations.
//
// A destination gets a pointer for a slot when that is first asked for. Each remembers for which
// holder of its slot it was last asked for, so that the pointers of one that has left need not be
// looked for in all destinations: the slot's next holder finds NULL.

#pragma once

#include "destination.h"

namespace rtm
{

struct Possessions;

class OpaquePointers
{
public:
    /// The address of an entity's pointer, which stays while the destination does. Throws
    /// std::bad_alloc. While writing.
    static void** find(DestinationExtras& destination, const Possessions& entity);

    /// Frees what find() has made.
    static void free(DestinationExtras& destination) noexcept;
};

/// Who has which slot. Guarded by the lock of the table's members.
class OpaqueSlots
{
public:
    /// False if all of `most` are taken.
    bool take(unsigned most, Possessions& entity) noexcept;
    void give_back(const Possessions& entity) noexcept;

private:
    std::uint64_t taken_ = 0;
    std::uint32_t holders_ = 0; // that there have been
};

} // namespace rtm
