// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Writing the tables to a file when somebody asks.
//
// With RTM_DUMP=FILE in its environment a process writes all its tables there, as text, each time
// the event RtmDump.PID is set, and then sets the event RtmDumped.PID. The memory RtmDumpFile.PID
// has the file's full name, so that who asks (rtmdump.exe) can read it.

#pragma once

namespace rtm
{

/// Begins to listen, if the environment says so. Once in a process.
void listen_for_dump_requests() noexcept;

} // namespace rtm
