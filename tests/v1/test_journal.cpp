// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "v1_world.h"

#include <deque>
#include <random>

using namespace rtm;
using namespace rtm::v1;

namespace
{

using Reader = Journal<Ipx>::Reader;

BestRouteChange<Ipx> change_number(std::uint32_t n)
{
    BestRouteChange<Ipx> change;
    change.flags = change_flag::added;
    change.current.network = n;
    return change;
}

void a_change_without_a_difference_is_none(void**)
{
    IpxRoute route = make_route(Ipx(), 1, 1, 1, 1);
    IpxRoute later = route;
    later.time_stamp = {1, 1};
    later.protocol_data[3] = 7;
    assert_int_equal(v1::compare<Ipx>(&route, &later).flags, change_flag::none);
    assert_int_equal(v1::compare<Ipx>(nullptr, nullptr).flags, change_flag::none);
    assert_int_equal(v1::compare<Ipx>(nullptr, &route).flags, change_flag::added);
    assert_int_equal(v1::compare<Ipx>(&route, nullptr).flags, change_flag::deleted);
    later.data.hops = 2;
    assert_int_equal(v1::compare<Ipx>(&route, &later).flags, change_flag::changed);
}

void the_signal_follows_the_queue(void**)
{
    Journal<Ipx> journal;
    Flag flag;
    Reader reader(std::make_unique<FlagSignal>(flag));
    BestRouteChange<Ipx> got;
    journal.post(change_number(1), nullptr); // before anyone reads
    journal.add(reader);
    assert_true(journal.fetch(reader, got) == Fetched::none);
    journal.post(change_number(2), nullptr);
    journal.post(change_number(3), nullptr);
    assert_true(flag.is_set);
    assert_true(journal.fetch(reader, got) == Fetched::more);
    assert_int_equal(got.current.network, 2);
    assert_true(flag.is_set);
    assert_true(journal.fetch(reader, got) == Fetched::last);
    assert_int_equal(got.current.network, 3);
    assert_false(flag.is_set);
    journal.post(change_number(4), nullptr);
    assert_int_equal(journal.remove(reader).waiting, 1);
    assert_true(journal.fetch(reader, got) == Fetched::none);
}

void a_failure_uses_the_reserve_up(void**)
{
    Journal<Ipx> journal;
    Flag flag;
    Reader reader(std::make_unique<FlagSignal>(flag));
    BestRouteChange<Ipx> got;
    journal.prepare();
    journal.add(reader);
    faults::fail_allocation(1);
    journal.post(change_number(1), nullptr); // the reserve was not made for nobody
    assert_true(journal.fetch(reader, got) == Fetched::none);
    faults::fail_allocation(1);
    bool has_thrown = false;
    try {
        journal.prepare();
    } catch (const std::bad_alloc&) {
        has_thrown = true;
    }
    assert_true(has_thrown);
    journal.prepare();
    for (std::uint32_t n = 2; n <= 3; ++n) {
        faults::fail_allocation(1);
        journal.post(change_number(n), nullptr);
    }
    faults::fail_allocation(0);
    assert_true(journal.fetch(reader, got) == Fetched::last);
    assert_int_equal(got.current.network, 2);
    assert_int_equal(journal.remove(reader).lost, 2);
}

// Each reader with a queue of its own is what the one list is to look like.
void many_readers_at_random(void**)
{
    struct Modelled {
        Flag flag;
        std::unique_ptr<Reader> reader;
        std::deque<std::uint32_t> expected;
    };
    Journal<Ipx> journal;
    std::array<Modelled, 5> all;
    std::mt19937 random(3);
    std::uint32_t number = 0;
    for (int step = 0; step < 200000; ++step) {
        Modelled& one = all[random() % all.size()];
        const auto what = random() % 100;
        if (what < 2 && one.reader) {
            assert_int_equal(journal.remove(*one.reader).waiting, one.expected.size());
            one.reader.reset();
            one.expected.clear();
            assert_int_equal(one.flag.alive, 0);
            one.flag.is_set = false;
        } else if (what < 8 && !one.reader) {
            one.reader = std::make_unique<Reader>(std::make_unique<FlagSignal>(one.flag));
            journal.add(*one.reader);
        } else if (what < 50) {
            const Reader* exempt = random() % 2 ? one.reader.get() : nullptr;
            journal.post(change_number(++number), exempt);
            for (Modelled& each : all)
                if (each.reader && each.reader.get() != exempt)
                    each.expected.push_back(number);
        } else if (one.reader) {
            BestRouteChange<Ipx> got;
            const Fetched fetched = journal.fetch(*one.reader, got);
            assert_int_equal(fetched == Fetched::none, one.expected.empty());
            if (fetched != Fetched::none) {
                assert_int_equal(got.current.network, one.expected.front());
                one.expected.pop_front();
                assert_int_equal(fetched == Fetched::last, one.expected.empty());
            }
        }
        assert_int_equal(one.flag.is_set, !one.expected.empty());
    }
    for (Modelled& each : all)
        if (each.reader)
            journal.remove(*each.reader);
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(a_change_without_a_difference_is_none),
        cmocka_unit_test(the_signal_follows_the_queue),
        cmocka_unit_test(a_failure_uses_the_reserve_up),
        cmocka_unit_test(many_readers_at_random),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
