// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// When memory or resources run out, joining fails and changes nothing.

#include "cmocka_cpp.h"

#include "fake_host.h"

using namespace rtm;

namespace
{

void method() {}

// Fails the nth request for every n until joining succeeds; gives the number of failures.
unsigned fail_each(void (*fail_nth)(unsigned), Status expected, bool into_a_new_table)
{
    Engine engine;
    auto& [host, rib] = engine;
    Handle witness = *join(rib, client(1, some_callback));
    const ClientFunction methods[] = {method, method};
    Registration registration = client(2, some_callback);
    registration.methods = methods;
    registration.reserve_opaque_pointer = true;
    if (into_a_new_table)
        registration.table.instance = 7;
    unsigned failures = 0;
    while (true) {
        fail_nth(failures + 1);
        Status status;
        auto handle = join(rib, registration, &status);
        fail_nth(0);
        if (handle) {
            leave(rib, *handle);
            break;
        }
        ++failures;
        assert_true(status == expected);
        assert_int_equal(count_entities(rib, witness), 1);
    }
    leave(rib, witness);
    return failures;
}

void memory(void**)
{
    unsigned old_table = fail_each(faults::fail_allocation, Status::not_enough_memory, false);
    unsigned new_table = fail_each(faults::fail_allocation, Status::not_enough_memory, true);
    assert_true(old_table >= 4);
    assert_true(new_table > old_table);
}

void resources(void**)
{
    assert_int_equal(fail_each(faults::fail_resource, Status::no_system_resources, false), 1);
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(memory),
        cmocka_unit_test(resources),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
