// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Between the types of the API and those of the model.

#pragma once

#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>

#include "rtmv2.h"

#include "model/objects.h"
#include "model/prefix.h"
#include "model/time.h"

#include <optional>
#include <vector>

namespace fuzz
{

using model::Name;

inline Name to_name(HANDLE handle)
{
    return reinterpret_cast<Name>(handle);
}
inline HANDLE to_handle(Name name)
{
    return reinterpret_cast<HANDLE>(name);
}
inline HANDLE handle_of(const model::Object* object)
{
    return object ? to_handle(object->name) : nullptr;
}

/// The first `count` handles of an array.
std::vector<Name> to_names(const HANDLE* handles, unsigned count);

std::optional<model::Address> to_address(const RTM_NET_ADDRESS* address);

/// Whether an address that the API wrote is just that prefix, and nothing but zeros after it.
bool is_exactly(const RTM_NET_ADDRESS& address, const model::Prefix& prefix, unsigned family);

std::string text_of(const RTM_NET_ADDRESS* address);

} // namespace fuzz
