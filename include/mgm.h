/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * mgm.h: the Multicast Group Manager API (rtm.dll). A replacement for the header of the same name
 * in the Windows SDK and in mingw-w64: same names, values and layouts, for C and C++, mingw-w64 and
 * winelib. Functions and callbacks are WINAPI, as rtm.dll and its import libraries have them.
 *
 * Words: an MFE is a multicast forwarding entry. Addresses and masks are IPv4; 0 with mask 0 stands
 * for any, ranges are not supported. An interface is named by its index and a next hop, which tells
 * apart the links of a point-to-multipoint interface and is 0 for other interfaces. A protocol is
 * named by its protocol id and its component id together.
 *
 * The result of a function is a Win32 error code, NO_ERROR for success. ERROR_CAN_NOT_COMPLETE, an
 * unspecified failure, may come from any and is not repeated below. All memory is the caller's. A
 * client holds no lock over a call that its own callbacks take.
 *
 * "Page:" names the page of Microsoft's documentation that a declaration restates.
 */
#ifndef _MGM_H_
#define _MGM_H_

#include <stdarg.h>
#include <windef.h>

#include <winbase.h>

/* mingw-w64's iprtrmib.h leads to the whole of windows.h, and that to winsock.h, which cannot be
 * followed by winsock2.h. With winsock2.h before it, either may follow. */
#if !defined(__WINE__) && !defined(_INC_WINDOWS) && !defined(_WINSOCKAPI_) &&                      \
    !defined(WIN32_LEAN_AND_MEAN)
#include <winsock2.h>
#endif

#include <iprtrmib.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Forwarding entries ---- */

/* The SDK and mingw-w64 have these in iprtrmib.h or below it; Wine does not have them. */
#ifndef SIZEOF_BASIC_MIB_MFE

/* An outgoing interface. Page: MIB_IPMCAST_OIF. */
typedef struct _MIB_IPMCAST_OIF {
    DWORD dwOutIfIndex;
    DWORD dwNextHopAddr;
    DWORD dwReserved;  /* 0 */
    DWORD dwReserved1; /* 0 */
} MIB_IPMCAST_OIF, *PMIB_IPMCAST_OIF;

/* An MFE, of variable size. Times are in seconds. Page: MIB_IPMCAST_MFE. */
typedef struct _MIB_IPMCAST_MFE {
    DWORD dwGroup;
    DWORD dwSource;
    DWORD dwSrcMask;
    DWORD dwUpStrmNgbr;    /* neighbour towards the source */
    DWORD dwInIfIndex;     /* incoming interface */
    DWORD dwInIfProtocol;  /* protocol that owns it */
    DWORD dwRouteProtocol; /* this, network and mask: route that the entry follows */
    DWORD dwRouteNetwork;
    DWORD dwRouteMask;
    ULONG ulUpTime;     /* age */
    ULONG ulExpiryTime; /* left to live */
    ULONG ulTimeOut;    /* both together */
    ULONG ulNumOutIf;   /* entries in rgmioOutInfo */
    DWORD fFlags;       /* 0 */
    DWORD dwReserved;   /* 0 */
    MIB_IPMCAST_OIF rgmioOutInfo[1];
} MIB_IPMCAST_MFE, *PMIB_IPMCAST_MFE;

/* Bytes of an MFE without and with X outgoing interfaces. */
#define SIZEOF_BASIC_MIB_MFE ((ULONG)FIELD_OFFSET(MIB_IPMCAST_MFE, rgmioOutInfo[0]))
#define SIZEOF_MIB_MFE(X) (SIZEOF_BASIC_MIB_MFE + ((X) * sizeof(MIB_IPMCAST_OIF)))

/* Counters of an outgoing interface. Page: MIB_IPMCAST_OIF_STATS. */
typedef struct _MIB_IPMCAST_OIF_STATS {
    DWORD dwOutIfIndex;
    DWORD dwNextHopAddr;
    DWORD dwDialContext; /* not described */
    ULONG ulTtlTooLow;   /* dropped for their TTL */
    ULONG ulFragNeeded;  /* in need of fragments */
    ULONG ulOutPackets;  /* forwarded */
    ULONG ulOutDiscards; /* dropped */
} MIB_IPMCAST_OIF_STATS, *PMIB_IPMCAST_OIF_STATS;

/* Counters of an MFE, of variable size. Times are in hundredths of a second.
 * Page: MIB_IPMCAST_MFE_STATS. */
typedef struct _MIB_IPMCAST_MFE_STATS {
    DWORD dwGroup;
    DWORD dwSource;
    DWORD dwSrcMask;
    DWORD dwUpStrmNgbr;
    DWORD dwInIfIndex;
    DWORD dwInIfProtocol;
    DWORD dwRouteProtocol;
    DWORD dwRouteNetwork;
    DWORD dwRouteMask;
    ULONG ulUpTime;
    ULONG ulExpiryTime; /* 0: does not age */
    ULONG ulNumOutIf;   /* entries in rgmiosOutStats */
    ULONG ulInPkts;     /* forwarded */
    ULONG ulInOctets;
    ULONG ulPktsDifferentIf; /* dropped, came in elsewhere */
    ULONG ulQueueOverflow;   /* dropped, queue full */
    MIB_IPMCAST_OIF_STATS rgmiosOutStats[1];
} MIB_IPMCAST_MFE_STATS, *PMIB_IPMCAST_MFE_STATS;

/* Bytes of these without and with X outgoing interfaces. */
#define SIZEOF_BASIC_MIB_MFE_STATS ((ULONG)FIELD_OFFSET(MIB_IPMCAST_MFE_STATS, rgmiosOutStats[0]))
#define SIZEOF_MIB_MFE_STATS(X) (SIZEOF_BASIC_MIB_MFE_STATS + ((X) * sizeof(MIB_IPMCAST_OIF_STATS)))

/* The same with more counters. Page: MIB_IPMCAST_MFE_STATS_EX. */
typedef struct _MIB_IPMCAST_MFE_STATS_EX {
    DWORD dwGroup;
    DWORD dwSource;
    DWORD dwSrcMask;
    DWORD dwUpStrmNgbr;
    DWORD dwInIfIndex;
    DWORD dwInIfProtocol;
    DWORD dwRouteProtocol;
    DWORD dwRouteNetwork;
    DWORD dwRouteMask;
    ULONG ulUpTime;
    ULONG ulExpiryTime;
    ULONG ulNumOutIf;
    ULONG ulInPkts;
    ULONG ulInOctets;
    ULONG ulPktsDifferentIf;
    ULONG ulQueueOverflow;
    ULONG ulUninitMfe;       /* matched while the entry was not ready */
    ULONG ulNegativeMfe;     /* dropped by a negative entry */
    ULONG ulInDiscards;      /* dropped */
    ULONG ulInHdrErrors;     /* dropped for their header */
    ULONG ulTotalOutPackets; /* sum over the outgoing interfaces */
    MIB_IPMCAST_OIF_STATS rgmiosOutStats[1];
} MIB_IPMCAST_MFE_STATS_EX, *PMIB_IPMCAST_MFE_STATS_EX;

/* Bytes of these without and with X outgoing interfaces. */
#define SIZEOF_BASIC_MIB_MFE_STATS_EX                                                              \
    ((ULONG)FIELD_OFFSET(MIB_IPMCAST_MFE_STATS_EX, rgmiosOutStats[0]))
#define SIZEOF_MIB_MFE_STATS_EX(X)                                                                 \
    (SIZEOF_BASIC_MIB_MFE_STATS_EX + ((X) * sizeof(MIB_IPMCAST_OIF_STATS)))

#endif /* SIZEOF_BASIC_MIB_MFE */

/* ---- Callbacks to a routing protocol ---- */

/* An outgoing interface of a new MFE. Page: MGM_IF_ENTRY. */
typedef struct _MGM_IF_ENTRY {
    DWORD dwIfIndex;
    DWORD dwIfNextHopAddr;
    BOOL bIGMP;      /* IGMP runs on it */
    BOOL bIsEnabled; /* in and out: data are forwarded */
} MGM_IF_ENTRY, *PMGM_IF_ENTRY;

/* The results of all callbacks are ignored. */

/* The first packet of a source or to a group came in. The three pointers are to what the multicast
 * view of the routing table says of the way to the source: interface, next hop and upstream
 * neighbour, to be replaced by what the protocol wants. pbPacketHdr: dwHdrSize bytes, the IP header
 * and some payload. pbRoute: an RTM_DEST_INFO of the route to the source, in and out.
 * Page: PMGM_RPF_CALLBACK. */
typedef DWORD(WINAPI* PMGM_RPF_CALLBACK)(DWORD dwSourceAddr, DWORD dwSourceMask, DWORD dwGroupAddr,
                                         DWORD dwGroupMask, PDWORD pdwInIfIndex,
                                         PDWORD pdwInIfNextHopAddr, PDWORD pdwUpStreamNbr,
                                         DWORD dwHdrSize, PBYTE pbPacketHdr, PBYTE pbRoute);

/* There is a new MFE with the dwIfCount outgoing interfaces in pmieOutIfList that the protocol
 * owns; it may clear bIsEnabled of any. Page: PMGM_CREATION_ALERT_CALLBACK. */
typedef DWORD(WINAPI* PMGM_CREATION_ALERT_CALLBACK)(DWORD dwSourceAddr, DWORD dwSourceMask,
                                                    DWORD dwGroupAddr, DWORD dwGroupMask,
                                                    DWORD dwInIfIndex, DWORD dwInIfNextHopAddr,
                                                    DWORD dwIfCount, PMGM_IF_ENTRY pmieOutIfList);

/* Receivers on an interface of another protocol are gone. bMemberDelete TRUE: a membership was
 * deleted; FALSE: an MFE lost an outgoing interface, and *pdwTimeout, 900 seconds, may be changed
 * to how long it shall stay. Page: PMGM_PRUNE_ALERT_CALLBACK. */
typedef DWORD(WINAPI* PMGM_PRUNE_ALERT_CALLBACK)(DWORD dwSourceAddr, DWORD dwSourceMask,
                                                 DWORD dwGroupAddr, DWORD dwGroupMask,
                                                 DWORD dwIfIndex, DWORD dwIfNextHopAddr,
                                                 BOOL bMemberDelete, PDWORD pdwTimeout);

/* There are receivers on interfaces of another protocol. bMemberUpdate TRUE: a membership was
 * added; FALSE: an MFE got an outgoing interface. Page: PMGM_JOIN_ALERT_CALLBACK. */
typedef DWORD(WINAPI* PMGM_JOIN_ALERT_CALLBACK)(DWORD dwSourceAddr, DWORD dwSourceMask,
                                                DWORD dwGroupAddr, DWORD dwGroupMask,
                                                BOOL bMemberUpdate);

/* A packet came in on another interface than expected. Never called, as in Windows.
 * Page: PMGM_WRONG_IF_CALLBACK. */
typedef DWORD(WINAPI* PMGM_WRONG_IF_CALLBACK)(DWORD dwSourceAddr, DWORD dwGroupAddr,
                                              DWORD dwIfIndex, DWORD dwIfNextHopAddr,
                                              DWORD dwHdrSize, PBYTE pbPacketHdr);

/* IGMP added a membership on an interface that the protocol owns. Page: PMGM_LOCAL_JOIN_CALLBACK.
 */
typedef DWORD(WINAPI* PMGM_LOCAL_JOIN_CALLBACK)(DWORD dwSourceAddr, DWORD dwSourceMask,
                                                DWORD dwGroupAddr, DWORD dwGroupMask,
                                                DWORD dwIfIndex, DWORD dwIfNextHopAddr);

/* IGMP deleted a membership on an interface that the protocol owns.
 * Page: PMGM_LOCAL_LEAVE_CALLBACK. */
typedef DWORD(WINAPI* PMGM_LOCAL_LEAVE_CALLBACK)(DWORD dwSourceAddr, DWORD dwSourceMask,
                                                 DWORD dwGroupAddr, DWORD dwGroupMask,
                                                 DWORD dwIfIndex, DWORD dwIfNextHopAddr);

/* ---- Callbacks to IGMP ---- */

/* An interface with IGMP on it is about to change its owner: IGMP shall not touch its memberships
 * there until the next callback. Page: PMGM_DISABLE_IGMP_CALLBACK. */
typedef DWORD(WINAPI* PMGM_DISABLE_IGMP_CALLBACK)(DWORD dwIfIndex, DWORD dwIfNextHopAddr);

/* It has changed its owner: IGMP shall add all its memberships there again, but not within the
 * callback. Page: PMGM_ENABLE_IGMP_CALLBACK. */
typedef DWORD(WINAPI* PMGM_ENABLE_IGMP_CALLBACK)(DWORD dwIfIndex, DWORD dwIfNextHopAddr);

/* ---- Registration ---- */

/* Callbacks of a protocol. Page: ROUTING_PROTOCOL_CONFIG. */
typedef struct _ROUTING_PROTOCOL_CONFIG {
    DWORD dwCallbackFlags; /* reserved */
    PMGM_RPF_CALLBACK pfnRpfCallback;
    PMGM_CREATION_ALERT_CALLBACK pfnCreationAlertCallback;
    PMGM_PRUNE_ALERT_CALLBACK pfnPruneAlertCallback;
    PMGM_JOIN_ALERT_CALLBACK pfnJoinAlertCallback;
    PMGM_WRONG_IF_CALLBACK pfnWrongIfCallback;
    PMGM_LOCAL_JOIN_CALLBACK pfnLocalJoinCallback;
    PMGM_LOCAL_LEAVE_CALLBACK pfnLocalLeaveCallback;
    PMGM_DISABLE_IGMP_CALLBACK pfnDisableIgmpCallback; /* of IGMP only */
    PMGM_ENABLE_IGMP_CALLBACK pfnEnableIgmpCallback;   /* of IGMP only */
} ROUTING_PROTOCOL_CONFIG, *PROUTING_PROTOCOL_CONFIG;

/* Registers a protocol. *phProtocol is for the calls below, and for MgmDeRegisterMProtocol.
 * ERROR_ALREADY_EXISTS: the protocol and component are registered. ERROR_NOT_ENOUGH_MEMORY.
 * Page: MgmRegisterMProtocol. */
DWORD WINAPI MgmRegisterMProtocol(PROUTING_PROTOCOL_CONFIG prpiInfo, DWORD dwProtocolId,
                                  DWORD dwComponentId, HANDLE* phProtocol);

/* Ends a registration.
 * ERROR_CAN_NOT_COMPLETE: it still owns interfaces. ERROR_INVALID_PARAMETER: bad handle.
 * Page: MgmDeRegisterMProtocol. */
DWORD WINAPI MgmDeRegisterMProtocol(HANDLE hProtocol);

/* ---- Interfaces ---- */

/* Makes the protocol the owner of an interface, beside IGMP, which may share it.
 * ERROR_ALREADY_EXISTS: another protocol owns it. ERROR_INVALID_PARAMETER: bad handle.
 * ERROR_NOT_ENOUGH_MEMORY. Page: MgmTakeInterfaceOwnership. */
DWORD WINAPI MgmTakeInterfaceOwnership(HANDLE hProtocol, DWORD dwIfIndex, DWORD dwIfNextHopAddr);

/* Gives an interface back, and deletes the protocol's MFEs of it.
 * ERROR_INVALID_PARAMETER: bad handle or unknown interface. Page: MgmReleaseInterfaceOwnership. */
DWORD WINAPI MgmReleaseInterfaceOwnership(HANDLE hProtocol, DWORD dwIfIndex, DWORD dwIfNextHopAddr);

/* Stores the ids of the owner of an interface.
 * ERROR_NOT_FOUND: unknown interface. Page: MgmGetProtocolOnInterface. */
DWORD WINAPI MgmGetProtocolOnInterface(DWORD dwIfIndex, DWORD dwIfNextHopAddr,
                                       PDWORD pdwIfProtocolId, PDWORD pdwIfComponentId);

/* ---- Group memberships ---- */

/* dwFlags of the two functions: JOIN changes the membership and all MFEs that match, FORWARD only
 * the outgoing interfaces of the MFE that matches. */
#define MGM_JOIN_STATE_FLAG 0x00000001
#define MGM_FORWARD_STATE_FLAG 0x00000002

/* Tells that there are receivers for the sources and groups on an interface.
 * ERROR_INVALID_PARAMETER: bad handle. ERROR_NOT_ENOUGH_MEMORY. Page: MgmAddGroupMembershipEntry.
 */
DWORD WINAPI MgmAddGroupMembershipEntry(HANDLE hProtocol, DWORD dwSourceAddr, DWORD dwSourceMask,
                                        DWORD dwGroupAddr, DWORD dwGroupMask, DWORD dwIfIndex,
                                        DWORD dwIfNextHopIPAddr, DWORD dwFlags);

/* Tells that there are no longer any.
 * ERROR_INVALID_PARAMETER: bad handle, or another protocol owns the interface. ERROR_NOT_FOUND:
 * unknown interface. Page: MgmDeleteGroupMembershipEntry. */
DWORD WINAPI MgmDeleteGroupMembershipEntry(HANDLE hProtocol, DWORD dwSourceAddr, DWORD dwSourceMask,
                                           DWORD dwGroupAddr, DWORD dwGroupMask, DWORD dwIfIndex,
                                           DWORD dwIfNextHopIPAddr, DWORD dwFlags);

/* ---- Reading forwarding entries ---- */

/* No handle is needed. *pdwBufferSize: in, bytes at pbBuffer; out, with ERROR_INSUFFICIENT_BUFFER
 * only, bytes that one entry needs. The First and Next functions go by ascending group and source,
 * fill pbBuffer with as many whole entries as fit, one right after another, and store their number
 * to *pdwNumEntries. They return ERROR_MORE_DATA if there are more and ERROR_NO_MORE_ITEMS if not;
 * entries may come with either. */

/* dwFlags of the Stats functions: entries are MIB_IPMCAST_MFE_STATS, MIB_IPMCAST_MFE_STATS_EX. */
#define MGM_MFE_STATS_0 0x00000001
#define MGM_MFE_STATS_1 0x00000002

/* Gets the MFE with dwGroup and dwSource of *pimm, as an MIB_IPMCAST_MFE.
 * ERROR_INSUFFICIENT_BUFFER. ERROR_NOT_FOUND. Page: MgmGetMfe. */
DWORD WINAPI MgmGetMfe(PMIB_IPMCAST_MFE pimm, PDWORD pdwBufferSize, PBYTE pbBuffer);

/* Gets the first MFEs, as MIB_IPMCAST_MFE of SIZEOF_MIB_MFE(ulNumOutIf) bytes each.
 * ERROR_INSUFFICIENT_BUFFER: not one fits. ERROR_MORE_DATA. ERROR_NO_MORE_ITEMS.
 * Page: MgmGetFirstMfe. */
DWORD WINAPI MgmGetFirstMfe(PDWORD pdwBufferSize, PBYTE pbBuffer, PDWORD pdwNumEntries);

/* The same after the group and source of *pimmStart.
 * ERROR_INSUFFICIENT_BUFFER: not one fits. ERROR_MORE_DATA. ERROR_NO_MORE_ITEMS.
 * Page: MgmGetNextMfe. */
DWORD WINAPI MgmGetNextMfe(PMIB_IPMCAST_MFE pimmStart, PDWORD pdwBufferSize, PBYTE pbBuffer,
                           PDWORD pdwNumEntries);

/* Gets counters of the MFE with dwGroup and dwSource of *pimm.
 * ERROR_INSUFFICIENT_BUFFER. ERROR_NOT_FOUND. Page: MgmGetMfeStats. */
DWORD WINAPI MgmGetMfeStats(PMIB_IPMCAST_MFE pimm, PDWORD pdwBufferSize, PBYTE pbBuffer,
                            DWORD dwFlags);

/* Gets counters of the first MFEs, SIZEOF_MIB_MFE_STATS(ulNumOutIf) or
 * SIZEOF_MIB_MFE_STATS_EX(ulNumOutIf) bytes each.
 * ERROR_INSUFFICIENT_BUFFER: not one fits. ERROR_MORE_DATA. ERROR_NO_MORE_ITEMS.
 * Page: MgmGetFirstMfeStats. */
DWORD WINAPI MgmGetFirstMfeStats(PDWORD pdwBufferSize, PBYTE pbBuffer, PDWORD pdwNumEntries,
                                 DWORD dwFlags);

/* The same after the group and source of *pimmStart.
 * ERROR_INSUFFICIENT_BUFFER: not one fits. ERROR_MORE_DATA. ERROR_NO_MORE_ITEMS.
 * Page: MgmGetNextMfeStats. */
DWORD WINAPI MgmGetNextMfeStats(PMIB_IPMCAST_MFE pimmStart, PDWORD pdwBufferSize, PBYTE pbBuffer,
                                PDWORD pdwNumEntries, DWORD dwFlags);

/* ---- Enumerating groups ---- */

/* Group entries with at least one source, or entries of any and of single sources.
 * Page: MGM_ENUM_TYPES. */
typedef enum _MGM_ENUM_TYPES { ANY_SOURCE = 0, ALL_SOURCES } MGM_ENUM_TYPES;

/* A source and group that somebody joined. Page: SOURCE_GROUP_ENTRY. */
typedef struct _SOURCE_GROUP_ENTRY {
    DWORD dwSourceAddr;
    DWORD dwSourceMask;
    DWORD dwGroupAddr;
    DWORD dwGroupMask;
} SOURCE_GROUP_ENTRY, *PSOURCE_GROUP_ENTRY;

/* Starts an enumeration of what has been joined. End with MgmGroupEnumerationEnd.
 * ERROR_INVALID_PARAMETER: bad handle. ERROR_NOT_ENOUGH_MEMORY. Page: MgmGroupEnumerationStart. */
DWORD WINAPI MgmGroupEnumerationStart(HANDLE hProtocol, MGM_ENUM_TYPES metEnumType,
                                      HANDLE* phEnumHandle);

/* Fills pbBuffer with the next SOURCE_GROUP_ENTRYs, in no order; sizes, count and ends as for
 * MgmGetFirstMfe.
 * ERROR_INSUFFICIENT_BUFFER: not one fits. ERROR_INVALID_PARAMETER: bad handle. ERROR_MORE_DATA.
 * ERROR_NO_MORE_ITEMS. ERROR_NOT_ENOUGH_MEMORY. Page: MgmGroupEnumerationGetNext. */
DWORD WINAPI MgmGroupEnumerationGetNext(HANDLE hEnum, PDWORD pdwBufferSize, PBYTE pbBuffer,
                                        PDWORD pdwNumEntries);

/* Ends an enumeration.
 * ERROR_INVALID_PARAMETER: bad handle. Page: MgmGroupEnumerationEnd. */
DWORD WINAPI MgmGroupEnumerationEnd(HANDLE hEnum);

/* ---- Changing forwarding entries ---- */

/* Changes the upstream neighbour (dwUpStrmNgbr) of the MFE with dwGroup and dwSource of *pmimm.
 * Declared for completeness: rtm.dll does not export it, so a program that calls it does not link.
 * ERROR_INVALID_PARAMETER: bad handle. ERROR_NOT_FOUND. Page: MgmSetMfe. */
DWORD WINAPI MgmSetMfe(HANDLE hProtocol, PMIB_IPMCAST_MFE pmimm);

#ifdef __cplusplus
}
#endif

#endif /* _MGM_H_ */
