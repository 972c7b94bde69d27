// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "dump.h"

#include "door.h"
#include "ipx_text.h"
#include "rtmv1.h"
#include "table_text.h"

#include <atomic>
#include <cstdio>

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

namespace rtm
{

namespace
{

// What belongs to the listening of this process; it lasts as long as that.
struct Listener {
    char file[MAX_PATH];
    HANDLE asked;
    HANDLE done;
};

HANDLE make_event(const char* name)
{
    char text[64];
    std::snprintf(text, sizeof(text), "%s.%lu", name,
                  static_cast<unsigned long>(GetCurrentProcessId()));
    return CreateEventA(nullptr, FALSE, FALSE, text);
}

bool publish_file_name(const char* file)
{
    char text[64];
    std::snprintf(text, sizeof(text), "RtmDumpFile.%lu",
                  static_cast<unsigned long>(GetCurrentProcessId()));
    HANDLE mapping =
        CreateFileMappingA(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0, MAX_PATH, text);
    auto* name = static_cast<char*>(mapping ? MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, MAX_PATH)
                                            : nullptr);
    if (!name)
        return false;
    std::snprintf(name, MAX_PATH, "%s", file);
    return true; // mapped for as long as the process lives
}

class File
{
public:
    explicit File(const char* name)
        : handle_(CreateFileA(name, GENERIC_WRITE, FILE_SHARE_READ, nullptr, CREATE_ALWAYS,
                              FILE_ATTRIBUTE_NORMAL, nullptr))
    {
    }
    ~File()
    {
        if (*this)
            CloseHandle(handle_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    explicit operator bool() const { return handle_ != INVALID_HANDLE_VALUE; }

    void write(std::string_view text)
    {
        DWORD written;
        WriteFile(handle_, text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
    }

private:
    HANDLE handle_;
};

void write_tables(const char* name) noexcept
{
    File file(name);
    if (!file) {
        WARN("cannot write %s: error %lu\n", name, static_cast<unsigned long>(GetLastError()));
        return;
    }
    const auto say = [&](std::string_view text) { file.write(text); };
    try {
        for (const auto& table : rib().tables())
            write_text(*table, say);
        write_text(v1_engine().ipx(), say);
    } catch (const std::bad_alloc&) {
        file.write("(no memory for more)\n");
    }
}

void CALLBACK on_request(void* context, BOOLEAN) noexcept
{
    const auto* listener = static_cast<const Listener*>(context);
    write_tables(listener->file);
    rib().sections().settle(); // a table may have ended meanwhile, and gone with the last look
    SetEvent(listener->done);
}

bool read_file_name(char (&file)[MAX_PATH])
{
    char text[MAX_PATH];
    const DWORD length = GetEnvironmentVariableA("RTM_DUMP", text, sizeof(text));
    if (length == 0 || length >= sizeof(text))
        return false;
    const DWORD full = GetFullPathNameA(text, sizeof(file), file, nullptr);
    return full != 0 && full < sizeof(file);
}

} // namespace

void listen_for_dump_requests() noexcept
{
    static constinit std::atomic<bool> is_listening{false};
    static Listener listener;
    if (is_listening.exchange(true) || !read_file_name(listener.file))
        return;
    listener.asked = make_event("RtmDump");
    listener.done = make_event("RtmDumped");
    HANDLE wait;
    if (!listener.asked || !listener.done || !publish_file_name(listener.file) ||
        !RegisterWaitForSingleObject(&wait, listener.asked, &on_request, &listener, INFINITE,
                                     WT_EXECUTELONGFUNCTION))
        WARN("cannot listen for requests to dump the tables\n");
}

} // namespace rtm
