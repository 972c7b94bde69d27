// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "methods.h"
#include "entities.h"

#include "model/entities.h"

#include <algorithm>
#include <cstddef>

namespace fuzz
{

namespace
{

constexpr std::size_t header = offsetof(RTM_ENTITY_METHOD_OUTPUT, OutputData);

// Fills what room there is, up to method_data, with its number.
void WINAPI some_method(RTM_ENTITY_HANDLE, RTM_ENTITY_HANDLE, RTM_ENTITY_METHOD_INPUT*,
                        RTM_ENTITY_METHOD_OUTPUT* output)
{
    output->OutputSize = std::min(output->OutputSize, method_data);
    std::fill_n(output->OutputData, output->OutputSize,
                static_cast<UCHAR>(output->MethodType % 251));
}

void check_output(Session& session, const Buffer& buffer, const model::Invoked& invoked)
{
    std::size_t at = 0;
    for (unsigned bit : invoked.run) {
        const auto* entry = buffer.as<RTM_ENTITY_METHOD_OUTPUT>(at);
        const DWORD method = DWORD(1) << bit;
        session.expect_number("MethodType", entry->MethodType, method);
        session.expect_number("MethodStatus", entry->MethodStatus, NO_ERROR);
        const std::size_t room = buffer.size() - at - header;
        session.expect_number("OutputSize", entry->OutputSize,
                              std::min<std::size_t>(method_data, room));
        for (UINT i = 0; i < entry->OutputSize; ++i)
            session.expect_number("OutputData", entry->OutputData[i], method % 251);
        at += header + entry->OutputSize;
    }
    session.expect(buffer.is_painted(at), "too much was stored");
}

} // namespace

Buffer methods_argument(const std::vector<bool>& methods)
{
    const std::size_t at = offsetof(RTM_ENTITY_EXPORT_METHODS, Methods);
    Buffer buffer(at + methods.size() * sizeof(RTM_ENTITY_EXPORT_METHOD));
    auto* argument = buffer.as<RTM_ENTITY_EXPORT_METHODS>();
    argument->NumMethods = static_cast<UINT>(methods.size());
    for (std::size_t i = 0; i < methods.size(); ++i)
        argument->Methods[i] = method_at(methods, static_cast<unsigned>(i));
    return buffer;
}

RTM_ENTITY_EXPORT_METHOD method_at(const std::vector<bool>& methods, unsigned i)
{
    return methods[i] ? some_method : nullptr;
}

bool get_entity_methods(Session& session, HANDLE me, HANDLE entity, std::optional<UINT> capacity,
                        bool has_array)
{
    UINT count = capacity.value_or(0);
    Buffer array(count * sizeof(RTM_ENTITY_EXPORT_METHOD));
    has_array = has_array && count != 0;
    session.call("RtmGetEntityMethods", [&] {
        return RtmGetEntityMethods(me, entity, capacity ? &count : nullptr,
                                   has_array ? array.as<RTM_ENTITY_EXPORT_METHOD>() : nullptr);
    });
    auto listed =
        model::entity_methods(session.world, to_name(me), to_name(entity), capacity, has_array);
    const bool good = session.judge(listed.verdict);
    session.expect_number("the count", count,
                          listed.answered ? listed.count : capacity.value_or(0));
    const unsigned given = listed.answered ? listed.given : 0;
    for (unsigned i = 0; i < given; ++i)
        session.expect(array.as<RTM_ENTITY_EXPORT_METHOD>()[i] ==
                           method_at(listed.entity->methods, i),
                       "method %u is another one", i);
    session.expect(array.is_painted(given * sizeof(RTM_ENTITY_EXPORT_METHOD)),
                   "too much was stored");
    return good;
}

bool invoke_method(Session& session, HANDLE me, HANDLE entity, std::optional<DWORD> methods,
                   std::optional<UINT> output, bool has_buffer)
{
    if (model::would_wait_for_methods(session.world, to_name(me), to_name(entity)))
        return false;
    UINT size = output.value_or(0);
    Buffer buffer(size);
    RTM_ENTITY_METHOD_INPUT input{methods.value_or(0), 0, {0}};
    has_buffer = has_buffer && size != 0;
    session.call("RtmInvokeMethod", [&] {
        return RtmInvokeMethod(me, entity, methods ? &input : nullptr, output ? &size : nullptr,
                               has_buffer ? buffer.as<RTM_ENTITY_METHOD_OUTPUT>() : nullptr);
    });
    auto invoked = model::invoke(session.world, to_name(me), to_name(entity), methods, output,
                                 has_buffer, method_data);
    const bool good = session.judge(invoked.verdict);
    session.expect_number("the size", size, invoked.answered ? invoked.used : output.value_or(0));
    if (!invoked.answered)
        invoked.run.clear();
    check_output(session, buffer, invoked);
    return good;
}

bool block_methods(Session& session, HANDLE me, HANDLE target, UCHAR type, DWORD flag)
{
    session.call("RtmBlockMethods", [&] { return RtmBlockMethods(me, target, type, flag); });
    return session.judge(model::block_methods(session.world, to_name(me), to_name(target), flag));
}

} // namespace fuzz
