// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// How time passes in a session, and what callbacks are told.

#include "session.h"

#include "model/notifications.h"

namespace fuzz
{

void Session::pass_time(model::Time ms)
{
    const model::Time end = host_.now() + ms;
    while (host_.next_alarm().value_or(end + 1) <= end) {
        // An alarm that was set while it was due already is late.
        host_.set_now(std::max(*host_.next_alarm(), host_.now()));
        run_jobs();
    }
    host_.set_now(end);
    run_jobs();
}

void Session::run_jobs()
{
    function_ = "time";
    model::pass_time(world, host_.now());
    world.jobs_run = true;
    while (host_.fire_alarm() || (jobs_run && host_.run_job()))
        model::pass_time(world, host_.now());
    world.jobs_run = false;
    if (!jobs_run)
        return;
    model::end_jobs(world);
    expect_no_events_left();
}

void Session::settle()
{
    if (jobs_run && !in_callback)
        run_jobs();
}

void Session::expect_no_events_left()
{
    for (const model::Entity* entity : world.all<model::Entity>())
        if (auto event = model::next_event(*entity))
            fail("the callback of %s was not told of %s", entity->text().c_str(),
                 event->subject->text().c_str());
}

model::Entity& Session::receiver_of(HANDLE handle)
{
    model::Verdict verdict;
    model::Entity* entity = world.caller(verdict, to_name(handle));
    if (!entity)
        fail("the callback of %s was called, which has left", text(handle).c_str());
    return *entity;
}

void Session::check_event(const model::Event& event, RTM_EVENT_TYPE type, void* context1,
                          void* context2)
{
    static constexpr const char* types[] = {"RTM_ENTITY_REGISTERED", "RTM_ENTITY_DEREGISTERED",
                                            "RTM_ROUTE_EXPIRED", "RTM_CHANGE_NOTIFICATION"};
    RTM_EVENT_TYPE expected = RTM_CHANGE_NOTIFICATION;
    if (event.kind == model::EventKind::news)
        expected = event.registered ? RTM_ENTITY_REGISTERED : RTM_ENTITY_DEREGISTERED;
    else if (event.kind == model::EventKind::expiry)
        expected = RTM_ROUTE_EXPIRED;
    if (tracing)
        say("%s of %s", types[type], text(context1).c_str());
    expect(type == expected, "%s instead of %s of %s", types[type], types[expected],
           event.subject->text().c_str());
    expect_handle("Context1", context1, event.subject);
    if (auto* notification = model::as<model::Notification>(event.subject))
        expect_number("Context2", reinterpret_cast<std::uintptr_t>(context2),
                      notification->context);
}

DWORD Session::be_told(HANDLE receiver, RTM_EVENT_TYPE type, void* context1, void* context2)
{
    function_ = "callback";
    model::Entity& entity = receiver_of(receiver);
    auto event = model::next_event(entity);
    if (!event)
        fail("%s was told of %s for no reason", entity.text().c_str(), text(context1).c_str());
    check_event(*event, type, context1, context2);
    in_callback = true;
    model::begin_event(world, entity, *event);
    const DWORD answer = react ? react(*event) : NO_ERROR;
    model::end_event(world, *event, answer == ERROR_NOT_SUPPORTED);
    in_callback = false;
    return answer;
}

DWORD WINAPI on_event(HANDLE receiver, RTM_EVENT_TYPE type, void* context1, void* context2)
{
    return Session::current().be_told(receiver, type, context1, context2);
}

} // namespace fuzz
