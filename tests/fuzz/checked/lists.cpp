// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/lists.h"
#include "checked/buffer.h"
#include "model/references.h"
#include "model/route_lists.h"

namespace fuzz
{

bool create_route_list(Session& session, HANDLE me, bool wants_handle)
{
    Output<HANDLE> handle;
    session.call("RtmCreateRouteList",
                 [&] { return RtmCreateRouteList(me, wants_handle ? &handle.value : nullptr); });
    if (!session.ran_out_of_memory()) {
        auto made = model::create_list(session.world, to_name(me), wants_handle);
        if (session.judge(made.verdict)) {
            session.expect_handle("the handle", handle.value, made.list);
            return true;
        }
    }
    session.expect(handle.is_unset(), "something was stored");
    return false;
}

bool insert_in_route_list(Session& session, HANDLE me, HANDLE list, UINT count,
                          std::vector<HANDLE>* routes)
{
    for (UINT i = 0; Session::tracing && routes && i < count; ++i)
        session.say("put %s in %s", session.text((*routes)[i]).c_str(), session.text(list).c_str());
    session.call("RtmInsertInRouteList", [&] {
        return RtmInsertInRouteList(me, list, count, routes ? routes->data() : nullptr);
    });
    if (session.ran_out_of_memory())
        return false;
    const auto names = to_names(routes ? routes->data() : nullptr, count);
    return session.judge(model::insert_in_list(session.world, to_name(me), to_name(list), count,
                                               routes ? &names : nullptr));
}

bool delete_route_list(Session& session, HANDLE me, HANDLE list)
{
    if (Session::tracing)
        session.say("delete %s", session.text(list).c_str());
    session.call("RtmDeleteRouteList", [&] { return RtmDeleteRouteList(me, list); });
    return session.judge(model::delete_list(session.world, to_name(me), to_name(list)));
}

bool reference_handles(Session& session, HANDLE me, UINT count, std::vector<HANDLE>* handles)
{
    for (UINT i = 0; Session::tracing && handles && i < count; ++i)
        session.say("refer to %s for %s", session.text((*handles)[i]).c_str(),
                    session.text(me).c_str());
    session.call("RtmReferenceHandles", [&] {
        return RtmReferenceHandles(me, count, handles ? handles->data() : nullptr);
    });
    const auto names = to_names(handles ? handles->data() : nullptr, count);
    return session.judge(
        model::reference_handles(session.world, to_name(me), count, handles ? &names : nullptr));
}

} // namespace fuzz
