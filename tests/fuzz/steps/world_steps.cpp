// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What is no call: time, when jobs run, what callbacks do, memory that runs out.

#include "steps/steps.h"

#include <utility>

namespace fuzz
{

namespace
{

void wait_step(Run& run, Args& args)
{
    constexpr model::Time times[] = {1, 5, 10, 20, 20, 30, 50, 100, 200, 1000, 5000, 70000};
    run.session.pass_time(args.one_of(times));
}

void hold_jobs_step(Run& run, Args&)
{
    run.session.jobs_run = false;
}

void run_jobs_step(Run& run, Args&)
{
    run.session.jobs_run = true;
    run.session.run_jobs();
}

// Jobs that have been woken run now, others still do not.
void run_some_jobs_step(Run& run, Args&)
{
    const bool were_running = std::exchange(run.session.jobs_run, true);
    run.session.run_jobs();
    run.session.jobs_run = were_running;
}

void fail_step(Run& run, Args& args)
{
    run.session.fail_next_call(1 + args.byte() % 6);
}

void compare_step(Run& run, Args&)
{
    if (!run.session.in_callback)
        compare_all(run);
}

// What follows it is not taken now, but in the next callback: Run::play sees to that.
void react_step(Run&, Args&) {}

} // namespace

const Step world_steps[7] = {
    {"wait", wait_step, 10, true},
    {"hold jobs", hold_jobs_step, 2, true},
    {"run jobs", run_jobs_step, 2, true},
    {"run jobs once", run_some_jobs_step, 1, true},
    {"fail allocation", fail_step, 4},
    {"compare", compare_step, 2, true},
    {"react", react_step, 5},
};

bool is_reaction(const Step& step)
{
    return step.take == react_step;
}

} // namespace fuzz
