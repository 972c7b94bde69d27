/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Limits from the registry: defaults, values honoured, corrupt ones refused. Changes the prefix's
 * registry, so it is not run beside other programs of the same prefix.
 */
#include "client.h"

#define KEY "System\\CurrentControlSet\\Services\\RemoteAccess\\RoutingTableManager"

static void delete_key(void)
{
    LSTATUS status = RegDeleteKeyA(HKEY_LOCAL_MACHINE, KEY);

    assert_true(status == ERROR_SUCCESS || status == ERROR_FILE_NOT_FOUND);
}

static void set_value(const char* name, DWORD type, const void* data, DWORD size)
{
    HKEY key;

    assert_int_equal(
        RegCreateKeyExA(HKEY_LOCAL_MACHINE, KEY, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL),
        ERROR_SUCCESS);
    assert_int_equal(RegSetValueExA(key, name, 0, type, data, size), ERROR_SUCCESS);
    RegCloseKey(key);
}

static void set_number(const char* name, DWORD value)
{
    set_value(name, REG_DWORD, &value, sizeof(value));
}

static int config_setup(void** state)
{
    client_setup(state);
    delete_key();
    return 0;
}

static int config_teardown(void** state)
{
    delete_key();
    return client_teardown(state);
}

#define CONFIG_TEST(function)                                                                      \
    cmocka_unit_test_setup_teardown(function, config_setup, config_teardown)

static DWORD try_join(USHORT instance, USHORT family, ULONG id, BOOL slot,
                      RTM_REGN_PROFILE* profile, RTM_ENTITY_HANDLE* entity)
{
    RTM_ENTITY_INFO info = make_info(instance, family, 1, id);

    DWORD status;

    paint(profile, sizeof(*profile));
    paint(entity, sizeof(*entity));
    status = RtmRegisterEntity(&info, NULL, NULL, slot, profile, entity);
    if (status == NO_ERROR)
        remember(*entity);
    return status;
}

/* Profile of a table that is made for it and goes again. */
static RTM_REGN_PROFILE fresh_profile(USHORT family)
{
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity;

    ASSERT_STATUS(try_join(0, family, 1, FALSE, &profile, &entity), NO_ERROR);
    leave(entity);
    return profile;
}

static void expect_bad_configuration(const char* what)
{
    static const USHORT families[] = {AF_INET, AF_INET6};
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity;

    for (UINT f = 0; f < 2; f++) {
        DWORD status = try_join(0, families[f], 1, FALSE, &profile, &entity);

        if (status != ERROR_BAD_CONFIGURATION)
            fail_msg("%s: registration gives %lu", what, status);
        assert_true(painted(&profile, sizeof(profile)));
        assert_true(painted(&entity, sizeof(entity)));
    }
    /* Nothing was registered. */
    delete_key();
    ASSERT_STATUS(try_join(0, AF_INET, 1, FALSE, &profile, &entity), NO_ERROR);
    assert_int_equal(count_entities(entity), 1);
    leave(entity);
}

/* The number of slots that a table gives out, with all of them given back. */
static UINT count_slots(USHORT family)
{
    RTM_ENTITY_HANDLE entities[70], refused;
    RTM_REGN_PROFILE profile;
    UINT count = 0;

    for (;;) {
        DWORD status = try_join(0, family, count, TRUE, &profile, &entities[count]);

        if (status == ERROR_NO_SYSTEM_RESOURCES)
            break;
        ASSERT_STATUS(status, NO_ERROR);
        count++;
        assert_true(count < COUNT_OF(entities));
    }
    assert_true(painted(&profile, sizeof(profile)));
    assert_true(painted(&entities[count], sizeof(entities[count])));
    /* Without a slot, the same one registers. */
    ASSERT_STATUS(try_join(0, family, count, FALSE, &profile, &refused), NO_ERROR);
    assert_int_equal(count_entities(refused), count + 1);
    leave(refused);
    for (UINT i = 0; i < count; i++)
        leave(entities[i]);
    return count;
}

static void defaults_without_the_key(void** state)
{
    static const USHORT families[] = {AF_INET, AF_INET6};

    (void)state;
    for (UINT f = 0; f < 2; f++) {
        RTM_REGN_PROFILE profile = fresh_profile(families[f]);

        assert_int_equal(profile.MaxNextHopsInRoute, 5); /* 4, and one for the SDK's macro */
        assert_int_equal(profile.MaxHandlesInEnum, 64);
        assert_int_equal(count_slots(families[f]), 16);
    }
}

static void an_empty_key_is_as_none(void** state)
{
    RTM_REGN_PROFILE profile;

    (void)state;
    set_number("SomethingElse", 0xffffffff);
    profile = fresh_profile(AF_INET);
    assert_int_equal(profile.MaxNextHopsInRoute, 5);
    assert_int_equal(profile.MaxHandlesInEnum, 64);
}

static void values_are_honoured(void** state)
{
    static const DWORD hops[] = {1, 2, 17, 254, 255}, handles[] = {1, 2, 63, 9999, 10000};

    (void)state;
    for (UINT i = 0; i < COUNT_OF(hops); i++) {
        RTM_REGN_PROFILE profile;

        set_number("MaxNextHopsInRoute", hops[i]);
        set_number("MaxHandlesInEnum", handles[i]);
        profile = fresh_profile(i % 2 ? AF_INET6 : AF_INET);
        assert_int_equal(profile.MaxNextHopsInRoute, hops[i] + 1);
        assert_int_equal(profile.MaxHandlesInEnum, handles[i]);
        assert_int_equal(profile.NumberOfViews, 2);
    }
}

static void one_value_leaves_the_others_alone(void** state)
{
    RTM_REGN_PROFILE profile;

    (void)state;
    set_number("MaxHandlesInEnum", 10);
    profile = fresh_profile(AF_INET);
    assert_int_equal(profile.MaxNextHopsInRoute, 5);
    assert_int_equal(profile.MaxHandlesInEnum, 10);
    assert_int_equal(count_slots(AF_INET), 16);
}

static void values_out_of_range_are_refused(void** state)
{
    static const struct {
        const char* name;
        DWORD value;
    } bad[] = {
        {"MaxNextHopsInRoute", 0},
        {"MaxNextHopsInRoute", 256},
        {"MaxNextHopsInRoute", 0xffffffff},
        {"MaxNextHopsInRoute", 0x80000004},
        {"MaxHandlesInEnum", 0},
        {"MaxHandlesInEnum", 10001},
        {"MaxHandlesInEnum", 0xffffffff},
        {"MaxOpaquePointers", 65},
        {"MaxOpaquePointers", 0xffffffff},
    };

    (void)state;
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        set_number(bad[i].name, bad[i].value);
        expect_bad_configuration(bad[i].name);
    }
}

static void values_of_a_wrong_type_are_refused(void** state)
{
    static const char* const names[] = {"MaxNextHopsInRoute", "MaxHandlesInEnum",
                                        "MaxOpaquePointers"};
    static const ULONGLONG number = 4;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(names); i++) {
        set_value(names[i], REG_SZ, "4", 2);
        expect_bad_configuration("string");
        set_value(names[i], REG_SZ, "444", 4);
        expect_bad_configuration("string of 4 bytes");
        set_value(names[i], REG_BINARY, &number, 4);
        expect_bad_configuration("binary");
        set_value(names[i], REG_QWORD, &number, 8);
        expect_bad_configuration("quad word");
        set_value(names[i], REG_NONE, NULL, 0);
        expect_bad_configuration("nothing");
        set_value(names[i], REG_DWORD, &number, 2);
        expect_bad_configuration("too short a number");
        set_value(names[i], REG_DWORD, &number, 8);
        expect_bad_configuration("too long a number");
    }
}

/* Read when the first entity of a table registers, and not again before the last has left. */
static void limits_are_read_once_per_table(void** state)
{
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE first, second, third;

    (void)state;
    set_number("MaxHandlesInEnum", 7);
    ASSERT_STATUS(try_join(0, AF_INET, 1, FALSE, &profile, &first), NO_ERROR);
    assert_int_equal(profile.MaxHandlesInEnum, 7);
    set_number("MaxHandlesInEnum", 8);
    ASSERT_STATUS(try_join(0, AF_INET, 2, FALSE, &profile, &second), NO_ERROR);
    assert_int_equal(profile.MaxHandlesInEnum, 7);
    ASSERT_STATUS(try_join(0, AF_INET6, 3, FALSE, &profile, &third), NO_ERROR);
    assert_int_equal(profile.MaxHandlesInEnum, 8);
    leave(third);
    set_number("MaxHandlesInEnum", 0);
    leave(first);
    ASSERT_STATUS(try_join(0, AF_INET, 1, FALSE, &profile, &first), NO_ERROR);
    ASSERT_STATUS(try_join(1, AF_INET, 1, FALSE, &profile, &third), ERROR_BAD_CONFIGURATION);
    leave(first);
    leave(second);
    expect_bad_configuration("0 handles");
}

static void slots_are_counted(void** state)
{
    static const DWORD limits[] = {0, 1, 2, 63, 64};

    (void)state;
    for (UINT i = 0; i < COUNT_OF(limits); i++) {
        set_number("MaxOpaquePointers", limits[i]);
        assert_int_equal(count_slots(AF_INET), limits[i]);
        assert_int_equal(count_slots(AF_INET6), limits[i]);
    }
}

static void slots_are_given_back(void** state)
{
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entities[2], more, elsewhere;

    (void)state;
    set_number("MaxOpaquePointers", 2);
    ASSERT_STATUS(try_join(0, AF_INET, 0, TRUE, &profile, &entities[0]), NO_ERROR);
    ASSERT_STATUS(try_join(0, AF_INET, 1, TRUE, &profile, &entities[1]), NO_ERROR);
    ASSERT_STATUS(try_join(0, AF_INET, 2, TRUE, &profile, &more), ERROR_NO_SYSTEM_RESOURCES);
    /* Per table. */
    ASSERT_STATUS(try_join(0, AF_INET6, 2, TRUE, &profile, &elsewhere), NO_ERROR);
    ASSERT_STATUS(try_join(0, AF_INET, 2, TRUE, &profile, &more), ERROR_NO_SYSTEM_RESOURCES);
    for (UINT i = 0; i < 50; i++) {
        leave(entities[i % 2]);
        ASSERT_STATUS(try_join(0, AF_INET, i % 2, TRUE, &profile, &entities[i % 2]), NO_ERROR);
        ASSERT_STATUS(try_join(0, AF_INET, 2, TRUE, &profile, &more), ERROR_NO_SYSTEM_RESOURCES);
    }
    /* A failed registration takes none. */
    leave(entities[1]);
    for (UINT i = 0; i < 3; i++)
        ASSERT_STATUS(try_join(0, AF_INET, 0, TRUE, &profile, &more), ERROR_ALREADY_EXISTS);
    ASSERT_STATUS(try_join(0, AF_INET, 1, TRUE, &profile, &entities[1]), NO_ERROR);
    leave(entities[0]);
    leave(entities[1]);
    leave(elsewhere);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(defaults_without_the_key),
        CONFIG_TEST(an_empty_key_is_as_none),
        CONFIG_TEST(values_are_honoured),
        CONFIG_TEST(one_value_leaves_the_others_alone),
        CONFIG_TEST(values_out_of_range_are_refused),
        CONFIG_TEST(values_of_a_wrong_type_are_refused),
        CONFIG_TEST(limits_are_read_once_per_table),
        CONFIG_TEST(slots_are_counted),
        CONFIG_TEST(slots_are_given_back),
    };

    return CLIENT_MAIN(tests);
}
