// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The dll's entry point, and its engines.

#include "door.h"
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
        v1::Engine v1;
    } parts;
};
constinit Engine engine;

} // namespace

Rib& rib() noexcept
{
    return engine.parts.rib;
}

v1::Engine& v1_engine() noexcept
{
    return engine.parts.v1;
}

} // namespace rtm

extern "C" BOOL WINAPI DllMain(HINSTANCE, DWORD reason, void*)
{
    if (reason == DLL_PROCESS_ATTACH) {
        std::construct_at(&rtm::engine.parts.host);
        std::construct_at(&rtm::engine.parts.rib, rtm::engine.parts.host);
        std::construct_at(&rtm::engine.parts.v1, rtm::engine.parts.rib);
    }
    return TRUE;
}
