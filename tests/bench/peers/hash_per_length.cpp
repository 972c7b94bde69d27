// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A hash table for each length.

#include "addresses.h"
#include "baselines.h"
#include "used_lengths.h"

#include <array>
#include <unordered_map>

namespace peers
{

namespace
{

struct HashKey {
    std::size_t operator()(const Key& key) const
    {
        std::uint64_t mixed = (key.high ^ key.low * 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9;
        return mixed ^ mixed >> 32;
    }
};

class HashPerLength final : public Peer
{
public:
    void add(const prefix& prefix, std::uint32_t value) override
    {
        hashes_[prefix.length].emplace(Key(prefix), value);
        lengths_.add(prefix.length);
    }

    void erase(const prefix& prefix) override { hashes_[prefix.length].erase(Key(prefix)); }

    std::uint32_t exact(const prefix& prefix) override { return find(Key(prefix)); }

    std::uint32_t longest(const prefix& host) override
    {
        const Key key(host);
        for (unsigned length : lengths_) {
            if (const std::uint32_t value = find(key.shortened(length)))
                return value;
        }
        return 0;
    }

private:
    std::uint32_t find(const Key& key) const
    {
        const auto found = hashes_[key.length].find(key);
        return found == hashes_[key.length].end() ? 0 : found->second;
    }

    std::array<std::unordered_map<Key, std::uint32_t, HashKey>, 129> hashes_;
    UsedLengths lengths_;
};

} // namespace

std::unique_ptr<Peer> make_hash_per_length()
{
    return std::make_unique<HashPerLength>();
}

} // namespace peers
