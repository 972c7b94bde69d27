// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// One run: an engine, the model beside it, and the comparison of the two. The files of this
// directory have a function for each of the API, that calls it, lets the model do the same, and
// compares all that came out. A difference ends the process.

#pragma once

#include "platform/engine.h"
#include "win32_types.h"

#include "model/world.h"

#include <functional>
#include <map>
#include <string>

namespace fuzz
{

class Session
{
public:
    explicit Session(const model::Limits& limits);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// The one that runs, for callbacks.
    static Session& current();

    model::World world;

    // ---- calling ----

    /// Calls `body`, which calls `function`.
    template <class Body> DWORD call(const char* function, Body body)
    {
        begin_call(function);
        const DWORD code = body();
        end_call(code);
        return code;
    }

    /// From the next call on, the `nth` allocation fails; that call only.
    void fail_next_call(unsigned nth) { fault_ = nth; }

    /// Whether the last call failed for want of memory, as it was made to. It has to have changed
    /// nothing.
    bool ran_out_of_memory() const { return ran_out_; }
    /// Whether it was made to, whatever came of it.
    bool had_fault() const { return had_fault_; }
    bool succeeded() const { return code_ == NO_ERROR; }

    /// Whether the last call succeeded. Ends the process if the model says otherwise.
    bool judge(const model::Verdict& verdict);

    // ---- comparing ----

    void expect(bool right, const char* format, ...) __attribute__((format(printf, 3, 4)));
    /// `got` has to be the handle of `expected`, or NULL for a null pointer.
    void expect_handle(const char* what, HANDLE got, model::Object* expected);
    /// The address of a route's or next hop's live structure never changes.
    void expect_address(const void* got, const model::Object& of);
    void expect_number(const char* what, std::uint64_t got, std::uint64_t expected);
    [[noreturn]] void fail(const char* format, ...) __attribute__((format(printf, 2, 3)));

    // ---- time ----

    /// Whether jobs run by themselves, or only in run_jobs().
    bool jobs_run = true;

    void pass_time(model::Time ms);
    /// Runs what is woken or due by now.
    void run_jobs();
    /// After every step.
    void settle();
    /// Whether no job waits, and no alarm is set.
    bool is_idle() const { return !host_.has_jobs() && !host_.next_alarm(); }

    /// What a client does in its callback; the result is the callback's.
    std::function<DWORD(const model::Event&)> react;
    bool in_callback = false;

    // ---- telling ----

    static bool tracing;
    void say(const char* format, ...) __attribute__((format(printf, 2, 3)));
    std::string text(HANDLE handle) const;

private:
    friend DWORD WINAPI on_event(HANDLE, RTM_EVENT_TYPE, void*, void*);

    void begin_call(const char* function);
    void end_call(DWORD code);
    void run_all_woken();
    void expect_no_events_left();
    DWORD be_told(HANDLE receiver, RTM_EVENT_TYPE type, void* context1, void* context2);
    model::Entity& receiver_of(HANDLE handle);
    void check_event(const model::Event& event, RTM_EVENT_TYPE type, void* context1,
                     void* context2);

    std::map<const model::Object*, const void*> addresses_;

    FuzzHost host_;
    Engine engine_;
    const char* function_ = "nothing yet";
    DWORD code_ = 0;
    unsigned fault_ = 0;
    bool had_fault_ = false;
    bool ran_out_ = false;
};

/// The event callback of all clients.
DWORD WINAPI on_event(HANDLE receiver, RTM_EVENT_TYPE type, void* context1, void* context2);

} // namespace fuzz
