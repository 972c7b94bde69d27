// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Everything at once on both tables: clients come, change routes, and go, entities of RTMv2 change
// the same networks, others walk, and a watcher's mirror is the table in the end.

#include "v1_world.h"

#include <map>
#include <random>

using namespace rtm;
using namespace rtm::v1;

namespace
{

constexpr int rounds = 1500;

template <class Family> struct Scene {
    World world;
    std::atomic<bool> done{false};
    std::atomic<int> errors{0};

    void expect(bool good) { errors += !good; }
};

template <class Family> typename Family::Route any_route(std::mt19937& random)
{
    return make_route(Family(), static_cast<std::uint8_t>(random() % 8), random() % 2,
                      static_cast<std::uint8_t>(random() % 2), 1 + random() % 5);
}

template <class Family> void write(Scene<Family>& scene, std::uint32_t protocol)
{
    std::mt19937 random(protocol);
    auto& table = TypesOf<Family>::table(scene.world);
    auto me = std::make_unique<Member<Family>>(scene.world, protocol, protocol % 2 == 0, nullptr);
    for (int round = 0; round < rounds; ++round) {
        const auto route = any_route<Family>(random);
        BestRouteChange<Family> change;
        if (random() % 100 == 0) {
            me.reset();
            me =
                std::make_unique<Member<Family>>(scene.world, protocol, protocol % 2 == 0, nullptr);
            scene.expect(me->status == Status::ok);
        } else if (random() % 3 != 0) {
            const std::uint32_t life = random() % 4 == 0 ? random() % 20 : forever;
            scene.expect(table.add(*me->client, route, life, change) == Status::ok);
        } else {
            const Status status = table.remove(*me->client, route, v1::Told::others, change);
            scene.expect(status == Status::ok || status == Status::not_found);
        }
    }
}

// An entity without next hops, at the same networks.
void write_as_entity(Scene<Ip>& scene, std::uint32_t protocol)
{
    std::mt19937 random(protocol);
    Handle me = *join(scene.world.rib, client(protocol));
    for (int round = 0; round < rounds; ++round) {
        const auto prefix = Ip::network_of(any_route<Ip>(random).network);
        if (random() % 100 == 0) {
            scene.expect(leave(scene.world.rib, me));
            me = *join(scene.world.rib, client(protocol));
        }
        Caller caller(scene.world.rib, me);
        RouteInfo info{};
        info.pref = {static_cast<std::uint32_t>(1 + random() % 5), 127};
        info.views = 1 + random() % 3;
        std::uint32_t change = 0;
        Handle locked = 0;
        scene.expect(caller.table().routes().add(*caller, *prefix, info, {}, change, nullptr,
                                                 locked) == Status::ok);
    }
    scene.expect(leave(scene.world.rib, me));
}

void write_as_entity(Scene<Ipx>&, std::uint32_t) {}

template <class Family> void read(Scene<Family>& scene)
{
    auto& table = TypesOf<Family>::table(scene.world);
    while (!scene.done) {
        Walk<Family> walk;
        typename Family::Route route;
        std::optional<typename Family::Key> last;
        while (table.next(walk, route)) {
            const auto key = *key_of<Family>(route);
            scene.expect(!last || key > *last);
            last = key;
        }
        table.count_networks();
        scene.world.host.advance(1);
    }
}

template <class Family>
using Mirror = std::map<typename Family::NetworkKey, typename Family::Route>;

// Each message goes on where the last one about its network ended.
template <class Family>
void follow(Scene<Family>& scene, Member<Family>& watcher, Mirror<Family>& mirror)
{
    auto& journal = TypesOf<Family>::table(scene.world).journal();
    BestRouteChange<Family> change;
    while (true) {
        const bool was_done = scene.done;
        if (journal.fetch(watcher.client->messages, change) == Fetched::none) {
            if (was_done)
                return;
            std::this_thread::yield();
            continue;
        }
        const bool is_there = (change.flags & change_flag::added) != 0;
        const bool was_there = (change.flags & change_flag::deleted) != 0;
        const auto key = *Family::network_of((is_there ? change.current : change.previous).network);
        const auto found = mirror.find(key);
        scene.expect((found != mirror.end()) == was_there);
        if (found != mirror.end())
            scene.expect(is_same_to_watchers<Family>(found->second, change.previous));
        if (is_there)
            mirror[key] = change.current;
        else
            mirror.erase(key);
    }
}

template <class Family> void all_at_once(void**)
{
    auto scene = std::make_unique<Scene<Family>>();
    Flag flag;
    Mirror<Family> mirror;
    {
        Member<Family> watcher(scene->world, 1000, false, &flag);
        std::vector<std::thread> writers;
        for (std::uint32_t i = 0; i < 3; ++i)
            writers.emplace_back([&, i] { write(*scene, 100 + i); });
        writers.emplace_back([&] { write_as_entity(*scene, 200); });
        std::thread reader([&] { read(*scene); });
        std::thread follower([&] { follow(*scene, watcher, mirror); });
        for (std::thread& writer : writers)
            writer.join();
        scene->done = true;
        reader.join();
        follower.join();
    }
    assert_int_equal(scene->errors, 0);
    assert_int_equal(mirror.size(), 0);
    assert_int_equal(TypesOf<Family>::table(scene->world).count_networks(), 0);
    assert_int_equal(flag.alive, 0);
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        {"IP: all_at_once", all_at_once<Ip>, nullptr, nullptr, nullptr},
        {"IPX: all_at_once", all_at_once<Ipx>, nullptr, nullptr, nullptr},
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
