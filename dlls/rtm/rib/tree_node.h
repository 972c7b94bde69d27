// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The nodes of a PrefixTree, and the store that they come from.

#pragma once

#include "faults.h"
#include "handle.h"
#include "read_sections.h"
#include "regions.h"

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace rtm
{

/// As std::popcount, which calls a function where not every processor has an instruction for it.
inline unsigned count_bits(std::uint64_t word) noexcept
{
#ifdef __POPCNT__
    return static_cast<unsigned>(std::popcount(word));
#else
    word -= word >> 1 & 0x5555555555555555;
    word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
    word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0f;
    return static_cast<unsigned>(word * 0x0101010101010101 >> 56);
#endif
}

/// A node: two sets of bits, and behind them the entries of the set bits, children first.
///
/// A prefix of 0 to 7 bits has an index, its place in the preorder of the binary tree: of
/// length l and beginning at byte s (its bits followed by zeros) l + s - popcount(s), as each
/// step to the right passes a subtree of 2^n - 1 nodes.
class alignas(64) TreeNode
{
public:
    /// 256 bits.
    struct Set {
        std::array<std::uint64_t, 4> words{};

        bool has(int i) const noexcept { return words[index(i)] >> (i & 63) & 1; }
        void set(int i) noexcept { words[index(i)] |= std::uint64_t(1) << (i & 63); }
        void clear(int i) noexcept { words[index(i)] &= ~(std::uint64_t(1) << (i & 63)); }

        /// How many are set in the word of `i` below it.
        unsigned rank_in_word(int i) const noexcept
        {
            return count_bits(words[index(i)] & ((std::uint64_t(1) << (i & 63)) - 1));
        }

        /// The highest that is set, or -1.
        int highest() const noexcept
        {
            for (int w = 3; w >= 0; --w)
                if (std::uint64_t word = words[static_cast<std::size_t>(w)])
                    return w * 64 + 63 - std::countl_zero(word);
            return -1;
        }

        /// The first that is set from `i` on, or -1.
        int next(int i) const noexcept
        {
            if (i > 255)
                return -1;
            std::size_t w = index(i);
            std::uint64_t word = words[w] & ~std::uint64_t(0) << (i & 63);
            while (word == 0) {
                if (++w == 4)
                    return -1;
                word = words[w];
            }
            return static_cast<int>(w) * 64 + std::countr_zero(word);
        }

        static std::size_t index(int i) noexcept { return static_cast<std::size_t>(i) >> 6; }
    };

    /// How many are set before each word of a set, so that one word need be counted, not four.
    class Ranks
    {
    public:
        Ranks() noexcept = default;
        explicit Ranks(const Set& set) noexcept
        {
            for (std::size_t w = 0; w < 3; ++w)
                before_[w] = static_cast<std::uint8_t>(before(w) + count_bits(set.words[w]));
        }

        /// Of the set that they were made from: how many are set below `i`.
        unsigned of(const Set& set, int i) const noexcept
        {
            return before(Set::index(i)) + set.rank_in_word(i);
        }
        unsigned all(const Set& set) const noexcept { return before(3) + count_bits(set.words[3]); }

    private:
        unsigned before(std::size_t word) const noexcept
        {
            return word == 0 ? 0 : before_[word - 1];
        }

        std::array<std::uint8_t, 3> before_{};
    };

    /// What a child leads to: nothing, a node, or a destination. Beside a destination, on 64 bit,
    /// where its route probably is: that can then be fetched at the same time.
    class Entry
    {
        static constexpr unsigned route_shift = 33;

    public:
        explicit Entry(std::uintptr_t value = 0) noexcept : value_(value) {}
        Entry(Place destination, [[maybe_unused]] Place likely_route) noexcept
            : value_(std::uintptr_t(destination) << 1 | 1)
        {
            if constexpr (handle_bits::word == 64)
                value_ |= std::uintptr_t(likely_route) << route_shift;
        }
        explicit Entry(const TreeNode* n) noexcept : value_(reinterpret_cast<std::uintptr_t>(n)) {}

        std::uintptr_t value() const noexcept { return value_; }
        bool is_destination() const noexcept { return (value_ & 1) != 0; }
        TreeNode* node() const noexcept
        {
            return is_destination() ? nullptr : reinterpret_cast<TreeNode*>(value_);
        }
        /// Of an entry that is one.
        Place destination() const noexcept { return static_cast<Place>(value_ >> 1); }
        /// 0 if that is not known.
        Place likely_route() const noexcept
        {
            if constexpr (handle_bits::word == 64)
                return static_cast<Place>(value_ >> route_shift);
            return 0;
        }

    private:
        std::uintptr_t value_;
    };

    using Link = std::atomic<std::uintptr_t>;

    static int index_of(unsigned length, unsigned byte) noexcept
    {
        const unsigned start = byte & (0xff00u >> length) & 0xff;
        return static_cast<int>(length + start) - std::popcount(start);
    }
    /// The first index of a prefix that begins at `start` or behind; start is up to 256.
    static int first_index_from(unsigned start) noexcept
    {
        start += start & 1; // 7 bits reach no odd byte
        if (start > 255)
            return 255;
        const unsigned length = start == 0 ? 0 : 8 - static_cast<unsigned>(std::countr_zero(start));
        return index_of(length, start);
    }
    static unsigned length_of(int index) noexcept { return tables.length[at(index)]; }
    static int start_of(int index) noexcept { return tables.start[at(index)]; }

    Entry child(unsigned byte) const noexcept
    {
        const int i = static_cast<int>(byte);
        return children_.has(i) ? load(child_entry(i)) : Entry();
    }
    Entry prefix_at(int index) const noexcept { return load(prefix_entry(index)); }
    const Set& prefixes() const noexcept { return prefixes_; }
    const Set& children() const noexcept { return children_; }
    int next_prefix(int index) const noexcept { return prefixes_.next(index); }
    int next_child(int byte) const noexcept { return children_.next(byte); }

    // Entries by number: of a child or prefix that is in its set, and of both together.
    unsigned child_entry(int byte) const noexcept { return child_ranks_.of(children_, byte); }
    unsigned prefix_entry(int index) const noexcept
    {
        return child_count() + prefix_ranks_.of(prefixes_, index);
    }
    unsigned child_count() const noexcept { return child_ranks_.all(children_); }
    unsigned entry_count() const noexcept { return child_count() + prefix_ranks_.all(prefixes_); }

    /// Which of its prefixes cover the addresses with that byte.
    Set covering(unsigned byte) const noexcept
    {
        Set result;
        for (std::size_t w = 0; w < 4; ++w)
            result.words[w] = prefixes_.words[w] & tables.ancestors[byte >> 1].words[w];
        return result;
    }

    Link& link(unsigned entry) noexcept { return links()[entry]; }
    Entry load(unsigned entry) const noexcept
    {
        return Entry(links()[entry].load(std::memory_order_acquire));
    }

    /// Before the node is linked: which children and prefixes it has entries for.
    void set_members(const Set& children, const Set& prefixes) noexcept
    {
        children_ = children;
        prefixes_ = prefixes;
        child_ranks_ = Ranks(children);
        prefix_ranks_ = Ranks(prefixes);
    }

private:
    struct Tables {
        std::array<std::uint8_t, 256> length{};
        std::array<std::uint8_t, 256> start{};
        std::array<Set, 128> ancestors{};
        Tables() noexcept;
    };
    static const Tables tables;

    static std::size_t at(int index) noexcept { return static_cast<std::size_t>(index); }
    Link* links() noexcept { return reinterpret_cast<Link*>(&next_ + 1); }
    const Link* links() const noexcept { return reinterpret_cast<const Link*>(&next_ + 1); }

    friend class NodeStore;

    Set prefixes_;
    Set children_;
    Ranks prefix_ranks_;
    Ranks child_ranks_;
    std::uint8_t size_class_ = 0; // see NodeStore
    TreeNode* next_ = nullptr;    // in a list of the store
};

/// Where nodes come from. One writer at a time.
class NodeStore
{
    static constexpr std::size_t granule = 64;
    static constexpr std::size_t chunk_size = 64 * 1024;
    static constexpr std::size_t head = 2 * sizeof(TreeNode::Set) + 8 + sizeof(void*);
    static constexpr std::size_t most_entries = 256 + 255;
    static constexpr std::size_t classes = (head + most_entries * 8) / granule + 2;

    struct Chunk : Retired {
        Regions::Piece piece; // that it is in
    };

    struct Batch {
        TreeNode* first = nullptr;
        std::uint64_t epoch = 0;
        unsigned count = 0;
    };

public:
    NodeStore(ReadSections& sections, Regions& regions) noexcept
        : sections_(sections), regions_(regions)
    {
    }
    NodeStore(const NodeStore&) = delete;
    NodeStore& operator=(const NodeStore&) = delete;

    /// Ends all nodes. Readers may still be looking at them.
    ~NodeStore();

    /// A node with empty sets and room for that many entries. Throws std::bad_alloc.
    TreeNode& make(unsigned entries);

    /// Takes back a node that nobody could reach.
    void discard(TreeNode& node) noexcept { give_back(node); }

    /// Takes back a node that no new reader can reach.
    void retire(TreeNode& node) noexcept;

private:
    void give_back(TreeNode& node) noexcept;
    void recycle() noexcept;
    void* carve(std::size_t bytes);

    ReadSections& sections_;
    Regions& regions_;
    std::array<TreeNode*, classes> free_{};
    std::vector<Chunk*, Allocator<Chunk*>> chunks_;
    std::byte* unused_ = nullptr;
    std::byte* unused_end_ = nullptr;
    Batch waiting_;
    Batch fresh_;
};

} // namespace rtm
