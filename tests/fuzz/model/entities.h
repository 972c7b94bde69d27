// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Entities and their methods.

#pragma once

#include "world.h"

namespace model
{

struct EntityInfo {
    std::uint16_t instance = 0;
    std::uint16_t family = 0;
    EntityId id{};
};

struct Joining {
    std::optional<EntityInfo> info; // as all arguments here, none if it is NULL
    std::optional<std::vector<bool>> methods;
    bool has_callback = false;
    bool reserve_slot = false;
    bool wants_profile = true;
    bool wants_handle = true;
};

struct Joined {
    Verdict verdict;
    Entity* entity = nullptr;
};

Joined join(World& world, const Joining& joining);
Verdict leave(World& world, Name registration);

struct Listed {
    Verdict verdict; // fine, or ERROR_INSUFFICIENT_BUFFER, or refused
    bool answered = false;
    unsigned count = 0; // that is stored
    std::vector<Entity*> entities;
};

/// `capacity` is none for a NULL pointer.
Listed list_entities(World& world, Name registration, std::optional<unsigned> capacity,
                     bool wants_handles);

/// RtmReleaseEntities; no handles for a NULL array.
Verdict release_entities(World& world, Name registration, unsigned count,
                         const std::vector<Name>* handles);

struct AskedEntity {
    Verdict verdict;
    EntityInfo info;
};

AskedEntity entity_info(World& world, Name registration, Name entity, bool wants_info);
Verdict release_entity_info(World& world, Name registration, bool has_info);

EntityInfo info_of(const Entity& entity);

struct ListedMethods {
    Verdict verdict;
    bool answered = false;
    unsigned count = 0;
    unsigned given = 0;
    const Entity* entity = nullptr;
};

ListedMethods entity_methods(World& world, Name registration, Name entity,
                             std::optional<unsigned> capacity, bool has_array);

struct Invoked {
    Verdict verdict;
    bool answered = false;
    std::vector<unsigned> run; // bits
    unsigned used = 0;
};

/// `output` is the size of the buffer, none without a pointer to it; every method adds `each` bytes
/// of data if there is room.
Invoked invoke(World& world, Name registration, Name entity, std::optional<std::uint32_t> methods,
               std::optional<unsigned> output, bool has_buffer, unsigned each);

/// Whether an invocation would wait, with nobody there to end that.
bool would_wait_for_methods(const World& world, Name registration, Name entity);

Verdict block_methods(World& world, Name registration, Name target, std::uint32_t flag);

} // namespace model
