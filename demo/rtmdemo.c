/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * rtmdemo.c: shows the routing table manager (rtm.dll) at work. An ordinary Windows console
 * program.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "about.h"
#include "internet.h"
#include "meeting.h"
#include "multicast.h"
#include "screen.h"
#include "v1.h"

static const char help[] =
    "usage: rtmdemo [internet] [--table FILE] [--prefixes N] [--plain] [ADDRESS...]\n"
    "       rtmdemo entities [--fast] [--plain]\n"
    "       rtmdemo mgm [--fast] [--plain]\n"
    "       rtmdemo v1 [--fast] [--plain]\n"
    "       rtmdemo --help\n"
    "\n"
    "Shows the routing table manager (rtm.dll) at work, and checks what it shows.\n"
    "\n"
    "internet: BGP loads the table of the Internet, IPv4 and IPv6, while a watcher follows it by\n"
    "change notification. All destinations are walked through, addresses are looked up, some\n"
    "routes are overridden by static ones, and all goes away again. With the time that each "
    "takes.\n"
    "\n"
    "  ADDRESS        what to look up, in place of some known addresses; or a prefix\n"
    "  --table FILE   the table, of lines like '192.0.2.0/24 64496'. Otherwise that in\n"
    "                 RTMDEMO_TABLE, or if there is none a small one that is made up\n"
    "  --prefixes N   no more than the first N of them\n"
    "\n"
    "entities: four routing protocols register, find each other, call each other's methods, block\n"
    "and resume them, and leave. Each event is one line, in the lane of the protocol that it\n"
    "reaches, with the time in ms. One is slow in its callback, which is to delay nobody else.\n"
    "\n"
    "  --fast         no pauses for reading (else 2 to 3 s)\n"
    "\n"
    "mgm: two multicast routing protocols and IGMP tell the multicast group manager what is "
    "wanted\n"
    "where, and are told by it; packets make a forwarding entry. --fast as above.\n"
    "\n"
    "v1: the older API, RTMv1. RIP and OSPF fill its IP table, which a protocol of RTMv2 shares; "
    "a\n"
    "forwarder follows the best routes by its event; routes age; IPX has a table of its own.\n"
    "\n"
    "  --fast         no life of a second for the routes that age\n"
    "\n"
    "  --plain        ASCII without colours, as when the output is redirected\n"
    "\n"
    "RTMDEMO_COLOR=always|never overrides what is found out about the terminal; so does NO_COLOR.\n"
    "exit code: 0 if all that should be seen was seen, 1 if not or if a call failed, 2 for an\n"
    "option, address or table that is none.\n";

static const char* const known[] = {"1.1.1.1",
                                    "8.8.8.8",
                                    "9.9.9.9",
                                    "193.0.6.139",
                                    "192.0.2.1",
                                    "2606:4700:4700::1111",
                                    "2001:4860:4860::8888",
                                    "2620:fe::fe",
                                    "2001:db8::1"};

enum command { INTERNET, ENTITIES, MULTICAST, V1 };

struct options {
    enum command command;
    bool fast, plain;
    struct internet_options internet;
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* In the order of enum command. */
static const char* const commands[] = {"internet", "entities", "mgm", "v1"};
static const char* const titles[] = {
    "wine-rtm: the Internet in a routing table manager",
    "wine-rtm: routing protocols in one routing table manager",
    "wine-rtm: multicast routing protocols and a multicast group manager",
    "wine-rtm: the older API, RTMv1",
};

static void refuse(const char* what, const char* which)
{
    fprintf(stderr, "rtmdemo: %s %s (--help lists all)\n", what, which);
    ExitProcess(2);
}

/* ---- The command line ---- */

static void take_address(struct options* options, const char* text)
{
    struct internet_options* internet = &options->internet;

    if (!prefix_parse(text, &internet->addresses[internet->count++]))
        refuse("no command or address:", text);
}

static UINT take_number(const char* text)
{
    char* rest;
    unsigned long number = strtoul(text, &rest, 10);

    if (*rest || rest == text || !number || number > 100000000)
        refuse("no number of prefixes:", text);
    return number;
}

/* An option that applies to this command. Whether it takes the next argument. */
static bool take_option(struct options* options, const char* option, const char* next)
{
    bool internet = options->command == INTERNET;

    if (!strcmp(option, "--plain")) {
        options->plain = true;
    } else if (!internet && !strcmp(option, "--fast")) {
        options->fast = true;
    } else if (internet && (!strcmp(option, "--table") || !strcmp(option, "--prefixes"))) {
        if (!next)
            refuse("a value is missing after", option);
        if (option[2] == 't')
            options->internet.file = next;
        else
            options->internet.limit = take_number(next);
        return true;
    } else {
        refuse("unknown option", option);
    }
    return false;
}

static void parse(struct options* options, int argc, char** argv)
{
    int i, first = 1;

    for (i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--help")) {
            fputs(help, stdout);
            ExitProcess(0);
        }
    for (i = 0; argc > 1 && i < (int)COUNT_OF(commands); i++)
        if (!strcmp(argv[1], commands[i])) {
            options->command = i;
            first = 2;
        }
    for (i = first; i < argc; i++)
        if (*argv[i] == '-')
            i += take_option(options, argv[i], argv[i + 1]);
        else if (options->command != INTERNET)
            refuse("no option:", argv[i]);
        else
            take_address(options, argv[i]);
}

static void complete(struct options* options)
{
    struct internet_options* internet = &options->internet;
    const char* file = getenv("RTMDEMO_TABLE");
    unsigned i;

    if (!internet->file && file && *file)
        internet->file = file;
    if (!internet->count)
        for (i = 0; i < COUNT_OF(known); i++)
            take_address(options, known[i]);
}

/* ---- The program ---- */

/* A call that never returns is a failure too. */
static DWORD WINAPI watch(void* limit)
{
    Sleep((DWORD)(ULONG_PTR)limit);
    screen_need("after the last line above: a call did not return", ERROR_TIMEOUT);
    return 0;
}

static int verdict(void)
{
    if (screen_misses())
        screen_line("  FAIL: %d of %d things were not seen", screen_misses(), screen_checks());
    else
        screen_line("  SUCCESS: all %d things were seen", screen_checks());
    return screen_misses() ? 1 : 0;
}

int main(int argc, char** argv)
{
    struct options options = {0};
    ULONG_PTR limit;

    options.internet.addresses = calloc(argc + COUNT_OF(known), sizeof(RTM_NET_ADDRESS));
    if (!options.internet.addresses)
        return 1;
    parse(&options, argc, argv);
    complete(&options);
    screen_init(options.plain);
    limit = options.command == INTERNET ? 600000 : 40000;
    CloseHandle(CreateThread(NULL, 0, watch, (void*)limit, 0, NULL));
    screen_title(titles[options.command]);
    about_dll();
    switch (options.command) {
    case INTERNET:
        internet_run(&options.internet);
        break;
    case ENTITIES:
        meeting_run(options.fast);
        break;
    case MULTICAST:
        multicast_run(options.fast);
        break;
    case V1:
        v1_run(options.fast);
        break;
    }
    return verdict();
}
