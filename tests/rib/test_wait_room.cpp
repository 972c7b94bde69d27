// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Entering, blocking and draining gates; circles of threads that wait for each other. A test
// that fails by dead-lock is ended by the test runner.

#include "cmocka_cpp.h"

#include "wait_room.h"

#include <atomic>
#include <chrono>
#include <latch>
#include <thread>

using namespace rtm;

namespace
{

void settle()
{
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

void a_closed_gate_lets_nobody_in(void**)
{
    WaitRoom room;
    Gate gate, caller;
    Visit visit;
    assert_true(room.close(gate));
    assert_false(room.close(gate));
    assert_false(room.enter_method(gate, caller, visit));
    assert_false(room.enter_event(gate, visit));
    assert_false(room.block(gate));
    assert_false(room.resume(gate));
    assert_false(room.enter_method(caller, gate, visit));
}

void methods_wait_while_blocked(void**)
{
    WaitRoom room;
    Gate gate, caller;
    assert_true(room.block(gate));
    std::atomic<bool> inside{false};
    std::thread thread([&] {
        Visit visit;
        inside = room.enter_method(gate, caller, visit);
        room.leave(gate, visit);
    });
    settle();
    assert_false(inside);
    assert_true(room.resume(gate));
    thread.join();
    assert_true(inside);
}

void events_do_not_wait_while_blocked(void**)
{
    WaitRoom room;
    Gate gate;
    Visit visit;
    assert_true(room.block(gate));
    assert_true(room.enter_event(gate, visit));
    assert_true(room.in_event(gate));
    room.leave(gate, visit);
    assert_false(room.in_event(gate));
}

void close_refuses(bool close_the_caller)
{
    WaitRoom room;
    Gate gate, caller;
    assert_true(room.block(gate));
    std::atomic<bool> entered{true};
    std::thread thread([&] {
        Visit visit;
        entered = room.enter_method(gate, caller, visit);
    });
    settle();
    assert_true(room.close(close_the_caller ? caller : gate));
    thread.join();
    assert_false(entered);
}

void a_closing_callee_refuses_who_waits(void**)
{
    close_refuses(false);
}
void a_closing_caller_refuses_who_waits(void**)
{
    close_refuses(true);
}

void draining_waits_for_others_and_not_for_oneself(void**)
{
    WaitRoom room;
    Gate gate, caller;
    Visit own;
    assert_true(room.enter_method(gate, caller, own));
    std::latch other_is_in(1), other_may_go(1);
    std::thread other([&] {
        Visit visit;
        assert_true(room.enter_event(gate, visit));
        other_is_in.count_down();
        other_may_go.wait();
        room.leave(gate, visit);
    });
    other_is_in.wait();
    assert_true(room.block(gate)); // does not wait for an event, nor for its own method
    std::atomic<bool> drained{false};
    std::thread helper([&] {
        settle();
        assert_false(drained);
        other_may_go.count_down();
    });
    assert_true(room.close(gate));
    room.drain(gate);
    drained = true;
    helper.join();
    other.join();
    room.leave(gate, own);
}

void two_that_drain_each_other_both_go_on(void**)
{
    for (int i = 0; i < 50; ++i) {
        WaitRoom room;
        Gate gates[2];
        std::latch both_inside(2);
        auto run = [&](int own) {
            Visit visit;
            assert_true(room.enter_event(gates[own], visit));
            both_inside.arrive_and_wait();
            room.close(gates[1 - own]);
            room.drain(gates[1 - own]);
            room.leave(gates[own], visit);
        };
        std::thread first(run, 0), second(run, 1);
        first.join();
        second.join();
    }
}

void a_ring_of_three_goes_on(void**)
{
    for (int i = 0; i < 50; ++i) {
        WaitRoom room;
        Gate gates[3];
        std::latch all_inside(3);
        auto run = [&](int own) {
            Visit visit;
            assert_true(room.enter_method(gates[own], gates[(own + 1) % 3], visit));
            all_inside.arrive_and_wait();
            room.block(gates[(own + 1) % 3]);
            room.leave(gates[own], visit);
        };
        std::thread a(run, 0), b(run, 1), c(run, 2);
        a.join();
        b.join();
        c.join();
    }
}

void a_drain_gives_up_on_who_waits_for_its_own_block(void**)
{
    // The main thread blocks `inner`; the other one, inside `outer`, waits for it to be resumed.
    WaitRoom room;
    Gate inner, outer, caller;
    assert_true(room.block(inner));
    std::latch is_inside(1);
    std::thread other([&] {
        Visit in_outer, in_inner;
        assert_true(room.enter_method(outer, caller, in_outer));
        is_inside.count_down();
        assert_true(room.enter_method(inner, outer, in_inner));
        room.leave(inner, in_inner);
        room.leave(outer, in_outer);
    });
    is_inside.wait();
    assert_true(room.block(outer));
    assert_true(room.resume(inner));
    other.join();
}

// The main thread has blocked `inner`, where the other thread, inside `outer`, waits. `release`
// ends that wait; what drains `outer` then must not take it for stuck.
template <class Release> void a_drain_waits_for_who_was_just_let_go(Release release)
{
    for (int i = 0; i < 100; ++i) {
        WaitRoom room;
        Gate inner, outer, caller;
        assert_true(room.block(inner));
        std::latch is_inside(1);
        std::atomic<bool> has_left{false};
        std::thread other([&] {
            Visit in_outer, in_inner;
            assert_true(room.enter_event(outer, in_outer));
            is_inside.count_down();
            if (room.enter_method(inner, outer, in_inner))
                room.leave(inner, in_inner);
            std::this_thread::yield();
            has_left = true;
            room.leave(outer, in_outer);
        });
        is_inside.wait();
        if (i % 2)
            settle();
        release(room, inner, outer);
        room.drain(outer);
        assert_true(has_left);
        other.join();
    }
}

void a_drain_waits_for_who_was_resumed(void**)
{
    a_drain_waits_for_who_was_just_let_go(
        [](WaitRoom& room, Gate& inner, Gate&) { room.resume(inner); });
}

void a_drain_waits_for_who_was_refused(void**)
{
    a_drain_waits_for_who_was_just_let_go(
        [](WaitRoom& room, Gate&, Gate& outer) { room.close(outer); });
}

void only_one_of_a_circle_gives_up(void**)
{
    // The first thread, in `b`, drains `a`; then the second one, in `a`, drains `b`, where a
    // third one is too. The second gives up on the first, but waits for the third.
    WaitRoom room;
    Gate a, b;
    std::latch both_inside(3), third_may_go(1);
    std::atomic<bool> second_has_left{false}, third_has_left{false};
    std::thread first([&] {
        Visit visit;
        assert_true(room.enter_event(b, visit));
        both_inside.arrive_and_wait();
        room.drain(a);
        assert_true(second_has_left);
        room.leave(b, visit);
    });
    std::thread second([&] {
        Visit visit;
        assert_true(room.enter_event(a, visit));
        both_inside.arrive_and_wait();
        settle(); // lets the first begin
        room.drain(b);
        assert_true(third_has_left);
        second_has_left = true;
        room.leave(a, visit);
    });
    std::thread third([&] {
        Visit visit;
        assert_true(room.enter_method(b, a, visit));
        both_inside.arrive_and_wait();
        third_may_go.wait();
        third_has_left = true;
        room.leave(b, visit);
    });
    settle();
    settle();
    third_may_go.count_down();
    first.join();
    second.join();
    third.join();
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_gate_lets_nobody_in),
        cmocka_unit_test(methods_wait_while_blocked),
        cmocka_unit_test(events_do_not_wait_while_blocked),
        cmocka_unit_test(a_closing_callee_refuses_who_waits),
        cmocka_unit_test(a_closing_caller_refuses_who_waits),
        cmocka_unit_test(draining_waits_for_others_and_not_for_oneself),
        cmocka_unit_test(two_that_drain_each_other_both_go_on),
        cmocka_unit_test(a_ring_of_three_goes_on),
        cmocka_unit_test(a_drain_gives_up_on_who_waits_for_its_own_block),
        cmocka_unit_test(a_drain_waits_for_who_was_resumed),
        cmocka_unit_test(a_drain_waits_for_who_was_refused),
        cmocka_unit_test(only_one_of_a_circle_gives_up),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
