// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/batches.h"
#include "checked/enumerations.h"

namespace fuzz
{

namespace
{

/// A call that stores handles in an array, and what the model makes of it.
template <class T, class Call, class Judge>
bool get_handles(Session& session, const char* name, std::optional<UINT> capacity, bool has_array,
                 std::vector<HANDLE>& got, Call call, Judge judge)
{
    const UINT room = std::min(capacity.value_or(0), most_items);
    std::vector<HANDLE> array(room, Output<HANDLE>::unset());
    // Without room it still has to be an address.
    HANDLE nowhere = Output<HANDLE>::unset();
    HANDLE* argument = array.empty() ? &nowhere : array.data();
    UINT count = capacity.value_or(0);
    session.call(name,
                 [&] { return call(capacity ? &count : nullptr, has_array ? argument : nullptr); });
    if (session.ran_out_of_memory()) {
        session.expect_number("the count", count, 0);
        return false;
    }
    const model::Batch<T*> batch = judge(count);
    for (const T* item : batch.items)
        if (Session::tracing)
            session.say("expected is %s", item->text().c_str());
    const bool good = session.judge(batch.verdict);
    check_count(session, capacity, count, batch);
    check_handles(session, array.data(), room, batch, got);
    return good;
}

} // namespace

std::size_t stride()
{
    return destination_size(model::view_count);
}

void check_destinations(Session& session, const Buffer& buffer,
                        const std::vector<model::DestinationInfo>& expected)
{
    for (std::size_t i = 0; i < expected.size(); ++i)
        check_destination(session, buffer, i * stride(), stride(), expected[i]);
    session.expect(buffer.is_painted(expected.size() * stride()), "too much was stored");
}

std::optional<std::vector<model::DestinationHandles>> handles_in(const Buffer* infos, UINT count)
{
    if (!infos)
        return std::nullopt;
    std::vector<model::DestinationHandles> handles;
    for (UINT i = 0; i < count; ++i)
        handles.push_back(handles_in(*infos->as<RTM_DEST_INFO>(i * stride())));
    return handles;
}

bool get_enum_dests(Session& session, HANDLE me, HANDLE handle, std::optional<UINT> capacity,
                    bool has_array, Buffer& got, UINT& count)
{
    const UINT room = std::min(capacity.value_or(0), most_items);
    Buffer buffer(std::max<std::size_t>(room, 1) * stride());
    count = capacity.value_or(0);
    if (Session::tracing)
        session.say("%u items of %s for %s", room, session.text(handle).c_str(),
                    session.text(me).c_str());
    session.call("RtmGetEnumDests", [&] {
        return RtmGetEnumDests(me, handle, capacity ? &count : nullptr,
                               has_array ? buffer.as<RTM_DEST_INFO>() : nullptr);
    });
    if (session.ran_out_of_memory()) {
        session.expect_number("the count", count, 0);
        return false;
    }
    const auto batch =
        model::get_destinations(session.world, to_name(me), to_name(handle), capacity, has_array);
    const bool good = session.judge(batch.verdict);
    check_count(session, capacity, count, batch);
    check_destinations(session, buffer, batch.items);
    got = buffer;
    count = static_cast<UINT>(batch.items.size());
    return good;
}

bool get_enum_routes(Session& session, HANDLE me, HANDLE handle, std::optional<UINT> capacity,
                     bool has_array, std::vector<HANDLE>& got)
{
    if (Session::tracing)
        session.say("%u items of %s for %s", capacity.value_or(0), session.text(handle).c_str(),
                    session.text(me).c_str());
    return get_handles<model::Route>(
        session, "RtmGetEnumRoutes", capacity, has_array, got,
        [&](UINT* count, HANDLE* array) { return RtmGetEnumRoutes(me, handle, count, array); },
        [&](UINT count) {
            // When memory runs out what there is comes, and the rest with the next call.
            std::optional<UINT> fetched = capacity;
            if (session.had_fault() && session.succeeded() && count != 0)
                fetched = count;
            return model::get_routes(session.world, to_name(me), to_name(handle), fetched,
                                     has_array);
        });
}

bool get_enum_next_hops(Session& session, HANDLE me, HANDLE handle, std::optional<UINT> capacity,
                        bool has_array, std::vector<HANDLE>& got)
{
    return get_handles<model::NextHop>(
        session, "RtmGetEnumNextHops", capacity, has_array, got,
        [&](UINT* count, HANDLE* array) { return RtmGetEnumNextHops(me, handle, count, array); },
        [&](UINT) {
            return model::get_next_hops(session.world, to_name(me), to_name(handle), capacity,
                                        has_array);
        });
}

bool get_list_enum_routes(Session& session, HANDLE me, HANDLE handle, std::optional<UINT> capacity,
                          bool has_array, std::vector<HANDLE>& got)
{
    return get_handles<model::Route>(
        session, "RtmGetListEnumRoutes", capacity, has_array, got,
        [&](UINT* count, HANDLE* array) { return RtmGetListEnumRoutes(me, handle, count, array); },
        [&](UINT) {
            return model::get_list_routes(session.world, to_name(me), to_name(handle), capacity,
                                          has_array);
        });
}

bool release_dests(Session& session, HANDLE me, UINT count, Buffer* infos)
{
    session.call("RtmReleaseDests", [&] {
        return RtmReleaseDests(me, count, infos ? infos->as<RTM_DEST_INFO>() : nullptr);
    });
    return session.judge(
        model::release_destinations(session.world, to_name(me), count, handles_in(infos, count)));
}

} // namespace fuzz
