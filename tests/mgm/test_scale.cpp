// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// 10,000 groups on 1,000 interfaces: each membership takes bits, and calls cost what they are
// about. With sanitizers, which slow things down, a tenth of each.

#include "world.h"

#include <chrono>
#include <malloc.h>

using namespace rtm;
using namespace rtm::mgm;

namespace
{

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint32_t groups = 1000;
constexpr std::uint32_t interfaces = 100;
constexpr bool is_slowed = true;
#else
constexpr std::uint32_t groups = 10000;
constexpr std::uint32_t interfaces = 1000;
constexpr bool is_slowed = false;
#endif

Flow group(std::uint32_t number)
{
    return {address("239.0.0.0") + number, any};
}

double seconds_since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void many_groups_on_many_interfaces(void**)
{
    World world;
    Handle pim = world.join("pim", 101);
    world.route("10.0.0.0", 8, 1, "192.0.2.1");
    for (std::uint32_t i = 1; i <= interfaces; ++i)
        assert_true(world.manager.take(pim, {i, 0}) == Status::ok);
    const std::size_t before = mallinfo2().uordblks;
    const auto start = std::chrono::steady_clock::now();
    for (std::uint32_t i = 1; i <= interfaces; ++i)
        for (std::uint32_t g = 0; g < groups; ++g)
            assert_true(world.manager.add(pim, group(g), {i, 0}, membership) == Status::ok);
    const double joining = seconds_since(start);
    const double memory = static_cast<double>(mallinfo2().uordblks - before);
    const double memberships = double(groups) * interfaces;
    print_message("%.0f memberships: %.0f ns and %.2f bytes each\n", memberships,
                  joining / memberships * 1e9, memory / memberships);
    if (!is_slowed)
        assert_true(memory / memberships < 4);

    const Flow data{group(7).group, address("10.0.0.1")};
    assert_true(world.receive(data, 1));
    assert_int_equal(world.outgoing(data).size(), interfaces);

    // One of many costs what one of few does.
    const auto one = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) {
        assert_true(world.manager.remove(pim, group(7), {5, 0}, membership) == Status::ok);
        assert_true(world.manager.add(pim, group(7), {5, 0}, membership) == Status::ok);
    }
    print_message("leaving and joining one: %.0f ns\n", seconds_since(one) / 2000 * 1e9);
    if (!is_slowed)
        assert_true(seconds_since(one) < 1);

    const auto releasing = std::chrono::steady_clock::now();
    for (std::uint32_t i = 1; i <= interfaces; ++i)
        assert_true(world.manager.release(pim, {i, 0}) == Status::ok);
    print_message("releasing: %.0f ns each\n", seconds_since(releasing) / memberships * 1e9);
    assert_true(world.leave(pim) == Status::ok);
}

void many_entries(void**)
{
    World world;
    Handle pim = world.join("pim", 101);
    world.manager.take(pim, {1, 0});
    world.manager.take(pim, {2, 0});
    world.route("10.0.0.0", 8, 1, "192.0.2.1");
    assert_true(world.manager.add(pim, Flow{}, {2, 0}, membership) == Status::ok);
    const auto making = std::chrono::steady_clock::now();
    for (std::uint32_t i = 0; i < groups * 10; ++i)
        world.receive({group(i % groups).group, address("10.0.0.0") + 1 + i / groups}, 1);
    print_message("%u entries: %.0f ns each\n", groups * 10,
                  seconds_since(making) / (groups * 10) * 1e9);
    const auto joining = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) { // for all of them at once
        assert_true(world.manager.add(pim, Flow{}, {1, 0}, membership) == Status::ok);
        assert_true(world.manager.remove(pim, Flow{}, {1, 0}, membership) == Status::ok);
    }
    print_message("(*, *): %.0f ns\n", seconds_since(joining) / 2000 * 1e9);
    if (!is_slowed)
        assert_true(seconds_since(joining) < 1);
    world.take_log();
    world.host.advance(900 * 1000);
    EntryReport report;
    assert_false(world.manager.report_next(std::nullopt, false, report));
    world.manager.release(pim, {1, 0});
    world.manager.release(pim, {2, 0});
    assert_true(world.leave(pim) == Status::ok);
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(many_groups_on_many_interfaces),
        cmocka_unit_test(many_entries),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
