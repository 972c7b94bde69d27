// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "memory.h"

#ifdef __WINE_PE_BUILD
#include <windows.h>
#else
#include <cstdint>
#include <sys/mman.h>
#endif

namespace rtm
{

#ifdef __WINE_PE_BUILD

void* map_memory(std::size_t size) noexcept
{
    return VirtualAlloc(nullptr, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

void unmap_memory(void* memory, std::size_t) noexcept
{
    VirtualFree(memory, 0, MEM_RELEASE);
}

#else // of winelib, which is code of Linux

namespace
{

constexpr std::size_t large_page = std::size_t(2) << 20;

} // namespace

void* map_memory(std::size_t size) noexcept
{
    // Linux backs by large pages what is aligned to them; where it is to begin can only be asked
    // for by taking too much.
    const std::size_t slack = size >= large_page ? large_page : 0;
    void* mapped =
        mmap(nullptr, size + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED)
        return nullptr;
    if (slack == 0)
        return mapped;
    auto* begin = static_cast<std::byte*>(mapped);
    const std::size_t before = -reinterpret_cast<std::uintptr_t>(begin) % large_page;
    if (before != 0)
        munmap(begin, before);
    if (before != slack)
        munmap(begin + before + size, slack - before);
    madvise(begin + before, size, MADV_HUGEPAGE); // no matter if it has none
    return begin + before;
}

void unmap_memory(void* memory, std::size_t size) noexcept
{
    munmap(memory, size);
}

#endif

} // namespace rtm
