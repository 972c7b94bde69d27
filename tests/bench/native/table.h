// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A table and its clients, called through the doors as Windows programs call them, but natively:
// the doors are compiled for Linux with Wine's headers, as for the winelib form.

#pragma once

#include "prefixes.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "rtmv2.h"

#include "platform/engine.h"
#include "platform/fuzz_host.h"

#include <vector>

namespace native
{

/// What questions were answered with, and how many calls or pairs of calls there were.
struct Outcome {
    std::uint32_t calls = 0;
    std::uint64_t checksum = 0; ///< 0 where there are no answers
};

/// Every work is done for all prefixes. Whatever goes wrong ends the program.
class Table
{
public:
    explicit Table(const prefixes& prefixes);
    ~Table();
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    Outcome add();
    /// While a client drains, until it has been told of all.
    Outcome add_told();
    Outcome update();
    Outcome edit();
    Outcome remove();
    /// The owner leaves, and a new one comes.
    Outcome leave();

    Outcome match_exactly();
    Outcome match_longest();
    Outcome walk();
    /// Looks up what are no handles.
    Outcome refuse();

private:
    RTM_ENTITY_HANDLE join(ULONG protocol, RTM_EVENT_CALLBACK callback = nullptr) const;
    RTM_NET_ADDRESS net(const prefix& prefix) const;
    void owner_joins();
    void add_one(std::uint32_t i, ULONG metric);
    ULONG read_metric(RTM_ROUTE_HANDLE route) const;
    void let_events_run();

    fuzz::FuzzHost host_;
    fuzz::Engine engine_{host_};
    const prefixes& prefixes_;
    RTM_ENTITY_HANDLE owner_ = nullptr, viewer_ = nullptr;
    RTM_NEXTHOP_HANDLE hop_ = nullptr;
    std::vector<RTM_ROUTE_HANDLE> routes_; // referenced
};

} // namespace native
