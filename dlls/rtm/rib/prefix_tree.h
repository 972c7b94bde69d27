// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Destinations by prefix: exact and longest match, and a walk in order.
//
// A multibit tree, a byte of the address to each level. A node of level k has
//
// - the prefixes of 8k to 8k+7 bits, as a set of bits in the order of the walk (the preorder of
//   the binary tree of its 255 prefixes), and
// - for each value of its byte what is longer: another node, or a destination if it is the only
//   one there.
//
// The entries of set bits lie packed behind the sets, as in Asai and Ohara's Poptrie and in the
// Tree Bitmap of Eatherton, Varghese and Dittia; a look-up of an IPv4 host takes one or two cache
// misses beyond the nodes that are hot.
//
// Nodes do not change but for what a child leads to: a writer puts a new node in the place of the
// old one, which goes when no reader sees it any more. So readers, inside a read section, take no
// lock. Writers are the caller's to serialize.

#pragma once

#include "destination.h"
#include "read_sections.h"
#include "tree_node.h"

namespace rtm
{

class PrefixTree
{
public:
    PrefixTree(Family family, const SlabDirectory& directory, ReadSections& sections,
               Regions& regions) noexcept
        : family_(family), directory_(directory), nodes_(sections, regions)
    {
    }
    PrefixTree(const PrefixTree&) = delete;
    PrefixTree& operator=(const PrefixTree&) = delete;

    /// Enters a destination whose prefix is not there, and where its first route is likely to be
    /// (0: nobody knows). Throws std::bad_alloc, and then changes nothing.
    void insert(Destination& destination, Place likely_route = 0);

    /// Takes out a destination that is there. Never fails: if there is no memory for a smaller
    /// node, an empty entry stays in the old one.
    void erase(Destination& destination) noexcept;

    /// The destination of exactly that prefix, or nullptr.
    Destination* find(const Prefix& prefix) const noexcept;

    /// The longest of the destinations that cover `prefix`, have at most `most_bits` bits, and
    /// that `accept` takes. nullptr if there is none.
    template <class Accept>
    Destination* find_longest(const Prefix& prefix, unsigned most_bits, Accept accept) const
    {
        std::array<const TreeNode*, 16> path;
        unsigned level = 0;
        path[0] = root();
        while (path[level] && 8 * (level + 1) <= most_bits) {
            const TreeNode::Entry entry = path[level]->child(prefix.bytes[level]);
            if (Destination* leaf = destination(entry)) {
                if (leaf->length <= most_bits && leaf->covers(prefix) && accept(*leaf))
                    return leaf;
                break;
            }
            if (!entry.node())
                break;
            path[++level] = entry.node();
        }
        for (unsigned k = level + 1; k-- != 0 && path[k];) {
            TreeNode::Set set = path[k]->covering(prefix.bytes[k]);
            for (int i = set.highest(); i >= 0; set.clear(i), i = set.highest()) {
                if (8 * k + TreeNode::length_of(i) > most_bits)
                    continue;
                Destination* found = destination(path[k]->prefix_at(i));
                if (found && accept(*found))
                    return found;
            }
        }
        return nullptr;
    }

    /// Walks in order over the destinations not before `start` (after it if not `inclusive`) for
    /// as long as visit(destination) says true.
    template <class Visit> void walk(const Prefix& start, bool inclusive, Visit visit) const
    {
        if (const TreeNode* node = root())
            walk_bounded(*node, 0, start, inclusive, visit);
    }

private:
    // The address of what leads to a node: the root, or a child of another.
    using Link = std::atomic<std::uintptr_t>;

    const TreeNode* root() const noexcept
    {
        return TreeNode::Entry(root_.load(std::memory_order_acquire)).node();
    }

    /// The destination of an entry, nullptr if it is none. Whoever asks is going to look at it, and
    /// at its route: both are fetched meanwhile.
    Destination* destination(TreeNode::Entry entry) const noexcept
    {
        if (!entry.is_destination())
            return nullptr;
        prefetch(entry);
        return static_cast<Destination*>(directory_.at(entry.destination()));
    }

    void prefetch(TreeNode::Entry entry) const noexcept
    {
        if (!entry.is_destination())
            return;
        __builtin_prefetch(directory_.at(entry.destination()));
        const Place place = entry.likely_route();
        if (const void* route = place != 0 ? directory_.at_if_there(place) : nullptr) {
            const char* hot = static_cast<const char*>(route) + Route::hot_offset;
            __builtin_prefetch(hot);
            __builtin_prefetch(hot + 64);
        }
    }

    template <class Visit>
    bool walk_bounded(const TreeNode& node, unsigned level, const Prefix& start, bool inclusive,
                      Visit& visit) const
    {
        const unsigned byte = level < 16 ? start.bytes[level] : 0;
        if (start.length < 8 * (level + 1)) {
            int from = TreeNode::index_of(start.length - 8 * level, byte);
            return walk_from(node, from + !inclusive, byte, visit);
        }
        const TreeNode::Entry entry = node.child(byte);
        if (entry.node()) {
            if (!walk_bounded(*entry.node(), level + 1, start, inclusive, visit))
                return false;
        } else if (Destination* leaf = destination(entry)) {
            const Prefix prefix = prefix_of(*leaf);
            if ((prefix > start || (inclusive && prefix == start)) && !visit(*leaf))
                return false;
        }
        return walk_from(node, TreeNode::first_index_from(byte + 1), byte + 1, visit);
    }

    /// Visits the prefixes of index `index` and more, and children `byte` and more.
    template <class Visit>
    bool walk_from(const TreeNode& node, int index, unsigned byte, Visit& visit) const
    {
        int prefix = node.next_prefix(index);
        int child = node.next_child(static_cast<int>(byte));
        const unsigned children = node.child_count();
        unsigned entry_number = child >= 0 ? node.child_entry(child) : 0;
        while (prefix >= 0 || child >= 0) {
            if (child < 0 || (prefix >= 0 && TreeNode::start_of(prefix) <= child)) {
                Destination* found = destination(node.prefix_at(prefix));
                if (found && !visit(*found))
                    return false;
                prefix = node.next_prefix(prefix + 1);
                continue;
            }
            if (entry_number + walk_ahead < children)
                prefetch(node.load(entry_number + walk_ahead));
            const TreeNode::Entry entry = node.load(entry_number++);
            if (Destination* leaf = destination(entry)) {
                if (!visit(*leaf))
                    return false;
            } else if (entry.node() && !walk_from(*entry.node(), 0, 0, visit)) {
                return false;
            }
            child = node.next_child(child + 1);
        }
        return true;
    }

    // How many entries a walk fetches before it gets to them.
    static constexpr unsigned walk_ahead = 4;

    static Prefix prefix_of(const Destination& destination) noexcept
    {
        Prefix result;
        std::memcpy(result.bytes.data(), destination.address(), (destination.length + 7u) / 8);
        result.length = destination.length;
        return result;
    }

    TreeNode::Entry join(TreeNode::Entry a, TreeNode::Entry b, unsigned level);
    void replace(Link& link, TreeNode* new_node) noexcept;
    bool fill_empty_entry(TreeNode& node, int prefix, int child, TreeNode::Entry leaf) noexcept;
    void remove_entry(Link& link, bool is_root, TreeNode& node, int prefix, int child) noexcept;

    const Family family_;
    const SlabDirectory& directory_;
    NodeStore nodes_;
    Link root_{0};
};

} // namespace rtm
