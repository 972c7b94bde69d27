// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What has handles, as plainly as it can be written down. Nothing here is fast, nothing is
// counted twice, nothing is freed before the model is: an object that has ended stays, with
// `exists` false, so that its handle is known as stale.

#pragma once

#include "prefix.h"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace model
{

/// The value of a handle, whatever it may stand for.
using Name = std::uintptr_t;
using Time = std::uint64_t; // ms
using ViewSet = std::uint32_t;

constexpr unsigned view_count = 2;
constexpr ViewSet supported_views = 3;
constexpr ViewSet all_views = 0xffffffff;
constexpr std::uint32_t forever = 0xffffffff;

enum class Kind { entity, destination, route, next_hop, enumeration, notification, route_list };

struct Table;

struct Object {
    Object(Kind k, Table& t) : kind(k), table(t) {}
    virtual ~Object() = default;

    const Kind kind;
    Table& table;
    int number = 0; // for messages
    Name name = 0;  // its handle, once that has been seen
    bool exists = true;
    // Handed out and not given back. Routes refer to their next hops as clients do, as clients
    // count for them when they edit in place; and so do next hops to their remote destination.
    int references = 0;

    std::string text() const;

    static bool is(const Object&) { return true; }
};

/// The object if it is a T, else null. A dynamic_cast would compare names, which libFuzzer watches.
template <class T> T* as(Object* object)
{
    return object && T::is(*object) ? static_cast<T*>(object) : nullptr;
}
template <class T> const T* as(const Object* object)
{
    return object && T::is(*object) ? static_cast<const T*>(object) : nullptr;
}

/// Something that is to happen at a time.
struct Timer {
    std::optional<Time> due;
    std::uint64_t armed = 0; // when, to order those that are due at the same time
};

struct EntityId {
    std::uint32_t protocol;
    std::uint32_t instance;

    auto operator<=>(const EntityId&) const = default;
};

struct Entity;
struct Route;
struct Notification;
struct Destination;

struct EntityNews {
    bool registered;
    Entity* subject;
};

/// By which an entity finds a next hop of its own.
struct HopKey {
    Prefix address;
    std::uint32_t interface_index;

    auto operator<=>(const HopKey&) const = default;
};

struct NextHop;

struct Entity : Object {
    explicit Entity(Table& t) : Object(Kind::entity, t) {}
    static bool is(const Object& object) { return object.kind == Kind::entity; }

    EntityId id{};
    std::vector<bool> methods; // false for a NULL entry
    bool has_callback = false;
    bool has_slot = false;

    bool registered = true;
    bool methods_blocked = false;
    std::map<HopKey, NextHop*> next_hops; // that have not been deleted

    // What its callback is still to be told.
    std::deque<EntityNews> news;
    std::deque<Route*> expiries;
    std::deque<Notification*> notices;
    // A job is to run for that, which keeps the entity even after it has left.
    bool is_woken = false;
};

struct Locks {
    unsigned shared = 0;
    unsigned exclusive = 0;

    unsigned& of(bool is_exclusive) { return is_exclusive ? exclusive : shared; }
};

struct NextHop : Object {
    explicit NextHop(Entity& o) : Object(Kind::next_hop, o.table), owner(o) {}
    static bool is(const Object& object) { return object.kind == Kind::next_hop; }

    Entity& owner;
    HopKey key{};
    std::uint16_t flags = 0;
    std::uintptr_t specific = 0;
    Destination* remote = nullptr;
    bool deleted = false;

    Locks locks; // its owner's
};

/// What a client says of a route.
struct Contents {
    NextHop* neighbour = nullptr;
    std::uint8_t flags1 = 0;
    std::uint16_t flags = 0;
    std::uint32_t metric = 0;
    std::uint32_t preference = 0;
    ViewSet views = 0;
    std::uintptr_t specific = 0;
    std::vector<NextHop*> next_hops;

    bool operator==(const Contents&) const = default;
};

struct RouteList;

enum class RouteState { live, held, deleted };

struct Route : Object {
    Route(Destination& d, Entity& o);
    static bool is(const Object& object) { return object.kind == Kind::route; }

    Destination& destination;
    Entity& owner;
    Contents contents; // that the table goes by
    Contents shown;    // with what the owner has edited in place
    RouteState state = RouteState::live;

    Locks locks; // its owner's of the destination, by way of this route
    Timer expiry;
    RouteList* list = nullptr;
    std::uint64_t list_place = 0;
};

struct Slot {
    Name address = 0; // where the dll keeps it, once that is known
    std::uintptr_t value = 0;
};

struct Destination : Object {
    explicit Destination(Table& t) : Object(Kind::destination, t) {}
    static bool is(const Object& object) { return object.kind == Kind::destination; }

    Prefix prefix;
    std::vector<Route*> routes; // live ones by rank
    std::array<Route*, view_count> best{};

    ViewSet armed = 0;
    std::uint32_t hold_time = 0;
    std::array<Route*, view_count> held{};
    Timer hold_end;

    std::map<const Entity*, Slot> slots;
    std::map<const Entity*, Locks> locks;
    Time changed = 0;        // at least once since
    std::uint64_t noted = 0; // when anybody who watches last had to hear of it
};

struct RouteList : Object {
    explicit RouteList(Entity& o) : Object(Kind::route_list, o.table), owner(o) {}
    static bool is(const Object& object) { return object.kind == Kind::route_list; }

    Entity& owner;
    std::map<std::uint64_t, Route*> routes; // by order of insertion
};

struct Notification : Object {
    explicit Notification(Entity& o) : Object(Kind::notification, o.table), owner(o) {}
    static bool is(const Object& object) { return object.kind == Kind::notification; }

    Entity& owner;
    unsigned number = 0; // in its table; one change tells the lower first
    std::uintptr_t context = 0;
    ViewSet views = 0;
    std::uint32_t types = 0;
    bool only_marked = false;
    std::set<Destination*> marks;
    std::set<Destination*> pending;

    Timer due; // when the callback is to be called
};

/// A table: an RTM instance and an address family.
struct Table {
    std::uint16_t instance = 0;
    std::uint16_t family = 0;
    std::vector<Entity*> members; // in order of registration
    std::map<Prefix, Destination*> destinations;
};

} // namespace model
