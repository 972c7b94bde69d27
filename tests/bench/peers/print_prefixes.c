/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Prints the prefixes of a table in the order in which they are added, for peers that read a file.
 */
#include "options.h"

#include <arpa/inet.h>
#include <stdio.h>

int main(int argc, char** argv)
{
    const struct options options = parse_options(argc, argv);
    const struct prefixes prefixes = prefixes_wanted(&options);
    char text[INET6_ADDRSTRLEN];

    for (uint32_t i = 0; i < prefixes.count; i++) {
        inet_ntop(prefixes.family, prefixes.all[i].bytes, text, sizeof(text));
        printf("prefix\t%s/%u\n", text, prefixes.all[i].length);
    }
    return 0;
}
