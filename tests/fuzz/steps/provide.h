// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Making what a step wants to work on, when there is none: inputs get further with fewer steps.

#pragma once

#include "steps/run.h"

namespace fuzz
{

/// Has the caller make an object of that kind, and lock it if it is to be `locked`.
void provide(Run& run, model::Kind kind, bool locked);

/// The same for an enumeration of all that there is.
void provide_enumeration(Run& run, model::Enumeration::Of of);

} // namespace fuzz
