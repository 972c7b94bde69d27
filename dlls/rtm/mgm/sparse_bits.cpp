// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "sparse_bits.h"

namespace rtm::mgm
{

SparseBits::Chunks::const_iterator SparseBits::at_or_after(std::uint64_t number) const noexcept
{
    return std::lower_bound(chunks_.begin(), chunks_.end(), number,
                            [](const Chunk& chunk, std::uint64_t n) { return chunk.number < n; });
}

/// The chunk for a bit, or the place where it would be.
SparseBits::Chunks::iterator SparseBits::find(std::uint32_t bit) noexcept
{
    return chunks_.begin() + (at_or_after(bit / bits_per_chunk) - chunks_.cbegin());
}

bool SparseBits::has(std::uint32_t bit) const noexcept
{
    const auto chunk = at_or_after(bit / bits_per_chunk);
    return chunk != chunks_.end() && chunk->number == bit / bits_per_chunk &&
           (chunk->words[word_of(bit)] & mask_of(bit)) != 0;
}

bool SparseBits::add(std::uint32_t bit)
{
    auto chunk = find(bit);
    if (chunk == chunks_.end() || chunk->number != bit / bits_per_chunk)
        chunk = chunks_.insert(chunk, Chunk{bit / bits_per_chunk, {}});
    std::uint64_t& word = chunk->words[word_of(bit)];
    const bool is_new = (word & mask_of(bit)) == 0;
    word |= mask_of(bit);
    return is_new;
}

bool SparseBits::remove(std::uint32_t bit) noexcept
{
    const auto chunk = find(bit);
    if (chunk == chunks_.end() || chunk->number != bit / bits_per_chunk)
        return false;
    std::uint64_t& word = chunk->words[word_of(bit)];
    const bool was_there = (word & mask_of(bit)) != 0;
    word &= ~mask_of(bit);
    if (chunk->is_empty())
        chunks_.erase(chunk);
    return was_there;
}

std::uint32_t SparseBits::first() const noexcept
{
    const Chunk& chunk = chunks_.front();
    std::uint32_t i = 0;
    while (chunk.words[i] == 0)
        ++i;
    return chunk.number * bits_per_chunk + i * 64 +
           static_cast<std::uint32_t>(std::countr_zero(chunk.words[i]));
}

} // namespace rtm::mgm
