// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What steps share: the session, what clients have been given and still hold, and choosing
// arguments.

#pragma once

#include "checked/buffer.h"
#include "checked/session.h"
#include "model/enumerations.h"
#include "model/routes.h"
#include "steps/args.h"

#include <deque>

namespace fuzz
{

/// An array of RTM_DEST_INFO.
struct HeldDests {
    Buffer infos;
    UINT count = 0;
    HANDLE notification = nullptr; // from RtmGetChangedDests
};

/// Steps to be taken in the next callback.
struct Reaction {
    DWORD answer = NO_ERROR;
    std::vector<std::vector<std::uint8_t>> records;
};

/// Of which objects a handle is chosen, mostly.
enum class Among {
    all,
    own,    ///< of the caller
    locked, ///< exclusively by the caller
};

class Run
{
public:
    explicit Run(const model::Limits& limits);

    Session session;

    // What was handed out in structures, newest first, and is to be released some time.
    std::deque<Buffer> route_infos;
    std::deque<Buffer> dest_infos;
    std::deque<RTM_NEXTHOP_INFO> hop_infos;
    std::deque<HeldDests> dest_arrays;
    std::deque<HeldDests> changes;

    std::deque<Reaction> reactions;

    /// What comes next cannot be judged: the run ends.
    bool is_over = false;

    /// Takes all steps of an input, which begins behind its settings.
    void play(std::span<const std::uint8_t> records);
    /// Takes the step that a record says.
    void take(std::span<const std::uint8_t> record);
    /// All entities leave, and nothing may stay.
    void finish();

    // ---- choosing arguments

    /// A registration handle; the entity too, if it is one.
    HANDLE pick_caller(Args& args);
    const model::Entity* caller() const { return caller_; }

    /// A handle of that kind, of the caller's table; if there is none, one is made. Now and then a
    /// handle of anything else.
    HANDLE pick(Args& args, model::Kind kind, Among among = Among::all);
    /// The same, or NULL.
    HANDLE pick_or_null(Args& args, model::Kind kind, Among among = Among::all);
    /// Up to three of them.
    std::vector<HANDLE> pick_some(Args& args, model::Kind kind, Among among = Among::all);
    /// An enumeration of the caller's, mostly of that sort; if there is none, one is made.
    HANDLE pick_enumeration(Args& args, model::Enumeration::Of of);

    /// One of a few prefixes, of the caller's family, with garbage behind it. Now and then none.
    RTM_NET_ADDRESS pick_address(Args& args);
    /// Mostly one of those that there are: of destinations, or of the caller's next hops.
    RTM_NET_ADDRESS pick_destination_address(Args& args);
    RTM_NET_ADDRESS pick_hop_address(Args& args);

    model::RouteInfo pick_route_info(Args& args);

private:
    void queue_reaction(std::span<const std::uint8_t> record,
                        std::span<const std::uint8_t>& records);
    using Objects = std::vector<model::Object*>;
    using Addresses = std::vector<model::Prefix>;

    Objects candidates(model::Kind kind, Among among) const;
    HANDLE pick_of(std::uint8_t choice, const Objects& found, model::Kind kind) const;
    HANDLE pick_wrong(std::uint8_t choice, model::Kind kind) const;
    RTM_NET_ADDRESS pick_of(Args& args, const Addresses& found);

    const model::Entity* caller_ = nullptr;
};

/// Keeps a few.
template <class T> void keep(std::deque<T>& held, T item)
{
    constexpr std::size_t most = 6;
    held.push_front(std::move(item));
    if (held.size() > most)
        held.pop_back();
}

extern const RTM_VIEW_SET some_views[16];
extern const ULONG some_protocols[8];
extern const ULONG some_times[16];

} // namespace fuzz
