/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * internet.c: the table of the Internet goes into the routing table manager and out again.
 */
#include "internet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bars.h"
#include "feed.h"
#include "meter.h"
#include "questions.h"
#include "screen.h"
#include "table.h"
#include "walk.h"
#include "watcher.h"

#define PROTO_IP_BGP 14
#define PROTO_IP_NT_STATIC 10006

#define QUESTIONS 500000

/* Static routes come first whatever BGP says: the RTM gives each protocol its preference. */
static struct feed bgp = {.name = "BGP", .protocol = PROTO_IP_BGP, .instance = 1};
static struct feed pinned = {.name = "Static", .protocol = PROTO_IP_NT_STATIC, .instance = 1};
static struct table table;
static double memory_before;

static const char* number(unsigned long n)
{
    static char texts[4][NUMBER_TEXT];
    static int next;

    next = (next + 1) % 4;
    return number_text(texts[next], n);
}

/* ---- The parts, in order ---- */

static void read_table(const struct internet_options* options)
{
    double began = screen_ms();

    screen_title("Table: what networks announce to each other");
    if (options->file) {
        table_read(&table, options->file, options->limit);
        screen_line("  from     %s", options->file);
    } else {
        table_make_up(&table, options->limit);
        screen_line("  from     nowhere: no table of the Internet is at hand, so a small one is "
                    "made up");
    }
    screen_line("  prefixes %s (%s IPv4, %s IPv6), shuffled, read in %.0f ms", number(table.count),
                number(table.of[V4]), number(table.of[V6]), screen_ms() - began);
}

static void show_rate(unsigned long done, double since)
{
    char more[64];
    double seconds = (screen_ms() - since) / 1000;

    snprintf(more, sizeof(more), "%s/s, watcher %s", number(seconds > 0 ? done / seconds : 0),
             number(watcher_count(KNOWN)));
    progress(done, more);
}

static void load(void)
{
    double since, ms, added;
    UINT fresh = 0, i;
    bool all;

    screen_title("Loading: BGP adds a route for each, a watcher is told");
    watcher_open();
    memory_before = meter_memory();
    feed_open(&bgp);
    progress_start("adding", table.count);
    since = screen_ms();
    for (i = 0; i < table.count; i++) {
        RTM_ROUTE_CHANGE_FLAGS did = feed_add(&bgp, &table.routes[i]);

        fresh += (did & RTM_ROUTE_CHANGE_NEW) && (did & RTM_ROUTE_CHANGE_BEST);
        if (i % 512 == 511)
            show_rate(i + 1, since);
    }
    ms = progress_end();
    added = screen_ms();
    all = watcher_reaches(KNOWN, table.count);
    meter_note("RtmAddRouteToDest, with a watcher", table.count, ms);
    screen_check(fresh == table.count, "each of %s routes is new and the best of its destination",
                 number(table.count));
    screen_check(all, "%.0f ms later the watcher knows %s destinations, from %s callbacks",
                 screen_ms() - added, number(watcher_count(KNOWN)), number(watcher_count(NOTICES)));
    meter_note("... until the watcher knows", table.count, screen_ms() - since);
}

static void show_memory(void)
{
    double used = meter_memory() - memory_before;

    screen_line("  memory   %.0f MB for these, %.0f bytes per destination with its route", used,
                used * 1e6 / table.count);
}

static void walk(struct walk walks[FAMILIES])
{
    double since = screen_ms();
    bool order, mirror, lengths;
    UINT found;

    screen_title("Walking: all destinations in order, by prefix length");
    walk_table(&walks[V4], V4, RTM_VIEW_MASK_UCAST);
    walk_table(&walks[V6], V6, RTM_VIEW_MASK_UCAST);
    found = walks[V4].count + walks[V6].count;
    meter_note("RtmGetEnumDests, each destination", found, screen_ms() - since);
    walk_chart(walks);
    order = walks[V4].ascending && walks[V6].ascending;
    lengths = walks[V4].count == table.of[V4] && walks[V6].count == table.of[V6];
    mirror = walks[V4].sum == watched[V4].sum && walks[V6].sum == watched[V6].sum;
    screen_check(lengths && order, "the walk meets %s destinations, each after the one before",
                 number(found));
    screen_check(mirror, "what the watcher was told is what is there, route by route");
}

static void question(const struct internet_options* options)
{
    UINT many = table.count < QUESTIONS ? table.count : QUESTIONS, wrong;
    double since;

    screen_title("Asking: the longest prefix that covers an address");
    screen_check(questions_ask(&table, options->addresses, options->count),
                 "each answer is what looking at all %s prefixes gives", number(table.count));
    since = screen_ms();
    wrong = questions_measure(&table, many);
    meter_note("RtmGetMostSpecificDestination", many, screen_ms() - since);
    screen_check(!wrong, "%s more answers, all right", number(many - wrong));
}

static void chain(const struct walk walks[FAMILIES])
{
    const struct walk* deep = &walks[walks[V6].depth > walks[V4].depth ? V6 : V4];

    screen_title("Nesting: from the innermost prefix to ever less specific ones");
    screen_check(questions_chain(&table, &deep->deepest), "%u prefixes lie in each other",
                 deep->depth);
}

/* Every so many prefixes get a static route. */
static UINT stride(void)
{
    return table.count < 4000 ? 4 : table.count / 1000;
}

/* How many of the prefixes with a static route have so many routes, the best of that feed. */
static UINT count_best(const struct feed* feed, UINT routes)
{
    UINT count = 0, i;

    for (i = 0; i < table.count; i += stride()) {
        const RTM_NET_ADDRESS* prefix = &table.routes[i].prefix;
        RTM_ENTITY_HANDLE owner;

        count += questions_routes(prefix, &owner) == routes &&
                 owner == feed->handle[prefix_family(prefix)];
    }
    return count;
}

/* Some of these prefixes, looked up. */
static bool ask_for_some(void)
{
    RTM_NET_ADDRESS some[3];
    UINT i;

    for (i = 0; i < 3; i++)
        some[i] = table.routes[i * stride() % table.count].prefix;
    return questions_ask(&table, some, 3);
}

static void override(void)
{
    UINT many = (table.count + stride() - 1) / stride(), best = 0, i;
    bool told;

    screen_title("Overriding: static routes to some of them, of better preference");
    feed_open(&pinned);
    for (i = 0; i < table.count; i += stride())
        best += (feed_add(&pinned, &table.routes[i]) & RTM_ROUTE_CHANGE_BEST) != 0;
    screen_check(ask_for_some() && best == many && count_best(&pinned, 2) == many,
                 "%s static routes are best, each beside BGP's", number(best));
    told = watcher_reaches(NEW_BEST, many);
    screen_check(told && watcher_count(KNOWN) == table.count,
                 "the watcher is told of another best route at %s destinations",
                 number(watcher_count(NEW_BEST)));
    feed_withdraw(&pinned, V4, NULL);
    feed_withdraw(&pinned, V6, NULL);
    feed_close(&pinned);
    told = watcher_reaches(NEW_BEST, 2 * many);
    screen_check(told && count_best(&bgp, 1) == many,
                 "Static leaves: BGP's are best again, and the watcher is told");
}

static UINT withdrawn_before;
static double withdrawing_since;

static void show_withdrawn(UINT done)
{
    show_rate(withdrawn_before + done, withdrawing_since);
}

static void leave(void)
{
    struct walk rest[FAMILIES];
    bool empty;
    double ms;

    screen_title("Leaving: BGP withdraws all, the watcher is told");
    progress_start("deleting", table.count);
    withdrawing_since = screen_ms();
    withdrawn_before = feed_withdraw(&bgp, V4, show_withdrawn);
    withdrawn_before += feed_withdraw(&bgp, V6, show_withdrawn);
    ms = progress_end();
    meter_note("RtmDeleteRouteToDest, with a watcher", withdrawn_before, ms);
    screen_check(withdrawn_before == table.count, "%s routes found and deleted",
                 number(withdrawn_before));
    empty = watcher_reaches(KNOWN, 0);
    meter_note("... until the watcher knows", withdrawn_before, screen_ms() - withdrawing_since);
    screen_check(empty && watcher_count(WENT) == table.count && !watched[V4].sum &&
                     !watched[V6].sum,
                 "the watcher saw %s destinations go", number(watcher_count(WENT)));
    walk_table(&rest[V4], V4, RTM_VIEW_MASK_ANY);
    walk_table(&rest[V6], V6, RTM_VIEW_MASK_ANY);
    screen_check(!rest[V4].count && !rest[V6].count,
                 "nothing is left in the tables, not even what nobody routes to");
    feed_close(&bgp);
    watcher_close();
    screen_line("  memory   %.0f MB more than before", meter_memory() - memory_before);
}

void internet_run(const struct internet_options* options)
{
    struct walk walks[FAMILIES];

    read_table(options);
    load();
    show_memory();
    walk(walks);
    question(options);
    chain(walks);
    override();
    leave();
    screen_title("Summary");
    meter_show();
    screen_line("  %s callbacks with %s changes, %.1f s in all", number(watcher_count(NOTICES)),
                number(watcher_count(TOLD)), screen_ms() / 1000);
    free(table.routes);
}
