/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What winebuild's "@ stub" entries call in a PE dll, where Wine's own libwinecrt0 is not at
 * hand for every CPU: tells Wine which function was called, as that one does. */

#include <windows.h>

#define EXCEPTION_WINE_STUB 0x80000100

void __cdecl __wine_spec_unimplemented_stub(const char* module, const char* function);

void __cdecl __wine_spec_unimplemented_stub(const char* module, const char* function)
{
    const ULONG_PTR names[] = {(ULONG_PTR)module, (ULONG_PTR)function};
    for (;;)
        RaiseException(EXCEPTION_WINE_STUB, EXCEPTION_NONCONTINUABLE, 2, names);
}
