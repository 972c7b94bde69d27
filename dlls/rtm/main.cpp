// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The dll's entry point, and its engines.

#include "door.h"
#include "mgm_door.h"
#include "win32_clients.h"
#include "rtmv1.h"
#include "win32_host.h"

#include <memory>

namespace rtm
{

namespace
{

// Made when the dll comes in and never destroyed: at exit other threads may have been killed
// at any place, and a dll that an entity has registered with stays until then.
union Engine {
    constexpr Engine() noexcept : empty() {}
    ~Engine() {}

    char empty;
    struct {
        Win32Host host;
        Rib rib;
        Win32Clients clients;
        mgm::MemoryForwarder forwarder;
        mgm::GroupManager group_manager;
        v1::Engine v1;
    } parts;
};
constinit Engine engine;

} // namespace

Rib& rib() noexcept
{
    return engine.parts.rib;
}

mgm::GroupManager& group_manager() noexcept
{
    return engine.parts.group_manager;
}

mgm::MemoryForwarder& memory_forwarder() noexcept
{
    return engine.parts.forwarder;
}

v1::Engine& v1_engine() noexcept
{
    return engine.parts.v1;
}

} // namespace rtm

extern "C" BOOL WINAPI DllMain(HINSTANCE, DWORD reason, void*)
{
    if (reason == DLL_PROCESS_ATTACH) {
        auto& parts = rtm::engine.parts;
        std::construct_at(&parts.host);
        std::construct_at(&parts.rib, parts.host);
        std::construct_at(&parts.clients);
        std::construct_at(&parts.forwarder);
        std::construct_at(&parts.group_manager, parts.rib, parts.clients, parts.forwarder,
                          reinterpret_cast<rtm::ClientFunction>(&rtm::hear_of_routes));
        std::construct_at(&parts.v1, parts.rib);
    }
    return TRUE;
}
