// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "codes.h"

namespace model
{

std::string name_of(Code code)
{
    switch (code) {
    case Code::no_error:
        return "NO_ERROR";
    case Code::file_not_found:
        return "ERROR_FILE_NOT_FOUND";
    case Code::access_denied:
        return "ERROR_ACCESS_DENIED";
    case Code::invalid_handle:
        return "ERROR_INVALID_HANDLE";
    case Code::not_enough_memory:
        return "ERROR_NOT_ENOUGH_MEMORY";
    case Code::invalid_data:
        return "ERROR_INVALID_DATA";
    case Code::not_supported:
        return "ERROR_NOT_SUPPORTED";
    case Code::invalid_parameter:
        return "ERROR_INVALID_PARAMETER";
    case Code::insufficient_buffer:
        return "ERROR_INSUFFICIENT_BUFFER";
    case Code::already_exists:
        return "ERROR_ALREADY_EXISTS";
    case Code::no_more_items:
        return "ERROR_NO_MORE_ITEMS";
    case Code::not_found:
        return "ERROR_NOT_FOUND";
    case Code::no_system_resources:
        return "ERROR_NO_SYSTEM_RESOURCES";
    case Code::bad_configuration:
        return "ERROR_BAD_CONFIGURATION";
    }
    return "error " + std::to_string(static_cast<std::uint32_t>(code));
}

std::string Verdict::text() const
{
    if (fine())
        return name_of(Code::no_error);
    std::string text;
    for (Code code : codes_)
        text += (text.empty() ? "" : " or ") + name_of(code);
    return text;
}

} // namespace model
