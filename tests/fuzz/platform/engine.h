// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The engine that the doors call: a new one for every input.

#pragma once

#include "fuzz_host.h"

namespace fuzz
{

class Engine
{
public:
    explicit Engine(FuzzHost& host);
    /// All entities must have left, and all jobs have run.
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
};

} // namespace fuzz
