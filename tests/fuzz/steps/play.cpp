// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// From an input to a run.

#include "checked/entities.h"
#include "steps/steps.h"

#include <algorithm>

namespace fuzz
{

namespace
{

constexpr std::size_t most_steps = 100;
constexpr std::size_t steps_between_comparisons = 32;

std::span<const std::uint8_t> take_record(std::span<const std::uint8_t>& records)
{
    const auto record = records.first(std::min(record_size, records.size()));
    records = records.subspan(record.size());
    return record;
}

} // namespace

void Run::play(std::span<const std::uint8_t> records)
{
    for (std::size_t i = 1; !is_over && !records.empty() && i <= most_steps; ++i) {
        const auto record = take_record(records);
        if (is_reaction(step_of(record.front())))
            queue_reaction(record, records);
        else
            take(record);
        if (i % steps_between_comparisons == 0)
            compare_all(*this);
    }
}

void Run::queue_reaction(std::span<const std::uint8_t> record,
                         std::span<const std::uint8_t>& records)
{
    constexpr DWORD answers[] = {NO_ERROR, ERROR_NOT_SUPPORTED, ERROR_NOT_SUPPORTED,
                                 ERROR_INVALID_PARAMETER};
    Args args(record.subspan(1));
    Reaction reaction;
    reaction.answer = args.one_of(answers);
    for (unsigned n = args.byte() % 4; n != 0 && !records.empty(); --n) {
        const auto next = take_record(records);
        reaction.records.emplace_back(next.begin(), next.end());
    }
    reactions.push_back(std::move(reaction));
}

void Run::finish()
{
    session.fail_next_call(0);
    session.jobs_run = true;
    reactions.clear();
    session.run_jobs();
    compare_all(*this);
    for (model::Entity* entity : session.world.all<model::Entity>())
        if (entity->registered)
            session.expect(deregister_entity(session, handle_of(entity)), "has to succeed");
    session.run_jobs();
    session.expect(session.is_idle(), "something is still to be done");
    session.expect(session.world.tables.empty() && session.world.all<model::Object>().empty(),
                   "the model is wrong: something stays");
}

} // namespace fuzz
