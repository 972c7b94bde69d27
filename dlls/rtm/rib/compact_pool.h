// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A pool for the objects that come by the million: eight bytes of header each, and one look at
// the directory from a handle or a place to the object.
//
// An object's generation is odd while it lives and even between two lives. Its slot is used again
// when no read section sees the former object any more. Slabs go back when the pool does.

#pragma once

#include "faults.h"
#include "handle.h"
#include "read_sections.h"
#include "regions.h"

#include <algorithm>
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace rtm
{

/// Base of what lives in a CompactPool.
struct Pooled {
    static constexpr std::size_t hot_offset = 0;

    std::atomic<std::uint32_t> generation{0};
    std::atomic<Place> place{
        0}; // of this object while it lives, of the next one in a list when it does not

    /// What clients know a living object by.
    Handle handle() const noexcept
    {
        return handle_bits::with_generation(place.load(std::memory_order_relaxed),
                                            generation.load(std::memory_order_relaxed));
    }
};

/// Makes and finds objects of type T, which is Pooled, has `kind`, and is trivially destructible.
/// Slots lie so that what is at T::hot_offset begins a cache line, if the size allows.
/// An object's members keep their last values from life to life: whoever takes one sets them.
/// Calls that change the pool are the caller's to serialize.
template <class T> class CompactPool
{
    static_assert(std::is_base_of_v<Pooled, T> && std::is_trivially_destructible_v<T>);

    static constexpr std::size_t slots = handle_bits::slots_per_slab;
    static constexpr std::size_t line = 64; // of the cache

    // Sits before the first slot.
    struct alignas(line) SlabHead : Retired {
        SlabDirectory* directory;
        Regions::Piece piece; // that it is in
        Handle number;
        std::size_t stride;
    };

    struct List {
        Place first = 0;
        Place last = 0;
        std::size_t count = 0;
    };

    struct Batch {
        List list;
        std::uint64_t epoch = 0;
    };

public:
    /// Objects are `size` bytes, at least sizeof(T). `owner` is what find() is asked with.
    CompactPool(SlabDirectory& directory, ReadSections& sections, Regions& regions,
                const void* owner, std::size_t size) noexcept
        : directory_(directory), sections_(sections), regions_(regions), owner_(owner),
          stride_((size + alignof(T) - 1) / alignof(T) * alignof(T))
    {
    }
    CompactPool(const CompactPool&) = delete;
    CompactPool& operator=(const CompactPool&) = delete;

    /// Ends all objects. Readers may still be looking at them.
    ~CompactPool()
    {
        for (SlabHead* slab : slabs_) {
            directory_.remove(slab->number);
            slab->destroy = &free_slab;
            sections_.retire(*slab);
        }
    }

    /// A slot for a new object, which find() does not know until publish(). Throws
    /// std::bad_alloc, and then changes nothing.
    T& take()
    {
        faults::before_allocation();
        if (free_.count <= resting_places) {
            recycle();
            if (free_.count <= resting_places && unused_ == 0)
                add_slab();
        }
        if (unused_ != 0)
            return begin_first_life(slots - unused_--);
        T& object = at(free_.first);
        const Place place = free_.first;
        free_.first = object.place;
        if (--free_.count == 0)
            free_.last = 0;
        object.place = place;
        return object;
    }

    /// Where the next object is going to be if no slot becomes free before; 0 if in a new slab.
    Place likely_next() const noexcept
    {
        if (unused_ == 0)
            return free_.first;
        return static_cast<Place>(handle_bits::make_place(slabs_.back()->number, slots - unused_));
    }

    void publish(T& object) noexcept
    {
        object.generation.store(next(object.generation.load(std::memory_order_relaxed)),
                                std::memory_order_release);
    }

    /// Gives back a slot that was not published.
    void discard(T& object) noexcept { append(free_, object, object.place); }

    /// Ends the handle now, and lets the slot be used again in due time.
    void retire(T& object) noexcept
    {
        const Place place = object.place;
        object.generation.store(next(object.generation.load(std::memory_order_relaxed)),
                                std::memory_order_seq_cst);
        const std::uint64_t epoch = sections_.epoch();
        if (fresh_.epoch != epoch && fresh_.list.count != 0 && waiting_.list.count == 0)
            waiting_ = std::exchange(fresh_, Batch{});
        fresh_.epoch = epoch;
        append(fresh_.list, object, place);
        if (fresh_.list.count % 64 == 0)
            recycle();
    }

    /// The living object of that handle, or nullptr. Takes no lock; what it leads to stays until
    /// the caller's read section ends.
    T* find(Handle handle) const noexcept
    {
        auto* object = static_cast<T*>(directory_.find(handle, T::kind, owner_));
        if (!object)
            return nullptr;
        const std::uint32_t generation = object->generation.load(std::memory_order_acquire);
        if (generation % 2 == 0 || generation != handle_bits::generation_of(handle))
            return nullptr;
        return object;
    }

    /// The object at a place that is in use.
    T& at(Place place) const noexcept { return *static_cast<T*>(directory_.at(place)); }

    /// As at(), nullptr for none.
    T* at_or_null(Place place) const noexcept { return place != 0 ? &at(place) : nullptr; }

private:
    // With few generation bits a place must rest before it is used again, or a stale handle
    // would pass soon: 2048 resting places and 256 lives make half a million uses.
    static constexpr std::size_t resting_places = handle_bits::word == 64 ? 0 : 2048;

    static std::uint32_t next(std::uint32_t generation) noexcept
    {
        return (generation + 1) & static_cast<std::uint32_t>(handle_bits::last_generation);
    }

    void append(List& list, T& object, Place place) noexcept
    {
        object.place = 0;
        if (list.count++ == 0)
            list.first = place;
        else
            at(list.last).place = place;
        list.last = place;
    }

    void splice(List& list) noexcept
    {
        if (list.count == 0)
            return;
        if (free_.count == 0)
            free_.first = list.first;
        else
            at(free_.last).place = list.first;
        free_.last = list.last;
        free_.count += list.count;
        list = List{};
    }

    void recycle() noexcept
    {
        if (waiting_.list.count == 0 && fresh_.list.count == 0)
            return;
        sections_.try_advance();
        const std::uint64_t epoch = sections_.epoch();
        for (Batch* batch : {&waiting_, &fresh_})
            if (batch->list.count != 0 && batch->epoch + ReadSections::grace <= epoch)
                splice(batch->list);
    }

    static constexpr std::size_t first_slot =
        sizeof(SlabHead) + (line - T::hot_offset % line) % line;
    static_assert(first_slot % SlabDirectory::slab_alignment == 0);

    static std::byte* base(SlabHead* slab) noexcept
    {
        return reinterpret_cast<std::byte*>(slab) + first_slot;
    }

    T& slot(SlabHead* slab, std::size_t number) const noexcept
    {
        return *std::launder(reinterpret_cast<T*>(base(slab) + number * stride_));
    }

    T& begin_first_life(std::size_t number) noexcept
    {
        T& object = slot(slabs_.back(), number);
        object.place = static_cast<Place>(handle_bits::make_place(slabs_.back()->number, number));
        // Even: no handle is alive. The first life is odd.
        object.generation.store(directory_.first_generation(object.place) & ~1u,
                                std::memory_order_relaxed);
        return object;
    }

    void add_slab()
    {
        if (slabs_.size() == slabs_.capacity())
            slabs_.reserve(slabs_.size() * 2 + 1);
        const Regions::Piece piece = regions_.take(first_slot + slots * stride_);
        auto* slab = ::new (piece.memory) SlabHead;
        slab->piece = piece;
        for (std::size_t i = 0; i < slots; ++i)
            ::new (static_cast<void*>(base(slab) + i * stride_)) T;
        slab->directory = &directory_;
        slab->stride = stride_;
        try {
            slab->number = directory_.add(T::kind, base(slab), owner_, stride_);
        } catch (...) {
            Regions::give_back(piece);
            throw;
        }
        slabs_.push_back(slab);
        unused_ = slots;
    }

    static void free_slab(Retired* retired) noexcept
    {
        auto* slab = static_cast<SlabHead*>(retired);
        std::uint32_t lives = 0;
        for (std::size_t i = 0; i < slots; ++i) {
            auto* object = std::launder(reinterpret_cast<T*>(base(slab) + i * slab->stride));
            if (object->place == 0)
                continue; // has never lived
            const std::uint32_t first = slab->directory->first_generation(
                static_cast<Place>(handle_bits::make_place(slab->number, i)));
            const std::uint32_t used =
                object->generation.load(std::memory_order_relaxed) - (first & ~1u);
            lives =
                std::max(lives, used & static_cast<std::uint32_t>(handle_bits::last_generation));
        }
        slab->directory->give_back(slab->number, (lives | 1) + 1);
        Regions::give_back(Regions::Piece(slab->piece));
    }

    SlabDirectory& directory_;
    ReadSections& sections_;
    Regions& regions_;
    const void* const owner_;
    const std::size_t stride_;

    std::vector<SlabHead*, Allocator<SlabHead*>> slabs_;
    std::size_t unused_ = 0; // slots of the newest slab that no object has lived in yet
    List free_;              // the one that has rested longest is first
    Batch waiting_;          // retired, as fresh_ but earlier
    Batch fresh_;
};

} // namespace rtm
