// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What an entity is to be told besides news of other entities: routes of its own that have
// expired, and changes of destinations that it watches.

#pragma once

#include "chain.h"

namespace rtm
{

struct RouteExtras;
class Notification;

struct ExpiredRoutes; // tags of chains
struct DueNotifications;

struct EventQueue {
    Chain<RouteExtras, ExpiredRoutes> expired; // each holds a reference to its route
    Chain<Notification, DueNotifications> due;
};

} // namespace rtm
