// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "regions.h"

#include "faults.h"
#include "host.h"

#include <new>
#include <utility>

namespace rtm
{

namespace
{

constexpr std::size_t line = 64;

// A small table is to stay small: only from its second region on are large pages worth it.
constexpr std::size_t first_size = std::size_t(1) << 20;
constexpr std::size_t full_size = std::size_t(8) << 20;

constexpr std::size_t lines(std::size_t bytes) noexcept
{
    return (bytes + line - 1) / line * line;
}

} // namespace

Regions::~Regions()
{
    if (open_)
        let_go(*open_);
}

Regions::Piece Regions::take(std::size_t size)
{
    faults::before_allocation();
    size = lines(size);
    if (static_cast<std::size_t>(end_ - unused_) < size)
        open(size);
    open_->holders.fetch_add(1, std::memory_order_relaxed);
    return {std::exchange(unused_, unused_ + size), open_};
}

void Regions::open(std::size_t least)
{
    const std::size_t head = lines(sizeof(Region));
    std::size_t size = open_ ? full_size : first_size;
    if (size < least + head)
        size = least + head;
    auto* memory = static_cast<std::byte*>(host_.map(size));
    if (open_)
        let_go(*open_);
    open_ = ::new (static_cast<void*>(memory)) Region{host_, size};
    unused_ = memory + head;
    end_ = memory + size;
}

void Regions::let_go(Region& region) noexcept
{
    if (region.holders.fetch_sub(1, std::memory_order_acq_rel) == 1)
        region.host.unmap(&region, region.size);
}

} // namespace rtm
