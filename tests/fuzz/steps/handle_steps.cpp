// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Route lists, references of any kind, and the conversion of addresses.

#include "checked/destinations.h"
#include "checked/entities.h"
#include "checked/lists.h"
#include "checked/next_hops.h"
#include "checked/routes.h"
#include "steps/steps.h"

namespace fuzz
{

namespace
{

void create_list_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    create_route_list(run.session, me, !Quirk(args).is(0));
}

void insert_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE list = run.pick_or_null(args, model::Kind::route_list, Among::own);
    auto routes = run.pick_some(args, model::Kind::route, Among::own);
    const Quirk quirk(args);
    const UINT count = quirk.is(0) ? 1 : static_cast<UINT>(routes.size());
    insert_in_route_list(run.session, me, list, count, quirk.is(0) ? nullptr : &routes);
}

void delete_list_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    delete_route_list(run.session, me, run.pick(args, model::Kind::route_list, Among::own));
}

void reference_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    const auto kind = static_cast<model::Kind>(args.byte() % 7);
    auto handles = run.pick_some(args, kind);
    const Quirk quirk(args);
    const UINT count = quirk.is(0) ? 1 : static_cast<UINT>(handles.size());
    reference_handles(run.session, me, count, quirk.is(0) ? nullptr : &handles);
}

/// Releases one reference of a handle.
bool release_one(Session& session, HANDLE me, const model::Object& object)
{
    std::vector<HANDLE> handles{handle_of(&object)};
    Buffer info(destination_size(0));
    switch (object.kind) {
    case model::Kind::entity:
        return release_entities(session, me, 1, &handles);
    case model::Kind::route:
        return release_routes(session, me, 1, &handles);
    case model::Kind::next_hop:
        return release_next_hops(session, me, 1, &handles);
    case model::Kind::destination:
        info.as<RTM_DEST_INFO>()->DestHandle = handles.front();
        info.as<RTM_DEST_INFO>()->NumberOfViews = 0;
        return release_dest_info(session, me, &info);
    default:
        return false;
    }
}

// Gives back all references to an object, so that it may end.
void drop_step(Run& run, Args& args)
{
    HANDLE me = run.pick_caller(args);
    HANDLE handle = run.pick(args, static_cast<model::Kind>(args.byte() % 4));
    auto known = run.session.world.names.find(to_name(handle));
    if (known == run.session.world.names.end())
        return;
    const model::Object& object = *known->second;
    while (object.exists && object.references > 0)
        if (!release_one(run.session, me, object))
            return;
}

void convert_step(Run& run, Args& args)
{
    RTM_NET_ADDRESS address = run.pick_address(args);
    const DWORD size = args.byte() % 8 == 7 ? 4 : 16;
    IN6_ADDR ipv6{};
    DWORD length = 0;
    DWORD code = run.session.call("RtmConvertNetAddressToIpv6AddressAndLength", [&] {
        return RtmConvertNetAddressToIpv6AddressAndLength(&address, &ipv6, &length, size);
    });
    const bool right = size == 16 && address.AddressFamily == model::ipv6 && address.NumBits <= 128;
    run.session.expect_number("the code", code, right ? NO_ERROR : ERROR_INVALID_PARAMETER);
    if (!right)
        return;
    RTM_NET_ADDRESS back{};
    code = run.session.call("RtmConvertIpv6AddressAndLengthToNetAddress", [&] {
        return RtmConvertIpv6AddressAndLengthToNetAddress(&back, ipv6, length, size);
    });
    run.session.expect(code == NO_ERROR && std::memcmp(&back, &address, sizeof(back)) == 0,
                       "the address has changed");
}

} // namespace

const Step handle_steps[6] = {
    {"create list", create_list_step, 2}, {"insert in list", insert_step, 4},
    {"delete list", delete_list_step, 2}, {"reference handles", reference_step, 3},
    {"drop object", drop_step, 6},        {"convert address", convert_step, 1},
};

} // namespace fuzz
