// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "rtmv1.h"

#include "faults.h"

// In ntdll; of ntdef.h's types it takes what is written here.
extern "C" LONG WINAPI NtQueryEvent(HANDLE event, int information_class, void* information,
                                    ULONG length, ULONG* returned);

namespace rtm
{

namespace
{

class EventSignal final : public v1::Signal
{
public:
    /// Takes the handle over.
    explicit EventSignal(HANDLE event) noexcept : event_(event) {}
    ~EventSignal() override { CloseHandle(event_); }
    EventSignal(const EventSignal&) = delete;
    EventSignal& operator=(const EventSignal&) = delete;

    void raise() noexcept override { SetEvent(event_); }
    void clear() noexcept override { ResetEvent(event_); }

private:
    const HANDLE event_;
};

bool is_event(HANDLE handle) noexcept
{
    struct {
        LONG type;
        LONG state;
    } basic;
    constexpr LONG access_denied = static_cast<LONG>(0xc0000022); // no right to ask, then
    const LONG status = NtQueryEvent(handle, 0, &basic, sizeof(basic), nullptr);
    return status >= 0 || status == access_denied;
}

HANDLE duplicate(HANDLE handle) noexcept
{
    HANDLE copy;
    const HANDLE process = GetCurrentProcess();
    return DuplicateHandle(process, handle, process, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS)
               ? copy
               : nullptr;
}

} // namespace

std::unique_ptr<v1::Signal> make_signal(HANDLE event)
{
    if (!is_event(event))
        return nullptr;
    faults::before_resource();
    const HANDLE copy = duplicate(event);
    if (!copy)
        throw ResourceExhausted();
    try {
        faults::before_allocation();
        return std::make_unique<EventSignal>(copy);
    } catch (...) {
        CloseHandle(copy);
        throw;
    }
}

} // namespace rtm
