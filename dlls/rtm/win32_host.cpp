// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "win32_host.h"

#include "configuration.h"
#include "door.h"
#include "thread_pool.h"

#include <atomic>
#include <cstdlib>

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

namespace rtm
{

namespace
{

unsigned number_in_environment(const char* name)
{
    char text[16];
    DWORD length = GetEnvironmentVariableA(name, text, sizeof(text));
    return length != 0 && length < sizeof(text) ? std::strtoul(text, nullptr, 10) : 0;
}

} // namespace

void keep_dll() noexcept
{
    static constinit std::atomic<bool> is_kept{false};
    if (is_kept.load(std::memory_order_relaxed))
        return;
    HMODULE module;
    if (GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                           reinterpret_cast<const char*>(&rib), &module))
        is_kept = true;
}

void Win32Host::before_first_entity()
{
    faults::fail_allocation(number_in_environment("RTM_FAIL_ALLOCATION"));
    faults::fail_resource(number_in_environment("RTM_FAIL_RESOURCE"));
}

std::unique_ptr<Runner> Win32Host::make_runner(Job& job)
{
    auto pool = pool_.lock();
    if (!pool)
        pool_ = pool = ThreadPool::make();
    return ThreadPool::make_runner(pool, job);
}

Status Win32Host::configure(Limits& limits)
{
    return read_limits(limits) ? Status::ok : Status::bad_configuration;
}

void Win32Host::tell(ClientFunction callback, EntityEvent event, Entity& receiver,
                     Entity& subject) noexcept
{
    RTM_ENTITY_INFO info;
    fill(info, subject);
    bool registered = event == EntityEvent::registered;
    HANDLE to = to_win32(receiver.handle);
    HANDLE about = to_win32(subject.handle);
    TRACE("%s %p %s, telling %p at %p\n", registered ? "registered:" : "deregistered:", about,
          describe(&info), to, reinterpret_cast<void*>(callback));
    DWORD code = reinterpret_cast<RTM_EVENT_CALLBACK>(callback)(
        to, registered ? RTM_ENTITY_REGISTERED : RTM_ENTITY_DEREGISTERED, about, &info);
    TRACE("%p returned %s\n", to, code_name(code));
}

} // namespace rtm
