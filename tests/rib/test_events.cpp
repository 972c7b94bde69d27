// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Who is told what, in which order, and when no more.

#include "cmocka_cpp.h"

#include "fake_host.h"

#include <atomic>
#include <latch>

using namespace rtm;

namespace
{

void others_are_told_in_order(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    Handle watcher = *join(rib, client(1, some_callback));
    std::vector<Told> expected;
    for (std::uint32_t i = 10; i < 200; ++i) {
        Handle handle = *join(rib, client(i));
        expected.push_back({EntityEvent::registered, watcher, handle, {i, 0}});
        leave(rib, handle);
        expected.push_back({EntityEvent::deregistered, watcher, handle, {i, 0}});
    }
    auto told = host.wait_for_events(watcher, expected.size());
    assert_true(told == expected);
    leave(rib, watcher);
}

void nobody_is_told_of_itself_or_of_the_past(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    Handle first = *join(rib, client(1, some_callback));
    Handle second = *join(rib, client(2, some_callback));
    Registration elsewhere = client(3);
    elsewhere.table.instance = 9;
    Handle other_table = *join(rib, elsewhere);
    leave(rib, other_table);
    auto told = host.wait_for_events(first, 1);
    leave(rib, second);
    told = host.wait_for_events(first, 2);
    assert_int_equal(told.size(), 2);
    assert_int_equal(told[0].subject, second);
    assert_true(told[1].event == EntityEvent::deregistered);
    assert_true(host.events_of(second).empty());
    leave(rib, first);
}

void a_slow_callback_delays_no_other(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    std::latch wake(1);
    std::atomic<Handle> slow{0};
    host.on_event = [&](const Told& told) {
        if (told.receiver == slow)
            wake.wait();
    };
    slow = *join(rib, client(1, some_callback));
    Handle quick = *join(rib, client(2, some_callback));
    std::vector<Handle> others;
    for (std::uint32_t i = 10; i < 30; ++i)
        others.push_back(*join(rib, client(i)));
    for (Handle handle : others)
        leave(rib, handle);
    assert_int_equal(host.wait_for_events(quick, 40).size(), 40);
    assert_true(host.events_of(slow).empty());
    wake.count_down();
    assert_int_equal(host.wait_for_events(slow, 41).size(), 41);
    leave(rib, quick);
    leave(rib, slow);
}

void leaving_waits_for_the_callback_and_drops_the_rest(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    std::latch is_inside(1);
    std::atomic<bool> ended{false};
    host.on_event = [&](const Told&) {
        is_inside.count_down();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        ended = true;
    };
    Handle watcher = *join(rib, client(1, some_callback));
    Handle a = *join(rib, client(2));
    is_inside.wait();
    Handle b = *join(rib, client(3));
    leave(rib, watcher);
    assert_true(ended);
    leave(rib, a);
    leave(rib, b);
    assert_int_equal(host.events_of(watcher).size(), 1);
}

void a_callback_can_end_its_own_registration(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    std::atomic<int> left{0};
    std::latch done(1);
    host.on_event = [&](const Told& told) {
        left += leave(rib, told.receiver);
        done.count_down();
    };
    Handle watcher = *join(rib, client(1, some_callback));
    Handle other = *join(rib, client(2));
    done.wait();
    assert_int_equal(left, 1);
    assert_false(leave(rib, watcher));
    assert_int_equal(count_entities(rib, other), 1);
    leave(rib, other);
}

void two_callbacks_can_end_each_other(void**)
{
    for (int round = 0; round < 20; ++round) {
        Engine engine;
        auto& [host, rib] = engine;
        std::latch both_inside(2), both_done(2);
        std::atomic<int> left{0};
        Handle a = *join(rib, client(1, some_callback));
        Handle b = *join(rib, client(2, some_callback));
        host.wait_for_events(a, 1);
        host.wait_until_idle();
        // Both are told of the third one at the same time.
        host.on_event = [&](const Told& told) {
            if (told.event != EntityEvent::registered)
                return;
            both_inside.arrive_and_wait();
            left += leave(rib, told.receiver == a ? b : a);
            both_done.count_down();
        };
        Handle third = *join(rib, client(3));
        both_done.wait();
        assert_int_equal(left, 2);
        leave(rib, third);
    }
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(others_are_told_in_order),
        cmocka_unit_test(nobody_is_told_of_itself_or_of_the_past),
        cmocka_unit_test(a_slow_callback_delays_no_other),
        cmocka_unit_test(leaving_waits_for_the_callback_and_drops_the_rest),
        cmocka_unit_test(a_callback_can_end_its_own_registration),
        cmocka_unit_test(two_callbacks_can_end_each_other),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
