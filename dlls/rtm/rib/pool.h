// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A pool of objects that have handles and never move.

#pragma once

#include "faults.h"
#include "handle.h"
#include "read_sections.h"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace rtm
{

/// Makes, finds and retires objects of type T. T says its kind in `T::kind`, how many go into
/// one slab in `T::slab_size`, and keeps the handle that it is made with in `handle`.
template <class T> class Pool
{
    static_assert(T::slab_size <= handle_bits::slots_per_slab);

    struct Slot : Retired {
        std::atomic<std::uint32_t> generation{0}; // of the object that lives here, 0 if none
        std::uint32_t latest_generation = 0;
        Handle place = 0;
        Slot* next_free = nullptr;
        Pool* pool = nullptr;
        union {
            T object; // made and destroyed by the pool
        };

        Slot() noexcept {}
        ~Slot() {}
    };

    static constexpr auto slab_alignment =
        std::align_val_t(std::max(alignof(Slot), SlabDirectory::slab_alignment));

public:
    Pool(SlabDirectory& directory, ReadSections& sections) noexcept
        : directory_(directory), sections_(sections)
    {
    }
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// Gives the slabs back. All objects must have been retired, and no read section be open.
    ~Pool()
    {
        sections_.drain();
        for (Slot* slab : slabs_) {
            for (std::size_t i = 0; i < T::slab_size; ++i)
                slab[i].~Slot();
            ::operator delete(slab, slab_alignment);
        }
    }

    /// Makes an object, T(handle, args...). Its handle is not alive until publish().
    /// Throws std::bad_alloc, or what T's constructor throws, and then changes nothing.
    template <class... Args> T& create(Args&&... args)
    {
        Slot& slot = take_free_slot();
        slot.latest_generation = next_generation(slot.latest_generation);
        const Handle handle = handle_bits::with_generation(slot.place, slot.latest_generation);
        try {
            return *::new (static_cast<void*>(&slot.object)) T(handle, std::forward<Args>(args)...);
        } catch (...) {
            give_back(slot);
            throw;
        }
    }

    /// From now on find() knows the object.
    void publish(T& object) noexcept
    {
        Slot& slot = slot_of(object);
        slot.generation.store(slot.latest_generation, std::memory_order_release);
    }

    /// Destroys an object that has not been published.
    void discard(T& object) noexcept { destroy_slot(&slot_of(object)); }

    /// Ends the handle now, and the object as soon as no reader sees it any more.
    void retire(T& object) noexcept
    {
        Slot& slot = slot_of(object);
        slot.generation.store(0, std::memory_order_seq_cst);
        slot.destroy = &destroy_slot;
        sections_.retire(slot);
    }

    /// The live object of that handle, or nullptr for any other value. Takes no lock; the
    /// object stays until the caller's read section ends.
    T* find(Handle handle) const noexcept
    {
        auto* slab = static_cast<Slot*>(directory_.find(handle_bits::slab_of(handle), T::kind));
        Handle number = handle_bits::slot_of(handle);
        if (!slab || number >= T::slab_size)
            return nullptr;
        Slot& slot = slab[number];
        std::uint32_t generation = slot.generation.load(std::memory_order_seq_cst);
        if (generation == 0 || generation != handle_bits::generation_of(handle))
            return nullptr;
        return &slot.object;
    }

    /// The object at a place that is known to be in use.
    T& at(Place place) const noexcept { return static_cast<Slot*>(directory_.at(place))->object; }

    static Place place_of(const T& object) noexcept
    {
        return static_cast<Place>(object.handle & ((Handle(1) << handle_bits::place) - 1));
    }

private:
    // With few generation bits a place must rest before it is used again, or a stale handle
    // would pass soon: 1024 resting places and 511 generations make half a million uses.
    static constexpr std::size_t resting_places = handle_bits::word == 64 ? 0 : 1024;

    Slot& slot_of(const T& object) const noexcept
    {
        auto* slab =
            static_cast<Slot*>(directory_.find(handle_bits::slab_of(object.handle), T::kind));
        return slab[handle_bits::slot_of(object.handle)];
    }

    static std::uint32_t next_generation(std::uint32_t generation) noexcept
    {
        return generation == handle_bits::last_generation ? 1 : generation + 1;
    }

    static void destroy_slot(Retired* retired) noexcept
    {
        auto& slot = static_cast<Slot&>(*retired);
        slot.object.~T();
        slot.pool->give_back(slot);
    }

    Slot& take_free_slot()
    {
        faults::before_allocation();
        std::lock_guard lock(mutex_);
        if (free_count_ <= resting_places && unused_ == 0)
            add_slab();
        if (unused_ != 0)
            return slabs_.back()[T::slab_size - unused_--];
        Slot& slot = *first_free_;
        first_free_ = slot.next_free;
        if (!first_free_)
            last_free_ = nullptr;
        --free_count_;
        return slot;
    }

    // The place that has rested longest is used first.
    void give_back(Slot& slot) noexcept
    {
        std::lock_guard lock(mutex_);
        slot.next_free = nullptr;
        (last_free_ ? last_free_->next_free : first_free_) = &slot;
        last_free_ = &slot;
        ++free_count_;
    }

    void add_slab()
    {
        if (slabs_.size() == slabs_.capacity())
            slabs_.reserve(slabs_.size() * 2 + 1); // so that push_back below cannot fail
        void* memory = ::operator new(T::slab_size * sizeof(Slot), slab_alignment);
        auto* slab = static_cast<Slot*>(memory);
        for (std::size_t i = 0; i < T::slab_size; ++i)
            ::new (static_cast<void*>(slab + i)) Slot;
        Handle number;
        try {
            number = directory_.add(T::kind, slab, nullptr, sizeof(Slot));
        } catch (...) {
            ::operator delete(memory, slab_alignment);
            throw;
        }
        for (std::size_t i = 0; i < T::slab_size; ++i) {
            slab[i].place = handle_bits::make_place(number, i);
            slab[i].pool = this;
            slab[i].latest_generation =
                directory_.first_generation(static_cast<Place>(slab[i].place));
        }
        slabs_.push_back(slab);
        unused_ = T::slab_size;
    }

    SlabDirectory& directory_;
    ReadSections& sections_;

    std::mutex mutex_; // guards the members below
    std::vector<Slot*, Allocator<Slot*>> slabs_;
    std::size_t unused_ = 0; // slots of the newest slab that no object has lived in yet
    Slot* first_free_ = nullptr;
    Slot* last_free_ = nullptr;
    std::size_t free_count_ = 0;
};

} // namespace rtm
