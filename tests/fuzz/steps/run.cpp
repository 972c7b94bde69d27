// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "steps/run.h"
#include "steps/steps.h"

#include "model/enumerations.h"

#include <algorithm>

namespace fuzz
{

const RTM_VIEW_SET some_views[16] = {1, 2, 3, 3, 1, 2, 3, 1, 0, 0, 0, 3, 0xffffffff, 0xffffffff,
                                     4, 0x80000003};
const ULONG some_protocols[8] = {0, 0, 0xffffffff, 8, 2, 13, 99, 14};
const ULONG some_times[16] = {INFINITE, INFINITE, INFINITE, INFINITE, INFINITE, 0,    10,    30,
                              50,       50,       64,       100,      1000,     5000, 60000, 0xfffffffe};

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
    std::vector<model::Entity*> registered;
    for (model::Entity* entity : session.world.all<model::Entity>())
        if (entity->registered)
            registered.push_back(entity);
    const std::uint8_t choice = args.byte();
    caller_ = registered.empty() ? nullptr : registered[choice % registered.size()];
    if (choice >= 0xfa || !caller_)
        return pick_wrong(choice, model::Kind::entity);
    return handle_of(caller_);
}

std::vector<model::Object*> Run::candidates(model::Kind kind, Whose whose) const
{
    std::vector<model::Object*> found;
    for (const auto& object : session.world.objects)
        if (object->kind == kind && object->exists && object->name != 0 &&
            (!caller_ || &object->table == &caller_->table) &&
            (whose == Whose::anyone || owner_of(*object) == caller_))
            found.push_back(object.get());
    return found;
}

HANDLE Run::pick(Args& args, model::Kind kind, Whose whose)
{
    constexpr std::uint8_t oldest_first = 0x70;
    constexpr std::uint8_t others = 0xd0;
    constexpr std::uint8_t wrong = 0xe8;
    const std::uint8_t choice = args.byte();
    const auto found = candidates(kind, choice >= others ? Whose::anyone : whose);
    if (choice >= wrong || found.empty())
        return pick_wrong(choice, kind);
    if (choice >= oldest_first)
        return handle_of(found[(choice - oldest_first) % found.size()]);
    return handle_of(found[found.size() - 1 - choice % found.size()]);
}

HANDLE Run::pick_or_null(Args& args, model::Kind kind, Whose whose)
{
    constexpr std::uint8_t null = 0xc0;
    Args ahead = args;
    const std::uint8_t choice = ahead.byte();
    if (choice < null || choice >= null + 0x10)
        return pick(args, kind, whose);
    args = ahead;
    return nullptr;
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

std::vector<HANDLE> Run::pick_some(Args& args, model::Kind kind, Whose whose)
{
    std::vector<HANDLE> some;
    const unsigned count = args.byte() % 4;
    for (unsigned i = 0; i < count; ++i)
        some.push_back(pick(args, kind, whose));
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
    info.neighbour = to_name(pick_or_null(args, model::Kind::next_hop, Whose::own));
    const unsigned hops = args.byte() % 16;
    for (unsigned i = 0; i < (hops < 12 ? hops % 3 : hops % 6); ++i)
        info.next_hops.push_back(to_name(pick(args, model::Kind::next_hop, Whose::own)));
    return info;
}

} // namespace fuzz
