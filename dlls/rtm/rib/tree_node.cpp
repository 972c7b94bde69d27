// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "tree_node.h"

#include <new>
#include <utility>

namespace rtm
{

TreeNode::Tables::Tables() noexcept
{
    for (unsigned l = 0; l < 8; ++l)
        for (unsigned s = 0; s < 256; s += 256u >> l) {
            auto index = static_cast<std::size_t>(index_of(l, s));
            length[index] = static_cast<std::uint8_t>(l);
            start[index] = static_cast<std::uint8_t>(s);
        }
    for (unsigned pair = 0; pair < 128; ++pair)
        for (unsigned l = 0; l < 8; ++l)
            ancestors[pair].set(index_of(l, pair * 2));
}

const TreeNode::Tables TreeNode::tables;

NodeStore::~NodeStore()
{
    for (Chunk* chunk : chunks_) {
        chunk->destroy = [](Retired* retired) noexcept {
            Regions::give_back(Regions::Piece(static_cast<Chunk*>(retired)->piece));
        };
        sections_.retire(*chunk);
    }
}

TreeNode& NodeStore::make(unsigned entries)
{
    faults::before_allocation();
    const std::size_t bytes = (head + entries * sizeof(TreeNode::Link) + granule - 1) / granule;
    void* memory = free_[bytes];
    if (memory)
        free_[bytes] = free_[bytes]->next_;
    else
        memory = carve(bytes * granule);
    auto* node = ::new (memory) TreeNode;
    node->size_class_ = static_cast<std::uint8_t>(bytes);
    for (unsigned i = 0; i < entries; ++i)
        ::new (static_cast<void*>(&node->link(i))) TreeNode::Link(0);
    return *node;
}

void* NodeStore::carve(std::size_t bytes)
{
    if (static_cast<std::size_t>(unused_end_ - unused_) < bytes) {
        if (chunks_.size() == chunks_.capacity())
            chunks_.reserve(chunks_.size() * 2 + 1);
        const Regions::Piece piece = regions_.take(chunk_size);
        auto* memory = static_cast<std::byte*>(piece.memory);
        chunks_.push_back(::new (piece.memory) Chunk);
        chunks_.back()->piece = piece;
        // What is left of the former chunk becomes free nodes, none too large for it.
        while (static_cast<std::size_t>(unused_end_ - unused_) >= 2 * granule) {
            auto left = static_cast<std::size_t>(unused_end_ - unused_) / granule;
            auto* node = ::new (static_cast<void*>(unused_)) TreeNode;
            node->size_class_ = static_cast<std::uint8_t>(left < classes ? left : classes - 1);
            unused_ += node->size_class_ * granule;
            give_back(*node);
        }
        unused_ = memory + granule;
        unused_end_ = memory + chunk_size;
    }
    return std::exchange(unused_, unused_ + bytes);
}

void NodeStore::give_back(TreeNode& node) noexcept
{
    node.next_ = free_[node.size_class_];
    free_[node.size_class_] = &node;
}

void NodeStore::retire(TreeNode& node) noexcept
{
    // The epoch is not to be read before the node has been unlinked in the eyes of all.
    std::atomic_thread_fence(std::memory_order_seq_cst);
    const std::uint64_t epoch = sections_.epoch();
    if (fresh_.epoch != epoch && fresh_.first && !waiting_.first)
        waiting_ = std::exchange(fresh_, Batch{});
    fresh_.epoch = epoch;
    node.next_ = fresh_.first;
    fresh_.first = &node;
    if (++fresh_.count % 64 == 0)
        recycle();
}

void NodeStore::recycle() noexcept
{
    sections_.try_advance();
    const std::uint64_t epoch = sections_.epoch();
    for (Batch* batch : {&waiting_, &fresh_}) {
        if (!batch->first || batch->epoch + ReadSections::grace > epoch)
            continue;
        TreeNode* node = std::exchange(*batch, Batch{}).first;
        while (node)
            give_back(*std::exchange(node, node->next_));
    }
}

} // namespace rtm
