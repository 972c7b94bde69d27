/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * screen.c: what the demo shows. Safe from any thread, whole lines only.
 */
#include "screen.h"

#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LANE_WIDTH 17
#define LINE_SIZE 2048

#define RESET "\x1b[0m"
#define DIM "\x1b[2m"
#define BOLD "\x1b[1m"
#define RED "\x1b[31m"
#define GREEN "\x1b[32m"

static CRITICAL_SECTION lock; /* guards all that follows */
static bool fancy;            /* UTF-8 and ANSI colours, else ASCII */
static LARGE_INTEGER clock_start, clock_rate;
static enum lane_state lanes[LANES];
static HANDLE console; /* stdout if it is one */
static WORD console_usual = FOREGROUND_RED | FOREGROUND_GREEN | FOREGROUND_BLUE, console_now;
static char line[LINE_SIZE]; /* under way */
static int checks, misses;
static int owed;    /* blanks before the next text of this line; none at its end */
static int passing; /* columns of the passing line that stands on the screen */

static const char* const lane_colours[LANES] = {"\x1b[35m", "\x1b[36m", "\x1b[33m", "\x1b[34m"};

/* Printable columns of UTF-8 text; every character used here is one wide. */
static int columns_of(const char* text)
{
    int n = 0;
    for (; *text; text++)
        n += (*text & 0xC0) != 0x80;
    return n;
}

static const char* colour(const char* code)
{
    return fancy ? code : "";
}

static const char* glyph(const char* utf8, const char* ascii)
{
    return fancy ? utf8 : ascii;
}

__attribute__((__format__(__gnu_printf__, 1, 2))) static void put(const char* format, ...)
{
    size_t used = strlen(line);
    va_list args;

    va_start(args, format);
    vsnprintf(line + used, sizeof(line) - used, format, args);
    va_end(args);
    line[LINE_SIZE - 1] = 0;
}

static void put_padded(const char* text, int width)
{
    int used = columns_of(text);

    if (strspn(text, " ") != strlen(text)) {
        put("%*s%s", owed, "", text);
        owed = width > used ? width - used : 0;
    } else {
        owed += width > used ? width : used;
    }
}

static void begin(void)
{
    EnterCriticalSection(&lock);
    if (passing)
        put("\r%*s\r", passing, "");
    passing = 0;
}

/* On a console: UTF-16, and attributes in place of escapes, which older consoles show as text. */
static void write_to_console(const char* text)
{
    static const WORD bits[] = {FOREGROUND_RED, FOREGROUND_GREEN, FOREGROUND_BLUE};
    WCHAR wide[LINE_SIZE];
    DWORD done;

    while (*text) {
        size_t plain = strcspn(text, "\x1b");
        int n = MultiByteToWideChar(CP_UTF8, 0, text, (int)plain, wide, LINE_SIZE);
        WORD now;

        if (n)
            WriteConsoleW(console, wide, n, &done, NULL);
        text += plain;
        if (!*text)
            break;
        n = atoi(text + 2);
        now = n ? console_now : console_usual;
        if (n == 1)
            now |= FOREGROUND_INTENSITY;
        else if (n == 2)
            now = FOREGROUND_INTENSITY; /* grey */
        else if (n > 30) {
            int i;
            now &= ~(FOREGROUND_RED | FOREGROUND_GREEN | FOREGROUND_BLUE);
            for (i = 0; i < 3; i++)
                if ((n - 30) >> i & 1)
                    now |= bits[i];
        }
        console_now = now;
        SetConsoleTextAttribute(console, now);
        text += strcspn(text, "m");
        text += *text == 'm';
    }
}

static void flush(void)
{
    owed = 0;
    if (console) {
        write_to_console(line);
    } else {
        fputs(line, stdout);
        fflush(stdout);
    }
    *line = 0;
    LeaveCriticalSection(&lock);
}

static void end(void)
{
    put("\n");
    flush();
}

void screen_init(bool plain)
{
    const char* wish = getenv("RTMDEMO_COLOR");
    const char* no_color = getenv("NO_COLOR");
    HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE);
    DWORD mode;
    bool is_console = GetConsoleMode(out, &mode);

    if (wish && !strcmp(wish, "always"))
        fancy = true;
    else if (wish && !strcmp(wish, "never"))
        fancy = false;
    else
        fancy = is_console && !(no_color && *no_color);
    if (plain)
        fancy = false;
    if (is_console) {
        CONSOLE_SCREEN_BUFFER_INFO info;
        SetConsoleOutputCP(CP_UTF8);
        console = out;
        if (GetConsoleScreenBufferInfo(out, &info))
            console_usual = info.wAttributes;
        console_now = console_usual;
    } else {
        _setmode(_fileno(stdout), _O_BINARY); /* lines end as on the other side of the pipe */
    }
    setvbuf(stdout, NULL, _IOFBF, 4096);
    InitializeCriticalSection(&lock);
    QueryPerformanceFrequency(&clock_rate);
    QueryPerformanceCounter(&clock_start);
}

double screen_ms(void)
{
    LARGE_INTEGER now;
    QueryPerformanceCounter(&now);
    return (double)(now.QuadPart - clock_start.QuadPart) * 1000 / (double)clock_rate.QuadPart;
}

void screen_line(const char* format, ...)
{
    va_list args;
    char text[512];

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    begin();
    put("%s", text);
    end();
}

bool screen_fancy(void)
{
    return fancy;
}

bool screen_redraws(void)
{
    return fancy || console;
}

void screen_passing(const char* text)
{
    begin();
    put("%s", text);
    passing = columns_of(text);
    flush();
}

void screen_title(const char* text)
{
    int n;

    begin();
    put("\n%s%s %s%s ", colour(BOLD), glyph("━━", "=="), text, colour(RESET));
    put("%s", colour(DIM));
    for (n = columns_of(text) + 4; n < SCREEN_WIDTH; n++)
        put("%s", glyph("━", "="));
    put("%s", colour(RESET));
    end();
}

void screen_table_rule(int place, int columns, const int* widths)
{
    static const char* const corners[3][3] = {{"┌", "┬", "┐"}, {"├", "┼", "┤"}, {"└", "┴", "┘"}};
    int i, n;

    begin();
    put("%s", "  ");
    put("%s", colour(DIM));
    for (i = 0; i < columns; i++) {
        put("%s", glyph(corners[place + 1][i ? 1 : 0], "+"));
        for (n = 0; n < widths[i] + 2; n++)
            put("%s", glyph("─", "-"));
    }
    put("%s", glyph(corners[place + 1][2], "+"));
    put("%s", colour(RESET));
    end();
}

void screen_table_row(int columns, const int* widths, const char* const* cells)
{
    int i;

    begin();
    put("%s", "  ");
    for (i = 0; i < columns; i++) {
        put("%s", colour(DIM));
        put_padded(glyph("│", "|"), 2);
        put("%s", colour(RESET));
        put_padded(cells[i], widths[i] + 1);
    }
    put("%s", colour(DIM));
    put_padded(glyph("│", "|"), 1);
    put("%s", colour(RESET));
    end();
}

void screen_lanes(const char* const* names)
{
    static bool explained;
    int i;

    begin();
    if (!explained)
        put("%s%2s%s comes   %s is told   %s calls   %s answered   %s busy   %s blocked   %s "
            "leaves%s\n\n",
            colour(DIM), "", glyph("●", "+"), glyph("◆", "*"), glyph("▶", ">"), glyph("◀", "<"),
            glyph("▓", "#"), glyph("╳", "x"), glyph("○", "-"), colour(RESET));
    explained = true;
    put("%s%8s%s  ", colour(DIM), "ms", colour(RESET));
    for (i = 0; i < LANES; i++) {
        put("%s", colour(lane_colours[i]));
        put("%s", colour(BOLD));
        put_padded(names[i], LANE_WIDTH);
        put("%s", colour(RESET));
    }
    end();
}

static const char* lane_glyph(enum lane_state state)
{
    switch (state) {
    case LANE_ALIVE:
        return glyph("│", "|");
    case LANE_BUSY:
        return glyph("▓", "#");
    case LANE_BLOCKED:
        return glyph("╳", "x");
    default:
        return " ";
    }
}

void screen_event(int lane, enum lane_state state, enum mark mark, const char* format, ...)
{
    static const char* const marks[][2] = {{"●", "+"}, {"○", "-"}, {"◆", "*"}, {"▶", ">"},
                                           {"◀", "<"}, {"…", "."}, {"╳", "x"}};
    va_list args;
    char text[128];
    int i;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    begin();
    lanes[lane] = state;
    put("%s%8.1f%s  ", colour(DIM), screen_ms(), colour(RESET));
    for (i = 0; i < LANES; i++) {
        put("%s", colour(lane_colours[i]));
        if (i == lane) {
            put_padded(glyph(marks[mark][0], marks[mark][1]), 2);
            put_padded(text, LANE_WIDTH - 2);
        } else {
            put_padded(lane_glyph(lanes[i]), LANE_WIDTH);
        }
        put("%s", colour(RESET));
    }
    end();
}

void screen_check(bool seen, const char* format, ...)
{
    va_list args;
    char text[256];

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    begin();
    checks++;
    misses += !seen;
    put("  %s%s%s %s%s", colour(seen ? GREEN : RED), seen ? glyph("✔", "ok  ") : glyph("✘", "MISS"),
        colour(RESET), text, seen ? "" : "  <- not seen");
    end();
}

int screen_checks(void)
{
    return checks;
}

int screen_misses(void)
{
    return misses;
}

const char* screen_code_name(unsigned long code)
{
#define NAME(x)                                                                                    \
    case x:                                                                                        \
        return #x
    switch (code) {
        NAME(NO_ERROR);
        NAME(ERROR_INVALID_FUNCTION);
        NAME(ERROR_FILE_NOT_FOUND);
        NAME(ERROR_ACCESS_DENIED);
        NAME(ERROR_INVALID_HANDLE);
        NAME(ERROR_NOT_ENOUGH_MEMORY);
        NAME(ERROR_INVALID_DATA);
        NAME(ERROR_OUTOFMEMORY);
        NAME(ERROR_NOT_SUPPORTED);
        NAME(ERROR_INVALID_PARAMETER);
        NAME(ERROR_CALL_NOT_IMPLEMENTED);
        NAME(ERROR_INSUFFICIENT_BUFFER);
        NAME(ERROR_ALREADY_EXISTS);
        NAME(ERROR_NO_MORE_ITEMS);
        NAME(ERROR_NOT_FOUND);
        NAME(ERROR_TIMEOUT);
        NAME(ERROR_BAD_CONFIGURATION);
        NAME(ERROR_NO_SYSTEM_RESOURCES);
    default:
        return "another error";
    }
#undef NAME
}

void screen_need(const char* call, unsigned long code)
{
    if (code == NO_ERROR)
        return;
    begin();
    put("%sFAILED%s %s: %s (%lu)", colour(RED), colour(RESET), call, screen_code_name(code), code);
    end();
    ExitProcess(1);
}
