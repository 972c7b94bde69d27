// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The prefix tree against a std::map that does the same slowly.

#include "cmocka_cpp.h"

#include "fake_host.h"
#include "prefix_tree.h"

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <thread>

using namespace rtm;

namespace
{

class Pair
{
public:
    explicit Pair(Family f, unsigned seed)
        : random(seed), family(f), pool(*directory, sections, regions, this, Destination::size(f)),
          tree(f, *directory, sections, regions)
    {
    }

    // Few bytes, so that prefixes nest and meet.
    Prefix any_prefix()
    {
        Prefix host;
        host.length = static_cast<std::uint8_t>(address_size(family) * 8);
        for (unsigned i = 0; i < address_size(family); ++i)
            host.bytes[i] =
                static_cast<std::uint8_t>(random() % 4 ? random() % 3 * 0x81 : random());
        return host.shortened(static_cast<unsigned>(random()) % (host.length + 1u));
    }

    void insert(const Prefix& prefix)
    {
        Destination* made = nullptr;
        try {
            made = &pool.take();
            made->length = prefix.length;
            std::memcpy(made->address(), prefix.bytes.data(), address_size(family));
            tree.insert(*made);
            model[prefix] = made;
        } catch (const std::bad_alloc&) {
            if (made)
                pool.discard(*made);
        }
    }

    void erase(std::map<Prefix, Destination*>::iterator entry)
    {
        tree.erase(*entry->second);
        pool.discard(*entry->second);
        model.erase(entry);
    }

    Destination* find(const Prefix& prefix) const
    {
        const auto entry = model.find(prefix);
        return entry == model.end() ? nullptr : entry->second;
    }

    template <class Accept>
    Destination* longest(const Prefix& prefix, unsigned most, Accept accept) const
    {
        for (unsigned length = most + 1; length-- != 0;)
            if (Destination* found = find(prefix.shortened(length)); found && accept(*found))
                return found;
        return nullptr;
    }

    void check_walk_from(const Prefix& start, bool inclusive) const
    {
        auto expected = inclusive ? model.lower_bound(start) : model.upper_bound(start);
        tree.walk(start, inclusive, [&](Destination& destination) {
            assert_true(expected != model.end());
            assert_ptr_equal(&destination, expected->second);
            ++expected;
            return true;
        });
        assert_true(expected == model.end());
    }

    std::mt19937 random;
    const Family family;
    std::map<Prefix, Destination*> model;
    std::unique_ptr<SlabDirectory> directory = std::make_unique<SlabDirectory>();
    FakeHost host;
    Regions regions{host};
    ReadSections sections;
    CompactPool<Destination> pool;
    PrefixTree tree;
};

void change_at_random(Pair& pair, unsigned step)
{
    const Prefix prefix = pair.any_prefix();
    const auto entry = pair.model.find(prefix);
    assert_ptr_equal(pair.tree.find(prefix), pair.find(prefix));
    const bool grows = step / 4000 % 2 == 0;
    if (entry == pair.model.end()) {
        if (grows || pair.random() % 4 == 0)
            pair.insert(prefix);
    } else if (!grows || pair.random() % 4 == 0) {
        pair.erase(entry);
    }
}

void look_up_at_random(Pair& pair)
{
    const Prefix prefix = pair.any_prefix();
    const unsigned most = static_cast<unsigned>(pair.random()) % (prefix.length + 1u);
    const auto accept = [](const Destination& destination) { return destination.length % 5 != 3; };
    assert_ptr_equal(pair.tree.find_longest(prefix, most, accept),
                     pair.longest(prefix, most, accept));
}

void check_against_model(Family family, bool short_of_memory)
{
    Pair pair(family, 1);
    for (unsigned step = 0; step < 24000; ++step) {
        if (short_of_memory)
            faults::fail_allocation(1 + static_cast<unsigned>(pair.random()) % 3);
        change_at_random(pair, step);
        faults::fail_allocation(0);
        look_up_at_random(pair);
        if (step % 500 == 0)
            pair.check_walk_from(pair.any_prefix(), step % 1000 == 0);
    }
    while (!pair.model.empty())
        pair.erase(pair.model.begin());
    pair.check_walk_from(Prefix{}, true);
}

void ipv4(void**)
{
    check_against_model(Family::ipv4, false);
}

void ipv6(void**)
{
    check_against_model(Family::ipv6, false);
}

void nothing_is_lost_without_memory(void**)
{
    check_against_model(Family::ipv4, true);
    check_against_model(Family::ipv6, true);
}

void readers_find_what_stays(void**)
{
    Pair pair(Family::ipv4, 2);
    std::vector<Prefix> stay;
    for (unsigned i = 0; i < 64; ++i) {
        const Prefix prefix = pair.any_prefix();
        if (pair.find(prefix))
            continue;
        pair.insert(prefix);
        stay.push_back(prefix);
    }
    std::sort(stay.begin(), stay.end());
    std::atomic<bool> done{false};
    std::vector<std::thread> readers;
    for (int i = 0; i < 2; ++i)
        readers.emplace_back([&] {
            while (!done) {
                ReadSections::Scope scope(pair.sections);
                for (const Prefix& prefix : stay)
                    assert_non_null(pair.tree.find(prefix));
                std::size_t met = 0;
                pair.tree.walk(Prefix{}, true, [&](Destination& destination) {
                    met += std::binary_search(stay.begin(), stay.end(),
                                              destination.prefix(Family::ipv4));
                    return true;
                });
                assert_int_equal(met, stay.size());
            }
        });
    for (int i = 0; i < 4000; ++i) {
        const Prefix prefix = pair.any_prefix();
        const auto entry = pair.model.find(prefix);
        if (std::binary_search(stay.begin(), stay.end(), prefix))
            continue;
        if (entry == pair.model.end()) {
            pair.insert(prefix);
            pair.pool.publish(*pair.find(prefix));
        } else {
            pair.tree.erase(*entry->second);
            pair.pool.retire(*entry->second);
            pair.model.erase(entry);
        }
    }
    done = true;
    for (std::thread& reader : readers)
        reader.join();
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(ipv4),
        cmocka_unit_test(ipv6),
        cmocka_unit_test(nothing_is_lost_without_memory),
        cmocka_unit_test(readers_find_what_stays),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
