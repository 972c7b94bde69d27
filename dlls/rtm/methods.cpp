// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Methods: what entities let each other call.

#include "door.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

constexpr UINT output_header = offsetof(RTM_ENTITY_METHOD_OUTPUT, OutputData);

/// The caller's output buffer, filled with one entry after the other, without gaps.
class OutputBuffer
{
public:
    OutputBuffer(RTM_ENTITY_METHOD_OUTPUT* output, UINT size) noexcept
        : at_(reinterpret_cast<UCHAR*>(output)), left_(output ? size : 0)
    {
    }

    bool has_room() const noexcept { return left_ >= output_header; }
    UINT used() const noexcept { return used_; }

    /// Calls `method` with an entry of its own, preset as if it had nothing to add: a method
    /// may leave status and size alone.
    void run(RTM_ENTITY_EXPORT_METHOD method, DWORD bit, HANDLE caller, HANDLE callee,
             RTM_ENTITY_METHOD_INPUT* input)
    {
        // Entries follow without a gap, so one may lie anywhere.
        const UINT room = left_ - output_header;
        RTM_ENTITY_METHOD_OUTPUT entry{};
        entry.MethodType = bit;
        entry.MethodStatus = NO_ERROR;
        entry.OutputSize = room;
        std::memcpy(at_, &entry, output_header);
        method(caller, callee, input, reinterpret_cast<RTM_ENTITY_METHOD_OUTPUT*>(at_));
        std::memcpy(&entry, at_, output_header);
        entry.OutputSize = std::min(entry.OutputSize, room);
        std::memcpy(at_, &entry, output_header);
        const UINT size = output_header + entry.OutputSize;
        at_ += size;
        left_ -= size;
        used_ += size;
    }

private:
    UCHAR* at_;
    UINT left_;
    UINT used_ = 0;
};

/// Runs the methods that `input` asks for, lowest bit first. A bit without a method is skipped.
/// If one of them makes its entity leave, the others are not called.
DWORD run_methods(const Entity& caller, const Entity& callee, RTM_ENTITY_METHOD_INPUT* input,
                  OutputBuffer& output)
{
    const auto methods = callee.methods();
    for (DWORD wanted = input->MethodType; wanted != 0; wanted &= wanted - 1) {
        const unsigned i = std::countr_zero(static_cast<unsigned>(wanted));
        if (i >= methods.size())
            break;
        if (!methods[i])
            continue;
        if (!callee.is_registered())
            return ERROR_INVALID_HANDLE;
        if (!output.has_room())
            return ERROR_INSUFFICIENT_BUFFER;
        output.run(reinterpret_cast<RTM_ENTITY_EXPORT_METHOD>(methods[i]), DWORD(1) << i,
                   to_win32(caller.handle), to_win32(callee.handle), input);
    }
    return NO_ERROR;
}

} // namespace

DWORD WINAPI RtmGetEntityMethods(RTM_ENTITY_HANDLE handle, RTM_ENTITY_HANDLE entity, PUINT count,
                                 PRTM_ENTITY_EXPORT_METHOD methods)
{
    TRACE("(%p, %p, %p (%u), %p)\n", handle, entity, count, count ? *count : 0, methods);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        const Entity* found = caller.find_entity(to_handle(entity));
        if (!found || !found->is_registered())
            return ERROR_INVALID_HANDLE;
        if (!count || (!methods && *count != 0))
            return ERROR_INVALID_PARAMETER;
        const auto exported = found->methods();
        const UINT total = static_cast<UINT>(exported.size());
        const UINT capacity = *count;
        const UINT given = std::min(capacity, total);
        for (UINT i = 0; i < given; ++i)
            methods[i] = reinterpret_cast<RTM_ENTITY_EXPORT_METHOD>(exported[i]);
        *count = capacity == 0 ? total : given;
        return given < total && capacity != 0 ? ERROR_INSUFFICIENT_BUFFER : NO_ERROR;
    });
}

DWORD WINAPI RtmInvokeMethod(RTM_ENTITY_HANDLE handle, RTM_ENTITY_HANDLE entity,
                             PRTM_ENTITY_METHOD_INPUT input, PUINT output_size,
                             PRTM_ENTITY_METHOD_OUTPUT output)
{
    TRACE("(%p, %p, %p (methods %#lx, %u bytes), %p (%u), %p)\n", handle, entity, input,
          input ? static_cast<unsigned long>(input->MethodType) : 0, input ? input->InputSize : 0,
          output_size, output_size ? *output_size : 0, output);
    return answer(__func__, [&]() -> DWORD {
        if (Caller caller(rib(), to_handle(handle));
            !caller || !caller.find_entity(to_handle(entity)))
            return ERROR_INVALID_HANDLE;
        if (!input || !output_size || (!output && *output_size != 0))
            return ERROR_INVALID_PARAMETER;
        DWORD code = NO_ERROR;
        bool entered = rib().invoke(to_handle(handle), to_handle(entity),
                                    [&](const Entity& caller, const Entity& callee) {
                                        OutputBuffer buffer(output, *output_size);
                                        code = run_methods(caller, callee, input, buffer);
                                        *output_size = buffer.used();
                                    });
        return entered ? code : ERROR_INVALID_HANDLE;
    });
}

namespace
{

bool is_target(const Caller& caller, HANDLE target)
{
    const Handle handle = to_handle(target);
    return caller.find_destination(handle) || caller.find_route(handle) ||
           caller.table().next_hops().find(handle);
}

} // namespace

DWORD WINAPI RtmBlockMethods(RTM_ENTITY_HANDLE handle, HANDLE target, UCHAR target_type,
                             DWORD blocking_flag)
{
    TRACE("(%p, %p, %u, %lu)\n", handle, target, target_type,
          static_cast<unsigned long>(blocking_flag));
    return answer(__func__, [&]() -> DWORD {
        // Blocking for one object alone is not supported, as the page says: all are blocked.
        if (Caller caller(rib(), to_handle(handle));
            !caller || (target && !is_target(caller, target)))
            return ERROR_INVALID_HANDLE;
        if (blocking_flag != RTM_BLOCK_METHODS && blocking_flag != RTM_RESUME_METHODS)
            return ERROR_INVALID_PARAMETER;
        bool done = rib().set_blocked(to_handle(handle), blocking_flag == RTM_BLOCK_METHODS);
        return done ? NO_ERROR : ERROR_INVALID_HANDLE;
    });
}
