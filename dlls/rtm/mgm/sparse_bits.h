// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Sets of small numbers. Numbers that are near each other share 72 bytes, so that 10,000 groups
// joined on 1,000 interfaces take a bit each, and a set of one takes little.

#pragma once

#include "faults.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace rtm::mgm
{

class SparseBits
{
    static constexpr std::uint32_t bits_per_chunk = 512;

    struct Chunk {
        std::uint32_t number;
        std::array<std::uint64_t, bits_per_chunk / 64> words{};

        bool is_empty() const noexcept
        {
            return std::all_of(words.begin(), words.end(), [](auto word) { return word == 0; });
        }
    };

public:
    bool is_empty() const noexcept { return chunks_.empty(); }
    bool has(std::uint32_t bit) const noexcept;

    /// True if it was not there. Throws std::bad_alloc, and then changes nothing.
    bool add(std::uint32_t bit);

    /// True if it was there.
    bool remove(std::uint32_t bit) noexcept;

    /// The lowest. Not of an empty set.
    std::uint32_t first() const noexcept;

    /// Visits what is in any of some sets, lowest first.
    template <class Visit>
    static void for_each(std::span<const SparseBits* const> sets, Visit visit)
    {
        std::uint64_t next = 0; // chunk
        while (true) {
            Chunk all{no_chunk, {}};
            for (const SparseBits* set : sets) {
                const auto chunk = set->at_or_after(next);
                if (chunk == set->chunks_.end() || chunk->number > all.number)
                    continue;
                if (chunk->number < all.number)
                    all = Chunk{chunk->number, {}};
                for (std::size_t i = 0; i < all.words.size(); ++i)
                    all.words[i] |= chunk->words[i];
            }
            if (all.number == no_chunk)
                return;
            visit_chunk(all, visit);
            next = std::uint64_t(all.number) + 1;
        }
    }

private:
    using Chunks = std::vector<Chunk, Allocator<Chunk>>;
    static constexpr std::uint32_t no_chunk = ~std::uint32_t(0);

    Chunks::const_iterator at_or_after(std::uint64_t number) const noexcept;
    Chunks::iterator find(std::uint32_t bit) noexcept;

    static std::uint64_t mask_of(std::uint32_t bit) noexcept
    {
        return std::uint64_t(1) << bit % 64;
    }
    static std::size_t word_of(std::uint32_t bit) noexcept { return bit % bits_per_chunk / 64; }

    template <class Visit> static void visit_chunk(const Chunk& chunk, Visit& visit)
    {
        for (std::uint32_t i = 0; i < chunk.words.size(); ++i)
            for (std::uint64_t word = chunk.words[i]; word != 0; word &= word - 1)
                visit(chunk.number * bits_per_chunk + i * 64 +
                      static_cast<std::uint32_t>(std::countr_zero(word)));
    }

    Chunks chunks_; // by number; none is empty
};

} // namespace rtm::mgm
