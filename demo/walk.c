/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * walk.c: going through all destinations of a table in order.
 */
#include "walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bars.h"
#include "screen.h"
#include "watcher.h"

/* ---- Walking ---- */

/* The destinations that the last one lies in, itself included, outermost first. */
struct nest {
    UINT depth;
    RTM_NET_ADDRESS in[WALK_LENGTHS];
};

static void note(struct walk* walk, struct nest* nest, const RTM_DEST_INFO* dest)
{
    const RTM_NET_ADDRESS* prefix = &dest->DestAddress;

    if (nest->depth && prefix_compare(&nest->in[nest->depth - 1], prefix) >= 0)
        walk->ascending = false;
    while (nest->depth && !prefix_covers(&nest->in[nest->depth - 1], prefix))
        nest->depth--;
    if (nest->depth < WALK_LENGTHS)
        nest->in[nest->depth++] = *prefix;
    if (nest->depth > walk->depth) {
        walk->depth = nest->depth;
        walk->deepest = *prefix;
    }
    walk->count++;
    walk->sum += watcher_value(dest);
    if (prefix->NumBits < WALK_LENGTHS)
        walk->lengths[prefix->NumBits]++;
}

void walk_table(struct walk* walk, enum family family, RTM_VIEW_SET views)
{
    const RTM_REGN_PROFILE* profile = &watched[family].profile;
    RTM_ENTITY_HANDLE reg = watched[family].handle;
    RTM_DEST_INFO* batch = watcher_array(profile);
    struct nest nest = {0};
    RTM_ENUM_HANDLE handle;
    UINT count, i;
    DWORD code;

    memset(walk, 0, sizeof(*walk));
    walk->ascending = true;
    screen_need("RtmCreateDestEnum",
                RtmCreateDestEnum(reg, views, RTM_ENUM_START, NULL, RTM_BEST_PROTOCOL, &handle));
    do {
        count = profile->MaxHandlesInEnum;
        code = RtmGetEnumDests(reg, handle, &count, batch);
        if (code != ERROR_NO_MORE_ITEMS)
            screen_need("RtmGetEnumDests", code);
        for (i = 0; i < count; i++)
            note(walk, &nest, watcher_entry(profile, batch, i));
        screen_need("RtmReleaseDests", RtmReleaseDests(reg, count, batch));
    } while (code == NO_ERROR);
    screen_need("RtmDeleteEnumHandle", RtmDeleteEnumHandle(reg, handle));
    free(batch);
}

/* ---- The chart ---- */

#define BAR_WIDTH 20
#define SIDE_TEXT (2 * BAR_TEXT)

/* One side of the chart, as it is drawn from top to bottom. */
struct side {
    const struct walk* walk;
    UINT length, most, shown; /* next length, most destinations of one, destinations in bars */
    bool rest_shown;
};

static void start(struct side* side, const struct walk* walk)
{
    UINT i;

    memset(side, 0, sizeof(*side));
    side->walk = walk;
    side->most = 1;
    for (i = 0; i < WALK_LENGTHS; i++)
        if (walk->lengths[i] > side->most)
            side->most = walk->lengths[i];
}

static void draw(const struct side* side, char* text, const char* label, UINT count)
{
    char bar[BAR_TEXT], number[NUMBER_TEXT];

    sprintf(text, "%-6s%s%10s", label, bar_text(bar, (double)count / side->most, BAR_WIDTH),
            number_text(number, count));
}

/* The next row: a length that at least one in a hundred has, or all others, or blanks. Whether it
 * is not blank. */
static bool row(struct side* side, char* text)
{
    const struct walk* walk = side->walk;
    char label[16];
    UINT count;

    while (side->length < WALK_LENGTHS && walk->lengths[side->length] < walk->count / 100 + 1)
        side->length++;
    if (side->length < WALK_LENGTHS) {
        count = walk->lengths[side->length];
        side->shown += count;
        sprintf(label, "/%u", side->length++);
        draw(side, text, label, count);
        return true;
    }
    sprintf(text, "%*s", 6 + BAR_WIDTH + 10, "");
    if (side->rest_shown || side->shown == walk->count)
        return false;
    side->rest_shown = true;
    draw(side, text, "other", walk->count - side->shown);
    return true;
}

void walk_chart(const struct walk walks[FAMILIES])
{
    char left[SIDE_TEXT], right[SIDE_TEXT];
    struct side four, six;

    start(&four, &walks[V4]);
    start(&six, &walks[V6]);
    screen_line("  %-40s%s", family_name[V4], family_name[V6]);
    for (;;) {
        bool more = row(&four, left);

        if (!row(&six, right) && !more)
            break;
        screen_line("  %s    %s", left, right);
    }
}
