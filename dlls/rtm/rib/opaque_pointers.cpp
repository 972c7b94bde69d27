// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "opaque_pointers.h"

#include "faults.h"
#include "possessions.h"

#include <bit>

namespace rtm
{

void** OpaquePointers::find(DestinationExtras& destination, const Possessions& entity)
{
    OpaquePointer* pointer = destination.opaque;
    while (pointer && pointer->slot != entity.opaque_slot)
        pointer = pointer->next;
    if (!pointer) {
        faults::before_allocation();
        pointer = new OpaquePointer{nullptr, entity.opaque_slot, 0, destination.opaque};
        destination.opaque = pointer;
    }
    if (pointer->holder != entity.opaque_number) {
        pointer->value = nullptr;
        pointer->holder = entity.opaque_number;
    }
    return &pointer->value;
}

void OpaquePointers::free(DestinationExtras& destination) noexcept
{
    while (OpaquePointer* pointer = destination.opaque) {
        destination.opaque = pointer->next;
        delete pointer;
    }
}

bool OpaqueSlots::take(unsigned most, Possessions& entity) noexcept
{
    const auto slot = static_cast<unsigned>(std::countr_one(taken_));
    if (slot >= most)
        return false;
    taken_ |= std::uint64_t(1) << slot;
    entity.opaque_slot = slot;
    if (++holders_ == 0)
        ++holders_;
    entity.opaque_number = holders_;
    return true;
}

void OpaqueSlots::give_back(const Possessions& entity) noexcept
{
    if (entity.opaque_number != 0)
        taken_ &= ~(std::uint64_t(1) << entity.opaque_slot);
}

} // namespace rtm
