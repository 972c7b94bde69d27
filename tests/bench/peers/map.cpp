// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// std::map by prefix. The longest match is sought length by length.

#include "addresses.h"
#include "baselines.h"
#include "used_lengths.h"

#include <map>

namespace peers
{

namespace
{

class Map final : public Peer
{
public:
    void add(const prefix& prefix, std::uint32_t value) override
    {
        map_.emplace(Key(prefix), value);
        lengths_.add(prefix.length);
    }

    void erase(const prefix& prefix) override { map_.erase(Key(prefix)); }

    std::uint32_t exact(const prefix& prefix) override
    {
        const auto found = map_.find(Key(prefix));
        return found == map_.end() ? 0 : found->second;
    }

    std::uint32_t longest(const prefix& host) override
    {
        const Key key(host);
        for (unsigned length : lengths_) {
            const auto found = map_.find(key.shortened(length));
            if (found != map_.end())
                return found->second;
        }
        return 0;
    }

    bool walks_in_order() const override { return true; }

    void walk(Visitor& visitor) override
    {
        for (const auto& entry : map_)
            visitor.visit(entry.second);
    }

private:
    std::map<Key, std::uint32_t> map_;
    UsedLengths lengths_;
};

} // namespace

std::unique_ptr<Peer> make_map()
{
    return std::make_unique<Map>();
}

} // namespace peers
