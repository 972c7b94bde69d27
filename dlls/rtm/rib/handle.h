// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What a handle's bits mean, and how any value at all is checked.
//
// A handle names a place, slot `slot` of slab `slab`, and the generation of the
// object that lives there:
//
//     | generation | slab | slot |        64 bit: 32 + 22 + 10, 32 bit: 9 + 13 + 10
//
// A place is given to a new object under a new generation, so the handles of its
// earlier objects are refused. Generations are never 0, and each place begins with another
// one: neither NULL nor -1 nor a small number is a handle, and hardly a round one. Slabs hold
// objects of one kind and are given back only when no reader can look at them any more, so looking
// at the place behind a stale handle is harmless. A table's own objects are in slabs that say so:
// a handle of another table is told without a look at the object.

#pragma once

#include "faults.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace rtm
{

/// The kinds of object that a handle can stand for.
enum class Kind : std::uint8_t {
    none,
    entity,
    destination,
    route,
    next_hop,
    enumeration,
    notification,
    route_list,
    mgm_protocol,
    mgm_enumeration,
    v1_client,
    v1_enumeration,
    v1_route,
};

using Handle = std::uintptr_t;

namespace handle_bits
{

constexpr unsigned word = sizeof(Handle) * 8;
constexpr unsigned slot = 10;
constexpr unsigned place = word == 64 ? 32 : 23;
constexpr Handle slots_per_slab = Handle(1) << slot;
constexpr Handle last_generation = ~Handle(0) >> place;

constexpr Handle make_place(Handle slab, Handle slot_in_slab) noexcept
{
    return slab << slot | slot_in_slab;
}
constexpr Handle with_generation(Handle place_number, Handle generation) noexcept
{
    return generation << place | place_number;
}
/// Where a place's generations begin: anywhere, so that round numbers hardly are handles.
constexpr std::uint32_t first_generation(Handle place_number) noexcept
{
    auto scattered = (static_cast<std::uint32_t>(place_number) + 1) * 0x9e3779b1u;
    return scattered >> (32 - (word - place));
}
constexpr Handle generation_of(Handle h) noexcept
{
    return h >> place;
}
constexpr Handle slab_of(Handle h) noexcept
{
    return (h & ((Handle(1) << place) - 1)) >> slot;
}
constexpr Handle slot_of(Handle h) noexcept
{
    return h & (slots_per_slab - 1);
}

} // namespace handle_bits

/// A place without a generation: what objects of a table refer to each other by. 0 is none.
using Place = std::uint32_t;

/// Where every slab of every kind is found by its number.
class SlabDirectory
{
    struct Entry {
        std::atomic<std::uintptr_t> slab_and_kind{0};
        std::atomic<const void*> owner{nullptr};
        std::atomic<std::uint32_t> stride{0};
        std::uint32_t lives = 0; // that places have had in former slabs of this number
    };

public:
    // One less than 13 bits allow, so that -1 is no handle on 32 bit.
    static constexpr std::size_t capacity = handle_bits::word == 64 ? 16383 : 8191;

    /// Slabs are aligned to this, which leaves room for their kind in the entry.
    static constexpr std::size_t slab_alignment = 16;

    /// Enters a slab of objects `stride` bytes apart; its number is what handles carry. `owner`
    /// tells whose they are. Throws std::bad_alloc when full.
    Handle add(Kind kind, void* slab, const void* owner, std::size_t stride);

    /// Makes a slab unknown. Its number is in use until give_back(), which must wait until no
    /// read section sees the slab any more.
    void remove(Handle number) noexcept;

    /// Handles of the next slab of that number begin `lives` generations later.
    void give_back(Handle number, std::uint32_t lives) noexcept;

    /// Where the generations of a place begin.
    std::uint32_t first_generation(Place place) const noexcept;

    /// The slab of that number if it holds objects of that kind, else nullptr. Takes no lock.
    void* find(Handle number, Kind kind) const noexcept
    {
        if (number >= capacity)
            return nullptr;
        std::uintptr_t entry = entries_[number].slab_and_kind.load(std::memory_order_acquire) ^
                               static_cast<std::uintptr_t>(kind);
        return entry % slab_alignment == 0 ? reinterpret_cast<void*>(entry) : nullptr;
    }

    /// The place that `handle` points at if its slab holds objects of that kind and owner, else
    /// nullptr. Says nothing of the generation, nor whether the slab has that many places.
    void* find(Handle handle, Kind kind, const void* owner) const noexcept
    {
        const Handle number = handle_bits::slab_of(handle);
        void* slab = find(number, kind);
        if (!slab || entries_[number].owner.load(std::memory_order_relaxed) != owner)
            return nullptr;
        return offset(slab, number, handle_bits::slot_of(handle));
    }

    /// A place that is known to be in use.
    void* at(Place place) const noexcept
    {
        const Handle number = place >> handle_bits::slot;
        auto entry = entries_[number].slab_and_kind.load(std::memory_order_acquire);
        return offset(reinterpret_cast<void*>(entry & ~(slab_alignment - 1)), number,
                      place & (handle_bits::slots_per_slab - 1));
    }

    /// As at(), nullptr if the slab has gone.
    void* at_if_there(Place place) const noexcept
    {
        const auto entry =
            entries_[place >> handle_bits::slot].slab_and_kind.load(std::memory_order_acquire);
        return entry != 0 ? at(place) : nullptr;
    }

    /// The kind of the slab that `handle` points into; says nothing of its generation.
    Kind kind_of(Handle handle) const noexcept
    {
        Handle number = handle_bits::slab_of(handle);
        if (number >= capacity)
            return Kind::none;
        return static_cast<Kind>(entries_[number].slab_and_kind.load(std::memory_order_acquire) %
                                 slab_alignment);
    }

private:
    void* offset(void* slab, Handle number, Handle slot) const noexcept
    {
        return static_cast<std::byte*>(slab) +
               slot * entries_[number].stride.load(std::memory_order_relaxed);
    }

    Handle take_number();

    std::mutex mutex_;
    std::size_t used_ = 1; // number 0 is none, so that no place is 0
    std::vector<std::uint16_t, Allocator<std::uint16_t>> returned_; // may be used again
    std::array<Entry, capacity> entries_{};
};

} // namespace rtm
