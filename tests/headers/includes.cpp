// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// includes.cpp: includes.c as C++.
#include "includes.c"
