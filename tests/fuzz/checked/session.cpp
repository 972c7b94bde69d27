// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "session.h"
#include "reach.h"

#include "faults.h"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>

namespace fuzz
{

namespace
{

Session* the_session = nullptr;

model::Code to_code(DWORD code)
{
    return static_cast<model::Code>(code);
}

} // namespace

bool Session::tracing = false;

Session::Session(const model::Limits& limits) : engine_(host_)
{
    world.limits = limits;
    world.now = host_.now();
    host_.configured.next_hops_in_route = limits.next_hops_in_route;
    host_.configured.handles_in_enum = limits.handles_in_enum;
    host_.configured.opaque_pointers = limits.opaque_pointers;
    host_.configured.notifications = limits.notifications;
    host_.configured.notification_delay = limits.notification_delay;
    the_session = this;
}

Session::~Session()
{
    the_session = nullptr;
}

Session& Session::current()
{
    return *the_session;
}

void Session::begin_call(const char* function)
{
    function_ = function;
    rtm::faults::fail_allocation(fault_);
}

void Session::end_call(DWORD code)
{
    rtm::faults::fail_allocation(0);
    code_ = code;
    had_fault_ = fault_ != 0;
    ran_out_ = had_fault_ && code == ERROR_NOT_ENOUGH_MEMORY;
    if (tracing)
        say("%s -> %s%s", function_, model::name_of(to_code(code)).c_str(),
            ran_out_ ? " (made to)" : "");
    fault_ = 0;
    note_reached(function_, code);
}

bool Session::judge(const model::Verdict& verdict)
{
    if (!verdict.allows(to_code(code_)))
        fail("returned %s instead of %s", model::name_of(to_code(code_)).c_str(),
             verdict.text().c_str());
    return code_ == NO_ERROR;
}

void Session::expect(bool right, const char* format, ...)
{
    if (right)
        return;
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    fail("%s", text);
}

void Session::expect_handle(const char* what, HANDLE got, model::Object* expected)
{
    if (!expected) {
        expect(!got, "%s is %s instead of NULL", what, text(got).c_str());
        return;
    }
    const bool known = expected->name != 0;
    if (!world.learn(*expected, to_name(got)))
        fail("%s is %s instead of %s%s", what, text(got).c_str(), expected->text().c_str(),
             known ? "" : ", which is new");
}

void Session::expect_address(const void* got, const model::Object& of)
{
    const void* known = addresses_.emplace(&of, got).first->second;
    expect(got && got == known, "%s is at %p, and was at %p", of.text().c_str(), got, known);
}

void Session::expect_number(const char* what, std::uint64_t got, std::uint64_t expected)
{
    expect(got == expected, "%s is %#llx instead of %#llx", what,
           static_cast<unsigned long long>(got), static_cast<unsigned long long>(expected));
}

void Session::fail(const char* format, ...)
{
    char text[500];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    std::fprintf(stderr, "MISMATCH: %s: %s\n", function_, text);
    std::abort();
}

void Session::say(const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    std::fputs(in_callback ? "      " : "  ", stderr);
    std::vfprintf(stderr, format, arguments);
    std::fputc('\n', stderr);
    va_end(arguments);
}

std::string Session::text(HANDLE handle) const
{
    if (!handle)
        return "NULL";
    auto known = world.names.find(to_name(handle));
    if (known != world.names.end())
        return known->second->text() + (known->second->exists ? "" : "(gone)");
    char text[32];
    std::snprintf(text, sizeof(text), "%p", handle);
    return text;
}

} // namespace fuzz
