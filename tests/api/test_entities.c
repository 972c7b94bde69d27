/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Registration, identity, lists and information of entities. "Reading" marks what the
 * documentation leaves open and this project has decided.
 */
#include "client.h"

#define AF_IPX_FAMILY 6

static VOID WINAPI no_method(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                             RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)caller, (void)callee, (void)input, (void)output;
}

/* A registration that is to fail with `expected`, leaving the out variables and the table alone. */
static void refuse(RTM_ENTITY_INFO* info, RTM_ENTITY_EXPORT_METHODS* exported, DWORD expected)
{
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity;

    paint(&profile, sizeof(profile));
    paint(&entity, sizeof(entity));
    ASSERT_STATUS(RtmRegisterEntity(info, exported, NULL, FALSE, &profile, &entity), expected);
    assert_true(painted(&profile, sizeof(profile)));
    assert_true(painted(&entity, sizeof(entity)));
}

/* ---- registration ---- */

/* The documentation's sample: instance 0, AF_INET, no methods, no callback, no slot. */
static void sample_registers(void** state)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 8 /* RIP */, 0x0137000d);
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity = NULL;

    (void)state;
    paint(&profile, sizeof(profile));
    ASSERT_STATUS(RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &entity), NO_ERROR);
    assert_non_null(entity);
    assert_ptr_not_equal(entity, INVALID_HANDLE_VALUE);
    assert_int_equal(profile.ViewsSupported, RTM_VIEW_MASK_UCAST | RTM_VIEW_MASK_MCAST);
    assert_int_equal(profile.NumberOfViews, 2);
    assert_in_range(profile.MaxNextHopsInRoute, 2, 256);
    assert_in_range(profile.MaxHandlesInEnum, 1, 10000); /* batches go on clients' stacks */
    ASSERT_STATUS(RtmDeregisterEntity(entity), NO_ERROR);
    ASSERT_STATUS(RtmDeregisterEntity(entity), ERROR_INVALID_HANDLE);
}

static void registers_with_everything(void** state)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 1, 1);
    methods exported = make_methods(1, no_method);
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity = NULL;

    (void)state;
    ASSERT_STATUS(RtmRegisterEntity(&info, &exported.set, recorder, TRUE, &profile, &entity),
                  NO_ERROR);
    ASSERT_STATUS(RtmDeregisterEntity(entity), NO_ERROR);
}

static void identity_is_table_protocol_and_instance(void** state)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 7, 70), other;
    RTM_ENTITY_HANDLE first = join_as(&info, NULL, NULL);

    (void)state;
    /* Again with other garbage in the padding each time: still the same client. */
    for (UINT i = 0; i < 8; i++) {
        other = make_info(0, AF_INET, 7, 70);
        refuse(&other, NULL, ERROR_ALREADY_EXISTS);
    }
    assert_int_equal(count_entities(first), 1);

    other = make_info(0, AF_INET, 7, 71);
    join_as(&other, NULL, NULL);
    other = make_info(0, AF_INET, 8, 70);
    join_as(&other, NULL, NULL);
    other = make_info(0, AF_INET, 70, 7);
    join_as(&other, NULL, NULL);
    other = make_info(0, AF_INET6, 7, 70);
    join_as(&other, NULL, NULL);
    other = make_info(1, AF_INET, 7, 70);
    join_as(&other, NULL, NULL);
    assert_int_equal(count_entities(first), 4);

    leave(first);
    join_as(&info, NULL, NULL);
}

static void any_ids_will_do(void** state)
{
    static const ULONG values[] = {0, 1, 0x7fffffff, 0x80000000, 0xffffffff};

    (void)state;
    for (UINT i = 0; i < COUNT_OF(values); i++) {
        for (UINT j = 0; j < COUNT_OF(values); j++)
            join(values[i], values[j], NULL);
    }
}

static void any_instance_will_do(void** state)
{
    RTM_ENTITY_INFO info = make_info(0xffff, AF_INET, 1, 1);
    RTM_ENTITY_HANDLE entity = join_as(&info, NULL, NULL);

    (void)state;
    assert_int_equal(count_entities(entity), 1);
    refuse(&info, NULL, ERROR_ALREADY_EXISTS);
}

static void ipv6_registers(void** state)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET6, 1, 1), got;
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity = NULL;

    (void)state;
    ASSERT_STATUS(RtmRegisterEntity(&info, NULL, NULL, TRUE, &profile, &entity), NO_ERROR);
    assert_int_equal(profile.ViewsSupported, RTM_VIEW_MASK_UCAST | RTM_VIEW_MASK_MCAST);
    assert_int_equal(profile.NumberOfViews, 2);
    ASSERT_STATUS(RtmGetEntityInfo(entity, entity, &got), NO_ERROR);
    assert_info_equal(&got, &info);
    ASSERT_STATUS(RtmDeregisterEntity(entity), NO_ERROR);
}

/* Reading: a family without a table has no configuration, family 0 is wrong data. */
static void other_families_are_refused(void** state)
{
    static const USHORT families[] = {1, AF_IPX_FAMILY, 3, 16, 22, 24, 0x0200, 0xffff};
    RTM_ENTITY_INFO info;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(families); i++) {
        info = make_info(0, families[i], 1, 1);
        refuse(&info, NULL, ERROR_FILE_NOT_FOUND);
    }
    info = make_info(0, 0, 1, 1);
    refuse(&info, NULL, ERROR_INVALID_DATA);
}

static void null_arguments_are_refused(void** state)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 1, 1);
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity;

    (void)state;
    refuse(NULL, NULL, ERROR_INVALID_PARAMETER);
    paint(&profile, sizeof(profile));
    paint(&entity, sizeof(entity));
    ASSERT_STATUS(RtmRegisterEntity(&info, NULL, NULL, FALSE, NULL, &entity),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, NULL),
                  ERROR_INVALID_PARAMETER);
    assert_true(painted(&profile, sizeof(profile)));
    assert_true(painted(&entity, sizeof(entity)));
    join_as(&info, NULL, NULL); /* it was not registered */
}

static void method_numbers_are_checked(void** state)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 1, 1);
    methods exported;

    (void)state;
    memset(&exported, 0, sizeof(exported));
    exported.set.NumMethods = 33;
    refuse(&info, &exported.set, ERROR_INVALID_DATA);
    exported.set.NumMethods = 0xffffffff;
    refuse(&info, &exported.set, ERROR_INVALID_DATA);
    exported.set.NumMethods = 32;
    leave(join_as(&info, &exported, NULL));
    exported.set.NumMethods = 0;
    leave(join_as(&info, &exported, NULL));
}

/* ---- lists ---- */

static void list_has_all_in_order_of_registration(void** state)
{
    RTM_ENTITY_HANDLE own[5], handles[8];
    RTM_ENTITY_INFO infos[8], expected;
    UINT count;

    (void)state;
    for (UINT i = 0; i < 5; i++)
        own[i] = join(40 - 3 * i, i, NULL);
    for (UINT viewer = 0; viewer < 5; viewer++) {
        count = 5;
        paint(handles, sizeof(handles));
        paint(infos, sizeof(infos));
        ASSERT_STATUS(RtmGetRegisteredEntities(own[viewer], &count, handles, infos), NO_ERROR);
        assert_int_equal(count, 5);
        for (UINT i = 0; i < 5; i++) { /* the caller among them */
            RTM_ENTITY_INFO info;

            expected = make_info(0, AF_INET, 40 - 3 * i, i);
            assert_info_equal(&infos[i], &expected);
            ASSERT_STATUS(RtmGetEntityInfo(own[viewer], handles[i], &info), NO_ERROR);
            assert_info_equal(&info, &expected);
        }
        assert_true(painted(handles + 5, 3 * sizeof(handles[0])));
        assert_true(painted(infos + 5, 3 * sizeof(infos[0])));
        ASSERT_STATUS(RtmReleaseEntities(own[viewer], 5, handles), NO_ERROR);
    }
    /* One that leaves and comes back is last. */
    leave(own[1]);
    own[1] = join(37, 1, NULL);
    count = 8;
    ASSERT_STATUS(RtmGetRegisteredEntities(own[0], &count, NULL, infos), NO_ERROR);
    assert_int_equal(count, 5);
    assert_int_equal(infos[1].EntityId.EntityInstanceId, 2);
    assert_int_equal(infos[4].EntityId.EntityInstanceId, 1);
}

/* The sample's sizing call: it releases nothing for it, so nothing may be handed out. */
static void capacity_0_gives_the_total(void** state)
{
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), handles[4];
    RTM_ENTITY_INFO infos[4];
    UINT count;

    (void)state;
    join(2, 1, NULL);
    join(3, 1, NULL);
    paint(handles, sizeof(handles));
    paint(infos, sizeof(infos));
    for (UINT arrays = 0; arrays < 4; arrays++) {
        count = 0;
        ASSERT_STATUS(RtmGetRegisteredEntities(first, &count, arrays & 1 ? handles : NULL,
                                               arrays & 2 ? infos : NULL),
                      ERROR_INSUFFICIENT_BUFFER);
        assert_int_equal(count, 3);
    }
    assert_true(painted(handles, sizeof(handles)));
    assert_true(painted(infos, sizeof(infos)));

    ASSERT_STATUS(RtmGetRegisteredEntities(first, &count, handles, infos), NO_ERROR);
    assert_int_equal(count, 3);
    ASSERT_STATUS(RtmReleaseEntities(first, count, handles), NO_ERROR);
    /* No reference is left over from the sizing calls. */
    ASSERT_STATUS(RtmReleaseEntities(first, 1, &handles[1]), ERROR_INVALID_HANDLE);
}

static void small_arrays_are_filled(void** state)
{
    RTM_ENTITY_HANDLE own[6], handles[8];
    RTM_ENTITY_INFO infos[8];

    (void)state;
    for (UINT i = 0; i < 6; i++)
        own[i] = join(9, i, NULL);
    for (UINT room = 1; room <= 8; room++) {
        UINT count = room, filled = room < 6 ? room : 6;

        paint(handles, sizeof(handles));
        paint(infos, sizeof(infos));
        ASSERT_STATUS(RtmGetRegisteredEntities(own[3], &count, handles, infos),
                      room < 6 ? ERROR_INSUFFICIENT_BUFFER : NO_ERROR);
        assert_int_equal(count, filled);
        for (UINT i = 0; i < filled; i++)
            assert_int_equal(infos[i].EntityId.EntityInstanceId, i);
        assert_true(painted(handles + filled, (8 - filled) * sizeof(handles[0])));
        assert_true(painted(infos + filled, (8 - filled) * sizeof(infos[0])));
        /* Each of those filled in is referenced, once. */
        ASSERT_STATUS(RtmReleaseEntities(own[3], filled, handles), NO_ERROR);
        ASSERT_STATUS(RtmReleaseEntities(own[3], 1, &handles[0]), ERROR_INVALID_HANDLE);
    }
}

static void either_array_may_be_missing(void** state)
{
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), handles[3];
    RTM_ENTITY_HANDLE second = join(2, 2, NULL);
    RTM_ENTITY_INFO infos[3];
    UINT count = 3;

    (void)state;
    paint(handles, sizeof(handles));
    ASSERT_STATUS(RtmGetRegisteredEntities(first, &count, handles, NULL), NO_ERROR);
    assert_int_equal(count, 2);
    assert_true(painted(&handles[2], sizeof(handles[2])));
    ASSERT_STATUS(RtmReleaseEntities(first, 2, handles), NO_ERROR);

    count = 3;
    paint(infos, sizeof(infos));
    ASSERT_STATUS(RtmGetRegisteredEntities(first, &count, NULL, infos), NO_ERROR);
    assert_int_equal(count, 2);
    assert_int_equal(infos[1].EntityId.EntityProtocolId, 2);
    assert_true(painted(&infos[2], sizeof(infos[2])));
    /* Infos alone carry no reference. */
    ASSERT_STATUS(RtmReleaseEntities(first, 1, &handles[1]), ERROR_INVALID_HANDLE);

    count = 1;
    ASSERT_STATUS(RtmGetRegisteredEntities(first, &count, NULL, infos), ERROR_INSUFFICIENT_BUFFER);
    assert_int_equal(count, 1);
    count = 2;
    ASSERT_STATUS(RtmGetRegisteredEntities(first, &count, NULL, NULL), NO_ERROR);
    assert_int_equal(count, 2);

    ASSERT_STATUS(RtmGetRegisteredEntities(first, NULL, handles, infos), ERROR_INVALID_PARAMETER);
    leave(second);
}

static void tables_are_separate(void** state)
{
    RTM_ENTITY_INFO places[] = {make_info(0, AF_INET, 1, 0), make_info(0, AF_INET6, 1, 1),
                                make_info(1, AF_INET, 1, 2), make_info(1, AF_INET6, 1, 3)};
    RTM_ENTITY_HANDLE own[4];

    (void)state;
    for (UINT i = 0; i < 4; i++)
        own[i] = join_as(&places[i], NULL, NULL);
    for (UINT i = 0; i < 4; i++) {
        RTM_ENTITY_INFO infos[2], got;
        UINT count = 2;

        ASSERT_STATUS(RtmGetRegisteredEntities(own[i], &count, NULL, infos), NO_ERROR);
        assert_int_equal(count, 1);
        assert_info_equal(&infos[0], &places[i]);
        for (UINT j = 0; j < 4; j++) {
            paint(&got, sizeof(got));
            ASSERT_STATUS(RtmGetEntityInfo(own[i], own[j], &got),
                          i == j ? NO_ERROR : ERROR_INVALID_HANDLE);
            if (i != j)
                assert_true(painted(&got, sizeof(got)));
        }
    }
}

/* ---- releases ---- */

static void releasing_nothing_works(void** state)
{
    RTM_ENTITY_HANDLE entity = join(1, 1, NULL), unused = (HANDLE)(ULONG_PTR)0x1234;

    (void)state;
    ASSERT_STATUS(RtmReleaseEntities(entity, 0, NULL), NO_ERROR);
    ASSERT_STATUS(RtmReleaseEntities(entity, 0, &unused), NO_ERROR);
    ASSERT_STATUS(RtmReleaseEntities(entity, 1, NULL), ERROR_INVALID_PARAMETER);
}

static void a_bad_handle_releases_nothing(void** state)
{
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join(2, 2, NULL), third = join(3, 3, NULL);
    RTM_ENTITY_HANDLE held[3], mixed[3], twice[2];
    UINT count = 3;

    (void)state;
    ASSERT_STATUS(RtmGetRegisteredEntities(first, &count, held, NULL), NO_ERROR);
    for (UINT bad = 0; bad < 3; bad++) {
        memcpy(mixed, held, sizeof(held));
        mixed[bad] = (HANDLE)(ULONG_PTR)0xdead0;
        ASSERT_STATUS(RtmReleaseEntities(first, 3, mixed), ERROR_INVALID_HANDLE);
    }
    /* Named twice and held once: one too many. */
    twice[0] = twice[1] = held[1];
    ASSERT_STATUS(RtmReleaseEntities(first, 2, twice), ERROR_INVALID_HANDLE);
    /* All three are still held, once each. */
    ASSERT_STATUS(RtmReleaseEntities(first, 3, held), NO_ERROR);
    for (UINT i = 0; i < 3; i++)
        ASSERT_STATUS(RtmReleaseEntities(first, 1, &held[i]), ERROR_INVALID_HANDLE);
    leave(second);
    leave(third);
}

/* Reading: only RtmDeregisterEntity ends a registration. */
static void releasing_too_much_ends_no_registration(void** state)
{
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join(2, 2, NULL), found;
    RTM_ENTITY_INFO info;

    (void)state;
    for (UINT i = 0; i < 5; i++) {
        ASSERT_STATUS(RtmReleaseEntities(first, 1, &first), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmReleaseEntities(first, 1, &second), ERROR_INVALID_HANDLE);
    }
    found = find_entity(first, 2, 2);
    ASSERT_STATUS(RtmReleaseEntities(first, 1, &found), NO_ERROR);
    for (UINT i = 0; i < 5; i++)
        ASSERT_STATUS(RtmReleaseEntities(first, 1, &found), ERROR_INVALID_HANDLE);
    assert_int_equal(count_entities(first), 2);
    assert_int_equal(count_entities(second), 2);
    ASSERT_STATUS(RtmGetEntityInfo(first, second, &info), NO_ERROR);
    leave(second);
    leave(first);
}

static void references_add_up(void** state)
{
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join(2, 2, NULL), found[3];
    RTM_ENTITY_INFO info;

    (void)state;
    for (UINT i = 0; i < 3; i++)
        found[i] = find_entity(first, 2, 2);
    leave(second);
    for (UINT i = 0; i < 3; i++) {
        ASSERT_STATUS(RtmGetEntityInfo(first, found[i], &info), NO_ERROR);
        ASSERT_STATUS(RtmReleaseEntities(first, 1, &found[i]), NO_ERROR);
    }
    ASSERT_STATUS(RtmGetEntityInfo(first, found[0], &info), ERROR_INVALID_HANDLE);
}

/* ---- information ---- */

static void info_is_what_was_registered(void** state)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 0xdeadbeef, 0xcafe), copy = info, got[2];
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join_as(&info, NULL, NULL), found;

    (void)state;
    memset(&info, 0, sizeof(info)); /* the client's own copy does not matter any more */
    paint(got, sizeof(got));
    ASSERT_STATUS(RtmGetEntityInfo(second, second, &got[0]), NO_ERROR);
    assert_info_equal(&got[0], &copy);
    assert_true(painted(&got[1], sizeof(got[1])));
    ASSERT_STATUS(RtmReleaseEntityInfo(second, &got[0]), NO_ERROR);
    assert_info_equal(&got[0], &copy); /* a release leaves the memory alone */

    found = find_entity(first, 0xdeadbeef, 0xcafe);
    ASSERT_STATUS(RtmGetEntityInfo(first, found, &got[0]), NO_ERROR);
    assert_info_equal(&got[0], &copy);
    ASSERT_STATUS(RtmGetEntityInfo(first, found, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseEntities(first, 1, &found), NO_ERROR);
}

/* Reading: the structure holds no handle, so there is nothing else to check. */
static void info_release_checks_handle_and_null(void** state)
{
    RTM_ENTITY_HANDLE entity = join(1, 1, NULL);
    RTM_ENTITY_INFO info;

    (void)state;
    memset(&info, 0xff, sizeof(info));
    ASSERT_STATUS(RtmReleaseEntityInfo(entity, &info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseEntityInfo(entity, &info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseEntityInfo(entity, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseEntityInfo(NULL, &info), ERROR_INVALID_HANDLE);
}

static void departed_entity_answers_while_referenced(void** state)
{
    methods exported = make_methods(1, no_method);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL);
    RTM_ENTITY_HANDLE second = join_with_methods(2, 2, &exported), found, again = NULL;
    RTM_ENTITY_METHOD_INPUT input = {METHOD_TYPE_ALL_METHODS, 0, {0}};
    RTM_ENTITY_METHOD_OUTPUT output;
    RTM_ENTITY_INFO info, expected = make_info(0, AF_INET, 2, 2);
    UINT size = sizeof(output), count = 0;

    (void)state;
    found = find_entity(first, 2, 2);
    leave(second);
    for (UINT round = 0; round < 2; round++) { /* then with a successor of the same identity */
        ASSERT_STATUS(RtmGetEntityInfo(first, found, &info), NO_ERROR);
        assert_info_equal(&info, &expected);
        ASSERT_STATUS(RtmGetEntityMethods(first, found, &count, NULL), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmInvokeMethod(first, found, &input, &size, &output), ERROR_INVALID_HANDLE);
        /* It is no registration any more. */
        count = 0;
        ASSERT_STATUS(RtmGetRegisteredEntities(found, &count, NULL, NULL), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmDeregisterEntity(found), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmGetRegisteredEntities(second, &count, NULL, NULL), ERROR_INVALID_HANDLE);
        if (round == 0) {
            assert_int_equal(count_entities(first), 1);
            again = join_with_methods(2, 2, &exported);
            assert_ptr_not_equal(again, second);
        }
    }
    assert_int_equal(count_entities(first), 2);
    ASSERT_STATUS(RtmReleaseEntities(first, 1, &found), NO_ERROR);
    ASSERT_STATUS(RtmGetEntityInfo(first, found, &info), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseEntities(first, 1, &found), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetEntityInfo(first, again, &info), NO_ERROR);
}

/* Clients leak. They leave all the same, and nothing of theirs outlives the last entity. */
static void leaving_with_unreleased_handles_works(void** state)
{
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join(2, 2, NULL), handles[2], fresh;
    RTM_ENTITY_INFO info;
    UINT count = 2;

    (void)state;
    ASSERT_STATUS(RtmGetRegisteredEntities(first, &count, handles, NULL), NO_ERROR);
    leave(second);
    leave(first);
    fresh = join(3, 3, NULL);
    for (UINT i = 0; i < 2; i++)
        ASSERT_STATUS(RtmGetEntityInfo(fresh, handles[i], &info), ERROR_INVALID_HANDLE);
    assert_int_equal(count_entities(fresh), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(sample_registers),
        CLIENT_TEST(registers_with_everything),
        CLIENT_TEST(identity_is_table_protocol_and_instance),
        CLIENT_TEST(any_ids_will_do),
        CLIENT_TEST(any_instance_will_do),
        CLIENT_TEST(ipv6_registers),
        CLIENT_TEST(other_families_are_refused),
        CLIENT_TEST(null_arguments_are_refused),
        CLIENT_TEST(method_numbers_are_checked),
        CLIENT_TEST(list_has_all_in_order_of_registration),
        CLIENT_TEST(capacity_0_gives_the_total),
        CLIENT_TEST(small_arrays_are_filled),
        CLIENT_TEST(either_array_may_be_missing),
        CLIENT_TEST(tables_are_separate),
        CLIENT_TEST(releasing_nothing_works),
        CLIENT_TEST(a_bad_handle_releases_nothing),
        CLIENT_TEST(releasing_too_much_ends_no_registration),
        CLIENT_TEST(references_add_up),
        CLIENT_TEST(info_is_what_was_registered),
        CLIENT_TEST(info_release_checks_handle_and_null),
        CLIENT_TEST(departed_entity_answers_while_referenced),
        CLIENT_TEST(leaving_with_unreleased_handles_works),
    };

    return CLIENT_MAIN(tests);
}
