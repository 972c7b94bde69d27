/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * wine_mgm.h: the wire of wine-rtm's in-memory multicast forwarder. It forwards nothing, but makes
 * forwarding entries and counts as if it did, for tests and demonstrations of multicast routing
 * protocols. Not a part of Windows: link with our import library, or ask GetProcAddress whether the
 * rtm.dll that is there has it.
 */
#ifndef _WINE_MGM_H_
#define _WINE_MGM_H_

#include <mgm.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A multicast packet. Addresses are in network byte order, as everywhere in mgm.h. */
typedef struct _WINE_MGM_PACKET {
    DWORD dwSource;
    DWORD dwGroup;
    DWORD dwInIfIndex; /* where it came in */
    DWORD dwInIfNextHopAddr;
    DWORD dwLength;  /* in octets, as is counted */
    DWORD dwHdrSize; /* at pbPacketHdr: what protocols are shown of it */
    PBYTE pbPacketHdr;
} WINE_MGM_PACKET, *PWINE_MGM_PACKET;

/* A packet comes in. If it is the first of its source and group, protocols are called back and
 * there is a forwarding entry when this returns, or ERROR_NOT_FOUND if there is no way to the
 * source. ERROR_INVALID_PARAMETER: NULL, or no source and group. ERROR_NOT_ENOUGH_MEMORY. */
DWORD WINAPI __wine_mgm_receive_packet(const WINE_MGM_PACKET* packet);

/* Replaces what has been counted of the entry with dwGroup and dwSource of *stats: all from
 * ulInPkts on, and of the ulNumOutIf interfaces in rgmiosOutStats. ERROR_NOT_FOUND: no such entry.
 * ERROR_INVALID_PARAMETER: NULL. ERROR_NOT_ENOUGH_MEMORY: some counters may be set. */
DWORD WINAPI __wine_mgm_set_counters(const MIB_IPMCAST_MFE_STATS_EX* stats);

#ifdef __cplusplus
}
#endif

#endif /* _WINE_MGM_H_ */
