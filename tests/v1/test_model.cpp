// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Both tables, with calls at random, compared with the model.

#include "comparison.h"

#include <random>

using namespace rtm::v1;

namespace
{

template <class Family> void random_calls(void**)
{
    for (unsigned seed = 1; seed <= 5; ++seed) {
        std::mt19937 random(seed);
        auto comparison =
            std::make_unique<Comparison<Family>>([&] { return static_cast<unsigned>(random()); });
        for (int step = 0; step < 4000; ++step)
            comparison->step();
    }
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        {"IP: random_calls", random_calls<Ip>, nullptr, nullptr, nullptr},
        {"IPX: random_calls", random_calls<Ipx>, nullptr, nullptr, nullptr},
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
