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
// objects of one kind and are never given back while the engine lives, so looking at the place
// behind a stale handle is harmless.

#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

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

/// Where every slab of every kind is found by its number.
class SlabDirectory
{
public:
    // One less than the bits allow, so that -1 is no handle.
    static constexpr std::size_t capacity = 8191;

    /// Slabs are aligned to this, which leaves room for their kind in the entry.
    static constexpr std::size_t slab_alignment = 64;

    /// Enters a slab; its number is what handles carry. Throws std::bad_alloc when full.
    Handle add(Kind kind, void* slab);

    /// The slab of that number if it holds objects of that kind, else nullptr. Takes no lock.
    void* find(Handle number, Kind kind) const noexcept
    {
        if (number >= capacity)
            return nullptr;
        std::uintptr_t entry =
            entries_[number].load(std::memory_order_acquire) ^ static_cast<std::uintptr_t>(kind);
        return entry % slab_alignment == 0 ? reinterpret_cast<void*>(entry) : nullptr;
    }

    /// The kind of the slab that `handle` points into; says nothing of its generation.
    Kind kind_of(Handle handle) const noexcept
    {
        Handle number = handle_bits::slab_of(handle);
        if (number >= capacity)
            return Kind::none;
        return static_cast<Kind>(entries_[number].load(std::memory_order_acquire) % slab_alignment);
    }

private:
    std::mutex mutex_;
    std::size_t used_ = 0;
    std::array<std::atomic<std::uintptr_t>, capacity> entries_{};
};

} // namespace rtm
