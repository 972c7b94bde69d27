// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the same work as bench_table.exe's costs somebody else's table: once, with the same prefixes
// in the same order and the same questions, as the same lines (see report.h).

#include "checksum.h"
#include "give_up.h"
#include "options.h"
#include "peer.h"
#include "report.h"

#include <unistd.h>

#include <cstdio>

using namespace peers;

namespace
{

constexpr int unavailable_code = 77;

double resident_bytes()
{
    long total = 0, resident = 0;
    FILE* statm = std::fopen("/proc/self/statm", "r");
    if (!statm || std::fscanf(statm, "%ld %ld", &total, &resident) != 2)
        give_up("/proc/self/statm cannot be read");
    std::fclose(statm);
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

void measure_adds(Peer& peer, const prefixes& prefixes)
{
    const stopwatch began = stopwatch_start();
    for (std::uint32_t i = 0; i < prefixes.count; ++i)
        peer.add(prefixes.all[i], prefix_value(i));
    peer.complete();
    report_work("add", prefixes.count, stopwatch_stop(began));
}

template <typename Ask>
void measure_answers(const char* name, const prefixes& prefixes, const prefix* asked, Ask&& ask)
{
    std::uint64_t sum = CHECKSUM_START;
    const stopwatch began = stopwatch_start();
    for (std::uint32_t i = 0; i < prefixes.count; ++i)
        sum = checksum(sum, ask(asked[i]));
    report_answers(name, prefixes.count, stopwatch_stop(began), sum);
}

void measure_longest(const char* name, Peer& peer, const prefixes& prefixes, const prefix* hosts)
{
    measure_answers(name, prefixes, hosts, [&](const prefix& host) { return peer.longest(host); });
}

void measure_chain(Peer& peer, const prefixes& prefixes)
{
    std::uint64_t sum = CHECKSUM_START;
    const stopwatch began = stopwatch_start();
    std::uint32_t next = 0;
    for (std::uint32_t i = 0; i < prefixes.count; ++i) {
        const std::uint32_t answer = peer.longest(prefixes.hosts[next]);
        sum = checksum(sum, answer);
        next = next_question(answer, i, prefixes.count);
    }
    report_answers("chain", prefixes.count, stopwatch_stop(began), sum);
}

class Summer final : public Peer::Visitor
{
public:
    void visit(std::uint32_t value) override { sum = checksum(sum, value); }

    std::uint64_t sum = CHECKSUM_START;
};

void measure_walk(Peer& peer, const prefixes& prefixes)
{
    Summer summer;
    const stopwatch began = stopwatch_start();
    peer.walk(summer);
    report_answers("walk", prefixes.count, stopwatch_stop(began), summer.sum);
}

void measure_deletes(Peer& peer, const prefixes& prefixes)
{
    const stopwatch began = stopwatch_start();
    for (std::uint32_t i = 0; i < prefixes.count; ++i)
        peer.erase(prefixes.asked[i]);
    peer.complete();
    report_work("delete", prefixes.count, stopwatch_stop(began));
}

void report_memory(const Peer& peer, const prefixes& prefixes, double resident_before)
{
    report_figure("bytes_private", peer.allocated_bytes() / prefixes.count);
    report_figure("bytes_resident", (resident_bytes() - resident_before) / prefixes.count);
}

void measure(Peer& peer, const prefixes& prefixes, bool few)
{
    if (peer.finds_exact())
        measure_answers("exact", prefixes, prefixes.asked,
                        [&](const prefix& prefix) { return peer.exact(prefix); });
    measure_longest("longest", peer, prefixes, prefixes.hosts);
    if (peer.walks_in_order())
        measure_walk(peer, prefixes);
    if (!few) {
        if (peer.takes_any_host())
            measure_longest("longest_uniform", peer, prefixes, prefixes.uniform);
        measure_longest("longest_zipf", peer, prefixes, prefixes.zipf);
        measure_chain(peer, prefixes);
    }
    measure_deletes(peer, prefixes);
}

void run(const options& options)
{
    const prefixes prefixes = prefixes_wanted(&options);
    prepare(options.peer);
    const double resident_before = resident_bytes();
    const auto peer = make_peer(options.peer, options.family, prefixes.count);
    const std::uint32_t times = options.few ? repeats(&prefixes) : 1;
    report_together();
    for (std::uint32_t i = 0; i < times; ++i) {
        measure_adds(*peer, prefixes);
        if (i == 0)
            report_memory(*peer, prefixes, resident_before);
        measure(*peer, prefixes, options.few);
    }
    report_sums();
}

} // namespace

int main(int argc, char** argv)
{
    const options options = parse_options(argc, argv);
    if (!options.peer)
        give_up("--peer is missing");
    try {
        run(options);
    } catch (const Unavailable& why) {
        std::fprintf(stderr, "%s: %s\n", options.peer, why.what());
        return unavailable_code;
    } catch (const std::exception& what) {
        give_up(what.what());
    }
}
