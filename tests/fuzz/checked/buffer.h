// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Memory that a call is given to fill. It is painted first, so that what the call must leave alone
// can be checked, and allocated to size, so that AddressSanitizer sees what goes beyond.

#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

namespace fuzz
{

class Buffer
{
    static constexpr std::uint8_t paint = 0xa5;

public:
    Buffer() = default;
    explicit Buffer(std::size_t size) : bytes_(size, paint) {}

    std::size_t size() const { return bytes_.size(); }
    template <class T> T* as(std::size_t offset = 0)
    {
        return reinterpret_cast<T*>(bytes_.data() + offset);
    }
    template <class T> const T* as(std::size_t offset = 0) const
    {
        return reinterpret_cast<const T*>(bytes_.data() + offset);
    }

    /// Whether nothing from `from` to `to` was written.
    bool is_painted(std::size_t from, std::size_t to) const
    {
        for (std::size_t i = from; i < to; ++i)
            if (bytes_[i] != paint)
                return false;
        return true;
    }
    bool is_painted(std::size_t from = 0) const { return is_painted(from, size()); }

private:
    std::vector<std::uint8_t> bytes_;
};

/// A variable that a call may store to, with a value that no call stores.
template <class T> struct Output {
    static T unset()
    {
        T value;
        std::memset(&value, 0xa5, sizeof(value));
        return value;
    }
    T value = unset();

    bool is_unset() const
    {
        const T expected = unset();
        return std::memcmp(&value, &expected, sizeof(value)) == 0;
    }
};

} // namespace fuzz
