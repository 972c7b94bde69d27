// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The order of a destination's routes, and which of them are best.

#pragma once

#include "objects.h"

namespace model
{

/// Puts a new route behind those that it equals.
void rank_new(Route& route);

/// Puts a live route where it belongs now that its contents are others than `before`: one that
/// has become worse before those that it equals, one that has become better behind them.
void rank_again(Route& route, const Contents& before);

void take_out_of_ranking(Route& route);

/// The first of a destination's routes in a view, among those of `protocol` unless it is 0.
Route* first_in_view(const Destination& destination, unsigned view, std::uint32_t protocol);

/// Sets the best route of each view: of those with the best rank the one that is it already, or
/// else the first.
void choose_best(Destination& destination);

bool is_in(const Route& route, unsigned view);
unsigned count_in_view(const Destination& destination, unsigned view, std::uint32_t protocol);

/// The views in which a destination has a route.
ViewSet views_of(const Destination& destination);

} // namespace model
