// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What every door of the dll needs. A door is an exported function: it traces, checks its
// arguments, turns handles into objects, calls the engine, and turns the outcome into a
// Win32 code.

#pragma once

#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>

#include "rtmv2.h"

#include "rib.h"
#include "trace.h"
#include "wine_debug.h"

#include <cstdint>
#include <new>
#include <span>

namespace rtm
{

/// The one engine of this process.
Rib& rib() noexcept;

inline Handle to_handle(HANDLE value) noexcept
{
    return reinterpret_cast<Handle>(value);
}
inline HANDLE to_win32(Handle handle) noexcept
{
    return reinterpret_cast<HANDLE>(handle);
}

/// The Win32 code that says the same as `status`.
DWORD win32_code(Status status) noexcept;

/// Handles as the engine spells them.
inline std::span<const Handle> handles_of(const HANDLE* handles, UINT count) noexcept
{
    static_assert(sizeof(HANDLE) == sizeof(Handle));
    return {reinterpret_cast<const Handle*>(handles), count};
}

/// Whether so many things can be in memory at all. Arrays that cannot are refused.
template <class Thing> bool can_be(const Thing* array, UINT count) noexcept
{
    return count == 0 || (array && std::size_t(count) <= PTRDIFF_MAX / sizeof(Thing));
}

/// Gives back `count` handles of one kind: the body of the doors that do.
DWORD release_handles(const char* name, HANDLE entity, Kind kind, UINT count,
                      const HANDLE* handles) noexcept;

/// For who debugs a client: it gave back what it was not handed, or more often.
void warn_of_excess_release(const char* name, HANDLE entity) noexcept;

enum class EventKind { entities, changes };

/// Likewise: it is in a callback in which the documentation forbids the call.
void warn_if_in_event(const Entity& entity, const char* name, EventKind kind) noexcept;

/// What `entity` registered with, but for methods and callback.
void fill(RTM_ENTITY_INFO& info, const Entity& entity) noexcept;

/// Runs the body of the door called `name` and traces what it returns. Lets no exception out:
/// one that left an exported function would end the process.
template <class Body> DWORD answer(const char* name, Body body) noexcept
{
    DWORD code;
    try {
        code = body();
    } catch (const std::bad_alloc&) {
        code = ERROR_NOT_ENOUGH_MEMORY;
    } catch (...) {
        code = ERROR_NO_SYSTEM_RESOURCES;
    }
    trace_outcome(name, code);
    return code;
}

/// The same for a call of a registered entity: body(caller) runs inside its read section.
/// ERROR_INVALID_HANDLE if `entity` is none.
template <class Body> DWORD answer(const char* name, HANDLE entity, Body body) noexcept
{
    return answer(name, [&]() -> DWORD {
        const Caller caller(rib(), to_handle(entity));
        return caller ? body(caller) : ERROR_INVALID_HANDLE;
    });
}

} // namespace rtm
