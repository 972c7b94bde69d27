// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The plain path-compressed trie of trie.h.

#include "baselines.h"
#include "trie.h"

namespace peers
{

namespace
{

class Trie final : public Peer
{
public:
    ~Trie() override { trie_free(&trie_); }

    void add(const prefix& prefix, std::uint32_t value) override
    {
        trie_insert(&trie_, &prefix);
        trie_find(&trie_, &prefix)->value = value;
    }

    void erase(const prefix& prefix) override { trie_erase(&trie_, &prefix); }
    std::uint32_t exact(const prefix& prefix) override { return value(trie_find(&trie_, &prefix)); }

    std::uint32_t longest(const prefix& host) override
    {
        return value(trie_find_longest(&trie_, &host));
    }

    bool walks_in_order() const override { return true; }

    void walk(Visitor& visitor) override
    {
        const auto visit = [](void* to, std::uint32_t value) {
            static_cast<Visitor*>(to)->visit(value);
        };
        trie_walk(&trie_, visit, &visitor);
    }

private:
    static std::uint32_t value(const trie_node* node) { return node ? node->value : 0; }

    trie trie_{};
};

} // namespace

std::unique_ptr<Peer> make_trie()
{
    return std::make_unique<Trie>();
}

} // namespace peers
