// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Handles tell live objects from everything else.

#include "cmocka_cpp.h"

#include "handle.h"
#include "pool.h"

#include <random>
#include <vector>

using namespace rtm;

namespace
{

struct Thing {
    static constexpr Kind kind = Kind::route;
    static constexpr std::size_t slab_size = 8;

    Thing(Handle h, int v) : handle(h), value(v) {}
    const Handle handle;
    int value;
};

struct OtherThing {
    static constexpr Kind kind = Kind::destination;
    static constexpr std::size_t slab_size = 8;

    explicit OtherThing(Handle h) : handle(h) {}
    const Handle handle;
};

struct Fixture {
    ReadSections sections;
    SlabDirectory directory;
    Pool<Thing> things{directory, sections};
    Pool<OtherThing> others{directory, sections};

    Thing& make(int value)
    {
        Thing& thing = things.create(value);
        things.publish(thing);
        return thing;
    }
};

void a_handle_finds_its_object(void**)
{
    Fixture f;
    std::vector<Thing*> made;
    for (int i = 0; i < 100; ++i)
        made.push_back(&f.make(i));
    for (int i = 0; i < 100; ++i) {
        assert_ptr_equal(f.things.find(made[i]->handle), made[i]);
        assert_int_equal(made[i]->value, i);
    }
}

void an_unpublished_object_is_not_found(void**)
{
    Fixture f;
    Thing& thing = f.things.create(1);
    assert_null(f.things.find(thing.handle));
    f.things.publish(thing);
    assert_ptr_equal(f.things.find(thing.handle), &thing);
}

void a_retired_handle_is_dead_at_once(void**)
{
    Fixture f;
    Thing& thing = f.make(1);
    const Handle handle = thing.handle;
    ReadSections::Scope reading(f.sections);
    f.things.retire(thing);
    assert_null(f.things.find(handle));
    f.sections.reclaim();
    assert_int_equal(thing.value, 1); // a reader may still look
}

void a_handle_of_another_kind_is_refused(void**)
{
    Fixture f;
    OtherThing& other = f.others.create();
    f.others.publish(other);
    assert_null(f.things.find(other.handle));
    assert_true(f.directory.kind_of(other.handle) == Kind::destination);
}

void garbage_is_refused(void**)
{
    Fixture f;
    f.make(1);
    for (Handle small = 0; small < 100000; ++small)
        assert_null(f.things.find(small));
    assert_null(f.things.find(~Handle(0)));
    std::mt19937_64 random(1);
    for (int i = 0; i < 1000000; ++i)
        assert_null(f.things.find(static_cast<Handle>(random())));
}

void a_place_gets_a_new_handle_each_time(void**)
{
    Fixture f;
    Thing* thing = &f.make(0);
    const Handle first = thing->handle;
    Handle latest = first;
    for (int i = 1; i < 200000; ++i) {
        f.things.retire(*thing);
        f.sections.reclaim();
        thing = &f.make(i);
        assert_true(thing->handle != latest);
        latest = thing->handle;
        assert_null(f.things.find(first));
    }
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_handle_finds_its_object),
        cmocka_unit_test(an_unpublished_object_is_not_found),
        cmocka_unit_test(a_retired_handle_is_dead_at_once),
        cmocka_unit_test(a_handle_of_another_kind_is_refused),
        cmocka_unit_test(garbage_is_refused),
        cmocka_unit_test(a_place_gets_a_new_handle_each_time),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
