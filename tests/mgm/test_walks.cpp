// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Enumerations of what is joined.

#include "world.h"

using namespace rtm;
using namespace rtm::mgm;

namespace
{

struct Router : World {
    Router() { manager.take(pim, {1, 0}); }
    ~Router()
    {
        manager.release(pim, {1, 0});
        leave(pim);
    }

    void add(const Flow& flow)
    {
        assert_true(manager.add(pim, flow, {1, 0}, membership) == Status::ok);
    }

    Handle begin(WalkType type)
    {
        Handle walk = 0;
        assert_true(manager.begin_walk(pim, type, walk) == Status::ok);
        return walk;
    }

    /// The next, or "" at the end.
    std::string next(Handle walk)
    {
        std::string shown;
        manager.step(walk, [&](const Flow& flow) {
            shown = text_of(flow);
            return true;
        });
        return shown;
    }

    Handle pim = join("pim", 101);
};

void flows_and_groups(void**)
{
    Router router;
    for (const Flow& joined :
         {flow("239.2.0.0"), flow("239.1.0.0", "10.0.0.2"), flow("239.1.0.0", "10.0.0.1"), Flow{},
          flow("239.2.0.0", "10.0.0.1")})
        router.add(joined);
    const Handle flows = router.begin(WalkType::flows);
    for (const char* expected : {"(*, *)", "(10.0.0.1, 239.1.0.0)", "(10.0.0.2, 239.1.0.0)",
                                 "(*, 239.2.0.0)", "(10.0.0.1, 239.2.0.0)", "", ""})
        assert_string_equal(router.next(flows).c_str(), expected);
    const Handle groups = router.begin(WalkType::groups);
    for (const char* expected : {"(*, 239.1.0.0)", "(*, 239.2.0.0)", "", ""})
        assert_string_equal(router.next(groups).c_str(), expected);
    assert_true(router.manager.end_walk(flows));
    assert_true(router.manager.end_walk(groups));
}

void what_comes_and_goes_meanwhile(void**)
{
    Router router;
    router.add(flow("239.1.0.0"));
    router.add(flow("239.3.0.0"));
    const Handle walk = router.begin(WalkType::flows);
    assert_string_equal(router.next(walk).c_str(), "(*, 239.1.0.0)");
    router.manager.remove(router.pim, flow("239.1.0.0"), {1, 0}, membership);
    router.add(flow("239.0.0.0"));
    router.add(flow("239.2.0.0"));
    assert_string_equal(router.next(walk).c_str(), "(*, 239.2.0.0)");
    assert_string_equal(router.next(walk).c_str(), "(*, 239.3.0.0)");
    assert_string_equal(router.next(walk).c_str(), "");
    assert_true(router.manager.end_walk(walk));
}

void refusing_keeps_the_place(void**)
{
    Router router;
    router.add(flow("239.1.0.0"));
    const Handle walk = router.begin(WalkType::flows);
    const auto refuse = [](const Flow&) { return false; };
    assert_true(router.manager.step(walk, refuse) == Step::refused);
    assert_true(router.manager.step(walk, refuse) == Step::refused);
    assert_string_equal(router.next(walk).c_str(), "(*, 239.1.0.0)");
    assert_true(router.manager.step(walk, refuse) == Step::end);
    assert_true(router.manager.end_walk(walk));
    assert_true(router.manager.step(walk, refuse) == Step::no_walk);
}

/// They go with their protocol, which is told how many there were.
void forgotten_ones(void**)
{
    World world;
    Handle one = world.join("one", 101);
    Handle walk = 0;
    for (int i = 0; i < 3; ++i)
        assert_true(world.manager.begin_walk(one, WalkType::flows, walk) == Status::ok);
    unsigned left = 0;
    assert_true(world.manager.leave(one, [&](unsigned walks) { left = walks; }) == Status::ok);
    assert_int_equal(left, 3);
    assert_false(world.manager.end_walk(walk));
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(flows_and_groups),
        cmocka_unit_test(what_comes_and_goes_meanwhile),
        cmocka_unit_test(refusing_keeps_the_place),
        cmocka_unit_test(forgotten_ones),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
