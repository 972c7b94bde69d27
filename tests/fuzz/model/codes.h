// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The Win32 codes that functions of the API return, and what a call may return.

#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace model
{

enum class Code : std::uint32_t {
    no_error = 0,
    file_not_found = 2,
    access_denied = 5,
    invalid_handle = 6,
    not_enough_memory = 8,
    invalid_data = 13,
    not_supported = 50,
    invalid_parameter = 87,
    insufficient_buffer = 122,
    already_exists = 183,
    no_more_items = 259,
    not_found = 1168,
    no_system_resources = 1450,
    bad_configuration = 1610,
};

std::string name_of(Code code);

/// What a call may return. Where it is wrong in several ways the API does not say which is
/// reported, so every reason that is found goes in, and any of them will do.
class Verdict
{
public:
    void refuse(Code code) { codes_.insert(code); }
    void refuse_if(bool wrong, Code code)
    {
        if (wrong)
            refuse(code);
    }

    /// The call may fail with that, and need not.
    void permit(Code code) { permitted_.insert(code); }

    /// Nothing is wrong: the call must succeed.
    bool fine() const { return codes_.empty(); }

    bool allows(Code code) const
    {
        return fine() ? code == Code::no_error || permitted_.contains(code) : codes_.contains(code);
    }

    std::string text() const;

private:
    std::set<Code> codes_;
    std::set<Code> permitted_;
};

} // namespace model
