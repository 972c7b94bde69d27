// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// layout.cpp: layout.c as C++.
#include "layout.c"
