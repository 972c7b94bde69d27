// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Memory for large tables, straight from the system.

#pragma once

#include <cstddef>

namespace rtm
{

/// `size` bytes of zeros at a page's begin, in large pages if the system has them; nullptr if it
/// has not so many.
void* map_memory(std::size_t size) noexcept;

void unmap_memory(void* memory, std::size_t size) noexcept;

} // namespace rtm
