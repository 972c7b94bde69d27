// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What calls cost without Wine: natively, from the same thread that runs the events. Timed by
// Google Benchmark, told as the lines of report.h.

#include "options.h"
#include "report.h"
#include "works.h"

#include <benchmark/benchmark.h>

#include <map>
#include <string>

using namespace native;

namespace
{

std::map<std::string, std::uint64_t> checksums;

void run(benchmark::State& state, Table& table, const Work& work)
{
    for ([[maybe_unused]] auto _ : state) {
        const Outcome outcome = (table.*work.run)();
        state.SetItemsProcessed(outcome.calls);
        checksums[work.name] = outcome.checksum; // 0 where there are no answers
    }
}

class Lines final : public benchmark::BenchmarkReporter
{
public:
    explicit Lines(std::uint32_t count) : count_(count) {}

    bool ReportContext(const Context&) override { return true; }

    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& run : runs)
            report(run);
    }

private:
    void report(const Run& run) const
    {
        const std::string& name = run.run_name.function_name;
        const stopwatch took{run.real_accumulated_time * 1e9, run.cpu_accumulated_time * 1e9};
        report_answers(name.c_str(), count_, took, checksums.at(name));
    }

    std::uint32_t count_;
};

} // namespace

int main(int argc, char** argv)
{
    const options options = parse_options(argc, argv);
    const prefixes prefixes = prefixes_wanted(&options);
    Table table(prefixes);
    for (const Work& work : works)
        benchmark::RegisterBenchmark(work.name, [&](benchmark::State& state) {
            run(state, table, work);
        })->Iterations(1);
    int no_arguments = 1;
    benchmark::Initialize(&no_arguments, argv);
    Lines lines(prefixes.count);
    benchmark::RunSpecifiedBenchmarks(&lines);
}
