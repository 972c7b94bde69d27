// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "prefix_tree.h"

#include <utility>

namespace rtm
{

namespace
{

// Where a destination is in a node of that level: at a prefix, or below a child. The other is -1.
struct Position {
    int prefix = -1;
    int child = -1;

    Position(const Destination& destination, unsigned level) noexcept
    {
        if (destination.length < 8 * (level + 1))
            prefix = TreeNode::index_of(destination.length - 8u * level, byte(destination, level));
        else
            child = destination.address()[level];
    }

    void add_to(TreeNode::Set& children, TreeNode::Set& prefixes) const noexcept
    {
        if (child >= 0)
            children.set(child);
        else
            prefixes.set(prefix);
    }

    unsigned entry_in(const TreeNode& node) const noexcept
    {
        return child >= 0 ? node.child_entry(child) : node.prefix_entry(prefix);
    }

    // Of a prefix that ends where the level begins, no byte of the level need be there.
    static unsigned byte(const Destination& destination, unsigned level) noexcept
    {
        return destination.length > 8 * level ? destination.address()[level] : 0;
    }
};

// Copies `count` entries of one node to another.
void copy_entries(TreeNode& to, unsigned to_first, const TreeNode& from, unsigned from_first,
                  unsigned count) noexcept
{
    for (unsigned i = 0; i < count; ++i)
        to.link(to_first + i).store(from.load(from_first + i).value(), std::memory_order_relaxed);
}

} // namespace

Destination* PrefixTree::find(const Prefix& prefix) const noexcept
{
    const TreeNode* node = root();
    for (unsigned level = 0; node; ++level) {
        if (prefix.length < 8 * (level + 1)) {
            const unsigned byte = level < 16 ? prefix.bytes[level] : 0;
            const int index = TreeNode::index_of(prefix.length - 8 * level, byte);
            return node->prefixes().has(index) ? destination(node->prefix_at(index)) : nullptr;
        }
        const TreeNode::Entry entry = node->child(prefix.bytes[level]);
        if (Destination* leaf = destination(entry))
            return leaf->length == prefix.length && leaf->covers(prefix) ? leaf : nullptr;
        node = entry.node();
    }
    return nullptr;
}

/// Replaces the node that `link` leads to.
void PrefixTree::replace(Link& link, TreeNode* new_node) noexcept
{
    TreeNode* old_node = TreeNode::Entry(link.load(std::memory_order_relaxed)).node();
    link.store(TreeNode::Entry(new_node).value(), std::memory_order_release);
    if (old_node)
        nodes_.retire(*old_node);
}

/// A node of that level, or a chain of nodes, with two destinations.
TreeNode::Entry PrefixTree::join(TreeNode::Entry a, TreeNode::Entry b, unsigned level)
{
    const Position at_a(*destination(a), level);
    const Position at_b(*destination(b), level);
    if (at_a.child >= 0 && at_a.child == at_b.child) {
        TreeNode& node = nodes_.make(1);
        try {
            node.link(0).store(join(a, b, level + 1).value(), std::memory_order_relaxed);
        } catch (...) {
            nodes_.discard(node);
            throw;
        }
        TreeNode::Set children;
        children.set(at_a.child);
        node.set_members(children, {});
        return TreeNode::Entry(&node);
    }
    TreeNode& node = nodes_.make(2);
    TreeNode::Set children;
    TreeNode::Set prefixes;
    at_a.add_to(children, prefixes);
    at_b.add_to(children, prefixes);
    node.set_members(children, prefixes);
    for (auto [leaf, at] : {std::pair(a, at_a), std::pair(b, at_b)})
        node.link(at.entry_in(node)).store(leaf.value(), std::memory_order_relaxed);
    return TreeNode::Entry(&node);
}

/// Puts `leaf` where an entry has stayed empty. False if there is none.
bool PrefixTree::fill_empty_entry(TreeNode& node, int prefix, int child,
                                  TreeNode::Entry leaf) noexcept
{
    if (child >= 0 ? !node.children().has(child) : !node.prefixes().has(prefix))
        return false;
    const unsigned entry = child >= 0 ? node.child_entry(child) : node.prefix_entry(prefix);
    if (node.load(entry).value() != 0)
        return false;
    node.link(entry).store(leaf.value(), std::memory_order_release);
    return true;
}

void PrefixTree::insert(Destination& destination, Place likely_route)
{
    const TreeNode::Entry leaf(destination.place, likely_route);
    Link* link = &root_;
    for (unsigned level = 0;; ++level) {
        TreeNode* node = TreeNode::Entry(link->load(std::memory_order_relaxed)).node();
        const Position at(destination, level);
        if (node && at.child >= 0 && node->children().has(at.child)) {
            Link& next = node->link(node->child_entry(at.child));
            const TreeNode::Entry entry(next.load(std::memory_order_relaxed));
            if (entry.node()) {
                link = &next;
                continue;
            }
            const TreeNode::Entry filled =
                entry.is_destination() ? join(entry, leaf, level + 1) : leaf;
            next.store(filled.value(), std::memory_order_release);
            return;
        }
        if (node && fill_empty_entry(*node, at.prefix, at.child, leaf))
            return;
        const unsigned entries = node ? node->entry_count() : 0;
        TreeNode& larger = nodes_.make(entries + 1);
        TreeNode::Set children = node ? node->children() : TreeNode::Set();
        TreeNode::Set prefixes = node ? node->prefixes() : TreeNode::Set();
        at.add_to(children, prefixes);
        larger.set_members(children, prefixes);
        const unsigned entry = at.entry_in(larger);
        if (node) {
            copy_entries(larger, 0, *node, 0, entry);
            copy_entries(larger, entry + 1, *node, entry, entries - entry);
        }
        larger.link(entry).store(leaf.value(), std::memory_order_relaxed);
        replace(*link, &larger);
        return;
    }
}

/// Takes one entry out of the node that `link` leads to.
void PrefixTree::remove_entry(Link& link, bool is_root, TreeNode& node, int prefix,
                              int child) noexcept
{
    const unsigned entry = child >= 0 ? node.child_entry(child) : node.prefix_entry(prefix);
    const unsigned left = node.entry_count() - 1;
    if (left == 0) {
        replace(link, nullptr);
        return;
    }
    if (left == 1 && !is_root) {
        // The only destination there takes the node's place.
        const TreeNode::Entry other = node.load(1 - entry);
        if (!other.node()) {
            link.store(other.value(), std::memory_order_release);
            nodes_.retire(node);
            return;
        }
    }
    TreeNode* smaller;
    try {
        smaller = &nodes_.make(left);
    } catch (const std::bad_alloc&) {
        node.link(entry).store(0, std::memory_order_release);
        return;
    }
    TreeNode::Set children = node.children();
    TreeNode::Set prefixes = node.prefixes();
    if (child >= 0)
        children.clear(child);
    else
        prefixes.clear(prefix);
    smaller->set_members(children, prefixes);
    copy_entries(*smaller, 0, node, 0, entry);
    copy_entries(*smaller, entry, node, entry + 1, left - entry);
    replace(link, smaller);
}

void PrefixTree::erase(Destination& destination) noexcept
{
    // The nodes from the root to the one that has it, and what leads to each.
    std::array<Link*, 17> path;
    unsigned level = 0;
    path[0] = &root_;
    while (true) {
        TreeNode* node = TreeNode::Entry(path[level]->load(std::memory_order_relaxed)).node();
        const Position at(destination, level);
        if (at.prefix >= 0)
            break;
        Link& next = node->link(node->child_entry(at.child));
        if (!TreeNode::Entry(next.load(std::memory_order_relaxed)).node())
            break;
        path[++level] = &next;
    }
    Position at(destination, level);
    TreeNode* node = TreeNode::Entry(path[level]->load(std::memory_order_relaxed)).node();
    remove_entry(*path[level], level == 0, *node, at.prefix, at.child);
    // A node that has become empty, or a mere way to one destination, goes from its parent.
    while (level != 0) {
        const TreeNode::Entry entry(path[level]->load(std::memory_order_relaxed));
        if (entry.node())
            return;
        --level;
        node = TreeNode::Entry(path[level]->load(std::memory_order_relaxed)).node();
        if (entry.value() != 0) {
            // A destination alone below a node is found as well from the node's parent.
            if (level == 0 || node->entry_count() != 1)
                return;
            path[level]->store(entry.value(), std::memory_order_release);
            nodes_.retire(*node);
            continue;
        }
        at = Position(destination, level);
        remove_entry(*path[level], level == 0, *node, -1, at.child);
    }
}

} // namespace rtm
