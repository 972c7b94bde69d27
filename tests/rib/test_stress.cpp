// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Many threads join, list, refer, invoke, block and leave at once.

#include "cmocka_cpp.h"

#include "fake_host.h"

#include <array>
#include <atomic>
#include <random>

using namespace rtm;

namespace
{

constexpr int thread_count = 8;
constexpr int rounds = 400;

struct World : Engine {
    std::array<std::atomic<Handle>, thread_count> handles{};
    std::atomic<int> joined{0}, left{0}, entered{0}, left_methods{0};
};

void one_life(World& world, int self, std::mt19937& random)
{
    Registration registration = client(100 + self, random() % 2 ? some_callback : nullptr);
    Handle handle = *join(world.rib, registration);
    ++world.joined;
    world.handles[self] = handle;
    for (int step = 0; step < 10; ++step) {
        Handle other = world.handles[random() % thread_count];
        switch (random() % 5) {
        case 0: {
            Caller caller(world.rib, handle);
            std::array<Handle, thread_count> listed{};
            unsigned n = 0;
            Members& members = caller.table().members();
            members.list(*caller, thread_count, true, [&](unsigned i, Entity& entity) {
                listed[i] = entity.handle;
                n = i + 1;
            });
            assert_true(n >= 1);
            assert_true(members.release(*caller, std::span(listed).first(n)));
            break;
        }
        case 1: {
            Caller caller(world.rib, handle);
            const std::span<const Handle> one(&other, 1);
            if (caller.table().references().add(*caller, one))
                assert_true(caller.table().members().release(*caller, one));
            break;
        }
        case 2:
            world.rib.invoke(handle, other, [&](const Entity&, const Entity& callee) {
                ++world.entered;
                world.rib.invoke(callee.handle, handle, [](const Entity&, const Entity&) {});
                ++world.left_methods;
            });
            break;
        case 3:
            world.rib.set_blocked(handle, true);
            world.rib.set_blocked(handle, false);
            break;
        default:
            if (Entity* found = Caller(world.rib, handle).find_entity(12345))
                assert_null(found);
        }
    }
    world.handles[self] = 0;
    assert_true(leave(world.rib, handle));
    ++world.left;
}

void lives_of_many(void**)
{
    World world;
    std::vector<std::thread> threads;
    for (int self = 0; self < thread_count; ++self)
        threads.emplace_back([&world, self] {
            std::mt19937 random(self);
            for (int round = 0; round < rounds; ++round)
                one_life(world, self, random);
        });
    for (std::thread& thread : threads)
        thread.join();
    assert_int_equal(world.joined, thread_count * rounds);
    assert_int_equal(world.left, thread_count * rounds);
    assert_int_equal(world.entered, world.left_methods);
    Handle last = *join(world.rib, client(1));
    assert_int_equal(count_entities(world.rib, last), 1);
    leave(world.rib, last);
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {cmocka_unit_test(lives_of_many)};
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
