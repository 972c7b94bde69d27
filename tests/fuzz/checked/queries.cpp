// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/queries.h"

#include <algorithm>
#include <cstddef>

namespace fuzz
{

namespace
{

constexpr std::size_t before_next_hops = offsetof(RTM_ROUTE_INFO, NextHopsList.NextHops);

/// The criteria in a buffer that can take any answer.
Buffer question_buffer(const Session& session, const model::Question& question)
{
    const Buffer asked = route_argument(*question.info, question.owner);
    const std::size_t room = std::max<std::size_t>(session.world.limits.next_hops_in_route,
                                                   question.info->next_hops.size());
    Buffer buffer = route_buffer(room);
    std::copy_n(asked.as<UCHAR>(), asked.size(), buffer.as<UCHAR>());
    return buffer;
}

/// Whether nothing was written behind the first `next_hops` of them.
bool is_unchanged(const Buffer& before, const Buffer& after, std::size_t from)
{
    return std::equal(before.as<UCHAR>(from), before.as<UCHAR>(before.size()),
                      after.as<UCHAR>(from));
}

} // namespace

bool exact_match_route(Session& session, HANDLE me, const std::optional<RTM_NET_ADDRESS>& address,
                       const model::Question& question, RTM_VIEW_SET views, bool wants_handle,
                       Buffer* got)
{
    RTM_NET_ADDRESS argument = address.value_or(RTM_NET_ADDRESS());
    Buffer buffer = question.info ? question_buffer(session, question) : Buffer();
    const Buffer before = buffer;
    Output<HANDLE> handle;
    if (Session::tracing)
        session.say("find route to %s for %s, match %#x, interface %u, views %#lx",
                    text_of(address ? &argument : nullptr).c_str(), session.text(me).c_str(),
                    question.flags, question.interface_index, static_cast<unsigned long>(views));
    session.call("RtmGetExactMatchRoute", [&] {
        return RtmGetExactMatchRoute(me, address ? &argument : nullptr, question.flags,
                                     question.info ? buffer.as<RTM_ROUTE_INFO>() : nullptr,
                                     question.interface_index, views,
                                     wants_handle ? &handle.value : nullptr);
    });
    auto found = model::exact_match_route(session.world, to_name(me),
                                          to_address(address ? &*address : nullptr), question,
                                          views, wants_handle);
    if (!session.judge(found.verdict)) {
        session.expect(handle.is_unset() && is_unchanged(before, buffer, 0),
                       "something was stored");
        return false;
    }
    if (wants_handle)
        session.expect_handle("the handle", handle.value, found.route);
    check_route_copy(session, *buffer.as<RTM_ROUTE_INFO>(), *found.route);
    const std::size_t used =
        before_next_hops + found.route->shown.next_hops.size() * sizeof(HANDLE);
    session.expect(is_unchanged(before, buffer, used), "too much was stored");
    *got = buffer;
    return true;
}

} // namespace fuzz
