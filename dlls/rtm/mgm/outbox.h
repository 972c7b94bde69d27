// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Alerts that a change brings. They are written before the change, as that takes memory, posted
// with it, in the order in which they were written, and delivered after it, without a lock.

#pragma once

#include "protocol.h"

#include <vector>

namespace rtm::mgm
{

class Outbox
{
    struct Letter {
        Protocol* to;
        AlertList alert; // one, or none once it is posted
    };

public:
    /// Throws std::bad_alloc.
    void write(Protocol& to, const Alert& alert)
    {
        letters_.push_back({&to, {}});
        letters_.back().alert.push_back(alert);
    }

    /// With the group manager's lock, which keeps a protocol until then. From then on the outbox
    /// has a pin in each.
    void post() noexcept
    {
        for (Letter& letter : letters_) {
            ++letter.to->pins;
            letter.to->untold.splice(letter.to->untold.end(), letter.alert);
        }
    }

    /// Visits who has been written to.
    template <class Visit> void for_each_receiver(Visit visit) const
    {
        for (const Letter& letter : letters_)
            visit(*letter.to);
    }

private:
    std::vector<Letter, Allocator<Letter>> letters_;
};

} // namespace rtm::mgm
