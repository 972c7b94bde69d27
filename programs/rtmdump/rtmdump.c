/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Shows the routing tables of running programs: asks each that was started with RTM_DUMP=FILE to
 * write its tables there, and prints them. See dlls/rtm/dump.h for how the two agree. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <tlhelp32.h>

#define ANSWER_MS 30000

static const char usage[] =
    "usage: rtmdump [PID]\n"
    "\n"
    "Prints the routing tables of running programs that use rtm.dll, in the style of \"ip "
    "route\".\n"
    "A program takes part if it was started with RTM_DUMP=FILE in its environment; FILE is where\n"
    "it writes its tables when asked. With PID, only that process (Wine's number, as in\n"
    "\"winedbg --command 'info proc'\", in decimal).\n";

static HANDLE open_event(const char* name, DWORD pid, DWORD access)
{
    char text[64];

    snprintf(text, sizeof(text), "%s.%lu", name, pid);
    return OpenEventA(access, FALSE, text);
}

static BOOL read_file_name(DWORD pid, char (*file)[MAX_PATH])
{
    char text[64];
    const char* shared;
    HANDLE mapping;

    snprintf(text, sizeof(text), "RtmDumpFile.%lu", pid);
    mapping = OpenFileMappingA(FILE_MAP_READ, FALSE, text);
    shared = mapping ? MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, MAX_PATH) : NULL;
    if (shared)
        snprintf(*file, sizeof(*file), "%s", shared);
    if (mapping)
        CloseHandle(mapping);
    return shared != NULL;
}

static BOOL print_file(const char* name)
{
    char text[4096];
    size_t length;
    FILE* file = fopen(name, "rb");

    if (!file) {
        fprintf(stderr, "rtmdump: cannot read %s\n", name);
        return FALSE;
    }
    while ((length = fread(text, 1, sizeof(text), file)) != 0)
        fwrite(text, 1, length, stdout);
    fclose(file);
    return TRUE;
}

/* Has a process write its tables, and prints them. */
static BOOL dump(DWORD pid, const char* program, HANDLE asked)
{
    char file[MAX_PATH];
    HANDLE done = open_event("RtmDumped", pid, SYNCHRONIZE);
    BOOL answered =
        done && SetEvent(asked) && WaitForSingleObject(done, ANSWER_MS) == WAIT_OBJECT_0;

    if (done)
        CloseHandle(done);
    if (!answered || !read_file_name(pid, &file)) {
        fprintf(stderr, "rtmdump: %s (process %lu) does not answer\n", program, pid);
        return FALSE;
    }
    printf("# %s, process %lu, %s\n", program, pid, file);
    return print_file(file);
}

/* Asks all processes, or only that one. Returns how many have answered. */
static unsigned dump_processes(DWORD only)
{
    unsigned answers = 0;
    PROCESSENTRY32 process = {.dwSize = sizeof(process)};
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    BOOL more;

    for (more = Process32First(all, &process); more; more = Process32Next(all, &process)) {
        HANDLE asked;

        if (only && process.th32ProcessID != only)
            continue;
        asked = open_event("RtmDump", process.th32ProcessID, EVENT_MODIFY_STATE);
        if (!asked)
            continue;
        answers += dump(process.th32ProcessID, process.szExeFile, asked);
        CloseHandle(asked);
    }
    CloseHandle(all);
    return answers;
}

int main(int argc, char** argv)
{
    DWORD only = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;

    if (argc > 2 || (argc == 2 && only == 0)) {
        const BOOL asked = argc == 2 && !strcmp(argv[1], "--help");

        fputs(usage, asked ? stdout : stderr);
        return asked ? 0 : 2;
    }
    if (dump_processes(only) != 0)
        return 0;
    fprintf(stderr,
            "rtmdump: no program %s that was started with RTM_DUMP=FILE and has an entity\n",
            only ? "of that number" : "runs");
    return 1;
}
