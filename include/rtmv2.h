/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * rtmv2.h: version 2 of the Routing Table Manager API (rtm.dll). A replacement for the header of
 * the same name in the Windows SDK and in mingw-w64: same names, values, layouts and calling
 * conventions, for C and C++, mingw-w64 and winelib.
 *
 * Rules that hold for every function below:
 *  - The first argument, RtmRegHandle, is the caller's own registration (RtmRegisterEntity). It
 *    fixes the RTM instance and the address family; nothing outside these can be reached.
 *  - The result is a Win32 error code, NO_ERROR for success. The comments list the codes that the
 *    documentation names. Beyond these any function may return ERROR_INVALID_HANDLE for a handle
 *    that is not live, not of the right kind or of another table, and ERROR_INVALID_PARAMETER for
 *    a NULL that is not allowed.
 *  - All memory is the caller's. The RTM neither allocates for a client nor frees what it is given.
 *  - Each handle handed out, alone or inside a structure, carries one reference that the caller
 *    gives back with the Release function named there. A Release function drops references and
 *    leaves the memory alone. At its last reference an object goes away.
 *
 * The RTM_IPV4_* macros use AF_INET, htonl and ntohl. Programs that use them include <winsock2.h>
 * (before <windows.h>) or <winsock.h>; others need neither.
 *
 * "Page:" names the page of Microsoft's documentation that a declaration restates.
 */
#ifndef __ROUTING_RTMv2_H__
#define __ROUTING_RTMv2_H__

#include <stdarg.h>
#include <windef.h>

#include <winbase.h>

#include <in6addr.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Limits ---- */

/* Bytes of address that an RTM_NET_ADDRESS holds, whatever the family. Page: View Flags. */
#define RTM_MAX_ADDRESS_SIZE 16
/* Most views that a table can have. Page: View Flags. */
#define RTM_MAX_VIEWS 32

/* ---- Views ---- */

/* Number of a view, 0 to RTM_MAX_VIEWS - 1. Page: RTMv2 Simple Data Types. */
typedef INT RTM_VIEW_ID, *PRTM_VIEW_ID;
/* Set of views: bit n is the view with id n. Page: RTMv2 Simple Data Types. */
typedef DWORD RTM_VIEW_SET, *PRTM_VIEW_SET;

/* The views that exist. Page: View Flags. */
#define RTM_VIEW_ID_UCAST 0
#define RTM_VIEW_ID_MCAST 1

/* Bits in an RTM_VIEW_SET. */
#define RTM_VIEW_MASK_SIZE 0x20
/* Both 0: everything, whatever its view, and no per-view data. The only set that also shows what
 * is kept by hold-down alone. Page: View Flags. */
#define RTM_VIEW_MASK_NONE 0x00000000
#define RTM_VIEW_MASK_ANY 0x00000000
#define RTM_VIEW_MASK_UCAST 0x00000001
#define RTM_VIEW_MASK_MCAST 0x00000002
/* Every view, supported or not. */
#define RTM_VIEW_MASK_ALL 0xFFFFFFFF

/* ---- Handles ---- */

/* Opaque and per process. A registration is a handle of the RTM_ENTITY_HANDLE kind.
 * Page: RTMv2 Simple Data Types. */
typedef HANDLE RTM_ENTITY_HANDLE, *PRTM_ENTITY_HANDLE;
typedef HANDLE RTM_DEST_HANDLE, *PRTM_DEST_HANDLE;
typedef HANDLE RTM_ROUTE_HANDLE, *PRTM_ROUTE_HANDLE;
typedef HANDLE RTM_NEXTHOP_HANDLE, *PRTM_NEXTHOP_HANDLE;
typedef HANDLE RTM_ENUM_HANDLE, *PRTM_ENUM_HANDLE;
typedef HANDLE RTM_ROUTE_LIST_HANDLE, *PRTM_ROUTE_LIST_HANDLE;
typedef HANDLE RTM_NOTIFY_HANDLE, *PRTM_NOTIFY_HANDLE;

/* ---- Registration profile ---- */

/* Limits of the table, learnt at registration and to be kept afterwards. Page: RTM_REGN_PROFILE. */
typedef struct _RTM_REGN_PROFILE {
    UINT MaxNextHopsInRoute;     /* most equal-cost next hops of one route */
    UINT MaxHandlesInEnum;       /* most items that one Get call of an enumeration may ask for */
    RTM_VIEW_SET ViewsSupported; /* views of this address family */
    UINT NumberOfViews;          /* how many these are */
} RTM_REGN_PROFILE, *PRTM_REGN_PROFILE;

/* ---- Network addresses ---- */

/* A prefix of any family, mask contiguous. Bits after the first NumBits do not count.
 * Page: RTM_NET_ADDRESS. */
typedef struct _RTM_NET_ADDRESS {
    USHORT AddressFamily;                 /* AF_INET or AF_INET6 */
    USHORT NumBits;                       /* prefix length */
    UCHAR AddrBits[RTM_MAX_ADDRESS_SIZE]; /* network byte order */
} RTM_NET_ADDRESS, *PRTM_NET_ADDRESS;

/* A ULONG anywhere in memory. RTM_NET_ADDRESS aligns AddrBits to 2 bytes only. Not in the SDK. */
typedef ULONG RTM_ADDR_ULONG __attribute__((__may_alias__, __aligned__(1)));

/* IPv4 helpers. NetAddress is an RTM_NET_ADDRESS*; Addr and Mask are ULONGs in network byte order;
 * Len is a prefix length, 0 to 32. Only AddrBits[0] to AddrBits[3] are touched. Each is one
 * statement, to be ended with a semicolon, unless said otherwise. Getters store to their first two
 * arguments, which may be of any integer type. The address family is not checked. */

/* Fills NetAddress with Addr/Len. Page: RTM_IPV4_MAKE_NET_ADDRESS. */
#define RTM_IPV4_MAKE_NET_ADDRESS(NetAddress, Addr, Len)                                           \
    RTM_IPV4_SET_ADDR_AND_LEN(NetAddress, Addr, Len)

/* If bit N of Value is set: adds N to Len and shifts Value left by N. */
#define RTM_CHECK_NTH_BIT(Value, N, Len)                                                           \
    do {                                                                                           \
        if ((Value) & (1 << (N))) {                                                                \
            (Len) += (N);                                                                          \
            (Value) <<= (N);                                                                       \
        }                                                                                          \
    } while (0)

/* Stores to Len the prefix length of Mask: 0 for 0, else 32 less the number of zero bits after the
 * last one bit; masks with holes pass as if they had none. Page: RTM_IPV4_LEN_FROM_MASK. */
#define RTM_IPV4_LEN_FROM_MASK(Len, Mask)                                                          \
    do {                                                                                           \
        ULONG _Temp_ = ntohl(Mask);                                                                \
        (Len) = 0;                                                                                 \
        RTM_CHECK_NTH_BIT(_Temp_, 16, Len);                                                        \
        RTM_CHECK_NTH_BIT(_Temp_, 8, Len);                                                         \
        RTM_CHECK_NTH_BIT(_Temp_, 4, Len);                                                         \
        for (; _Temp_; _Temp_ <<= 1) {                                                             \
            (Len) += 1;                                                                            \
        }                                                                                          \
    } while (0)

/* Expression: the mask of prefix length Len. Page: RTM_IPV4_MASK_FROM_LEN. */
#define RTM_IPV4_MASK_FROM_LEN(Len) ((Len) ? htonl(~(ULONG)0 << ((32 - (Len)) & 31)) : 0)

/* Fills NetAddress with Addr/Len. Page: RTM_IPV4_SET_ADDR_AND_LEN. */
#define RTM_IPV4_SET_ADDR_AND_LEN(NetAddress, Addr, Len)                                           \
    do {                                                                                           \
        (NetAddress)->AddressFamily = AF_INET;                                                     \
        (NetAddress)->NumBits = (USHORT)(Len);                                                     \
        *(RTM_ADDR_ULONG*)(NetAddress)->AddrBits = (Addr);                                         \
    } while (0)

/* Stores to Addr and Len what NetAddress holds. Page: RTM_IPV4_GET_ADDR_AND_LEN. */
#define RTM_IPV4_GET_ADDR_AND_LEN(Addr, Len, NetAddress)                                           \
    do {                                                                                           \
        (Len) = (NetAddress)->NumBits;                                                             \
        (Addr) = *(RTM_ADDR_ULONG*)(NetAddress)->AddrBits;                                         \
    } while (0)

/* Fills NetAddress with Addr and the length of Mask. Page: RTM_IPV4_SET_ADDR_AND_MASK. */
#define RTM_IPV4_SET_ADDR_AND_MASK(NetAddress, Addr, Mask)                                         \
    do {                                                                                           \
        (NetAddress)->AddressFamily = AF_INET;                                                     \
        *(RTM_ADDR_ULONG*)(NetAddress)->AddrBits = (Addr);                                         \
        RTM_IPV4_LEN_FROM_MASK((NetAddress)->NumBits, Mask);                                       \
    } while (0)

/* Stores to Addr and Mask what NetAddress holds. Page: RTM_IPV4_GET_ADDR_AND_MASK. */
#define RTM_IPV4_GET_ADDR_AND_MASK(Addr, Mask, NetAddress)                                         \
    do {                                                                                           \
        (Addr) = *(RTM_ADDR_ULONG*)(NetAddress)->AddrBits;                                         \
        (Mask) = RTM_IPV4_MASK_FROM_LEN((NetAddress)->NumBits);                                    \
    } while (0)

/* IPv6 helpers. __cdecl is what the SDK's header means by naming no convention: stack cleaned by
 * the caller on i386, the Windows ABI (not the Unix one) in winelib. dwAddressSize is the address
 * size in bytes, IPV6_ADDRESS_LEN_IN_BYTES. These are in the SDK's header but on no page. They
 * return NO_ERROR; ERROR_INVALID_PARAMETER for a NULL pointer, a family other than AF_INET6, a
 * length above 128 or a size other than 16. */

#define IPV6_ADDRESS_LEN_IN_BYTES 16

/* Copies the prefix of *pNetAddress to *pAddress and *pLength. Page: none. */
DWORD __cdecl RtmConvertNetAddressToIpv6AddressAndLength(PRTM_NET_ADDRESS pNetAddress,
                                                         PIN6_ADDR pAddress, PDWORD pLength,
                                                         DWORD dwAddressSize);

/* Fills *pNetAddress with AF_INET6, Address and dwLength. Page: none. */
DWORD __cdecl RtmConvertIpv6AddressAndLengthToNetAddress(PRTM_NET_ADDRESS pNetAddress,
                                                         IN6_ADDR Address, DWORD dwLength,
                                                         DWORD dwAddressSize);

/* Expression: fills NetAddress with the IN6_ADDR Addr and Len; its value is the error code. The
 * family is spelt as a number, for winsock.h has no AF_INET6, and that of Unix is another. */
#define RTM_IPV6_MAKE_NET_ADDRESS(NetAddress, Addr, Len)                                           \
    RTM_IPV6_SET_ADDR_AND_LEN(NetAddress, Addr, Len)
#define RTM_IPV6_SET_ADDR_AND_LEN(NetAddress, Addr, Len)                                           \
    ((NetAddress)->AddressFamily = 23 /* AF_INET6 */,                                              \
     RtmConvertIpv6AddressAndLengthToNetAddress(NetAddress, Addr, Len, IPV6_ADDRESS_LEN_IN_BYTES))

/* Expression: stores through the IN6_ADDR* Addr and the DWORD* Len (pointers, unlike the IPv4
 * getter) what NetAddress holds; its value is the error code. */
#define RTM_IPV6_GET_ADDR_AND_LEN(Addr, Len, NetAddress)                                           \
    RtmConvertNetAddressToIpv6AddressAndLength(NetAddress, Addr, Len, IPV6_ADDRESS_LEN_IN_BYTES)

/* ---- Preference ---- */

/* What routes of one destination are compared by. Lower is better; Preference decides, Metric only
 * between equal preferences. Page: RTM_PREF_INFO. */
typedef struct _RTM_PREF_INFO {
    ULONG Metric;     /* cost, in the protocol's own measure */
    ULONG Preference; /* rank of the protocol, 1 is best; 0 lets the RTM fill in the protocol's */
} RTM_PREF_INFO, *PRTM_PREF_INFO;

/* ---- Destinations ---- */

/* Information on a destination, of variable size: ViewInfo has NumberOfViews entries, by ascending
 * ViewId. Entries of an array lie RTM_SIZE_OF_DEST_INFO(NumberOfViews of the registration profile)
 * bytes apart. Page: RTM_DEST_INFO. */
typedef struct _RTM_DEST_INFO {
    RTM_DEST_HANDLE DestHandle;
    RTM_NET_ADDRESS DestAddress;
    FILETIME LastChanged;        /* system time of the last update */
    RTM_VIEW_SET BelongsToViews; /* views the destination is in */
    UINT NumberOfViews;          /* entries present in ViewInfo, 0 for RTM_VIEW_MASK_ANY */
    struct {
        RTM_VIEW_ID ViewId;
        UINT NumRoutes;             /* routes in this view */
        RTM_ROUTE_HANDLE Route;     /* best route as asked for (ProtocolId), or NULL */
        RTM_ENTITY_HANDLE Owner;    /* owner of Route, or NULL */
        DWORD DestFlags;            /* flags of the best route */
        RTM_ROUTE_HANDLE HoldRoute; /* route in hold-down, or NULL */
    } ViewInfo[1];
} RTM_DEST_INFO, *PRTM_DEST_INFO;

/* Bytes before ViewInfo, and of one entry of it. */
#define RTM_BASIC_DEST_INFO_SIZE FIELD_OFFSET(RTM_DEST_INFO, ViewInfo)
#define RTM_DEST_VIEW_INFO_SIZE (sizeof(RTM_DEST_INFO) - RTM_BASIC_DEST_INFO_SIZE)

/* Bytes of an RTM_DEST_INFO with NumViews entries: a number of views, not a view set.
 * Page: RTM_SIZE_OF_DEST_INFO. */
#define RTM_SIZE_OF_DEST_INFO(NumViews)                                                            \
    (RTM_BASIC_DEST_INFO_SIZE + RTM_DEST_VIEW_INFO_SIZE * (NumViews))

/* Destination flags. On no page. */
#define RTM_DEST_FLAG_NATURAL_NET 0x01
#define RTM_DEST_FLAG_FWD_ENGIN_ADD 0x02
#define RTM_DEST_FLAG_DONT_FORWARD 0x04

/* ---- Next hops ---- */

/* Equal-cost next hops of a route, of variable size. Page: RTM_NEXTHOP_LIST. */
typedef struct _RTM_NEXTHOP_LIST {
    USHORT NumNextHops;
    RTM_NEXTHOP_HANDLE NextHops[1]; /* NumNextHops entries, possibly none */
} RTM_NEXTHOP_LIST, *PRTM_NEXTHOP_LIST;

/* A next hop of one client; NextHopAddress and InterfaceIndex are its identity. Its owner may edit
 * Flags, EntitySpecificInfo and RemoteNextHop in place. Page: RTM_NEXTHOP_INFO. */
typedef struct _RTM_NEXTHOP_INFO {
    RTM_NET_ADDRESS NextHopAddress;
    RTM_ENTITY_HANDLE NextHopOwner; /* set by the RTM, ignored on input */
    ULONG InterfaceIndex;           /* outgoing interface, 0 for a remote next hop */
    USHORT State;                   /* RTM_NEXTHOP_STATE_*, set by the RTM, ignored on input */
    USHORT Flags;                   /* RTM_NEXTHOP_FLAGS_* */
    PVOID EntitySpecificInfo;       /* the owner's, not looked at */
    RTM_DEST_HANDLE RemoteNextHop;  /* way to a remote next hop, cached by the owner, or NULL */
} RTM_NEXTHOP_INFO, *PRTM_NEXTHOP_INFO;

/* States. Page: Next Hop Flags. */
#define RTM_NEXTHOP_STATE_CREATED 0
#define RTM_NEXTHOP_STATE_DELETED 1

/* Flags. REMOTE: not on a local link, to be looked up again; DOWN: reserved. Page: Next Hop Flags.
 */
#define RTM_NEXTHOP_FLAGS_REMOTE 0x0001
#define RTM_NEXTHOP_FLAGS_DOWN 0x0002

/* What RtmAddNextHop did, output only. Page: Next Hop Flags. */
typedef DWORD RTM_NEXTHOP_CHANGE_FLAGS, *PRTM_NEXTHOP_CHANGE_FLAGS;

/* The next hop is new; without it an existing one was updated. */
#define RTM_NEXTHOP_CHANGE_NEW 0x01

/* ---- Routes ---- */

/* A route, of variable size: NextHopsList ends with NextHopsList.NumNextHops handles. Destination,
 * owner and neighbour are its identity. Under RtmLockRoute the owner may edit Neighbour, PrefInfo,
 * BelongsToViews, EntitySpecificInfo and NextHopsList in place (the SDK's header adds Flags and
 * Flags1). Page: RTM_ROUTE_INFO. */
typedef struct _RTM_ROUTE_INFO {
    RTM_DEST_HANDLE DestHandle;   /* set by the RTM */
    RTM_ENTITY_HANDLE RouteOwner; /* set by the RTM */
    RTM_NEXTHOP_HANDLE Neighbour; /* who told of the route, NULL for link-state protocols */
    UCHAR State;                  /* RTM_ROUTE_STATE_*, set by the RTM */
    UCHAR Flags1;                 /* for version 1 of the API */
    USHORT Flags;                 /* RTM_ROUTE_FLAGS_* */
    RTM_PREF_INFO PrefInfo;
    RTM_VIEW_SET BelongsToViews;   /* views that the route is in */
    PVOID EntitySpecificInfo;      /* the owner's, not looked at */
    RTM_NEXTHOP_LIST NextHopsList; /* the owner's own next hops */
} RTM_ROUTE_INFO, *PRTM_ROUTE_INFO;

/* Bytes before NextHopsList. */
#define RTM_BASIC_ROUTE_INFO_SIZE FIELD_OFFSET(RTM_ROUTE_INFO, NextHopsList.NumNextHops)

/* Bytes of an RTM_ROUTE_INFO with NumHops next hops. The macro of other headers forgets
 * NumNextHops and is one handle short, so buffers from programs built with these hold one next hop
 * less than they think. Page: RTM_SIZE_OF_ROUTE_INFO. */
#define RTM_SIZE_OF_ROUTE_INFO(NumHops)                                                            \
    (FIELD_OFFSET(RTM_ROUTE_INFO, NextHopsList.NextHops) + (NumHops) * sizeof(RTM_NEXTHOP_HANDLE))

/* States. Page: Route Flags. */
#define RTM_ROUTE_STATE_CREATED 0
#define RTM_ROUTE_STATE_DELETING 1
#define RTM_ROUTE_STATE_DELETED 2

/* Flags that matter to forwarding. Page: Route Flags. */
#define RTM_ROUTE_FLAGS_MARTIAN 0x0001
#define RTM_ROUTE_FLAGS_BLACKHOLE 0x0002
#define RTM_ROUTE_FLAGS_DISCARD 0x0004
#define RTM_ROUTE_FLAGS_INACTIVE 0x0008

/* The destination is on a local link, is not, or is this router. Page: Route Flags. */
#define RTM_ROUTE_FLAGS_LOCAL 0x0010
#define RTM_ROUTE_FLAGS_REMOTE 0x0020
#define RTM_ROUTE_FLAGS_MYSELF 0x0040

/* Page: Route Flags, without a description. */
#define RTM_ROUTE_FLAGS_LOOPBACK 0x0080

/* The destination is a multicast address, or a local one. Page: Route Flags. */
#define RTM_ROUTE_FLAGS_MCAST 0x0100
#define RTM_ROUTE_FLAGS_LOCAL_MCAST 0x0200

/* The destination is the limited broadcast address, never forwarded. Page: Route Flags. */
#define RTM_ROUTE_FLAGS_LIMITED_BC 0x0400

/* The destination is a broadcast address of an interface: all zeros or all ones, of the net or of
 * the subnet. Page: Route Flags. */
#define RTM_ROUTE_FLAGS_ZEROS_NETBC 0x1000
#define RTM_ROUTE_FLAGS_ZEROS_SUBNETBC 0x2000
#define RTM_ROUTE_FLAGS_ONES_NETBC 0x4000
#define RTM_ROUTE_FLAGS_ONES_SUBNETBC 0x8000

/* Groups of the flags above. Page: Route Flags. */
#define RTM_ROUTE_FLAGS_FORWARDING                                                                 \
    (RTM_ROUTE_FLAGS_MARTIAN | RTM_ROUTE_FLAGS_BLACKHOLE | RTM_ROUTE_FLAGS_DISCARD |               \
     RTM_ROUTE_FLAGS_INACTIVE)
#define RTM_ROUTE_FLAGS_ANY_UNICAST                                                                \
    (RTM_ROUTE_FLAGS_LOCAL | RTM_ROUTE_FLAGS_REMOTE | RTM_ROUTE_FLAGS_MYSELF)
#define RTM_ROUTE_FLAGS_ANY_MCAST (RTM_ROUTE_FLAGS_MCAST | RTM_ROUTE_FLAGS_LOCAL_MCAST)
#define RTM_ROUTE_FLAGS_SUBNET_BCAST                                                               \
    (RTM_ROUTE_FLAGS_ONES_SUBNETBC | RTM_ROUTE_FLAGS_ZEROS_SUBNETBC)
#define RTM_ROUTE_FLAGS_NET_BCAST (RTM_ROUTE_FLAGS_ONES_NETBC | RTM_ROUTE_FLAGS_ZEROS_NETBC)
#define RTM_ROUTE_FLAGS_ANY_BCAST                                                                  \
    (RTM_ROUTE_FLAGS_LIMITED_BC | RTM_ROUTE_FLAGS_NET_BCAST | RTM_ROUTE_FLAGS_SUBNET_BCAST)

/* How to add a route (in), what adding or deleting it did (out). Page: RtmAddRouteToDest. */
typedef DWORD RTM_ROUTE_CHANGE_FLAGS, *PRTM_ROUTE_CHANGE_FLAGS;

/* In: update the caller's first route there, whatever its neighbour. */
#define RTM_ROUTE_CHANGE_FIRST 0x01
/* In: add a route even beside an equal one. Out: the route is new. */
#define RTM_ROUTE_CHANGE_NEW 0x02
/* Out: the best route changed. */
#define RTM_ROUTE_CHANGE_BEST 0x00010000

/* ---- Entities ---- */

/* Name of a client among those of a table. Page: RTM_ENTITY_ID. */
__extension__ typedef struct _RTM_ENTITY_ID {
    __extension__ union {
        __extension__ struct {
            ULONG EntityProtocolId; /* protocol, such as OSPF */
            ULONG EntityInstanceId; /* instance of the protocol */
        };
        ULONGLONG EntityId; /* both in one, the protocol in the low half */
    };
} RTM_ENTITY_ID, *PRTM_ENTITY_ID;

/* A client and where it registers. Four bytes of padding: not for memcmp. Page: RTM_ENTITY_INFO. */
typedef struct _RTM_ENTITY_INFO {
    USHORT RtmInstanceId; /* virtual router, 0 is the usual one */
    USHORT AddressFamily; /* AF_INET or AF_INET6 */
    RTM_ENTITY_ID EntityId;
} RTM_ENTITY_INFO, *PRTM_ENTITY_INFO;

/* ---- Events ---- */

/* What an RTM_EVENT_CALLBACK tells of. Page: RTM_EVENT_TYPE. */
typedef enum _RTM_EVENT_TYPE {
    RTM_ENTITY_REGISTERED,   /* another client came */
    RTM_ENTITY_DEREGISTERED, /* another client went */
    RTM_ROUTE_EXPIRED,       /* a route of the receiver reached the end of its time to live */
    RTM_CHANGE_NOTIFICATION  /* changes wait for RtmGetChangedDests */
} RTM_EVENT_TYPE;

typedef RTM_EVENT_TYPE* PRTM_EVENT_TYPE;

/* Tells the client RtmRegHandle of an event, on a thread of the RTM. Context1 and Context2 are
 *   RTM_ENTITY_REGISTERED    RTM_ENTITY_HANDLE  RTM_ENTITY_INFO*, both lent for the call
 *   RTM_ENTITY_DEREGISTERED  the same
 *   RTM_ROUTE_EXPIRED        RTM_ROUTE_HANDLE   RTM_ROUTE_INFO* of the live route
 *   RTM_CHANGE_NOTIFICATION  RTM_NOTIFY_HANDLE  NotifyContext of the registration
 * RTM functions may be called from it, except RtmRegisterEntity, RtmDeregisterEntity and
 * RtmGetRegisteredEntities in the entity events and RtmRegisterForChangeNotification in a change
 * notification. The result counts for RTM_ROUTE_EXPIRED only: ERROR_NOT_SUPPORTED lets the RTM
 * delete the route; any other value keeps it, and then the client releases the route handle with
 * RtmReleaseRoutes. Page: RTM_EVENT_CALLBACK. */
typedef DWORD(WINAPI* _EVENT_CALLBACK)(RTM_ENTITY_HANDLE RtmRegHandle, RTM_EVENT_TYPE EventType,
                                       PVOID Context1, PVOID Context2);

typedef _EVENT_CALLBACK RTM_EVENT_CALLBACK, *PRTM_EVENT_CALLBACK;

/* ---- Methods ---- */

/* Set of methods of a client: bit n is Methods[n]. Bits 0 to 15 are Microsoft's. Page: Using
 * Methods. */
typedef DWORD RTM_ENTITY_METHOD_TYPE, *PRTM_ENTITY_METHOD_TYPE;

#define METHOD_TYPE_ALL_METHODS 0xFFFFFFFF

/* Methods of RIP version 2. On no page. */
#define METHOD_RIP2_NEIGHBOUR_ADDR 0x00000001
#define METHOD_RIP2_OUTBOUND_INTF 0x00000002
#define METHOD_RIP2_ROUTE_TAG 0x00000004
#define METHOD_RIP2_ROUTE_TIMESTAMP 0x00000008

/* Methods of OSPF. On no page. */
#define METHOD_OSPF_ROUTE_TYPE 0x00000001
#define METHOD_OSPF_ROUTE_METRIC 0x00000002
#define METHOD_OSPF_LSDB_TYPE 0x00000004
#define METHOD_OSPF_ROUTE_TAG 0x00000008
#define METHOD_OSPF_ROUTE_AREA 0x00000010
#define METHOD_OSPF_FWD_ADDRESS 0x00000020

/* Methods of BGP version 4. On no page. */
#define METHOD_BGP4_AS_PATH 0x00000001
#define METHOD_BGP4_PEER_ID 0x00000002
#define METHOD_BGP4_PA_ORIGIN 0x00000004
#define METHOD_BGP4_NEXTHOP_ATTR 0x00000008

/* Which methods to run and what they all get. Page: RTM_ENTITY_METHOD_INPUT. */
typedef struct _RTM_ENTITY_METHOD_INPUT {
    RTM_ENTITY_METHOD_TYPE MethodType;
    UINT InputSize;     /* bytes of InputData */
    UCHAR InputData[1]; /* allocate FIELD_OFFSET(..., InputData) + InputSize bytes */
} RTM_ENTITY_METHOD_INPUT, *PRTM_ENTITY_METHOD_INPUT;

/* What one method gave; the next one's starts after OutputData. Page: RTM_ENTITY_METHOD_OUTPUT. */
typedef struct _RTM_ENTITY_METHOD_OUTPUT {
    RTM_ENTITY_METHOD_TYPE MethodType; /* the bit of this method */
    DWORD MethodStatus;                /* how it ended, NO_ERROR unless the method says otherwise */
    UINT OutputSize;                   /* bytes of OutputData; room for it as the method starts */
    UCHAR OutputData[1];
} RTM_ENTITY_METHOD_OUTPUT, *PRTM_ENTITY_METHOD_OUTPUT;

/* A method of the client CalleeHandle, run for the client CallerHandle. Reads Input and fills
 * Output. Page: RTM_ENTITY_EXPORT_METHOD. */
typedef VOID(WINAPI* _ENTITY_METHOD)(RTM_ENTITY_HANDLE CallerHandle, RTM_ENTITY_HANDLE CalleeHandle,
                                     RTM_ENTITY_METHOD_INPUT* Input,
                                     RTM_ENTITY_METHOD_OUTPUT* Output);

typedef _ENTITY_METHOD RTM_ENTITY_EXPORT_METHOD, *PRTM_ENTITY_EXPORT_METHOD;

/* The methods of a client, of variable size. Page: RTM_ENTITY_EXPORT_METHODS. */
typedef struct _RTM_ENTITY_EXPORT_METHODS {
    UINT NumMethods; /* 0 to 32 */
    RTM_ENTITY_EXPORT_METHOD Methods[1];
} RTM_ENTITY_EXPORT_METHODS, *PRTM_ENTITY_EXPORT_METHODS;

/* BlockingFlag of RtmBlockMethods. */
#define RTM_RESUME_METHODS 0
#define RTM_BLOCK_METHODS 1

/* ---- Selectors of queries and enumerations ---- */

/* What a route must have in common with the criteria, input only. Page: Routing Table Query Flags.
 */
typedef DWORD RTM_MATCH_FLAGS, *PRTM_MATCH_FLAGS;

#define RTM_MATCH_NONE 0x00000000
#define RTM_MATCH_OWNER 0x00000001
#define RTM_MATCH_NEIGHBOUR 0x00000002
#define RTM_MATCH_PREF 0x00000004
#define RTM_MATCH_NEXTHOP 0x00000008
#define RTM_MATCH_INTERFACE 0x00000010
#define RTM_MATCH_FULL 0x0000FFFF

/* ProtocolId arguments choose whose best route is reported, not what is found: anyone's, the
 * caller's own, or that of the protocol given. Page: Routing Table Query Flags. */
#define RTM_BEST_PROTOCOL ((ULONG)0)
#define RTM_THIS_PROTOCOL (~(ULONG)0)

/* What to enumerate, input only: one of START, NEXT, RANGE with one of ALL, OWN.
 * Page: Enumeration Flags. */
typedef DWORD RTM_ENUM_FLAGS, *PRTM_ENUM_FLAGS;

/* The whole table from 0/0; from the given prefix to the end; the given prefix and all inside. */
#define RTM_ENUM_START 0x00000000
#define RTM_ENUM_NEXT 0x00000001
#define RTM_ENUM_RANGE 0x00000002

/* All destinations, or those whose best route is the caller's in a view asked for. */
#define RTM_ENUM_ALL_DESTS 0x00000000
#define RTM_ENUM_OWN_DESTS 0x01000000

/* All routes, or the caller's. */
#define RTM_ENUM_ALL_ROUTES 0x00000000
#define RTM_ENUM_OWN_ROUTES 0x00010000

/* What to be notified of, input only. Page: Change Notification Flags. */
typedef DWORD RTM_NOTIFY_FLAGS, *PRTM_NOTIFY_FLAGS;

#define RTM_NUM_CHANGE_TYPES 3

/* Any change; another best route or a change of it; the same less changes that do not matter to
 * forwarding. */
#define RTM_CHANGE_TYPE_ALL 0x0001
#define RTM_CHANGE_TYPE_BEST 0x0002
#define RTM_CHANGE_TYPE_FORWARDING 0x0004

/* Only changes of destinations marked with RtmMarkDestForChangeNotification. */
#define RTM_NOTIFY_ONLY_MARKED_DESTS 0x00010000

/* ---- Functions: registration and entities ---- */

/* Registers a client with the instance and family in *RtmEntityInfo; the first call of each client.
 * ExportMethods (copied) and EventCallback may be NULL. ReserveOpaquePointer reserves a private
 * slot in every destination. Fills *RtmRegProfile and *RtmRegHandle, which RtmDeregisterEntity
 * takes back.
 * ERROR_ALREADY_EXISTS: this client is registered. ERROR_BAD_CONFIGURATION, ERROR_FILE_NOT_FOUND:
 * the registry settings are corrupt, missing. ERROR_INVALID_DATA, ERROR_INVALID_PARAMETER: bad
 * argument. ERROR_NO_SYSTEM_RESOURCES, ERROR_NOT_ENOUGH_MEMORY. Page: RtmRegisterEntity. */
DWORD WINAPI RtmRegisterEntity(PRTM_ENTITY_INFO RtmEntityInfo,
                               PRTM_ENTITY_EXPORT_METHODS ExportMethods,
                               RTM_EVENT_CALLBACK EventCallback, BOOL ReserveOpaquePointer,
                               PRTM_REGN_PROFILE RtmRegProfile, PRTM_ENTITY_HANDLE RtmRegHandle);

/* Ends a registration. The caller has released its locks, handles and structures and deleted its
 * routes and next hops; what it has not goes with it.
 * ERROR_INVALID_HANDLE. Page: RtmDeregisterEntity. */
DWORD WINAPI RtmDeregisterEntity(RTM_ENTITY_HANDLE RtmRegHandle);

/* Lists the clients of the caller's table, itself included. *NumEntities: in, entries of the two
 * arrays, each of which may be NULL if not wanted; out, entries filled. Release the handles with
 * RtmReleaseEntities.
 * ERROR_INSUFFICIENT_BUFFER: there are more; for 0 in, *NumEntities is then the total and nothing
 * is handed out. Page: RtmGetRegisteredEntities. */
DWORD WINAPI RtmGetRegisteredEntities(RTM_ENTITY_HANDLE RtmRegHandle, PUINT NumEntities,
                                      PRTM_ENTITY_HANDLE EntityHandles,
                                      PRTM_ENTITY_INFO EntityInfos);

/* Releases NumEntities entity handles.
 * ERROR_INVALID_HANDLE. Page: RtmReleaseEntities. */
DWORD WINAPI RtmReleaseEntities(RTM_ENTITY_HANDLE RtmRegHandle, UINT NumEntities,
                                PRTM_ENTITY_HANDLE EntityHandles);

/* Fills *EntityInfo for the client EntityHandle. Release with RtmReleaseEntityInfo.
 * ERROR_INVALID_HANDLE. Page: RtmGetEntityInfo. */
DWORD WINAPI RtmGetEntityInfo(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ENTITY_HANDLE EntityHandle,
                              PRTM_ENTITY_INFO EntityInfo);

/* Ends the use of a structure from RtmGetEntityInfo.
 * ERROR_INVALID_HANDLE. Page: RtmReleaseEntityInfo. */
DWORD WINAPI RtmReleaseEntityInfo(RTM_ENTITY_HANDLE RtmRegHandle, PRTM_ENTITY_INFO EntityInfo);

/* ---- Functions: methods ---- */

/* Lists the methods of the client EntityHandle, for RtmInvokeMethod only. *NumMethods: in, entries
 * of ExptMethods, 0 to ask for the number (ExptMethods may then be NULL); out, entries filled or
 * that number.
 * ERROR_INSUFFICIENT_BUFFER: not all fit. Page: RtmGetEntityMethods. */
DWORD WINAPI RtmGetEntityMethods(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ENTITY_HANDLE EntityHandle,
                                 PUINT NumMethods, PRTM_ENTITY_EXPORT_METHOD ExptMethods);

/* Runs those methods of the client EntityHandle that Input->MethodType names. *OutputSize: in,
 * bytes at Output; out, bytes used. Output gets one RTM_ENTITY_METHOD_OUTPUT after another. Waits
 * while the target has its methods blocked.
 * ERROR_INVALID_HANDLE, also for a client that is leaving. Page: RtmInvokeMethod. */
DWORD WINAPI RtmInvokeMethod(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ENTITY_HANDLE EntityHandle,
                             PRTM_ENTITY_METHOD_INPUT Input, PUINT OutputSize,
                             PRTM_ENTITY_METHOD_OUTPUT Output);

/* Holds back, or lets go, all methods of the caller: RTM_BLOCK_METHODS, RTM_RESUME_METHODS. Pass
 * NULL and 0 for the target: blocking for one object is not supported.
 * ERROR_INVALID_HANDLE. Page: RtmBlockMethods. */
DWORD WINAPI RtmBlockMethods(RTM_ENTITY_HANDLE RtmRegHandle, HANDLE TargetHandle, UCHAR TargetType,
                             DWORD BlockingFlag);

/* ---- Functions: destinations ---- */

/* Fills *DestInfo, RTM_SIZE_OF_DEST_INFO(number of views in TargetViews) bytes, for DestHandle.
 * ProtocolId says whose best route to report. RTM_VIEW_MASK_ANY gives no per-view data. Release
 * with RtmReleaseDestInfo.
 * ERROR_INVALID_HANDLE. Page: RtmGetDestInfo. */
DWORD WINAPI RtmGetDestInfo(RTM_ENTITY_HANDLE RtmRegHandle, RTM_DEST_HANDLE DestHandle,
                            ULONG ProtocolId, RTM_VIEW_SET TargetViews, PRTM_DEST_INFO DestInfo);

/* Releases the handles in one RTM_DEST_INFO; one with a lone DestHandle and NumberOfViews 0 will
 * do. For arrays: RtmReleaseDests, RtmReleaseChangedDests.
 * ERROR_INVALID_HANDLE. Page: RtmReleaseDestInfo. */
DWORD WINAPI RtmReleaseDestInfo(RTM_ENTITY_HANDLE RtmRegHandle, PRTM_DEST_INFO DestInfo);

/* Locks (LockDest TRUE) or unlocks a destination and its routes, Exclusive for writing, else for
 * reading; the same Exclusive for both. Waits. Meant for changes of opaque pointers.
 * ERROR_ACCESS_DENIED: the caller does not own the destination or the lock. ERROR_INVALID_HANDLE.
 * Page: RtmLockDestination. */
DWORD WINAPI RtmLockDestination(RTM_ENTITY_HANDLE RtmRegHandle, RTM_DEST_HANDLE DestHandle,
                                BOOL Exclusive, BOOL LockDest);

/* Stores the address of the caller's private slot in a destination; *OpaqueInfoPointer is to be
 * read and written as a PVOID*, under RtmLockDestination. A slot starts as NULL.
 * ERROR_INVALID_HANDLE. ERROR_NOT_FOUND: no slot was reserved at registration.
 * Page: RtmGetOpaqueInformationPointer. */
DWORD WINAPI RtmGetOpaqueInformationPointer(RTM_ENTITY_HANDLE RtmRegHandle,
                                            RTM_DEST_HANDLE DestHandle, PVOID* OpaqueInfoPointer);

/* Arms hold-down: when the last route of the destination in a view of TargetViews goes, it is kept
 * as HoldRoute for HoldTime milliseconds.
 * ERROR_INVALID_PARAMETER: HoldTime is 0. ERROR_INVALID_HANDLE. Page: RtmHoldDestination. */
DWORD WINAPI RtmHoldDestination(RTM_ENTITY_HANDLE RtmRegHandle, RTM_DEST_HANDLE DestHandle,
                                RTM_VIEW_SET TargetViews, ULONG HoldTime);

/* ---- Functions: queries ---- */

/* These fill *DestInfo as RtmGetDestInfo does, to be released with RtmReleaseDestInfo. */

/* Finds the destination with this very address and length.
 * ERROR_NOT_FOUND. Page: RtmGetExactMatchDestination. */
DWORD WINAPI RtmGetExactMatchDestination(RTM_ENTITY_HANDLE RtmRegHandle,
                                         PRTM_NET_ADDRESS DestAddress, ULONG ProtocolId,
                                         RTM_VIEW_SET TargetViews, PRTM_DEST_INFO DestInfo);

/* Finds the longest prefix that covers *DestAddress, which may itself be a prefix.
 * ERROR_INVALID_HANDLE. ERROR_NOT_FOUND: nothing covers it. Page: RtmGetMostSpecificDestination. */
DWORD WINAPI RtmGetMostSpecificDestination(RTM_ENTITY_HANDLE RtmRegHandle,
                                           PRTM_NET_ADDRESS DestAddress, ULONG ProtocolId,
                                           RTM_VIEW_SET TargetViews, PRTM_DEST_INFO DestInfo);

/* Finds the longest prefix that covers the destination DestHandle and is shorter.
 * ERROR_INVALID_PARAMETER. ERROR_NOT_FOUND: there is none. Page: RtmGetLessSpecificDestination. */
DWORD WINAPI RtmGetLessSpecificDestination(RTM_ENTITY_HANDLE RtmRegHandle,
                                           RTM_DEST_HANDLE DestHandle, ULONG ProtocolId,
                                           RTM_VIEW_SET TargetViews, PRTM_DEST_INFO DestInfo);

/* Finds a route of exactly *DestAddress that agrees with *RouteInfo in what MatchingFlags names and
 * has a next hop on InterfaceIndex (with RTM_MATCH_INTERFACE). *RouteInfo: in, criteria; out, the
 * route found, to be released with RtmReleaseRouteInfo. RouteHandle may be NULL; what it receives
 * is to be released with RtmReleaseRoutes.
 * ERROR_NOT_FOUND. Page: RtmGetExactMatchRoute. */
DWORD WINAPI RtmGetExactMatchRoute(RTM_ENTITY_HANDLE RtmRegHandle, PRTM_NET_ADDRESS DestAddress,
                                   RTM_MATCH_FLAGS MatchingFlags, PRTM_ROUTE_INFO RouteInfo,
                                   ULONG InterfaceIndex, RTM_VIEW_SET TargetViews,
                                   PRTM_ROUTE_HANDLE RouteHandle);

/* Stores the set of views in which a route, anyone's, is the best of its destination.
 * ERROR_INVALID_HANDLE. Page: RtmIsBestRoute. */
DWORD WINAPI RtmIsBestRoute(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ROUTE_HANDLE RouteHandle,
                            PRTM_VIEW_SET BestInViews);

/* ---- Functions: routes ---- */

/* Adds a route, or updates the one with the same destination, owner and neighbour. RouteHandle may
 * be NULL; *RouteHandle names the route to update, or is NULL and receives the route's handle, to
 * be released with RtmReleaseRoutes. TimeToLive: milliseconds or INFINITE. RouteListHandle, if not
 * NULL, is the list to move the route to. NotifyType and NotifyHandle: 0 and NULL. *ChangeFlags:
 * RTM_ROUTE_CHANGE_*, in and out.
 * ERROR_ACCESS_DENIED: not the caller's route. ERROR_INVALID_HANDLE. ERROR_INVALID_PARAMETER.
 * ERROR_NOT_ENOUGH_MEMORY. Page: RtmAddRouteToDest. */
DWORD WINAPI RtmAddRouteToDest(RTM_ENTITY_HANDLE RtmRegHandle, PRTM_ROUTE_HANDLE RouteHandle,
                               PRTM_NET_ADDRESS DestAddress, PRTM_ROUTE_INFO RouteInfo,
                               ULONG TimeToLive, RTM_ROUTE_LIST_HANDLE RouteListHandle,
                               RTM_NOTIFY_FLAGS NotifyType, RTM_NOTIFY_HANDLE NotifyHandle,
                               PRTM_ROUTE_CHANGE_FLAGS ChangeFlags);

/* Deletes a route and releases RouteHandle. *ChangeFlags: RTM_ROUTE_CHANGE_BEST or 0.
 * ERROR_ACCESS_DENIED: not the caller's route. ERROR_INVALID_HANDLE. ERROR_NOT_FOUND: it is gone.
 * Page: RtmDeleteRouteToDest. */
DWORD WINAPI RtmDeleteRouteToDest(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ROUTE_HANDLE RouteHandle,
                                  PRTM_ROUTE_CHANGE_FLAGS ChangeFlags);

/* Copies a route, anyone's, to *RouteInfo (RTM_SIZE_OF_ROUTE_INFO(MaxNextHopsInRoute) bytes) and
 * its destination's address to *DestAddress; either may be NULL. Release the former with
 * RtmReleaseRouteInfo.
 * ERROR_INVALID_HANDLE. Page: RtmGetRouteInfo. */
DWORD WINAPI RtmGetRouteInfo(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ROUTE_HANDLE RouteHandle,
                             PRTM_ROUTE_INFO RouteInfo, PRTM_NET_ADDRESS DestAddress);

/* Releases the handles in a structure from RtmGetRouteInfo.
 * ERROR_INVALID_HANDLE. Page: RtmReleaseRouteInfo. */
DWORD WINAPI RtmReleaseRouteInfo(RTM_ENTITY_HANDLE RtmRegHandle, PRTM_ROUTE_INFO RouteInfo);

/* Stores the address of the live route, for reading while RouteHandle is held.
 * ERROR_ACCESS_DENIED: not the caller's route. ERROR_INVALID_HANDLE. Page: RtmGetRoutePointer. */
DWORD WINAPI RtmGetRoutePointer(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ROUTE_HANDLE RouteHandle,
                                PRTM_ROUTE_INFO* RoutePointer);

/* Locks (LockRoute TRUE) or unlocks the destination of a route, Exclusive for writing, else for
 * reading, and stores the address of the live route; RoutePointer may be NULL. Waits. Edits are to
 * be committed with RtmUpdateAndUnlockRoute; the client references next hops it puts in
 * (RtmReferenceHandles) and releases those it takes out (RtmReleaseNextHops).
 * ERROR_ACCESS_DENIED: not the caller's route. ERROR_INVALID_HANDLE. Page: RtmLockRoute. */
DWORD WINAPI RtmLockRoute(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ROUTE_HANDLE RouteHandle,
                          BOOL Exclusive, BOOL LockRoute, PRTM_ROUTE_INFO* RoutePointer);

/* Commits what the owner edited under RtmLockRoute, and unlocks. Arguments as in RtmAddRouteToDest;
 * *ChangeFlags: RTM_ROUTE_CHANGE_BEST or 0. After a failure the route is still locked.
 * ERROR_ACCESS_DENIED: not the caller's route. Page: RtmUpdateAndUnlockRoute. */
DWORD WINAPI RtmUpdateAndUnlockRoute(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ROUTE_HANDLE RouteHandle,
                                     ULONG TimeToLive, RTM_ROUTE_LIST_HANDLE RouteListHandle,
                                     RTM_NOTIFY_FLAGS NotifyType, RTM_NOTIFY_HANDLE NotifyHandle,
                                     PRTM_ROUTE_CHANGE_FLAGS ChangeFlags);

/* ---- Functions: next hops ---- */

/* Adds a next hop to the caller's list, or updates the one with the same address and interface.
 * NextHopHandle may be NULL; *NextHopHandle names the next hop to update, or is NULL and receives
 * the handle, to be released with RtmReleaseNextHops. *ChangeFlags: RTM_NEXTHOP_CHANGE_NEW or 0.
 * ERROR_ACCESS_DENIED: not the caller's next hop. ERROR_NOT_ENOUGH_MEMORY. Page: RtmAddNextHop. */
DWORD WINAPI RtmAddNextHop(RTM_ENTITY_HANDLE RtmRegHandle, PRTM_NEXTHOP_INFO NextHopInfo,
                           PRTM_NEXTHOP_HANDLE NextHopHandle,
                           PRTM_NEXTHOP_CHANGE_FLAGS ChangeFlags);

/* Finds a next hop of the caller by address and interface in *NextHopInfo. Stores its handle, to be
 * released with RtmReleaseNextHops, and the address of the live structure, good while the handle is
 * held; either may be NULL.
 * ERROR_ACCESS_DENIED: not the caller's next hop. ERROR_NOT_FOUND. Page: RtmFindNextHop. */
DWORD WINAPI RtmFindNextHop(RTM_ENTITY_HANDLE RtmRegHandle, PRTM_NEXTHOP_INFO NextHopInfo,
                            PRTM_NEXTHOP_HANDLE NextHopHandle, PRTM_NEXTHOP_INFO* NextHopPointer);

/* Deletes a next hop of the caller, named by handle, which is released too, or, if that is NULL, by
 * address and interface in *NextHopInfo.
 * ERROR_ACCESS_DENIED: not the caller's next hop. ERROR_NOT_ENOUGH_MEMORY. ERROR_NOT_FOUND.
 * Page: RtmDeleteNextHop. */
DWORD WINAPI RtmDeleteNextHop(RTM_ENTITY_HANDLE RtmRegHandle, RTM_NEXTHOP_HANDLE NextHopHandle,
                              PRTM_NEXTHOP_INFO NextHopInfo);

/* Copies a next hop, anyone's, to *NextHopInfo. Release with RtmReleaseNextHopInfo.
 * ERROR_INVALID_HANDLE. Page: RtmGetNextHopInfo. */
DWORD WINAPI RtmGetNextHopInfo(RTM_ENTITY_HANDLE RtmRegHandle, RTM_NEXTHOP_HANDLE NextHopHandle,
                               PRTM_NEXTHOP_INFO NextHopInfo);

/* Releases the handles in a structure from RtmGetNextHopInfo.
 * ERROR_INVALID_HANDLE. Page: RtmReleaseNextHopInfo. */
DWORD WINAPI RtmReleaseNextHopInfo(RTM_ENTITY_HANDLE RtmRegHandle, PRTM_NEXTHOP_INFO NextHopInfo);

/* Stores the address of the live next hop, for reading while NextHopHandle is held.
 * ERROR_ACCESS_DENIED: not the caller's next hop. ERROR_INVALID_HANDLE.
 * Page: RtmGetNextHopPointer. */
DWORD WINAPI RtmGetNextHopPointer(RTM_ENTITY_HANDLE RtmRegHandle, RTM_NEXTHOP_HANDLE NextHopHandle,
                                  PRTM_NEXTHOP_INFO* NextHopPointer);

/* Locks (LockNextHop TRUE) or unlocks a next hop, Exclusive for writing, else for reading, and
 * stores the address of the live structure; NextHopPointer may be NULL. Edits need no commit.
 * ERROR_ACCESS_DENIED: not the caller's next hop. ERROR_NOT_FOUND. Page: RtmLockNextHop. */
DWORD WINAPI RtmLockNextHop(RTM_ENTITY_HANDLE RtmRegHandle, RTM_NEXTHOP_HANDLE NextHopHandle,
                            BOOL Exclusive, BOOL LockNextHop, PRTM_NEXTHOP_INFO* NextHopPointer);

/* ---- Functions: enumerations ---- */

/* Create one, Get a batch and Release it until ERROR_NO_MORE_ITEMS, then RtmDeleteEnumHandle. The
 * count of a Get call is, in, the entries of the array, at most MaxHandlesInEnum of the profile;
 * out, the entries filled, whatever the result (0 once the end is reached). */

/* Starts an enumeration of destinations by ascending address and length. NetAddress: NULL for
 * RTM_ENUM_START. ProtocolId says whose best routes to report.
 * ERROR_INVALID_PARAMETER. ERROR_NOT_ENOUGH_MEMORY. ERROR_NOT_SUPPORTED: a view is not supported.
 * Page: RtmCreateDestEnum. */
DWORD WINAPI RtmCreateDestEnum(RTM_ENTITY_HANDLE RtmRegHandle, RTM_VIEW_SET TargetViews,
                               RTM_ENUM_FLAGS EnumFlags, PRTM_NET_ADDRESS NetAddress,
                               ULONG ProtocolId, PRTM_ENUM_HANDLE RtmEnumHandle);

/* Fills DestInfos with the next *NumDests destinations, RTM_SIZE_OF_DEST_INFO(NumberOfViews of the
 * profile) bytes apart. Release with RtmReleaseDests.
 * ERROR_INVALID_PARAMETER: too many asked for. ERROR_NO_MORE_ITEMS. Page: RtmGetEnumDests. */
DWORD WINAPI RtmGetEnumDests(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ENUM_HANDLE EnumHandle,
                             PUINT NumDests, PRTM_DEST_INFO DestInfos);

/* Releases the handles in an array from RtmGetEnumDests.
 * ERROR_INVALID_HANDLE. Page: RtmReleaseDests. */
DWORD WINAPI RtmReleaseDests(RTM_ENTITY_HANDLE RtmRegHandle, UINT NumDests,
                             PRTM_DEST_INFO DestInfos);

/* Starts an enumeration of routes by address, length, preference and metric: those of DestHandle,
 * or if that is NULL of the destinations that EnumFlags and StartDest name (StartDest is not looked
 * at for RTM_ENUM_START). MatchingFlags picks those that agree with *CriteriaRoute and have a next
 * hop on CriteriaInterface; CriteriaRoute may be NULL for RTM_MATCH_NONE and RTM_MATCH_INTERFACE.
 * ERROR_INVALID_PARAMETER. ERROR_NOT_ENOUGH_MEMORY. ERROR_NOT_SUPPORTED: a view is not supported.
 * Page: RtmCreateRouteEnum. */
DWORD WINAPI RtmCreateRouteEnum(RTM_ENTITY_HANDLE RtmRegHandle, RTM_DEST_HANDLE DestHandle,
                                RTM_VIEW_SET TargetViews, RTM_ENUM_FLAGS EnumFlags,
                                PRTM_NET_ADDRESS StartDest, RTM_MATCH_FLAGS MatchingFlags,
                                PRTM_ROUTE_INFO CriteriaRoute, ULONG CriteriaInterface,
                                PRTM_ENUM_HANDLE RtmEnumHandle);

/* Fills RouteHandles with the next *NumRoutes routes. Release with RtmReleaseRoutes.
 * ERROR_INVALID_PARAMETER: too many asked for. ERROR_NO_MORE_ITEMS. ERROR_NOT_ENOUGH_MEMORY.
 * Page: RtmGetEnumRoutes. */
DWORD WINAPI RtmGetEnumRoutes(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ENUM_HANDLE EnumHandle,
                              PUINT NumRoutes, PRTM_ROUTE_HANDLE RouteHandles);

/* Releases NumRoutes route handles, wherever they came from; the routes stay in the table.
 * ERROR_INVALID_HANDLE. Page: RtmReleaseRoutes. */
DWORD WINAPI RtmReleaseRoutes(RTM_ENTITY_HANDLE RtmRegHandle, UINT NumRoutes,
                              PRTM_ROUTE_HANDLE RouteHandles);

/* Starts an enumeration of the caller's next hops by address. NetAddress: NULL for RTM_ENUM_START.
 * ERROR_INVALID_PARAMETER. ERROR_NOT_ENOUGH_MEMORY. Page: RtmCreateNextHopEnum. */
DWORD WINAPI RtmCreateNextHopEnum(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ENUM_FLAGS EnumFlags,
                                  PRTM_NET_ADDRESS NetAddress, PRTM_ENUM_HANDLE RtmEnumHandle);

/* Fills NextHopHandles with the next *NumNextHops next hops. Release with RtmReleaseNextHops.
 * ERROR_INVALID_PARAMETER: too many asked for. ERROR_NO_MORE_ITEMS. Page: RtmGetEnumNextHops. */
DWORD WINAPI RtmGetEnumNextHops(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ENUM_HANDLE EnumHandle,
                                PUINT NumNextHops, PRTM_NEXTHOP_HANDLE NextHopHandles);

/* Releases NumNextHops next-hop handles, wherever they came from; the next hops stay.
 * ERROR_INVALID_HANDLE. Page: RtmReleaseNextHops. */
DWORD WINAPI RtmReleaseNextHops(RTM_ENTITY_HANDLE RtmRegHandle, UINT NumNextHops,
                                PRTM_NEXTHOP_HANDLE NextHopHandles);

/* Ends an enumeration of any kind, at any point. What it handed out is still to be released.
 * ERROR_INVALID_HANDLE. Page: RtmDeleteEnumHandle. */
DWORD WINAPI RtmDeleteEnumHandle(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ENUM_HANDLE EnumHandle);

/* ---- Functions: change notification ---- */

/* Asks to be told of changes in TargetViews of the kinds in NotifyFlags, by the event callback with
 * NotifyContext as its Context2 (or by polling, for a client without one). End with
 * RtmDeregisterFromChangeNotification.
 * ERROR_INVALID_PARAMETER. ERROR_NO_SYSTEM_RESOURCES: too many notifications in the table.
 * ERROR_NOT_ENOUGH_MEMORY. ERROR_NOT_SUPPORTED: a view is not supported.
 * Page: RtmRegisterForChangeNotification. */
DWORD WINAPI RtmRegisterForChangeNotification(RTM_ENTITY_HANDLE RtmRegHandle,
                                              RTM_VIEW_SET TargetViews,
                                              RTM_NOTIFY_FLAGS NotifyFlags, PVOID NotifyContext,
                                              PRTM_NOTIFY_HANDLE NotifyHandle);

/* Fills ChangedDests with destinations that changed and have not been fetched, each once with its
 * latest state. Count and spacing as in RtmGetEnumDests. Release with RtmReleaseChangedDests.
 * ERROR_INVALID_PARAMETER. ERROR_NO_MORE_ITEMS: no more changes, though the last ones may come with
 * it. Page: RtmGetChangedDests. */
DWORD WINAPI RtmGetChangedDests(RTM_ENTITY_HANDLE RtmRegHandle, RTM_NOTIFY_HANDLE NotifyHandle,
                                PUINT NumDests, PRTM_DEST_INFO ChangedDests);

/* Releases the handles in an array from RtmGetChangedDests.
 * ERROR_INVALID_HANDLE. Page: RtmReleaseChangedDests. */
DWORD WINAPI RtmReleaseChangedDests(RTM_ENTITY_HANDLE RtmRegHandle, RTM_NOTIFY_HANDLE NotifyHandle,
                                    UINT NumDests, PRTM_DEST_INFO ChangedDests);

/* Forgets the changes of NumDests destinations that have not been fetched; releases no handle.
 * ERROR_INVALID_HANDLE. Page: RtmIgnoreChangedDests. */
DWORD WINAPI RtmIgnoreChangedDests(RTM_ENTITY_HANDLE RtmRegHandle, RTM_NOTIFY_HANDLE NotifyHandle,
                                   UINT NumDests, PRTM_DEST_HANDLE ChangedDests);

/* Stores TRUE if a change of the destination has not been fetched, else FALSE.
 * ERROR_INVALID_HANDLE. Page: RtmGetChangeStatus. */
DWORD WINAPI RtmGetChangeStatus(RTM_ENTITY_HANDLE RtmRegHandle, RTM_NOTIFY_HANDLE NotifyHandle,
                                RTM_DEST_HANDLE DestHandle, PBOOL ChangeStatus);

/* Marks (MarkDest TRUE) or unmarks a destination for RTM_NOTIFY_ONLY_MARKED_DESTS.
 * ERROR_INVALID_HANDLE. Page: RtmMarkDestForChangeNotification. */
DWORD WINAPI RtmMarkDestForChangeNotification(RTM_ENTITY_HANDLE RtmRegHandle,
                                              RTM_NOTIFY_HANDLE NotifyHandle,
                                              RTM_DEST_HANDLE DestHandle, BOOL MarkDest);

/* Stores TRUE if the destination is marked for this notification, else FALSE.
 * ERROR_INVALID_HANDLE. Page: RtmIsMarkedForChangeNotification. */
DWORD WINAPI RtmIsMarkedForChangeNotification(RTM_ENTITY_HANDLE RtmRegHandle,
                                              RTM_NOTIFY_HANDLE NotifyHandle,
                                              RTM_DEST_HANDLE DestHandle, PBOOL DestMarked);

/* Ends a change notification with its marks and all that was not fetched.
 * ERROR_INVALID_HANDLE. Page: RtmDeregisterFromChangeNotification. */
DWORD WINAPI RtmDeregisterFromChangeNotification(RTM_ENTITY_HANDLE RtmRegHandle,
                                                 RTM_NOTIFY_HANDLE NotifyHandle);

/* ---- Functions: route lists ---- */

/* Makes an empty list for routes of the caller. Delete with RtmDeleteRouteList.
 * ERROR_NOT_ENOUGH_MEMORY. Page: RtmCreateRouteList. */
DWORD WINAPI RtmCreateRouteList(RTM_ENTITY_HANDLE RtmRegHandle,
                                PRTM_ROUTE_LIST_HANDLE RouteListHandle);

/* Moves NumRoutes routes to a list, or out of any list if RouteListHandle is NULL. A route is in
 * one list at most. The route handles stay the caller's.
 * ERROR_INVALID_HANDLE. Page: RtmInsertInRouteList. */
DWORD WINAPI RtmInsertInRouteList(RTM_ENTITY_HANDLE RtmRegHandle,
                                  RTM_ROUTE_LIST_HANDLE RouteListHandle, UINT NumRoutes,
                                  PRTM_ROUTE_HANDLE RouteHandles);

/* Starts an enumeration of a list. End with RtmDeleteEnumHandle.
 * ERROR_NOT_ENOUGH_MEMORY. Page: RtmCreateRouteListEnum. */
DWORD WINAPI RtmCreateRouteListEnum(RTM_ENTITY_HANDLE RtmRegHandle,
                                    RTM_ROUTE_LIST_HANDLE RouteListHandle,
                                    PRTM_ENUM_HANDLE RtmEnumHandle);

/* Fills RouteHandles with the next *NumRoutes routes of a list. The end shows in fewer routes than
 * asked for, with NO_ERROR. Release with RtmReleaseRoutes.
 * ERROR_INVALID_PARAMETER: too many asked for. Page: RtmGetListEnumRoutes. */
DWORD WINAPI RtmGetListEnumRoutes(RTM_ENTITY_HANDLE RtmRegHandle, RTM_ENUM_HANDLE EnumHandle,
                                  PUINT NumRoutes, PRTM_ROUTE_HANDLE RouteHandles);

/* Deletes a list; its routes stay in the table.
 * ERROR_INVALID_HANDLE. Page: RtmDeleteRouteList. */
DWORD WINAPI RtmDeleteRouteList(RTM_ENTITY_HANDLE RtmRegHandle,
                                RTM_ROUTE_LIST_HANDLE RouteListHandle);

/* ---- Functions: handles ---- */

/* Adds a reference to each of NumHandles entity, destination, route or next-hop handles, so that
 * they outlive the structures they came in. Give back with the Release function of the kind.
 * ERROR_INVALID_HANDLE. Page: RtmReferenceHandles. */
DWORD WINAPI RtmReferenceHandles(RTM_ENTITY_HANDLE RtmRegHandle, UINT NumHandles,
                                 HANDLE* RtmHandles);

#ifdef __cplusplus
}
#endif

#endif /* __ROUTING_RTMv2_H__ */
