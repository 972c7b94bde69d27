// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The lengths that prefixes of a table have, from the longest to the shortest.

#pragma once

#include <algorithm>
#include <functional>
#include <vector>

namespace peers
{

class UsedLengths
{
public:
    void add(unsigned length)
    {
        const auto at = std::lower_bound(lengths_.begin(), lengths_.end(), length, std::greater());
        if (at == lengths_.end() || *at != length)
            lengths_.insert(at, length);
    }

    auto begin() const { return lengths_.begin(); }
    auto end() const { return lengths_.end(); }

private:
    std::vector<unsigned> lengths_;
};

} // namespace peers
