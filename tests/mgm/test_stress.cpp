// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Everything at once: protocols come and go with their interfaces, join and leave, packets make
// entries, routes change, time passes, others read. In the end what each protocol was told is what
// is so.

#include "world.h"

#include <random>
#include <thread>

using namespace rtm;
using namespace rtm::mgm;

namespace
{

constexpr int rounds = 1500;
constexpr std::uint32_t groups = 4;
constexpr std::uint32_t sources = 4;

Flow any_group(std::mt19937& random)
{
    return {address("239.0.0.0") + 1 + static_cast<std::uint32_t>(random() % groups), any};
}

Flow any_data(std::mt19937& random)
{
    return {any_group(random).group,
            address("10.0.0.0") + 1 + static_cast<std::uint32_t>(random() % sources)};
}

/// A protocol with a life of its own, on interfaces of its own and on one that all fight for.
void live(World& world, std::uint32_t number, bool is_igmp)
{
    std::mt19937 random(number);
    const std::uint32_t id = is_igmp ? igmp_protocol : 100 + number;
    for (int life = 0; life < 3; ++life) {
        Handle me = world.join("p" + std::to_string(number), id, number);
        for (int round = 0; round < rounds / 3; ++round) {
            const auto own = static_cast<std::uint32_t>(number * 10 + random() % 2);
            const InterfaceId iface{random() % 4 == 0 ? 99 : own, 0};
            const Scope scope = random() % 4 == 0 ? forwarding : membership;
            const Flow flow = random() % 3 == 0 ? any_data(random) : any_group(random);
            switch (random() % 8) {
            case 0:
                world.manager.take(me, iface);
                break;
            case 1:
                if (random() % 4 == 0)
                    world.manager.release(me, iface);
                break;
            case 2:
            case 3:
            case 4:
                world.manager.add(me, flow, iface, scope);
                break;
            case 5:
            case 6:
                world.manager.remove(me, flow, iface, scope);
                break;
            default: {
                Handle walk = 0;
                world.manager.begin_walk(me, WalkType::flows, walk);
                while (world.manager.step(walk, [](const Flow&) { return true; }) == Step::taken) {
                }
                if (random() % 4 != 0) // else it goes with the protocol
                    world.manager.end_walk(walk);
            }
            }
        }
        for (std::uint32_t iface : {number * 10, number * 10 + 1, 99u})
            while (world.manager.release(me, {iface, 0}) == Status::cannot_complete)
                std::this_thread::yield();
        while (world.leave(me) == Status::cannot_complete)
            std::this_thread::yield();
    }
}

void send_packets(World& world)
{
    std::mt19937 random(77);
    for (int round = 0; round < rounds; ++round) {
        world.receive(any_data(random), static_cast<std::uint32_t>(10 + random() % 2));
        EntryReport report;
        std::optional<Flow> last;
        while (world.manager.report_next(last, true, report))
            last = report.data;
    }
}

void change_routes(World& world)
{
    for (int round = 0; round < rounds / 10; ++round) {
        world.route("10.0.0.0", 8, 10 + round % 20, "192.0.2.1");
        world.host.advance(1000); // some prunes made entries short-lived
    }
}

void all_at_once(void**)
{
    World world;
    world.route("10.0.0.0", 8, 10, "192.0.2.1");
    world.on_alert = [](const Alert&, std::uint32_t& life) { life = 2; };
    // A callback that calls in.
    world.on_way = [&](const WayQuestion& question) { world.receive(question.packet.data, 1); };
    world.on_outgoing = [](std::span<OutgoingChoice> choices) { choices[0].is_enabled = false; };
    // Registered throughout: what it is told of groups that others join.
    Handle witness = world.join("witness", 500);
    std::vector<std::thread> threads;
    for (std::uint32_t number = 1; number <= 4; ++number)
        threads.emplace_back([&world, number] { live(world, number, number == 4); });
    threads.emplace_back([&world] { send_packets(world); });
    threads.emplace_back([&world] { change_routes(world); });
    for (std::thread& thread : threads)
        thread.join();
    // Joins and prunes of a group alternate for a protocol that joins nothing itself, and as all
    // have left, the last was a prune.
    std::map<std::string, bool> joined;
    for (const std::string& line : world.take_log()) {
        const bool is_join = line.starts_with("witness: join (*");
        const bool is_prune = line.starts_with("witness: prune (*");
        if (!is_join && !is_prune)
            continue;
        const std::size_t begin = line.find('(');
        bool& is_joined = joined[line.substr(begin, line.find(')') - begin)];
        assert_true(is_joined == is_prune);
        is_joined = is_join;
    }
    assert_int_equal(joined.size(), groups);
    for (const auto& [group, is_joined] : joined)
        assert_false(is_joined);
    Handle walk = 0;
    assert_true(world.manager.begin_walk(witness, WalkType::flows, walk) == Status::ok);
    assert_true(world.manager.step(walk, [](const Flow&) { return true; }) == Step::end);
    assert_true(world.leave(witness) == Status::ok);
    EntryReport report;
    assert_false(world.manager.report_next(std::nullopt, false, report));
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(all_at_once),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
