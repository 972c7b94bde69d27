// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "timers.h"

#include <bit>

namespace rtm
{

TimerWheel::TimerWheel(std::uint64_t now) noexcept : now_(now) {}

TimerWheel::Ring& TimerWheel::ring_of(const Timer& timer) noexcept
{
    return timer.wheel_ == no_wheel ? due_ : rings_[timer.wheel_][timer.slot_];
}

// Rings are in the order in which timers came.
void TimerWheel::link(Ring& ring, Timer& timer) noexcept
{
    if (Timer* first = ring.first) {
        timer.previous_ = first->previous_;
        timer.next_ = first;
        first->previous_->next_ = &timer;
        first->previous_ = &timer;
    } else {
        timer.previous_ = timer.next_ = &timer;
        ring.first = &timer;
    }
}

void TimerWheel::unlink(Timer& timer) noexcept
{
    Ring& ring = ring_of(timer);
    if (timer.next_ == &timer) {
        ring.first = nullptr;
        if (timer.wheel_ != no_wheel)
            occupied_[timer.wheel_] &= ~(std::uint64_t(1) << timer.slot_);
    } else {
        timer.previous_->next_ = timer.next_;
        timer.next_->previous_ = timer.previous_;
        if (ring.first == &timer)
            ring.first = timer.next_;
    }
    timer.previous_ = timer.next_ = nullptr;
}

void TimerWheel::put(Timer& timer) noexcept
{
    if (timer.due_ <= now_) {
        timer.wheel_ = no_wheel;
        link(due_, timer);
        return;
    }
    auto wheel = static_cast<unsigned>(std::bit_width(timer.due_ ^ now_) - 1) / digit_bits;
    if (wheel >= wheels)
        wheel = wheels - 1;
    const unsigned slot = (timer.due_ >> (wheel * digit_bits)) & (slots - 1);
    timer.wheel_ = static_cast<std::uint8_t>(wheel);
    timer.slot_ = static_cast<std::uint8_t>(slot);
    link(rings_[wheel][slot], timer);
    occupied_[wheel] |= std::uint64_t(1) << slot;
}

void TimerWheel::arm(Timer& timer, std::uint64_t due) noexcept
{
    cancel(timer);
    timer.due_ = due;
    put(timer);
}

void TimerWheel::cancel(Timer& timer) noexcept
{
    if (timer.is_armed())
        unlink(timer);
}

// All timers of a wheel share the higher digits of now, so the lowest wheel that has one behind
// now's digit has the next.
std::uint64_t TimerWheel::next_look() const noexcept
{
    if (due_.first)
        return now_;
    for (unsigned wheel = 0; wheel < wheels; ++wheel) {
        const unsigned shift = wheel * digit_bits;
        const unsigned digit = (now_ >> shift) & (slots - 1);
        const std::uint64_t behind = occupied_[wheel] & ~std::uint64_t(0) << digit;
        if (behind == 0)
            continue;
        const auto slot = static_cast<std::uint64_t>(std::countr_zero(behind));
        return (now_ >> shift >> digit_bits << digit_bits | slot) << shift;
    }
    return never;
}

Timer* TimerWheel::pop_due(std::uint64_t now) noexcept
{
    while (!due_.first) {
        const std::uint64_t next = next_look();
        if (next > now) {
            if (now > now_)
                now_ = now;
            return nullptr;
        }
        if (next > now_)
            now_ = next;
        // Those of the slots that now has reached are due, or go to a lower wheel.
        for (unsigned wheel = wheels; wheel-- != 0;) {
            Ring& ring = rings_[wheel][(now_ >> (wheel * digit_bits)) & (slots - 1)];
            while (Timer* timer = ring.first) {
                unlink(*timer);
                put(*timer);
            }
        }
    }
    Timer* timer = due_.first;
    unlink(*timer);
    return timer;
}

} // namespace rtm
