// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "entities.h"
#include "buffer.h"
#include "methods.h"

#include "model/entities.h"

#include <cstddef>

namespace fuzz
{

namespace
{

std::optional<model::EntityInfo> to_info(const std::optional<RTM_ENTITY_INFO>& info)
{
    if (!info)
        return std::nullopt;
    return model::EntityInfo{info->RtmInstanceId,
                             info->AddressFamily,
                             {info->EntityId.EntityProtocolId, info->EntityId.EntityInstanceId}};
}

model::Joining to_joining(const Registering& registering)
{
    model::Joining joining;
    joining.info = to_info(registering.info);
    joining.methods = registering.methods;
    joining.has_callback = registering.has_callback;
    joining.reserve_slot = registering.reserve_slot;
    joining.wants_profile = registering.wants_profile;
    joining.wants_handle = registering.wants_handle;
    return joining;
}

void check_profile(Session& session, const RTM_REGN_PROFILE& profile)
{
    const model::Limits& limits = session.world.limits;
    session.expect_number("MaxNextHopsInRoute", profile.MaxNextHopsInRoute,
                          limits.next_hops_in_route + 1);
    session.expect_number("MaxHandlesInEnum", profile.MaxHandlesInEnum, limits.handles_in_enum);
    session.expect_number("ViewsSupported", profile.ViewsSupported, model::supported_views);
    session.expect_number("NumberOfViews", profile.NumberOfViews, model::view_count);
}

void trace(Session& session, const Registering& registering)
{
    if (!Session::tracing || !registering.info)
        return;
    const RTM_ENTITY_INFO& info = *registering.info;
    session.say("register {instance %u, family %u, protocol %lu/%lu}, %zu methods%s%s",
                info.RtmInstanceId, info.AddressFamily,
                static_cast<unsigned long>(info.EntityId.EntityProtocolId),
                static_cast<unsigned long>(info.EntityId.EntityInstanceId),
                registering.methods ? registering.methods->size() : 0,
                registering.has_callback ? ", callback" : "",
                registering.reserve_slot ? ", opaque pointer" : "");
}

} // namespace

void check_entity_info(Session& session, const RTM_ENTITY_INFO& info, const model::Entity& entity)
{
    const model::EntityInfo expected = model::info_of(entity);
    session.expect_number("RtmInstanceId", info.RtmInstanceId, expected.instance);
    session.expect_number("AddressFamily", info.AddressFamily, expected.family);
    session.expect_number("EntityProtocolId", info.EntityId.EntityProtocolId, expected.id.protocol);
    session.expect_number("EntityInstanceId", info.EntityId.EntityInstanceId, expected.id.instance);
}

bool register_entity(Session& session, const Registering& registering)
{
    RTM_ENTITY_INFO info = registering.info.value_or(RTM_ENTITY_INFO());
    Buffer methods = methods_argument(registering.methods.value_or(std::vector<bool>()));
    Output<RTM_REGN_PROFILE> profile;
    Output<HANDLE> handle;
    trace(session, registering);
    session.call("RtmRegisterEntity", [&] {
        return RtmRegisterEntity(
            registering.info ? &info : nullptr,
            registering.methods ? methods.as<RTM_ENTITY_EXPORT_METHODS>() : nullptr,
            registering.has_callback ? on_event : nullptr, registering.reserve_slot,
            registering.wants_profile ? &profile.value : nullptr,
            registering.wants_handle ? &handle.value : nullptr);
    });
    if (!session.ran_out_of_memory()) {
        auto joined = model::join(session.world, to_joining(registering));
        if (session.judge(joined.verdict)) {
            check_profile(session, profile.value);
            session.expect_handle("the registration", handle.value, joined.entity);
            return true;
        }
    }
    session.expect(profile.is_unset() && handle.is_unset(), "something was stored");
    return false;
}

bool deregister_entity(Session& session, HANDLE me)
{
    if (Session::tracing)
        session.say("deregister %s", session.text(me).c_str());
    session.call("RtmDeregisterEntity", [&] { return RtmDeregisterEntity(me); });
    return session.judge(model::leave(session.world, to_name(me)));
}

bool get_registered_entities(Session& session, HANDLE me, std::optional<UINT> capacity,
                             bool wants_handles, bool wants_infos, std::vector<HANDLE>& got)
{
    const UINT room = capacity.value_or(0);
    UINT count = room;
    Buffer handles(room * sizeof(HANDLE));
    Buffer infos(room * sizeof(RTM_ENTITY_INFO));
    session.call("RtmGetRegisteredEntities", [&] {
        return RtmGetRegisteredEntities(me, capacity ? &count : nullptr,
                                        wants_handles ? handles.as<HANDLE>() : nullptr,
                                        wants_infos ? infos.as<RTM_ENTITY_INFO>() : nullptr);
    });
    // A null pointer from an empty buffer is a call without that array.
    const bool has_handles = wants_handles && room != 0;
    auto listed = model::list_entities(session.world, to_name(me), capacity, has_handles);
    const bool good = session.judge(listed.verdict);
    if (!listed.answered) {
        session.expect_number("the count", count, room);
        listed.entities.clear();
    } else {
        session.expect_number("the count", count, listed.count);
    }
    const std::size_t given = listed.entities.size();
    for (std::size_t i = 0; i < given; ++i) {
        if (has_handles) {
            got.push_back(handles.as<HANDLE>()[i]);
            session.expect_handle("an entity", got.back(), listed.entities[i]);
        }
        if (wants_infos)
            check_entity_info(session, infos.as<RTM_ENTITY_INFO>()[i], *listed.entities[i]);
    }
    session.expect(handles.is_painted(has_handles ? given * sizeof(HANDLE) : 0) &&
                       infos.is_painted(wants_infos ? given * sizeof(RTM_ENTITY_INFO) : 0),
                   "too much was stored");
    return good;
}

bool release_entities(Session& session, HANDLE me, UINT count, std::vector<HANDLE>* handles)
{
    session.call("RtmReleaseEntities", [&] {
        return RtmReleaseEntities(me, count, handles ? handles->data() : nullptr);
    });
    const auto names = to_names(handles ? handles->data() : nullptr, count);
    return session.judge(
        model::release_entities(session.world, to_name(me), count, handles ? &names : nullptr));
}

bool get_entity_info(Session& session, HANDLE me, HANDLE entity, bool wants_info)
{
    Output<RTM_ENTITY_INFO> info;
    if (Session::tracing)
        session.say("info of %s for %s", session.text(entity).c_str(), session.text(me).c_str());
    session.call("RtmGetEntityInfo",
                 [&] { return RtmGetEntityInfo(me, entity, wants_info ? &info.value : nullptr); });
    auto asked = model::entity_info(session.world, to_name(me), to_name(entity), wants_info);
    if (!session.judge(asked.verdict)) {
        session.expect(info.is_unset(), "something was stored");
        return false;
    }
    check_entity_info(session, info.value,
                      *model::as<model::Entity>(session.world.names.at(to_name(entity))));
    return true;
}

bool release_entity_info(Session& session, HANDLE me, bool has_info)
{
    RTM_ENTITY_INFO info{};
    session.call("RtmReleaseEntityInfo",
                 [&] { return RtmReleaseEntityInfo(me, has_info ? &info : nullptr); });
    return session.judge(model::release_entity_info(session.world, to_name(me), has_info));
}

} // namespace fuzz
