// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Wine's debug channels, for files that say WINE_DEFAULT_DEBUG_CHANNEL(rtm).

#pragma once

#include <windef.h>
#include <winbase.h>

#ifndef __WINESRC__
#define __WINESRC__ // TRACE, WARN and FIXME without the WINE_ prefix
#endif
#ifndef DECLSPEC_EXPORT
#define DECLSPEC_EXPORT
#endif
#include <wine/debug.h>
