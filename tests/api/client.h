/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What every program of tests/api shares: registration helpers, a recorder of events, waits that
 * fail instead of hanging, and the assertion that the build under test is the one loaded.
 *
 * CMocka's assertions belong to the test's own thread. Callbacks, methods and threads use CHECK,
 * whose failures client_teardown turns into the test's. */
#ifndef RTM_TESTS_API_CLIENT_H
#define RTM_TESTS_API_CLIENT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>

#include <windows.h>

#include <rtmv2.h>

#include <cmocka.h>

/* How long anything may take that is to happen at all. */
#define WAIT_MS 10000
/* How long to watch that something does not happen. Too short a time never fails a good dll. */
#define WATCH_MS 150

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- the frame of a program ---- */

/* Group setup: asserts the build (RTM_EXPECT_BUILD) and starts the watchdog. */
int client_group_setup(void** state);
/* Group teardown: works round a bug of Wine's 32-bit thread pool. */
int client_group_teardown(void** state);
/* Test setup and teardown: the latter lets all entities of join() leave that have not, then fails
 * the test for failed CHECKs and for entities left in any table that the tests use. */
int client_setup(void** state);
int client_teardown(void** state);

#define CLIENT_TEST(function)                                                                      \
    cmocka_unit_test_setup_teardown(function, client_setup, client_teardown)
#define CLIENT_MAIN(tests) cmocka_run_group_tests(tests, client_group_setup, client_group_teardown)

/* The PrivateBuild string of the loaded rtm.dll, or an empty string. */
const char* loaded_build(void);

/* ---- checks on any thread ---- */

BOOL check_at(BOOL good, const char* text, const char* file, int line);
BOOL check_status_at(DWORD status, DWORD expected, const char* text, const char* file, int line);
#define CHECK(condition) check_at(!!(condition), #condition, __FILE__, __LINE__)
#define CHECK_STATUS(call, expected) check_status_at((call), (expected), #call, __FILE__, __LINE__)

/* Asserts on the test's own thread that a call ended with a Win32 code. */
#define ASSERT_STATUS(call, expected)                                                              \
    do {                                                                                           \
        DWORD status_ = (call);                                                                    \
        if (status_ != (DWORD)(expected))                                                          \
            fail_msg("%s gives %lu, not %lu (%s)", #call, status_, (DWORD)(expected), #expected);  \
    } while (0)

/* ---- entities ---- */

/* Garbage in the padding, as on a client's stack. */
RTM_ENTITY_INFO make_info(USHORT instance, USHORT family, ULONG protocol, ULONG id);
void assert_info_equal(const RTM_ENTITY_INFO* a, const RTM_ENTITY_INFO* b);
BOOL same_info(const RTM_ENTITY_INFO* a, const RTM_ENTITY_INFO* b);

/* The tables that tests use: instance 0 or 1, AF_INET or AF_INET6. */
#define USED_INSTANCES 2

/* Up to 32 methods in the variable-size structure. */
typedef struct methods {
    RTM_ENTITY_EXPORT_METHODS set;
    RTM_ENTITY_EXPORT_METHOD more[32];
} methods;
methods make_methods(UINT count, ...);

/* Register (asserted to work) in instance 0, AF_INET, or anywhere, on the test's own thread. */
RTM_ENTITY_HANDLE join(ULONG protocol, ULONG id, RTM_EVENT_CALLBACK callback);
RTM_ENTITY_HANDLE join_with_methods(ULONG protocol, ULONG id, methods* exported);
RTM_ENTITY_HANDLE join_as(RTM_ENTITY_INFO* info, methods* exported, RTM_EVENT_CALLBACK callback);
/* Deregister, asserted to work. */
void leave(RTM_ENTITY_HANDLE entity);
/* For entities that come by other means: client_teardown lets them leave. */
void remember(RTM_ENTITY_HANDLE entity);
/* For entities that leave by other means: client_teardown leaves them alone. */
void forget(RTM_ENTITY_HANDLE entity);

/* Entities in the table of `entity`, by a sizing call. */
UINT count_entities(RTM_ENTITY_HANDLE entity);
/* A handle with one reference for the entity with these ids, as seen by `viewer`. */
RTM_ENTITY_HANDLE find_entity(RTM_ENTITY_HANDLE viewer, ULONG protocol, ULONG id);

/* ---- events ---- */

typedef struct event_record {
    RTM_ENTITY_HANDLE receiver;
    RTM_EVENT_TYPE type;
    RTM_ENTITY_HANDLE subject;
    RTM_ENTITY_INFO info;
    DWORD thread;
} event_record;

/* An event callback that records; record_event is for callbacks that do more. */
DWORD WINAPI recorder(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                      PVOID context2);
void record_event(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1, PVOID context2);
UINT events_of(RTM_ENTITY_HANDLE receiver);
/* Waits until `receiver` has had `count` events, fails the test if it does not. */
void await_events(RTM_ENTITY_HANDLE receiver, UINT count);
/* Event number `index` of a receiver. */
event_record event_at(RTM_ENTITY_HANDLE receiver, UINT index);
void assert_event(RTM_ENTITY_HANDLE receiver, UINT index, RTM_EVENT_TYPE type, ULONG protocol,
                  ULONG id);

/* ---- threads and waiting ---- */

/* Threads of test code; the result of `function` is the exit code. */
HANDLE start(LPTHREAD_START_ROUTINE function, void* argument);
/* Waits for a thread or an event, failing the test after WAIT_MS. join_thread closes it, too. */
void await(HANDLE object);
DWORD join_thread(HANDLE thread);
/* The same on any thread: FALSE, and a failed CHECK, after WAIT_MS. */
BOOL awaited(HANDLE object);
/* Whether `object` stays unsignalled for WATCH_MS. */
BOOL stays_quiet(HANDLE object);
HANDLE new_event(void);

/* ---- odds and ends ---- */

/* A number generator with a fixed seed. */
typedef struct random {
    uint64_t state;
} random_numbers;
uint32_t next_random(random_numbers* numbers);

/* Memory filled with a pattern, to see what a call wrote. */
void paint(void* memory, size_t size);
BOOL painted(const void* memory, size_t size);

#endif
