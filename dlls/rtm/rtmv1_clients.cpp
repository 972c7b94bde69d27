// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// RTMv1: clients, and what they are told.

#include "rtmv1.h"
#include "win32_host.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

extern "C" BOOLEAN WINAPI RtlDllShutdownInProgress(void);

using namespace rtm;

namespace
{

/// Status::invalid_parameter if the event is none.
template <class Client> Status join(DWORD protocol, HANDLE change_event, DWORD flags, Handle& made)
{
    v1_engine().before_join();
    std::unique_ptr<v1::Signal> signal;
    if (change_event) {
        signal = make_signal(change_event);
        if (!signal)
            return Status::invalid_parameter;
    }
    return v1_engine().join(std::allocate_shared<Client>(Allocator<Client>(), protocol,
                                                         (flags & RTM_PROTOCOL_SINGLE_ROUTE) != 0,
                                                         std::move(signal)),
                            made);
}

void report(HANDLE client, const v1::Leftovers& leftovers)
{
    if (leftovers.messages.waiting != 0)
        WARN("%p leaves and has not fetched %lu change messages\n", client,
             static_cast<unsigned long>(leftovers.messages.waiting));
    if (leftovers.messages.lost != 0)
        WARN("%lu changes could not be told to %p for want of memory\n",
             static_cast<unsigned long>(leftovers.messages.lost), client);
    if (leftovers.enumerations != 0)
        WARN("the last client leaves, and %lu enumerations have not been closed\n",
             static_cast<unsigned long>(leftovers.enumerations));
}

} // namespace

HANDLE WINAPI RtmRegisterClient(DWORD protocol_family, DWORD routing_protocol, HANDLE change_event,
                                DWORD flags)
{
    TRACE("(%s, protocol %lu, %p, %#lx)\n", rtm::family_name(protocol_family),
          static_cast<unsigned long>(routing_protocol), change_event,
          static_cast<unsigned long>(flags));
    Handle made = 0;
    const DWORD code = answer(__func__, [&]() -> DWORD {
        if ((flags & ~DWORD(RTM_PROTOCOL_SINGLE_ROUTE)) != 0)
            return ERROR_INVALID_PARAMETER;
        keep_dll();
        switch (protocol_family) {
        case RTM_PROTOCOL_FAMILY_IP:
            return v1_code(join<v1::IpClient>(routing_protocol, change_event, flags, made));
        case RTM_PROTOCOL_FAMILY_IPX:
            return v1_code(join<v1::IpxClient>(routing_protocol, change_event, flags, made));
        default:
            return ERROR_INVALID_PARAMETER;
        }
    });
    if (code != NO_ERROR)
        SetLastError(code);
    else
        TRACE("%p is protocol %lu of %s\n", to_win32(made),
              static_cast<unsigned long>(routing_protocol), rtm::family_name(protocol_family));
    return to_win32(made);
}

DWORD WINAPI RtmDeregisterClient(HANDLE client_handle)
{
    TRACE("(%p)\n", client_handle);
    return answer(__func__, [&]() -> DWORD {
        // The process ends: threads that one would wait for were killed where they stood.
        if (RtlDllShutdownInProgress())
            return v1_code(v1_engine().with_client(to_handle(client_handle),
                                                   [](auto&, auto&) { return Status::ok; }));
        v1::Leftovers leftovers;
        if (!v1_engine().leave(to_handle(client_handle), leftovers))
            return ERROR_INVALID_HANDLE;
        report(client_handle, leftovers);
        return NO_ERROR;
    });
}

DWORD WINAPI RtmDequeueRouteChangeMessage(HANDLE client_handle, DWORD* flags, PVOID cur_best_route,
                                          PVOID prev_best_route)
{
    TRACE("(%p, %p, %p, %p)\n", client_handle, flags, cur_best_route, prev_best_route);
    return answer(__func__, [&]() -> DWORD {
        v1::Fetched fetched = v1::Fetched::none;
        const Status status =
            v1_engine().with_client(to_handle(client_handle), [&](auto& table, auto& client) {
                if (!client.messages.has_signal())
                    return Status::invalid_handle;
                if (!flags)
                    return Status::invalid_parameter;
                v1::BestRouteChange<FamilyOf<decltype(table)>> change;
                fetched = table.journal().fetch(client.messages, change);
                if (fetched != v1::Fetched::none)
                    write_change(change, *flags, cur_best_route, prev_best_route);
                return Status::ok;
            });
        if (status != Status::ok)
            return v1_code(status);
        if (fetched == v1::Fetched::none)
            return ERROR_NO_MESSAGES;
        return fetched == v1::Fetched::more ? ERROR_MORE_MESSAGES : NO_ERROR;
    });
}
