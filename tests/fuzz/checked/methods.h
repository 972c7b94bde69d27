// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The methods that the clients of a run export.

#pragma once

#include "buffer.h"
#include "win32_types.h"

namespace fuzz
{

/// Bytes of data that each of them returns. A multiple of four, as a method writes to its entry
/// without caring where that lies.
constexpr unsigned method_data = 4;

/// An RTM_ENTITY_EXPORT_METHODS with a method for every true, and NULL for every false.
Buffer methods_argument(const std::vector<bool>& methods);

/// The one at that place, as the API hands it out.
RTM_ENTITY_EXPORT_METHOD method_at(const std::vector<bool>& methods, unsigned i);

} // namespace fuzz
