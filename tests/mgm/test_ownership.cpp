// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Interfaces: who has them, and how they change hands with IGMP on them.

#include "world.h"

#include <thread>

using namespace rtm;
using namespace rtm::mgm;

namespace
{

const Flow g = flow("239.1.1.1");

struct Router : World {
    Handle pim = join("pim", 101);
    Handle dvmrp = join("dvmrp", 102);
    Handle igmp = join_igmp("igmp");

    ~Router()
    {
        for (Handle protocol : {pim, dvmrp, igmp}) {
            for (std::uint32_t iface = 1; iface < 9; ++iface)
                manager.release(protocol, {iface, 0});
            leave(protocol);
        }
    }

    Status take(Handle protocol, std::uint32_t iface) { return manager.take(protocol, {iface, 0}); }
    Status release(Handle protocol, std::uint32_t iface)
    {
        return manager.release(protocol, {iface, 0});
    }
    Status add(Handle protocol, std::uint32_t iface)
    {
        return manager.add(protocol, g, {iface, 0}, membership);
    }
    std::uint32_t owner(std::uint32_t iface)
    {
        const auto id = manager.owner_of({iface, 0});
        return id ? id->protocol : 0;
    }
};

void one_owner_beside_igmp(void**)
{
    Router router;
    assert_int_equal(router.owner(1), 0);
    assert_true(router.take(router.pim, 1) == Status::ok);
    assert_true(router.take(router.pim, 1) == Status::already_exists);
    assert_true(router.take(router.dvmrp, 1) == Status::already_exists);
    assert_int_equal(router.owner(1), 101);
    assert_true(router.take(router.igmp, 1) == Status::ok);
    assert_true(router.take(router.igmp, 1) == Status::already_exists);
    assert_int_equal(router.owner(1), 101);
    router.assert_log({}); // IGMP came last
    assert_true(router.release(router.dvmrp, 1) == Status::invalid_parameter);
    assert_true(router.release(router.pim, 1) == Status::ok);
    router.assert_log({"igmp: disable if1", "igmp: enable if1"});
    assert_int_equal(router.owner(1), igmp_protocol);
    assert_true(router.release(router.igmp, 1) == Status::ok);
    assert_int_equal(router.owner(1), 0);
    assert_true(router.release(router.igmp, 1) == Status::invalid_parameter);
}

void links_are_interfaces_of_their_own(void**)
{
    Router router;
    const InterfaceId one{1, address("192.0.2.1")};
    const InterfaceId other{1, address("192.0.2.2")};
    assert_true(router.manager.take(router.pim, one) == Status::ok);
    assert_true(router.manager.take(router.dvmrp, other) == Status::ok);
    assert_int_equal(router.manager.owner_of(one)->protocol, 101);
    assert_int_equal(router.manager.owner_of(other)->protocol, 102);
    assert_false(router.manager.owner_of({1, 0}).has_value());
    assert_true(router.manager.release(router.pim, one) == Status::ok);
    assert_true(router.manager.release(router.dvmrp, other) == Status::ok);
}

/// Disable, then the change, then enable.
void igmp_is_there_first(void**)
{
    Router router;
    assert_true(router.take(router.igmp, 1) == Status::ok);
    assert_true(router.add(router.igmp, 1) == Status::ok);
    router.take_log();
    router.on_disable = [&] { assert_int_equal(router.owner(1), igmp_protocol); };
    router.on_enable = [&] { assert_int_equal(router.owner(1), 101); };
    assert_true(router.take(router.pim, 1) == Status::ok);
    router.assert_log({"igmp: disable if1", "pim: prune (*, 239.1.1.1) if1",
                       "dvmrp: prune (*, 239.1.1.1) if1", "igmp: enable if1"});
    assert_true(router.add(router.igmp, 1) == Status::ok); // as it has to
    router.assert_log({"pim: local join (*, 239.1.1.1) if1", "pim: join (*, 239.1.1.1)",
                       "dvmrp: join (*, 239.1.1.1)"});
    router.on_disable = router.on_enable = nullptr;
}

void releasing_takes_memberships_along(void**)
{
    Router router;
    router.take(router.pim, 1);
    router.take(router.igmp, 1);
    router.take(router.dvmrp, 2);
    router.add(router.pim, 1);
    router.add(router.igmp, 1);
    router.take_log();
    assert_true(router.release(router.igmp, 1) == Status::ok); // the owner hears of that
    router.assert_log({"pim: local leave (*, 239.1.1.1) if1", "pim: prune (*, 239.1.1.1) if1"});
    assert_true(router.release(router.pim, 1) == Status::ok);
    router.assert_log({"dvmrp: prune (*, 239.1.1.1) if1", "igmp: prune (*, 239.1.1.1) if1"});
}

void changing_hands_excludes_others(void**)
{
    Router router;
    router.take(router.igmp, 1);
    int calls = 0;
    const auto refused = [&](bool is_closed) {
        ++calls;
        assert_true(router.take(router.dvmrp, 1) == Status::cannot_complete);
        assert_true(router.release(router.igmp, 1) == Status::cannot_complete);
        assert_true(router.leave(router.igmp) == Status::cannot_complete);
        assert_true(router.add(router.igmp, 1) ==
                    (is_closed ? Status::cannot_complete : Status::ok));
    };
    router.on_disable = [&] { refused(true); };
    router.on_enable = [&] { refused(false); };
    assert_true(router.take(router.pim, 1) == Status::ok);
    assert_int_equal(calls, 2);
    assert_true(router.release(router.pim, 1) == Status::ok);
    assert_int_equal(calls, 4);
    router.on_disable = router.on_enable = nullptr;
}

/// One who leaves while it is being handed an interface does not get it.
void leaving_within_the_callback(void**)
{
    Router router;
    router.take(router.igmp, 1);
    router.on_disable = [&] { assert_true(router.leave(router.pim) == Status::ok); };
    assert_true(router.take(router.pim, 1) == Status::invalid_handle);
    router.assert_log({"igmp: disable if1", "igmp: enable if1"});
    assert_int_equal(router.owner(1), igmp_protocol);
    router.on_disable = nullptr;
}

void owners_cannot_leave(void**)
{
    Router router;
    router.take(router.pim, 1);
    assert_true(router.leave(router.pim) == Status::cannot_complete);
    assert_true(router.add(router.pim, 1) == Status::ok); // the handle is good still
    assert_true(router.release(router.pim, 1) == Status::ok);
    assert_true(router.leave(router.pim) == Status::ok);
    assert_true(router.leave(router.pim) == Status::invalid_handle);
    assert_true(router.take(router.pim, 1) == Status::invalid_handle);
    Handle again = 0;
    assert_true(router.manager.join({101, 0}, {}, again) == Status::ok);
    assert_true(again != router.pim);
    assert_true(router.manager.join({101, 0}, {}, again) == Status::already_exists);
    assert_true(router.leave(again) == Status::ok);
}

void foreign_handles(void**)
{
    Router router;
    Handle entity = *rtm::join(router.rib, client(9));
    Handle walk = 0;
    assert_true(router.manager.begin_walk(router.pim, WalkType::flows, walk) == Status::ok);
    for (Handle handle : {entity, walk, Handle(0), ~Handle(0), router.pim + 1}) {
        assert_true(router.take(handle, 1) == Status::invalid_handle);
        assert_true(router.release(handle, 1) == Status::invalid_handle);
        assert_true(router.add(handle, 1) == Status::invalid_handle);
        assert_true(router.leave(handle) == Status::invalid_handle);
        Handle made = 0;
        assert_true(router.manager.begin_walk(handle, WalkType::flows, made) ==
                    Status::invalid_handle);
    }
    assert_false(router.manager.end_walk(router.pim));
    assert_false(router.manager.end_walk(entity));
    assert_false(rtm::leave(router.rib, router.pim));
    assert_true(router.manager.end_walk(walk));
    assert_false(router.manager.end_walk(walk));
    rtm::leave(router.rib, entity);
}

void who_may_join_where(void**)
{
    Router router;
    assert_true(router.add(router.pim, 1) == Status::not_found);
    router.take(router.pim, 1);
    assert_true(router.add(router.dvmrp, 1) == Status::invalid_parameter);
    assert_true(router.add(router.igmp, 1) == Status::invalid_parameter);
    assert_true(router.manager.remove(router.dvmrp, g, {1, 0}, membership) ==
                Status::invalid_parameter);
    assert_true(router.manager.remove(router.pim, g, {2, 0}, membership) == Status::not_found);
    assert_true(router.manager.remove(router.pim, g, {1, 0}, membership) == Status::ok);
}

/// Nothing is left in the routing table when the last protocol has gone.
void comes_and_goes(void**)
{
    World world;
    Handle witness = *rtm::join(world.rib, client(9));
    const unsigned before = count_entities(world.rib, witness);
    for (int round = 0; round < 3; ++round) {
        Handle one = world.join("one", 101);
        Handle two = world.join("two", 102);
        assert_int_equal(count_entities(world.rib, witness), before + 1);
        assert_true(world.leave(one) == Status::ok);
        assert_int_equal(count_entities(world.rib, witness), before + 1);
        assert_true(world.leave(two) == Status::ok);
        assert_int_equal(count_entities(world.rib, witness), before);
    }
    rtm::leave(world.rib, witness);
}

/// Who leaves waits for its callbacks on other threads, but not for its own.
void leaving_waits(void**)
{
    World world;
    Handle one = world.join("one", 101);
    Handle two = world.join("two", 102);
    world.manager.take(one, {1, 0});
    std::atomic<bool> is_inside{false};
    std::atomic<bool> has_left{false};
    std::atomic<bool> left_early{false};
    world.on_alert = [&](const Alert&, std::uint32_t&) {
        is_inside = true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        left_early = has_left.load();
    };
    std::thread adder([&] { world.manager.add(one, g, {1, 0}, membership); });
    while (!is_inside)
        std::this_thread::yield();
    assert_true(world.leave(two) == Status::ok);
    has_left = true;
    adder.join();
    assert_false(left_early);
    two = world.join("two", 102);
    world.on_alert = [&](const Alert&, std::uint32_t&) {
        assert_true(world.leave(two) == Status::ok);
        two = 0;
    };
    world.manager.add(one, flow("239.2.2.2"), {1, 0}, membership);
    assert_true(two == 0);
    world.on_alert = nullptr;
    world.manager.release(one, {1, 0});
    assert_true(world.leave(one) == Status::ok);
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(one_owner_beside_igmp),
        cmocka_unit_test(links_are_interfaces_of_their_own),
        cmocka_unit_test(igmp_is_there_first),
        cmocka_unit_test(releasing_takes_memberships_along),
        cmocka_unit_test(changing_hands_excludes_others),
        cmocka_unit_test(leaving_within_the_callback),
        cmocka_unit_test(owners_cannot_leave),
        cmocka_unit_test(foreign_handles),
        cmocka_unit_test(who_may_join_where),
        cmocka_unit_test(comes_and_goes),
        cmocka_unit_test(leaving_waits),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
