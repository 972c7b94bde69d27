// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "win32_host.h"

#include "configuration.h"
#include "door.h"
#include "dump.h"
#include "layouts.h"
#include "memory.h"
#include "thread_pool.h"

#include <atomic>
#include <cstdlib>

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

namespace rtm
{

namespace
{

constexpr std::uint64_t ticks_per_ms = 10000; // of FILETIME

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
    listen_for_dump_requests();
    FILETIME now;
    GetSystemTimeAsFileTime(&now);
    clock_base_ = (static_cast<std::uint64_t>(now.dwHighDateTime) << 32 | now.dwLowDateTime) -
                  GetTickCount64() * ticks_per_ms;
}

std::shared_ptr<ThreadPool> Win32Host::pool()
{
    std::lock_guard lock(mutex_);
    auto pool = pool_.lock();
    if (!pool)
        pool_ = pool = ThreadPool::make();
    return pool;
}

std::unique_ptr<Runner> Win32Host::make_runner(Job& job)
{
    return ThreadPool::make_runner(pool(), job);
}

std::unique_ptr<Alarm> Win32Host::make_alarm(Job& job)
{
    return ThreadPool::make_alarm(pool(), job);
}

std::uint64_t Win32Host::now_ms() noexcept
{
    LARGE_INTEGER count;
    LARGE_INTEGER frequency;
    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    const auto ticks = static_cast<std::uint64_t>(count.QuadPart);
    const auto per_second = static_cast<std::uint64_t>(frequency.QuadPart);
    return ticks / per_second * 1000 + ticks % per_second * 1000 / per_second;
}

// The tick count is in memory, the system time a call of the kernel.
std::uint64_t Win32Host::wall_clock() noexcept
{
    return clock_base_ + GetTickCount64() * ticks_per_ms;
}

void* Win32Host::map(std::size_t size)
{
    if (void* memory = map_memory(size))
        return memory;
    throw std::bad_alloc();
}

void Win32Host::unmap(void* memory, std::size_t size) noexcept
{
    unmap_memory(memory, size);
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

bool Win32Host::tell_expired(ClientFunction callback, Entity& owner, Handle route,
                             RouteInfo& live) noexcept
{
    HANDLE to = to_win32(owner.handle);
    TRACE("route %p has expired, telling %p at %p\n", to_win32(route), to,
          reinterpret_cast<void*>(callback));
    DWORD code = reinterpret_cast<RTM_EVENT_CALLBACK>(callback)(to, RTM_ROUTE_EXPIRED,
                                                                to_win32(route), to_win32(live));
    TRACE("%p returned %s\n", to, code_name(code));
    return code == ERROR_NOT_SUPPORTED;
}

void Win32Host::tell_changes(ClientFunction callback, Entity& receiver, Handle notification,
                             void* context) noexcept
{
    HANDLE to = to_win32(receiver.handle);
    TRACE("changes for %p, telling %p at %p\n", to_win32(notification), to,
          reinterpret_cast<void*>(callback));
    DWORD code = reinterpret_cast<RTM_EVENT_CALLBACK>(callback)(to, RTM_CHANGE_NOTIFICATION,
                                                                to_win32(notification), context);
    TRACE("%p returned %s\n", to, code_name(code));
}

} // namespace rtm
