// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Calls at random, compared with the model.

#include "comparison.h"

#include <random>

using namespace rtm;
using namespace rtm::mgm;

namespace
{

constexpr int runs = 300;
constexpr int steps = 400;

void as_the_model_does(void**)
{
    for (unsigned seed = 0; seed < runs; ++seed) {
        std::mt19937 random(seed);
        Comparison comparison([&] { return static_cast<unsigned>(random()); });
        for (int step = 0; step < steps; ++step)
            comparison.step();
    }
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(as_the_model_does),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
