// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "engine.h"

#include "door.h"
#include "rib.h"
#include "win32_host.h"

#include <memory>
#include <optional>

namespace
{

std::optional<rtm::Rib> the_rib;

} // namespace

namespace rtm
{

Rib& rib() noexcept
{
    return *the_rib;
}

// There is no dll that could go away.
void keep_dll() noexcept {}

} // namespace rtm

namespace fuzz
{

Engine::Engine(FuzzHost& host)
{
    the_rib.emplace(host);
}

Engine::~Engine()
{
    the_rib.reset();
}

} // namespace fuzz
