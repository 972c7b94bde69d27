// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/notifications.h"
#include "checked/batches.h"
#include "checked/enumerations.h"
#include "model/notifications.h"

namespace fuzz
{

namespace
{

std::vector<model::Prefix> prefixes_in(const Session& session, const Buffer& infos, UINT count)
{
    std::vector<model::Prefix> prefixes;
    for (UINT i = 0; i < count && i < most_items && session.succeeded(); ++i) {
        const auto& address = infos.as<RTM_DEST_INFO>(i * stride())->DestAddress;
        if (auto prefix = model::prefix_of(*to_address(&address), address.AddressFamily))
            prefixes.push_back(*prefix);
    }
    return prefixes;
}

bool finish(Session& session, const Output<BOOL>& got, const model::YesOrNo& answer)
{
    if (!session.judge(answer.verdict)) {
        session.expect(got.is_unset(), "something was stored");
        return false;
    }
    session.expect_number("the answer", static_cast<unsigned>(got.value), answer.yes);
    return true;
}

} // namespace

bool register_for_changes(Session& session, HANDLE me, RTM_VIEW_SET views, DWORD flags,
                          std::uintptr_t context, bool wants_handle)
{
    Output<HANDLE> handle;
    if (Session::tracing)
        session.say("watch for %s, views %#lx, flags %#lx", session.text(me).c_str(),
                    static_cast<unsigned long>(views), static_cast<unsigned long>(flags));
    session.call("RtmRegisterForChangeNotification", [&] {
        return RtmRegisterForChangeNotification(me, views, flags, reinterpret_cast<void*>(context),
                                                wants_handle ? &handle.value : nullptr);
    });
    if (!session.ran_out_of_memory()) {
        auto made = model::watch(session.world, to_name(me), views, flags, context, wants_handle);
        if (session.judge(made.verdict)) {
            session.expect_handle("the handle", handle.value, made.made);
            return true;
        }
    }
    session.expect(handle.is_unset(), "something was stored");
    return false;
}

bool deregister_from_changes(Session& session, HANDLE me, HANDLE handle)
{
    if (Session::tracing)
        session.say("end %s for %s", session.text(handle).c_str(), session.text(me).c_str());
    session.call("RtmDeregisterFromChangeNotification",
                 [&] { return RtmDeregisterFromChangeNotification(me, handle); });
    return session.judge(model::unwatch(session.world, to_name(me), to_name(handle)));
}

bool get_changed_dests(Session& session, HANDLE me, HANDLE handle, std::optional<UINT> capacity,
                       bool has_array, Buffer& got, UINT& count)
{
    const UINT room = std::min(capacity.value_or(0), most_items);
    Buffer buffer(std::max<std::size_t>(room, 1) * stride());
    count = capacity.value_or(0);
    if (Session::tracing)
        session.say("%u changes of %s for %s", room, session.text(handle).c_str(),
                    session.text(me).c_str());
    session.call("RtmGetChangedDests", [&] {
        return RtmGetChangedDests(me, handle, capacity ? &count : nullptr,
                                  has_array ? buffer.as<RTM_DEST_INFO>() : nullptr);
    });
    if (session.ran_out_of_memory()) {
        session.expect_number("the count", count, 0);
        return false;
    }
    const auto batch = model::get_changes(session.world, to_name(me), to_name(handle), capacity,
                                          has_array, prefixes_in(session, buffer, count));
    const bool good = session.judge(batch.verdict);
    check_count(session, capacity, count, batch);
    check_destinations(session, buffer, batch.items);
    got = buffer;
    count = static_cast<UINT>(batch.items.size());
    return good;
}

bool release_changed_dests(Session& session, HANDLE me, HANDLE handle, UINT count, Buffer* infos)
{
    session.call("RtmReleaseChangedDests", [&] {
        return RtmReleaseChangedDests(me, handle, count,
                                      infos ? infos->as<RTM_DEST_INFO>() : nullptr);
    });
    return session.judge(model::release_changes(session.world, to_name(me), to_name(handle), count,
                                                handles_in(infos, count)));
}

bool ignore_changed_dests(Session& session, HANDLE me, HANDLE handle, UINT count,
                          std::vector<HANDLE>* destinations)
{
    session.call("RtmIgnoreChangedDests", [&] {
        return RtmIgnoreChangedDests(me, handle, count,
                                     destinations ? destinations->data() : nullptr);
    });
    const auto names = to_names(destinations ? destinations->data() : nullptr, count);
    return session.judge(model::ignore_changes(session.world, to_name(me), to_name(handle), count,
                                               destinations ? &names : nullptr));
}

bool mark_dest(Session& session, HANDLE me, HANDLE handle, HANDLE destination, BOOL mark)
{
    if (Session::tracing)
        session.say("%s %s on %s for %s", mark ? "mark" : "unmark",
                    session.text(destination).c_str(), session.text(handle).c_str(),
                    session.text(me).c_str());
    session.call("RtmMarkDestForChangeNotification",
                 [&] { return RtmMarkDestForChangeNotification(me, handle, destination, mark); });
    return !session.ran_out_of_memory() &&
           session.judge(model::mark(session.world, to_name(me), to_name(handle),
                                     to_name(destination), mark));
}

bool get_change_status(Session& session, HANDLE me, HANDLE handle, HANDLE destination,
                       bool wants_answer)
{
    Output<BOOL> answer;
    session.call("RtmGetChangeStatus", [&] {
        return RtmGetChangeStatus(me, handle, destination, wants_answer ? &answer.value : nullptr);
    });
    return finish(session, answer,
                  model::is_changed(session.world, to_name(me), to_name(handle),
                                    to_name(destination), wants_answer));
}

bool is_marked(Session& session, HANDLE me, HANDLE handle, HANDLE destination, bool wants_answer)
{
    Output<BOOL> answer;
    session.call("RtmIsMarkedForChangeNotification", [&] {
        return RtmIsMarkedForChangeNotification(me, handle, destination,
                                                wants_answer ? &answer.value : nullptr);
    });
    return finish(session, answer,
                  model::is_marked(session.world, to_name(me), to_name(handle),
                                   to_name(destination), wants_answer));
}

} // namespace fuzz
