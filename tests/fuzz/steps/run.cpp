// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "steps/run.h"
#include "steps/provide.h"
#include "steps/steps.h"

#include <algorithm>

namespace fuzz
{

const RTM_VIEW_SET some_views[16] = {1, 2, 3, 3, 1,          2,          3, 1,
                                     0, 0, 0, 3, 0xffffffff, 0xffffffff, 4, 0x80000003};
const ULONG some_protocols[8] = {0, 0, 0xffffffff, 8, 2, 13, 99, 14};
const ULONG some_times[16] = {INFINITE, INFINITE, INFINITE, INFINITE,  INFINITE, 0,
                              10,       30,       50,       50,        64,       100,
                              1000,     5000,     60000,    0xfffffffe};

namespace
{

const model::Entity* owner_of(const model::Object& object)
{
    if (auto* route = model::as<model::Route>(&object))
        return &route->owner;
    if (auto* hop = model::as<model::NextHop>(&object))
        return &hop->owner;
    if (auto* list = model::as<model::RouteList>(&object))
        return &list->owner;
    if (auto* notification = model::as<model::Notification>(&object))
        return &notification->owner;
    if (auto* enumeration = model::as<model::Enumeration>(&object))
        return &enumeration->owner;
    return nullptr;
}

bool is_locked(const model::Object& object)
{
    if (auto* route = model::as<model::Route>(&object))
        return route->locks.exclusive != 0;
    if (auto* hop = model::as<model::NextHop>(&object))
        return hop->locks.exclusive != 0;
    return false;
}

} // namespace

Run::Run(const model::Limits& limits) : session(limits)
{
    session.react = [this](const model::Event&) -> DWORD {
        if (reactions.empty())
            return NO_ERROR;
        const Reaction reaction = std::move(reactions.front());
        reactions.pop_front();
        for (const auto& record : reaction.records)
            take(record);
        return reaction.answer;
    };
}

void Run::take(std::span<const std::uint8_t> record)
{
    Args args(record);
    const Step& step = step_of(args.byte());
    if (step.moves_time && session.in_callback)
        return;
    if (Session::tracing)
        session.say("- %s", step.name);
    step.take(*this, args);
    session.settle();
}

HANDLE Run::pick_caller(Args& args)
{
    constexpr std::uint8_t wrong = 0xfc;
    std::vector<model::Entity*> registered;
    for (model::Entity* entity : session.world.all<model::Entity>())
        if (entity->registered)
            registered.push_back(entity);
    // Mostly the same one or two: what a client can do much with is its own.
    const std::uint8_t choice = args.byte();
    const std::size_t which = choice < 0x80 ? 0 : choice < 0xc0 ? 1 : choice;
    caller_ = registered.empty() ? nullptr : registered[which % registered.size()];
    if (choice >= wrong || !caller_)
        return pick_wrong(choice, model::Kind::entity);
    return handle_of(caller_);
}

Run::Objects Run::candidates(model::Kind kind, Among among) const
{
    Objects found;
    for (model::Object* object : session.world.living) {
        const bool is_own = owner_of(*object) == caller_;
        if (object->kind == kind && object->exists && object->name != 0 &&
            (!caller_ || &object->table == &caller_->table) &&
            (among == Among::all || (is_own && (among == Among::own || is_locked(*object)))))
            found.push_back(object);
    }
    return found;
}

HANDLE Run::pick(Args& args, model::Kind kind, Among among)
{
    constexpr std::uint8_t anyone = 0xe0;
    const std::uint8_t choice = args.byte();
    if (choice < anyone && candidates(kind, among).empty())
        provide(*this, kind, among == Among::locked);
    return pick_of(choice, candidates(kind, choice >= anyone ? Among::all : among), kind);
}

HANDLE Run::pick_of(std::uint8_t choice, const Objects& found, model::Kind kind) const
{
    constexpr std::uint8_t oldest_first = 0x80;
    constexpr std::uint8_t wrong = 0xf4;
    if (choice >= wrong || found.empty())
        return pick_wrong(choice, kind);
    if (choice >= oldest_first)
        return handle_of(found[(choice - oldest_first) % found.size()]);
    return handle_of(found[found.size() - 1 - choice % found.size()]);
}

HANDLE Run::pick_or_null(Args& args, model::Kind kind, Among among)
{
    constexpr std::uint8_t null = 0xa0;
    Args ahead = args;
    const std::uint8_t choice = ahead.byte();
    if (choice < null || choice >= null + 0x30)
        return pick(args, kind, among);
    args = ahead;
    return nullptr;
}

HANDLE Run::pick_enumeration(Args& args, model::Enumeration::Of of)
{
    constexpr std::uint8_t any_sort = 0xe8;
    const std::uint8_t choice = args.byte();
    const auto find = [&] {
        Objects found = candidates(model::Kind::enumeration, Among::own);
        if (choice < any_sort)
            std::erase_if(found, [&](model::Object* object) {
                return !model::Enumeration::is_of(*object, of);
            });
        return found;
    };
    if (find().empty())
        provide_enumeration(*this, of);
    return pick_of(choice, find(), model::Kind::enumeration);
}

/// Something that is not a handle of `kind` in the caller's table.
HANDLE Run::pick_wrong(std::uint8_t choice, model::Kind kind) const
{
    std::vector<HANDLE> wrong = {nullptr, to_handle(~Name(0)), to_handle(choice + Name(1))};
    for (const auto& object : session.world.objects) {
        const bool is_right = object->kind == kind && object->exists &&
                              (!caller_ || &object->table == &caller_->table);
        if (object->name != 0 && !is_right)
            wrong.push_back(handle_of(object.get()));
        // A handle with a wrong generation.
        if (object->name != 0 && !session.world.names.contains(object->name ^ Name(1) << 40))
            wrong.push_back(to_handle(object->name ^ Name(1) << 40));
    }
    return wrong[choice * std::size_t(37) % wrong.size()];
}

std::vector<HANDLE> Run::pick_some(Args& args, model::Kind kind, Among among)
{
    std::vector<HANDLE> some;
    const unsigned count = (args.byte() + 1) % 4; // one, if all is 0
    for (unsigned i = 0; i < count; ++i)
        some.push_back(pick(args, kind, among));
    return some;
}

model::RouteInfo Run::pick_route_info(Args& args)
{
    model::RouteInfo info;
    const std::uint8_t rank = args.byte();
    info.preference = rank % 4 == 3 ? 0 : rank % 4 * 50;
    info.metric = rank / 4 % 4;
    info.flags = rank / 16 % 4 == 0 ? 0 : USHORT(1 << rank / 16 % 4 * 3); // 8, 64, 512
    info.flags1 = rank / 64 == 3;
    const std::uint8_t rest = args.byte();
    info.views = some_views[rest % 16];
    if (info.views == 0 || info.views == 0xffffffff)
        info.views = 3; // these are wrong too often
    if (rest >= 0xfe)
        info.views = 0;
    info.specific = rest / 16 % 4;
    info.neighbour = to_name(pick_or_null(args, model::Kind::next_hop, Among::own));
    const unsigned hops = args.byte() % 16;
    for (unsigned i = 0; i < (hops < 12 ? hops % 3 : hops % 6); ++i)
        info.next_hops.push_back(to_name(pick(args, model::Kind::next_hop, Among::own)));
    return info;
}

} // namespace fuzz
