// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "route_contents.h"

#include "fields.h"

#include <algorithm>

namespace rtm
{

namespace
{

template <class Before>
ContentsChange compare_with(const Before& before, std::span<const Handle> hops_before,
                            const RouteInfo& info, const PrefInfo& pref,
                            std::span<const Handle> hops) noexcept
{
    const auto changed_flags = static_cast<std::uint16_t>(before.flags ^ info.flags);
    const bool other_hops =
        !std::equal(hops_before.begin(), hops_before.end(), hops.begin(), hops.end());
    ContentsChange change;
    change.forwarding =
        before.pref != pref || other_hops || (changed_flags & forwarding_flags) != 0;
    change.best = change.forwarding || changed_flags != 0;
    change.any = change.best || before.views != info.views || before.flags1 != info.flags1 ||
                 before.neighbour != info.neighbour ||
                 before.entity_specific != info.entity_specific;
    return change;
}

} // namespace

std::span<const Handle> next_hops_of(const RouteInfo& info, unsigned most) noexcept
{
    return {info.next_hops, std::min<std::size_t>(read_field(info.next_hop_count), most)};
}

RouteContents contents_of(const RouteInfo& info, unsigned most_next_hops)
{
    RouteContents contents;
    contents.next_hops.reserve(most_next_hops);
    renew(contents, info, info.views, info.pref, most_next_hops);
    return contents;
}

void renew(RouteContents& contents, const RouteInfo& info, ViewSet views, const PrefInfo& pref,
           unsigned most_next_hops) noexcept
{
    contents.neighbour = info.neighbour;
    contents.flags1 = info.flags1;
    contents.flags = info.flags;
    contents.pref = pref;
    contents.views = views;
    contents.entity_specific = info.entity_specific;
    const auto hops = next_hops_of(info, most_next_hops);
    contents.next_hops.assign(hops.begin(), hops.end());
}

ContentsChange compare(const RouteContents& before, const RouteInfo& info, const PrefInfo& pref,
                       unsigned most_next_hops) noexcept
{
    return compare_with(before, before.next_hops, info, pref, next_hops_of(info, most_next_hops));
}

ContentsChange compare(const RouteInfo& before, const RouteInfo& info, const PrefInfo& pref,
                       unsigned most_next_hops) noexcept
{
    return compare_with(before, next_hops_of(before, most_next_hops), info, pref,
                        next_hops_of(info, most_next_hops));
}

} // namespace rtm
