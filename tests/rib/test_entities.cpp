// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Joining, finding, referring to and leaving.

#include "cmocka_cpp.h"

#include "fake_host.h"

using namespace rtm;

namespace
{

bool refer(Rib& rib, Handle holder, Handle handle)
{
    Handle handles[] = {handle};
    Caller caller(rib, holder);
    return caller.table().references().add(*caller, handles);
}

bool release(Rib& rib, Handle holder, Handle handle)
{
    Handle handles[] = {handle};
    Caller caller(rib, holder);
    return caller.table().members().release(*caller, handles);
}

void identity_is_table_and_id(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    Status status;
    auto first = join(rib, client(8), &status);
    assert_true(first && status == Status::ok);
    assert_false(join(rib, client(8), &status).has_value());
    assert_true(status == Status::already_exists);

    Registration elsewhere = client(8);
    elsewhere.table = {1, Family::ipv4};
    auto second = join(rib, elsewhere);
    elsewhere.table = {0, Family::ipv6};
    auto third = join(rib, elsewhere);
    elsewhere = client(8);
    elsewhere.id.instance = 1;
    auto fourth = join(rib, elsewhere);
    assert_true(second && third && fourth);
    assert_int_equal(count_entities(rib, *first), 2);
    assert_int_equal(count_entities(rib, *second), 1);
    for (Handle handle : {*first, *second, *third, *fourth})
        assert_true(leave(rib, handle));
    assert_false(leave(rib, *first));
    first = join(rib, client(8));
    assert_true(first.has_value());
    assert_true(leave(rib, *first));
}

void the_host_is_asked_when_it_matters(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    host.corrupt = true;
    Status status;
    assert_false(join(rib, client(1), &status).has_value());
    assert_true(status == Status::bad_configuration);
    host.corrupt = false;
    host.configured.handles_in_enum = 7;
    unsigned reported = 0;
    Handle handle = 0;
    rib.join(client(1), [&](Handle made, const Limits& limits) {
        handle = made;
        reported = limits.handles_in_enum;
    });
    assert_int_equal(reported, 7);
    assert_int_equal(host.awakenings, 2);
    auto other = join(rib, client(2));
    assert_int_equal(host.awakenings, 2);
    leave(rib, handle);
    leave(rib, *other);
    handle = *join(rib, client(1));
    assert_int_equal(host.awakenings, 3);
    leave(rib, handle);
}

void opaque_pointers_are_counted_per_table(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    host.configured.opaque_pointers = 1;
    Registration registration = client(1);
    registration.reserve_opaque_pointer = true;
    Handle first = *join(rib, registration);
    registration.id.protocol = 2;
    Status status;
    assert_false(join(rib, registration, &status).has_value());
    assert_true(status == Status::no_system_resources);
    assert_int_equal(count_entities(rib, first), 1);
    registration.table.instance = 1;
    Handle elsewhere = *join(rib, registration);
    leave(rib, first);
    registration.table.instance = 0;
    Handle second = *join(rib, registration);
    leave(rib, second);
    leave(rib, elsewhere);
}

void a_reference_keeps_who_has_left(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    Handle a = *join(rib, client(1));
    Handle b = *join(rib, client(2));
    assert_true(refer(rib, a, b));
    assert_true(leave(rib, b));
    {
        Caller caller(rib, a);
        Entity* departed = caller.find_entity(b);
        assert_non_null(departed);
        assert_false(departed->is_registered());
        assert_int_equal(departed->id.protocol, 2);
        assert_int_equal(caller->held.of(Kind::entity), 1);
    }
    assert_false(rib.invoke(a, b, [](const Entity&, const Entity&) {}));
    assert_true(refer(rib, a, b));
    assert_true(release(rib, a, b));
    assert_true(release(rib, a, b));
    assert_null(rib.find_entity(b));
    assert_false(refer(rib, a, b));
    leave(rib, a);
}

void nobody_gives_back_what_was_not_handed_out(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    Handle a = *join(rib, client(1));
    assert_false(release(rib, a, a));
    assert_int_equal(count_entities(rib, a), 1);
    assert_true(refer(rib, a, a));
    Handle b = *join(rib, client(2));
    Handle handles[] = {a, a};
    {
        Caller caller(rib, b);
        assert_false(caller.table().members().release(*caller, handles));
        Handle mixed[] = {a, 0};
        assert_false(caller.table().members().release(*caller, mixed));
        assert_false(caller.table().references().add(*caller, mixed));
        assert_true(caller.table().members().release(*caller, {handles, 1}));
        assert_false(caller.table().members().release(*caller, {handles, 1}));
    }
    leave(rib, a);
    leave(rib, b);
}

void nothing_stays_after_the_last(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    Handle a = *join(rib, client(1));
    Handle b = *join(rib, client(2));
    assert_true(refer(rib, a, b)); // leaked
    assert_true(refer(rib, a, a)); // leaked
    leave(rib, b);
    assert_non_null(rib.find_entity(b));
    int leaked = 0;
    rib.leave(a, [&](const Entity& entity) { leaked = entity.held.of(Kind::entity); });
    assert_int_equal(leaked, 2);
    assert_null(rib.find_entity(a));
    assert_null(rib.find_entity(b));
}

void handles_of_another_table_are_refused(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    Handle a = *join(rib, client(1));
    Registration elsewhere = client(1);
    elsewhere.table.instance = 1;
    Handle b = *join(rib, elsewhere);
    assert_false(refer(rib, a, b));
    assert_null(Caller(rib, a).find_entity(b));
    assert_false(rib.invoke(a, b, [](const Entity&, const Entity&) {}));
    leave(rib, a);
    leave(rib, b);
}

void a_table_is_listed_in_order_of_registration(void**)
{
    Engine engine;
    auto& [host, rib] = engine;
    std::vector<Handle> handles;
    for (std::uint32_t id : {5u, 3u, 9u, 1u})
        handles.push_back(*join(rib, client(id)));
    leave(rib, handles[1]);
    handles.erase(handles.begin() + 1);
    handles.push_back(*join(rib, client(3)));
    std::vector<Handle> listed;
    {
        Caller caller(rib, handles[0]);
        unsigned total =
            caller.table().members().list(*caller, 3, false, [&](unsigned i, Entity& entity) {
                assert_int_equal(i, listed.size());
                listed.push_back(entity.handle);
            });
        assert_int_equal(total, 4);
    }
    assert_int_equal(listed.size(), 3);
    assert_true(std::equal(listed.begin(), listed.end(), handles.begin()));
    for (Handle handle : handles)
        leave(rib, handle);
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(identity_is_table_and_id),
        cmocka_unit_test(the_host_is_asked_when_it_matters),
        cmocka_unit_test(opaque_pointers_are_counted_per_table),
        cmocka_unit_test(a_reference_keeps_who_has_left),
        cmocka_unit_test(nobody_gives_back_what_was_not_handed_out),
        cmocka_unit_test(nothing_stays_after_the_last),
        cmocka_unit_test(handles_of_another_table_are_refused),
        cmocka_unit_test(a_table_is_listed_in_order_of_registration),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
