// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Forwarding entries: how they come to be, change, and end.

#include "world.h"

using namespace rtm;
using namespace rtm::mgm;

namespace
{

using Indices = std::vector<std::uint32_t>;

const Flow g = flow("239.1.1.1");
const Flow sg = flow("239.1.1.1", "10.0.0.1");

constexpr std::uint64_t second = 1000;

/// pim has interfaces 1 and 2, dvmrp 3 and 4, IGMP 4 and 5. Sources of 10.0.0.0/8 are behind 1.
struct Router : World {
    Router()
    {
        for (std::uint32_t iface : {1, 2})
            manager.take(pim, {iface, 0});
        for (std::uint32_t iface : {3, 4})
            manager.take(dvmrp, {iface, 0});
        for (std::uint32_t iface : {4, 5})
            manager.take(igmp, {iface, 0});
        route("10.0.0.0", 8, 1, "192.0.2.1");
    }
    ~Router()
    {
        for (Handle protocol : {pim, dvmrp, igmp}) {
            for (std::uint32_t iface = 1; iface < 9; ++iface)
                manager.release(protocol, {iface, 0});
            leave(protocol);
        }
    }

    void add(Handle protocol, const Flow& flow, std::uint32_t iface)
    {
        assert_true(manager.add(protocol, flow, {iface, 0}, membership) == Status::ok);
    }
    void remove(Handle protocol, const Flow& flow, std::uint32_t iface)
    {
        assert_true(manager.remove(protocol, flow, {iface, 0}, membership) == Status::ok);
    }
    void forward(Handle protocol, const Flow& flow, std::uint32_t iface, bool enabled)
    {
        const auto call = enabled ? &GroupManager::add : &GroupManager::remove;
        assert_true((manager.*call)(protocol, flow, {iface, 0}, forwarding) == Status::ok);
    }

    Handle pim = join("pim", 101);
    Handle dvmrp = join("dvmrp", 102);
    Handle igmp = join_igmp("igmp");
};

void the_first_packet_makes_one(void**)
{
    Router router;
    router.add(router.pim, g, 2);
    router.add(router.dvmrp, sg, 3);
    router.add(router.igmp, g, 4);
    router.add(router.igmp, Flow{}, 5);
    router.take_log();
    assert_true(router.receive(sg, 1));
    router.assert_log({"pim: way of (10.0.0.1, 239.1.1.1): if1 from 192.0.2.1",
                       "pim: new (10.0.0.1, 239.1.1.1) if1 to if2",
                       "dvmrp: new (10.0.0.1, 239.1.1.1) if1 to if3 if4+igmp",
                       "igmp: new (10.0.0.1, 239.1.1.1) if1 to if5+igmp"});
    assert_true(router.receive(sg, 1));
    router.assert_log({});
    const EntryReport entry = router.entry(sg);
    assert_true(
        entry.upstream ==
        (Upstream{{1, 0}, address("192.0.2.1"), 3, address("10.0.0.0"), address("255.0.0.0")}));
    assert_int_equal(entry.incoming_protocol, 101);
    assert_true(router.outgoing(sg) == (Indices{2, 3, 4, 5}));
    assert_int_equal(entry.counters.in_packets, 2);
    assert_int_equal(entry.counters.in_octets, 200);
    assert_int_equal(entry.counters.out_packets, 8);
    assert_int_equal(entry.outgoing_counters[0].packets, 2);
}

void without_a_way_there_is_none(void**)
{
    Router router;
    router.add(router.pim, g, 2);
    router.take_log();
    assert_false(router.receive(flow("239.1.1.1", "11.0.0.1"), 1));
    assert_false(router.has_entry(flow("239.1.1.1", "11.0.0.1")));
    router.assert_log({});
}

void nobody_wants_it(void**)
{
    Router router;
    router.take_log();
    assert_true(router.receive(sg, 1));
    router.assert_log({"pim: way of (10.0.0.1, 239.1.1.1): if1 from 192.0.2.1"});
    assert_true(router.outgoing(sg).empty());
    assert_int_equal(router.entry(sg).counters.negative, 1);
    router.receive(sg, 3);
    assert_int_equal(router.entry(sg).counters.different_interface, 1);
}

/// It is listed where it is joined, but nothing is sent back.
void joined_where_it_comes_in(void**)
{
    Router router;
    router.add(router.pim, g, 1);
    router.add(router.pim, g, 2);
    router.receive(sg, 1);
    assert_true(router.outgoing(sg) == (Indices{1, 2}));
    assert_int_equal(router.entry(sg).counters.out_packets, 1);
}

void protocols_decide(void**)
{
    Router router;
    router.add(router.pim, g, 2);
    router.add(router.dvmrp, g, 3);
    router.add(router.dvmrp, g, 4);
    router.on_way = [](const WayQuestion& question) {
        assert_int_equal(question.packet.header.size(), 20);
        assert_int_equal(question.route.view_count, 1);
        assert_int_equal(question.route.address.bits, 8);
        question.upstream.incoming = {2, 0};
        question.upstream.neighbour = address("192.0.2.99");
        question.route.address.bits = 16;
        question.route.destination = 12345; // must not matter
    };
    router.on_outgoing = [](std::span<OutgoingChoice> choices) {
        assert_true(choices[0].is_enabled);
        choices[0].is_enabled = false;
        choices[0].index = 4; // must not matter
    };
    assert_true(router.receive(sg, 2));
    const EntryReport entry = router.entry(sg);
    assert_int_equal(entry.upstream.incoming.index, 2);
    assert_int_equal(entry.upstream.neighbour, address("192.0.2.99"));
    assert_int_equal(entry.upstream.route_mask, address("255.255.0.0"));
    assert_true(router.outgoing(sg) == (Indices{4}));
    router.add(router.dvmrp, g, 3); // it has joined already: nothing new
    assert_true(router.outgoing(sg) == (Indices{4}));
    router.remove(router.dvmrp, g, 3);
    router.add(router.dvmrp, g, 3); // receivers are there anew
    assert_true(router.outgoing(sg) == (Indices{3, 4}));
    router.route("10.0.0.0", 8, 3, "192.0.2.3"); // the protocol's choice stays
    assert_int_equal(router.entry(sg).upstream.incoming.index, 2);
    assert_int_equal(router.entry(sg).upstream.route_mask, address("255.0.0.0"));
}

void packets_in_callbacks(void**)
{
    Router router;
    router.add(router.pim, g, 2);
    router.on_way = [&](const WayQuestion&) { assert_false(router.receive(sg, 1)); };
    assert_true(router.receive(sg, 1));
    assert_int_equal(router.entry(sg).counters.in_packets, 1);
}

void outgoing_follows_memberships(void**)
{
    Router router;
    router.receive(sg, 1);
    router.add(router.pim, g, 2);
    router.add(router.dvmrp, sg, 3);
    router.add(router.igmp, Flow{}, 4);
    router.add(router.igmp, g, 4);
    assert_true(router.outgoing(sg) == (Indices{2, 3, 4}));
    router.remove(router.igmp, Flow{}, 4);
    router.remove(router.dvmrp, sg, 3);
    assert_true(router.outgoing(sg) == (Indices{2, 4}));
    router.add(router.dvmrp, flow("239.1.1.1", "10.0.0.2"), 3); // another source
    router.add(router.dvmrp, flow("239.1.1.2"), 3);             // another group
    assert_true(router.outgoing(sg) == (Indices{2, 4}));
}

void forwarding_alone(void**)
{
    Router router;
    router.add(router.dvmrp, g, 3);
    router.receive(sg, 1);
    router.take_log();
    router.forward(router.dvmrp, sg, 3, false);
    router.assert_log({"pim: prune (10.0.0.1, 239.1.1.1) if3 entry"});
    assert_true(router.outgoing(sg).empty());
    router.forward(router.dvmrp, sg, 3, false);
    router.assert_log({});
    router.forward(router.dvmrp, g, 4, true);
    router.assert_log({"pim: join (10.0.0.1, 239.1.1.1) entry"});
    assert_true(router.outgoing(sg) == (Indices{4}));
    router.forward(router.dvmrp, sg, 3, true);
    router.forward(router.pim, sg, 2, true); // it knows that itself
    router.assert_log({"pim: join (10.0.0.1, 239.1.1.1) entry"});
    router.remove(router.dvmrp, g, 3);
    assert_true(router.outgoing(sg) == (Indices{2, 4}));
    router.forward(router.dvmrp, flow("239.9.9.9"), 3, true); // no such entry
    assert_true(router.manager.release(router.dvmrp, {4, 0}) == Status::ok);
    assert_true(router.outgoing(sg) == (Indices{2}));
}

void entries_age(void**)
{
    Router router;
    router.receive(sg, 1);
    assert_int_equal(router.entry(sg).life, 900 * second);
    router.host.advance(899 * second);
    assert_int_equal(router.entry(sg).age, 899 * second);
    router.receive(sg, 1); // does not make it any younger
    router.host.advance(second);
    assert_false(router.has_entry(sg));
    router.receive(sg, 1);
    assert_int_equal(router.entry(sg).age, 0);
}

void prunes_set_the_life(void**)
{
    Router router;
    router.add(router.dvmrp, g, 3);
    router.receive(sg, 1);
    router.on_alert = [](const Alert& alert, std::uint32_t& life) {
        assert_int_equal(life, 900);
        if (alert.kind == Alert::Kind::prune)
            life = 60;
    };
    router.host.advance(10 * second);
    router.forward(router.dvmrp, sg, 3, false);
    assert_int_equal(router.entry(sg).life, 70 * second);
    router.host.advance(59 * second);
    assert_true(router.has_entry(sg));
    router.host.advance(second);
    assert_false(router.has_entry(sg));
    // That of a membership does not.
    router.receive(sg, 1);
    router.remove(router.dvmrp, g, 3);
    assert_int_equal(router.entry(sg).life, 900 * second);
}

void follows_the_routing_table(void**)
{
    Router router;
    const Flow other = flow("239.1.1.1", "10.2.0.1");
    router.receive(sg, 1);
    router.receive(other, 1);
    router.route("10.2.0.0", 16, 3, "192.0.2.3");
    assert_int_equal(router.entry(sg).upstream.incoming.index, 1);
    assert_int_equal(router.entry(other).upstream.incoming.index, 3);
    assert_int_equal(router.entry(other).upstream.neighbour, address("192.0.2.3"));
    assert_int_equal(router.entry(other).incoming_protocol, 102);
    router.unroute("10.2.0.0", 16);
    assert_int_equal(router.entry(other).upstream.incoming.index, 1);
    router.unroute("10.0.0.0", 8);
    assert_false(router.has_entry(sg));
    assert_false(router.has_entry(other));
}

void releasing_ends_those_that_come_in(void**)
{
    Router router;
    router.receive(sg, 1);
    router.route("10.3.0.0", 16, 3, "192.0.2.3");
    const Flow other = flow("239.1.1.1", "10.3.0.1");
    router.receive(other, 3);
    router.add(router.pim, g, 1);
    assert_true(router.manager.release(router.pim, {1, 0}) == Status::ok);
    assert_false(router.has_entry(sg));
    assert_true(router.outgoing(other).empty());
    // IGMP's going ends none of the owner's.
    router.manager.take(router.igmp, {3, 0});
    router.manager.release(router.igmp, {3, 0});
    assert_true(router.has_entry(other));
}

void links_and_whole_interfaces(void**)
{
    Router router;
    const InterfaceId link{7, address("192.0.2.7")};
    router.manager.take(router.pim, link);
    router.route("20.0.0.0", 8, 7, "192.0.2.7");
    router.route("21.0.0.0", 8, 7, "192.0.2.8");
    router.receive(flow("239.1.1.1", "20.0.0.1"), 7);
    router.receive(flow("239.1.1.1", "21.0.0.1"), 7);
    assert_true(router.entry(flow("239.1.1.1", "20.0.0.1")).upstream.incoming == link);
    assert_true(router.entry(flow("239.1.1.1", "21.0.0.1")).upstream.incoming ==
                (InterfaceId{7, 0}));
    assert_int_equal(router.entry(flow("239.1.1.1", "21.0.0.1")).incoming_protocol, 0);
    router.manager.release(router.pim, link);
    assert_false(router.has_entry(flow("239.1.1.1", "20.0.0.1")));
}

void in_order(void**)
{
    Router router;
    for (const char* group : {"239.2.0.0", "225.0.0.255", "225.0.1.0"})
        for (const char* source : {"10.200.0.1", "10.0.1.0", "10.0.0.255"})
            router.receive(flow(group, source), 1);
    std::optional<Flow> last;
    std::string order;
    EntryReport report;
    while (router.manager.report_next(last, false, report)) {
        last = report.data;
        order += text_of(report.data) + " ";
    }
    assert_string_equal(
        order.c_str(),
        "(10.0.0.255, 225.0.0.255) (10.0.1.0, 225.0.0.255) (10.200.0.1, 225.0.0.255) "
        "(10.0.0.255, 225.0.1.0) (10.0.1.0, 225.0.1.0) (10.200.0.1, 225.0.1.0) "
        "(10.0.0.255, 239.2.0.0) (10.0.1.0, 239.2.0.0) (10.200.0.1, 239.2.0.0) ");
    // Behind one that is not there.
    assert_true(router.manager.report_next(flow("225.0.0.255", "10.0.0.7"), false, report));
    assert_true(report.data == flow("225.0.0.255", "10.0.0.255"));
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(the_first_packet_makes_one),
        cmocka_unit_test(without_a_way_there_is_none),
        cmocka_unit_test(nobody_wants_it),
        cmocka_unit_test(joined_where_it_comes_in),
        cmocka_unit_test(protocols_decide),
        cmocka_unit_test(packets_in_callbacks),
        cmocka_unit_test(outgoing_follows_memberships),
        cmocka_unit_test(forwarding_alone),
        cmocka_unit_test(entries_age),
        cmocka_unit_test(prunes_set_the_life),
        cmocka_unit_test(follows_the_routing_table),
        cmocka_unit_test(releasing_ends_those_that_come_in),
        cmocka_unit_test(links_and_whole_interfaces),
        cmocka_unit_test(in_order),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
