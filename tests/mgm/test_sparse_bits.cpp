// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "cmocka_cpp.h"

#include "sparse_bits.h"

#include <random>
#include <set>

using namespace rtm::mgm;

namespace
{

using Numbers = std::vector<std::uint32_t>;

Numbers members(const SparseBits& a, const SparseBits& b)
{
    const SparseBits* sets[] = {&a, &b};
    Numbers numbers;
    SparseBits::for_each(sets, [&](std::uint32_t number) { numbers.push_back(number); });
    return numbers;
}

void as_sets_do(void**)
{
    std::mt19937 random(5);
    for (std::uint32_t range : {10u, 2000u, ~0u}) {
        SparseBits bits[2];
        std::set<std::uint32_t> model[2];
        for (int step = 0; step < 4000; ++step) {
            const int which = random() % 2;
            const std::uint32_t number = static_cast<std::uint32_t>(random()) % range;
            if (random() % 3 != 0)
                assert_true(bits[which].add(number) == model[which].insert(number).second);
            else
                assert_true(bits[which].remove(number) == (model[which].erase(number) == 1));
            assert_true(bits[which].has(number) == model[which].contains(number));
            assert_true(bits[which].is_empty() == model[which].empty());
            if (!model[which].empty())
                assert_int_equal(bits[which].first(), *model[which].begin());
        }
        std::set<std::uint32_t> both = model[0];
        both.insert(model[1].begin(), model[1].end());
        assert_true(members(bits[0], bits[1]) == Numbers(both.begin(), both.end()));
    }
}

void ends_of_the_range(void**)
{
    SparseBits a;
    SparseBits b;
    for (std::uint32_t number : {0u, 511u, 512u, ~0u - 512u})
        a.add(number);
    assert_true(members(a, b) == (Numbers{0, 511, 512, ~0u - 512}));
    assert_true(members(b, b).empty());
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(as_sets_do),
        cmocka_unit_test(ends_of_the_range),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
