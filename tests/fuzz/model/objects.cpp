// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "objects.h"

namespace model
{

Route::Route(Destination& d, Entity& o) : Object(Kind::route, d.table), destination(d), owner(o) {}

std::string Object::text() const
{
    static constexpr const char* letters[] = {"Entity", "Dest",         "Route", "Hop",
                                              "Enum",   "Notification", "List"};
    return letters[static_cast<int>(kind)] + std::to_string(number);
}

} // namespace model
