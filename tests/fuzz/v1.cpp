// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What libFuzzer calls to try RTMv1: the first byte of an input says which of its tables, each
// other one is a choice that the comparison with its model makes (tests/v1/comparison.h).

#include "comparison.h"

namespace
{

template <class Family> void compare(const std::uint8_t* data, std::size_t size)
{
    std::size_t at = 0;
    rtm::v1::Comparison<Family> comparison([&] { return at < size ? data[at++] : 0u; });
    while (at < size)
        comparison.step();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] % 2 == 0)
        compare<rtm::v1::Ip>(data + 1, size - 1);
    else
        compare<rtm::v1::Ipx>(data + 1, size - 1);
    return 0;
}
