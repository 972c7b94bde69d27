// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Where a table's slabs and tree nodes lie: regions of megabytes from the host, which can back
// them by large pages. A large table is mostly cache misses, and with small pages each would be
// a miss of the address translation, too. A region goes back to the host as a whole, when its last
// piece has; what a table has taken is not left in some allocator after it.

#pragma once

#include <atomic>
#include <cstddef>

namespace rtm
{

class Host;

class Regions
{
    struct Region;

public:
    /// A part of a region.
    struct Piece {
        void* memory;
        Region* region;
    };

    explicit Regions(Host& host) noexcept : host_(host) {}
    Regions(const Regions&) = delete;
    Regions& operator=(const Regions&) = delete;

    /// Pieces may outlast it.
    ~Regions();

    /// `size` bytes aligned to a cache line, with zeros. Throws std::bad_alloc. The caller's to
    /// serialize.
    Piece take(std::size_t size);

    /// On any thread.
    static void give_back(const Piece& piece) noexcept { let_go(*piece.region); }

private:
    struct Region {
        Host& host;
        std::size_t size;
        std::atomic<std::size_t> holders{1}; // pieces, and the store that it is open in
    };

    static void let_go(Region& region) noexcept;
    void open(std::size_t least);

    Host& host_;
    Region* open_ = nullptr;
    std::byte* unused_ = nullptr; // of the open region
    std::byte* end_ = nullptr;
};

} // namespace rtm
