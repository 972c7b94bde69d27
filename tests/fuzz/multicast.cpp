// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What libFuzzer calls to try the multicast group manager: each byte of an input is a choice that
// the comparison with its model makes (tests/mgm/comparison.h).

#include "comparison.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::size_t at = 0;
    rtm::mgm::Comparison comparison([&] { return at < size ? data[at++] : 0u; });
    while (at < size)
        comparison.step();
    return 0;
}
