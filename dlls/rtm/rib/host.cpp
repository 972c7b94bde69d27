// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "host.h"

#include <cstring>
#include <new>

namespace rtm
{

namespace
{

constexpr std::align_val_t alignment{64};

} // namespace

void* Host::map(std::size_t size)
{
    return std::memset(::operator new(size, alignment), 0, size);
}

void Host::unmap(void* memory, std::size_t) noexcept
{
    ::operator delete(memory, alignment);
}

} // namespace rtm
