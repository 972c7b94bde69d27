// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Somebody else's table of prefixes, and what all of them can be asked.

#pragma once

#include "prefixes.h"

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace peers
{

/// What a peer cannot do, or cannot be had.
struct Unavailable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What malloc has handed out.
double malloc_bytes();

class Peer
{
public:
    virtual ~Peer() = default;

    /// A prefix that is not there yet.
    virtual void add(const prefix& prefix, std::uint32_t value) = 0;
    /// A prefix that is there.
    virtual void erase(const prefix& prefix) = 0;
    /// Returns when what was added and erased before is in effect.
    virtual void complete() {}
    /// The value of the longest prefix around the host; 0 if there is none.
    virtual std::uint32_t longest(const prefix& host) = 0;

    /// False if it has routes of its own that would be the answer sometimes.
    virtual bool takes_any_host() const { return true; }

    virtual bool finds_exact() const { return true; }
    virtual std::uint32_t exact(const prefix&) { throw Unavailable("no exact match"); }

    /// All values by address, shorter prefixes first.
    class Visitor
    {
    public:
        virtual void visit(std::uint32_t value) = 0;

    protected:
        ~Visitor() = default;
    };
    virtual bool walks_in_order() const { return false; }
    virtual void walk(Visitor&) { throw Unavailable("no walk in order"); }

    /// What it has from its allocator, in all.
    virtual double allocated_bytes() const;

private:
    double allocated_before_ = malloc_bytes();
};

/// Loads what the peer of that name works in, which is not to count as its memory.
void prepare(std::string_view name);
/// Makes the peer, for tables of at most `count` prefixes.
std::unique_ptr<Peer> make_peer(std::string_view name, std::uint16_t family, std::uint32_t count);

} // namespace peers
