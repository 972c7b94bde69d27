// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A group manager and its model side by side: calls that somebody chooses, each compared in what it
// returns, what is told, and what is then to be seen.

#pragma once

#include "model.h"

#include <functional>

namespace rtm::mgm
{

class Comparison
{
public:
    /// Numbers that say what is done.
    using Choice = std::function<unsigned()>;

    explicit Comparison(Choice choose) : choose_(std::move(choose)) {}

    ~Comparison()
    {
        for (std::size_t i = 0; i < handles_.size(); ++i) {
            for (std::uint32_t iface = 1; iface <= interfaces; ++iface)
                world_.manager.release(handles_[i], {iface, 0});
            world_.leave(handles_[i]);
        }
    }

    /// Does something, and compares.
    void step()
    {
        model_.told.clear();
        const bool is_ordered = take_step();
        compare_log(is_ordered);
        compare_entries();
        compare_joined();
    }

private:
    static constexpr std::uint32_t interfaces = 5;

    unsigned any_of(unsigned n) { return choose_() % n; }

    Flow any_data()
    {
        static const char* const sources[] = {"10.0.0.1", "10.0.0.2", "11.0.0.1"};
        return flow("239.1.1." + std::to_string(1 + any_of(3)), sources[any_of(3)]);
    }

    Flow any_flow()
    {
        const Flow data = any_data();
        switch (any_of(6)) {
        case 0:
            return {};
        case 1:
        case 2:
        case 3:
            return {data.group, any};
        default:
            return data;
        }
    }

    Scope any_scope()
    {
        static const Scope scopes[] = {membership, membership, forwarding, {true, true}};
        return scopes[any_of(4)];
    }

    /// False if what it tells is in no certain order.
    bool take_step()
    {
        const std::size_t client = any_of(static_cast<unsigned>(handles_.size()));
        const std::uint32_t iface = 1 + any_of(interfaces);
        const InterfaceId id{iface, 0};
        const Handle handle = handles_[client];
        switch (any_of(20)) {
        case 0:
            if (model_.clients[client].is_registered)
                break;
            handles_[client] = world_.join(model_.clients[client].log,
                                           model_.clients[client].is_igmp ? igmp_protocol : 100,
                                           static_cast<std::uint32_t>(client));
            model_.join(client);
            return true;
        case 1:
            compare(world_.leave(handle), model_.leave(client));
            return true;
        case 2:
        case 3:
        case 4:
            compare(world_.manager.take(handle, id), model_.take(client, iface));
            return false;
        case 5:
            compare(world_.manager.release(handle, id), model_.release(client, iface));
            return false;
        case 6:
            set_way(any_of(4) == 0 ? std::nullopt : std::optional(iface));
            return true;
        case 7:
            pass(any_of(2) == 0 ? 1000 : any_of(250) * 2000);
            return true;
        case 8:
        case 9:
        case 10: {
            const Flow data = any_data();
            world_.receive(data, iface);
            model_.receive(data, world_.host.now_ms());
            return true;
        }
        case 11:
        case 12:
        case 13:
        case 14: {
            const Flow flow = any_flow();
            const Scope scope = any_scope();
            compare(world_.manager.remove(handle, flow, id, scope),
                    model_.remove(client, flow, iface, scope));
            return true;
        }
        default:
            break;
        }
        const Flow flow = any_flow();
        const Scope scope = any_scope();
        compare(world_.manager.add(handle, flow, id, scope),
                model_.add(client, flow, iface, scope));
        return true;
    }

    void set_way(std::optional<std::uint32_t> iface)
    {
        if (iface)
            world_.route("10.0.0.0", 8, *iface, "192.0.2.1");
        else if (model_.way)
            world_.unroute("10.0.0.0", 8);
        model_.pass_time(world_.host.now_ms());
        model_.set_way(iface);
    }

    void pass(std::uint64_t ms)
    {
        world_.host.advance(ms);
        model_.pass_time(world_.host.now_ms());
    }

    void compare(Status got, Status expected) { assert_true(got == expected); }

    void compare_log(bool is_ordered)
    {
        Log got = world_.take_log();
        Log expected = model_.told;
        if (!is_ordered) {
            std::sort(got.begin(), got.end());
            std::sort(expected.begin(), expected.end());
        }
        for (std::size_t i = 0; i < std::min(got.size(), expected.size()); ++i)
            assert_string_equal(got[i].c_str(), expected[i].c_str());
        assert_int_equal(got.size(), expected.size());
    }

    void compare_entries()
    {
        std::optional<Flow> last;
        EntryReport report;
        for (const auto& [data, entry] : model_.entries) {
            assert_true(world_.manager.report_next(last, false, report));
            assert_true(report.data == data);
            assert_int_equal(report.upstream.incoming.index, entry.incoming);
            assert_true(world_.outgoing(data) == model_.outgoing(data));
            last = data;
        }
        assert_false(world_.manager.report_next(last, false, report));
    }

    void compare_joined()
    {
        std::size_t some = 0;
        while (some < handles_.size() && !model_.clients[some].is_registered)
            ++some;
        if (some == handles_.size())
            return;
        Handle walk = 0;
        assert_true(world_.manager.begin_walk(handles_[some], WalkType::flows, walk) == Status::ok);
        for (const Flow& expected : model_.joined())
            assert_true(world_.manager.step(walk, [&](const Flow& flow) {
                return flow == expected;
            }) == Step::taken);
        assert_true(world_.manager.step(walk, [](const Flow&) { return true; }) == Step::end);
        assert_true(world_.manager.end_walk(walk));
    }

    const Choice choose_;
    World world_;
    Model model_{{{"pim", false}, {"dvmrp", false}, {"igmp", true}, {"other igmp", true}}};
    std::vector<Handle> handles_ = std::vector<Handle>(4);
};

} // namespace rtm::mgm
