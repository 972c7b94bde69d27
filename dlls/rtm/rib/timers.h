// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Timers by the million: arming, cancelling and firing cost the same however many there are.
//
// A hierarchical timing wheel after Varghese and Lauck: eight wheels of 64 slots. A timer is in
// the wheel of the highest digit (to base 64) in which its time differs from now, so that it is
// looked at again once for each digit. Time is in milliseconds.

#pragma once

#include <array>
#include <cstdint>

namespace rtm
{

/// What is done at a time: by a table, and the last by the multicast group manager.
enum class TimerPurpose : std::uint8_t { route_expiry, hold_end, notification, entry_expiry };

/// Part of what it is about, and may be moved only while it is not armed.
class Timer
{
    friend class TimerWheel;

public:
    /// Before first use.
    void reset(TimerPurpose why, void* what) noexcept
    {
        previous_ = next_ = nullptr;
        purpose = why;
        subject = what;
    }

    bool is_armed() const noexcept { return next_ != nullptr; }
    std::uint64_t due() const noexcept { return due_; }

    TimerPurpose purpose;
    void* subject; // whose timer it is

private:
    Timer* previous_; // in the ring of its slot; null if not armed
    Timer* next_;
    std::uint64_t due_;
    std::uint8_t wheel_;
    std::uint8_t slot_;
};

class TimerWheel
{
public:
    /// Time begins at `now`.
    explicit TimerWheel(std::uint64_t now) noexcept;
    TimerWheel(const TimerWheel&) = delete;
    TimerWheel& operator=(const TimerWheel&) = delete;

    /// Has pop_due() give the timer when it is `due`. Arming it again replaces that time.
    void arm(Timer& timer, std::uint64_t due) noexcept;

    void cancel(Timer& timer) noexcept;

    /// A timer whose time has come, and which is armed no more; nullptr if there is none. Time
    /// goes on to `now`.
    Timer* pop_due(std::uint64_t now) noexcept;

    /// A time before which no timer is due; `never` if none is armed.
    std::uint64_t next_look() const noexcept;

    static constexpr std::uint64_t never = ~std::uint64_t(0);

private:
    static constexpr unsigned digit_bits = 6;
    static constexpr unsigned slots = 1u << digit_bits;
    static constexpr unsigned wheels = 8;
    static constexpr std::uint8_t no_wheel = wheels; // of timers that are due

    struct Ring {
        Timer* first = nullptr;
    };

    Ring& ring_of(const Timer& timer) noexcept;
    void put(Timer& timer) noexcept;
    void link(Ring& ring, Timer& timer) noexcept;
    void unlink(Timer& timer) noexcept;

    std::uint64_t now_;
    std::array<std::array<Ring, slots>, wheels> rings_{};
    std::array<std::uint64_t, wheels> occupied_{}; // slots with timers
    Ring due_;
};

} // namespace rtm
