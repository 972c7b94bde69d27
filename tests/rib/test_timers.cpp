// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "cmocka_cpp.h"

#include "timers.h"

#include <map>
#include <random>
#include <vector>

using namespace rtm;

namespace
{

void each_is_due_at_its_time(void**)
{
    TimerWheel wheel(5);
    std::vector<std::uint64_t> times = {
        6, 7, 63, 64, 65, 4095, 4096, 1u << 18, (1u << 18) + 1, 1u << 30, 0xfffffffe};
    std::vector<Timer> timers(times.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
        timers[i].reset(TimerPurpose::hold_end, &timers[i]);
        wheel.arm(timers[i], times[i]);
    }
    for (std::size_t i = 0; i < times.size(); ++i) {
        assert_null(wheel.pop_due(times[i] - 1));
        assert_true(wheel.next_look() <= times[i]);
        assert_ptr_equal(wheel.pop_due(times[i]), &timers[i]);
        assert_false(timers[i].is_armed());
    }
    assert_true(wheel.next_look() == TimerWheel::never);
}

void those_of_one_time_come_in_order(void**)
{
    TimerWheel wheel(0);
    std::vector<Timer> timers(100);
    for (Timer& timer : timers) {
        timer.reset(TimerPurpose::hold_end, &timer);
        wheel.arm(timer, 1000);
    }
    for (Timer& timer : timers)
        assert_ptr_equal(wheel.pop_due(2000), &timer);
}

void late_ones_are_due_at_once(void**)
{
    TimerWheel wheel(1000);
    Timer timer;
    timer.reset(TimerPurpose::hold_end, &timer);
    wheel.arm(timer, 10);
    assert_ptr_equal(wheel.pop_due(1000), &timer);
}

void many_at_random(void**)
{
    std::mt19937 random(3);
    std::uint64_t now = 1000;
    TimerWheel wheel(now);
    std::vector<Timer> timers(500);
    std::map<Timer*, std::uint64_t> armed;
    for (Timer& timer : timers)
        timer.reset(TimerPurpose::hold_end, &timer);
    for (int step = 0; step < 60000; ++step) {
        Timer& timer = timers[random() % timers.size()];
        if (random() % 4 == 0) {
            wheel.cancel(timer);
            armed.erase(&timer);
        } else {
            const std::uint64_t due = now + (random() % 3 ? random() % 200 : random() % 5000000);
            wheel.arm(timer, due);
            armed[&timer] = due;
        }
        if (random() % 8 != 0)
            continue;
        now += random() % 2 ? random() % 50 : random() % 100000;
        while (Timer* due = wheel.pop_due(now)) {
            assert_true(armed.at(due) <= now);
            armed.erase(due);
        }
        for (const auto& [waiting, due] : armed) {
            assert_true(due > now);
            assert_true(wheel.next_look() <= due);
        }
    }
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(each_is_due_at_its_time),
        cmocka_unit_test(those_of_one_time_come_in_order),
        cmocka_unit_test(late_ones_are_due_at_once),
        cmocka_unit_test(many_at_random),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
