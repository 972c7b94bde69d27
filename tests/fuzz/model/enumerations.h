// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Enumerations of all four kinds.

#pragma once

#include "objects.h"

namespace model
{

struct Enumeration : Object {
    enum class Of { destinations, routes, next_hops, list };

    Enumeration(Entity& o, Of what) : Object(Kind::enumeration, o.table), owner(o), of(what) {}
    static bool is(const Object& object) { return object.kind == Kind::enumeration; }
    static bool is_of(const Object& object, Of what)
    {
        return is(object) && static_cast<const Enumeration&>(object).of == what;
    }

    Entity& owner;
    const Of of;
};

/// Where an enumeration begins and ends.
struct Extent {
    enum class Kind { all, from, inside } kind = Kind::all;
    Prefix prefix;

    bool has(const Prefix& other) const
    {
        switch (kind) {
        case Kind::all:
            return true;
        case Kind::from:
            return other >= prefix;
        case Kind::inside:
            return prefix.covers(other);
        }
        return false;
    }
};

struct DestinationEnum : Enumeration {
    explicit DestinationEnum(Entity& o) : Enumeration(o, Of::destinations) {}
    static bool is(const Object& object) { return is_of(object, Of::destinations); }

    ViewSet views = 0; // supported ones; 0 for any
    bool own = false;
    std::uint32_t protocol = 0;
    Extent extent;
    std::optional<Prefix> last; // delivered
    bool at_end = false;        // and stays there
};

/// What routes must have in common with those of a question.
struct Criteria {
    bool by_owner = false;
    bool by_neighbour = false;
    bool by_preference = false;
    bool by_next_hop = false;
    bool by_interface = false;
    Name owner = 0;
    Name neighbour = 0;
    std::uint32_t metric = 0;
    std::uint32_t preference = 0;
    std::optional<Name> next_hop; // none: routes without any
    std::uint32_t interface_index = 0;
};

struct RouteEnum : Enumeration {
    explicit RouteEnum(Entity& o) : Enumeration(o, Of::routes) {}
    static bool is(const Object& object) { return is_of(object, Of::routes); }

    Destination* only = nullptr;
    ViewSet views = 0;
    bool own = false;
    Extent extent;
    Criteria criteria;

    std::optional<Prefix> last; // destination that it has been at
    bool at_end = false;
    std::deque<Route*> kept; // of that, not delivered yet; referred to
};

struct NextHopEnum : Enumeration {
    explicit NextHopEnum(Entity& o) : Enumeration(o, Of::next_hops) {}
    static bool is(const Object& object) { return is_of(object, Of::next_hops); }

    Extent extent;
    std::optional<HopKey> last; // delivered
    bool at_end = false;
};

struct ListEnum : Enumeration {
    explicit ListEnum(Entity& o) : Enumeration(o, Of::list) {}
    static bool is(const Object& object) { return is_of(object, Of::list); }

    RouteList* list = nullptr; // null once that has been deleted
    std::uint64_t last = 0;
};

} // namespace model
