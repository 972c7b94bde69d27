// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// An input is a row of records of equal size, so that mutations keep what follows in place: first
// one of settings, then one for each step. A step reads its arguments from the bytes of its record.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace fuzz
{

constexpr std::size_t record_size = 12;

class Args
{
public:
    explicit Args(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    /// The next byte; 0 when they are used up.
    std::uint8_t byte()
    {
        if (bytes_.empty())
            return 0;
        const std::uint8_t first = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return first;
    }

    /// One of a few values.
    template <class T, std::size_t n> T one_of(const T (&values)[n]) { return values[byte() % n]; }

private:
    std::span<const std::uint8_t> bytes_;
};

/// Which argument of a call is spoilt: mostly none.
class Quirk
{
    static constexpr std::uint8_t first = 0xe0;

public:
    explicit Quirk(Args& args) : value_(args.byte()) {}

    /// Whether it is the argument of that number.
    bool is(unsigned number) const { return value_ == first + number; }

private:
    std::uint8_t value_;
};

} // namespace fuzz
