// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Who is told of joins and prunes.

#include "world.h"

using namespace rtm;
using namespace rtm::mgm;

namespace
{

const Flow g = flow("239.1.1.1");
const Flow sg = flow("239.1.1.1", "10.0.0.1");
const Flow all{};

/// Four routing protocols with two interfaces each: a has 1 and 2, b 3 and 4, and so on.
struct Four : World {
    Four()
    {
        std::uint32_t iface = 1;
        for (Handle* protocol : {&a, &b, &c, &d})
            for (int i = 0; i < 2; ++i)
                assert_true(manager.take(*protocol, {iface++, 0}) == Status::ok);
    }
    ~Four()
    {
        std::uint32_t iface = 1;
        for (Handle protocol : {a, b, c, d}) {
            for (int i = 0; i < 2; ++i)
                assert_true(manager.release(protocol, {iface++, 0}) == Status::ok);
            assert_true(leave(protocol) == Status::ok);
        }
    }

    void add(Handle protocol, const Flow& flow, std::uint32_t iface)
    {
        assert_true(manager.add(protocol, flow, {iface, 0}, membership) == Status::ok);
    }
    void remove(Handle protocol, const Flow& flow, std::uint32_t iface)
    {
        assert_true(manager.remove(protocol, flow, {iface, 0}, membership) == Status::ok);
    }

    Handle a = join("a", 101);
    Handle b = join("b", 102);
    Handle c = join("c", 103);
    Handle d = join("d", 104);
};

void joins_of_a_group(void**)
{
    Four world;
    world.add(world.b, g, 3);
    world.assert_log(
        {"a: join (*, 239.1.1.1)", "c: join (*, 239.1.1.1)", "d: join (*, 239.1.1.1)"});
    world.add(world.b, g, 4); // the same client
    world.assert_log({});
    world.add(world.a, g, 1);
    world.assert_log({"b: join (*, 239.1.1.1)"});
    world.add(world.c, g, 5);
    world.add(world.d, g, 7);
    world.add(world.a, g, 1); // again
    world.assert_log({});
}

void prunes_of_a_group(void**)
{
    Four world;
    for (std::uint32_t iface : {1, 2})
        world.add(world.a, g, iface);
    world.add(world.b, g, 3);
    world.add(world.c, g, 5);
    world.take_log();
    world.remove(world.a, g, 1); // it has another
    world.remove(world.a, g, 2); // there are three
    world.assert_log({});
    world.remove(world.b, g, 3);
    world.assert_log({"c: prune (*, 239.1.1.1) if3"});
    world.remove(world.c, g, 5);
    world.assert_log({"a: prune (*, 239.1.1.1) if5", "b: prune (*, 239.1.1.1) if5",
                      "d: prune (*, 239.1.1.1) if5"});
    world.remove(world.c, g, 5); // again
    world.assert_log({});
}

/// After all that somebody else may be first.
void the_first_that_stays_is_first(void**)
{
    Four world;
    world.add(world.a, g, 1);
    world.add(world.b, g, 3);
    world.remove(world.a, g, 1);
    world.take_log();
    world.add(world.c, g, 5);
    world.assert_log({"b: join (*, 239.1.1.1)"});
}

void joins_of_a_source(void**)
{
    Four world;
    world.route("10.0.0.0", 8, 5, "192.0.2.1"); // an interface of c's
    world.add(world.a, sg, 1);
    world.assert_log({"c: join (10.0.0.1, 239.1.1.1)"});
    world.add(world.b, sg, 3);
    world.add(world.a, sg, 2);
    world.assert_log({});
    world.remove(world.a, sg, 1);
    world.remove(world.a, sg, 2);
    world.assert_log({}); // b still wants them
    world.remove(world.b, sg, 3);
    world.assert_log({"c: prune (10.0.0.1, 239.1.1.1) if3"});
}

void upstream_itself_is_not_told(void**)
{
    Four world;
    world.route("10.0.0.0", 8, 5, "192.0.2.1");
    world.add(world.c, sg, 6);
    world.remove(world.c, sg, 6);
    world.assert_log({});
}

void without_a_way_nobody_is_told(void**)
{
    Four world;
    world.add(world.a, sg, 1);
    world.route("10.0.0.0", 8, 77, "192.0.2.1"); // nobody's interface
    world.remove(world.a, sg, 1);
    world.assert_log({});
}

void joins_of_everything(void**)
{
    Four world;
    world.add(world.a, all, 1);
    world.assert_log({"b: join (*, *)", "c: join (*, *)", "d: join (*, *)"});
    world.add(world.b, all, 3);
    world.assert_log({"a: join (*, *)"});
    world.remove(world.a, all, 1);
    world.assert_log({"b: prune (*, *) if1"});
    world.remove(world.b, all, 3);
    world.assert_log({"a: prune (*, *) if3", "c: prune (*, *) if3", "d: prune (*, *) if3"});
}

void joins_of_igmp(void**)
{
    Four world;
    Handle igmp = world.join_igmp("igmp");
    assert_true(world.manager.take(igmp, {1, 0}) == Status::ok);
    assert_true(world.manager.take(igmp, {20, 0}) == Status::ok); // it is alone there
    world.take_log();
    world.add(igmp, g, 1);
    world.assert_log({"a: local join (*, 239.1.1.1) if1", "a: join (*, 239.1.1.1)",
                      "b: join (*, 239.1.1.1)", "c: join (*, 239.1.1.1)",
                      "d: join (*, 239.1.1.1)"});
    world.add(igmp, g, 1);
    world.add(igmp, g, 20);
    world.assert_log({});
    world.add(world.a, g, 1); // beside it on the same interface
    world.assert_log({"igmp: join (*, 239.1.1.1)"});
    world.remove(igmp, g, 1);
    world.assert_log({"a: local leave (*, 239.1.1.1) if1"});
    world.remove(igmp, g, 20);
    world.assert_log({"a: prune (*, 239.1.1.1) if20"});
    assert_true(world.manager.release(igmp, {1, 0}) == Status::ok);
    assert_true(world.manager.release(igmp, {20, 0}) == Status::ok);
    assert_true(world.leave(igmp) == Status::ok);
}

/// What a protocol does in a callback is told after that, and to itself in order.
void callbacks_call_in(void**)
{
    Four world;
    bool done = false;
    world.on_alert = [&](const Alert& alert, std::uint32_t&) {
        if (alert.kind != Alert::Kind::join || done)
            return;
        done = true;
        world.add(world.c, g, 5);                 // second
        world.add(world.a, flow("239.2.2.2"), 1); // tells b, which is in its callback
    };
    world.add(world.a, g, 1);
    world.assert_log({
        "a: join (*, 239.1.1.1)",
        "c: join (*, 239.1.1.1)",
        "c: join (*, 239.2.2.2)",
        "d: join (*, 239.1.1.1)",
        "d: join (*, 239.2.2.2)",
        "b: join (*, 239.1.1.1)",
        "b: join (*, 239.2.2.2)",
    });
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(joins_of_a_group),
        cmocka_unit_test(prunes_of_a_group),
        cmocka_unit_test(the_first_that_stays_is_first),
        cmocka_unit_test(joins_of_a_source),
        cmocka_unit_test(upstream_itself_is_not_told),
        cmocka_unit_test(without_a_way_nobody_is_told),
        cmocka_unit_test(joins_of_everything),
        cmocka_unit_test(joins_of_igmp),
        cmocka_unit_test(callbacks_call_in),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
