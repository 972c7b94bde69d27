// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// How long an object of the table lives: while the table has it, or somebody refers to it.

#pragma once

#include <atomic>
#include <cstdint>

namespace rtm
{

/// The references to one object that were handed out, and whether the table has it. Clients
/// can give back no more than was handed out: what the table keeps is not theirs to release.
///
/// A batch of references is given back in two steps, so that nothing is done if one of them was
/// not handed out: all are reserved, then all settled, or all restored.
class ReferenceCount
{
    static constexpr std::uint32_t in_table = std::uint32_t(1) << 31;
    static constexpr std::uint32_t ending = std::uint32_t(1) << 30; // the last one is reserved
    static constexpr std::uint32_t most = ending - 1;               // references

public:
    enum class Drop {
        excess, ///< nobody was handed a reference: nothing has changed
        kept,
        last, ///< neither a reference is left nor the table's hold
    };

    /// A new object, which the table has.
    void begin() noexcept { value_.store(in_table, std::memory_order_relaxed); }

    /// False if the object has ended, or clients have forgotten a billion references to it.
    bool try_add() noexcept
    {
        std::uint32_t value = value_.load(std::memory_order_relaxed);
        while (value != 0 && value != ending && count_of(value) != most)
            if (value_.compare_exchange_weak(value, value + 1, std::memory_order_seq_cst))
                return true;
        return false;
    }

    Drop drop() noexcept
    {
        if (!reserve())
            return Drop::excess;
        return settle() ? Drop::last : Drop::kept;
    }

    /// False if no reference was handed out.
    bool reserve() noexcept
    {
        std::uint32_t value = value_.load(std::memory_order_relaxed);
        while (count_of(value) != 0)
            if (value_.compare_exchange_weak(value, value == 1 ? ending : value - 1,
                                             std::memory_order_seq_cst))
                return true;
        return false;
    }

    /// Undoes reserve().
    void restore() noexcept
    {
        std::uint32_t value = value_.load(std::memory_order_relaxed);
        while (!value_.compare_exchange_weak(value, value == ending ? 1 : value + 1,
                                             std::memory_order_seq_cst)) {
        }
    }

    /// After reserve(). True if neither a reference is left nor the table's hold: for one caller.
    bool settle() noexcept
    {
        std::uint32_t value = ending;
        return value_.load(std::memory_order_relaxed) == ending &&
               value_.compare_exchange_strong(value, 0, std::memory_order_seq_cst);
    }

    /// The table lets go of it. True if no reference is left.
    bool leave_table() noexcept
    {
        std::uint32_t value = value_.load(std::memory_order_relaxed);
        while (!value_.compare_exchange_weak(value, value & ~in_table, std::memory_order_seq_cst)) {
        }
        return value == in_table;
    }

    /// The table lets go of it unless there is a reference. True if it did.
    bool try_leave_table() noexcept
    {
        std::uint32_t alone = in_table;
        return value_.compare_exchange_strong(alone, 0, std::memory_order_seq_cst);
    }

    bool is_in_table() const noexcept
    {
        return (value_.load(std::memory_order_acquire) & in_table) != 0;
    }

    /// References handed out.
    std::uint32_t count() const noexcept
    {
        return count_of(value_.load(std::memory_order_seq_cst));
    }

private:
    static constexpr std::uint32_t count_of(std::uint32_t value) noexcept
    {
        return value & ~(in_table | ending);
    }

    std::atomic<std::uint32_t> value_{0};
};

} // namespace rtm
