/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Which build of rtm.dll is loaded, and which names it exports.
 */
#include "client.h"

/* Windows' own exports, then the two helpers that the SDK's header declares. */
static const char* const exports[] = {
    "BestMatchInTable",
    "CheckTable",
    "CreateTable",
    "DeleteFromTable",
    "DestroyTable",
    "DumpTable",
    "EnumOverTable",
    "InsertIntoTable",
    "MgmAddGroupMembershipEntry",
    "MgmDeInitialize",
    "MgmDeRegisterMProtocol",
    "MgmDeleteGroupMembershipEntry",
    "MgmGetFirstMfe",
    "MgmGetFirstMfeStats",
    "MgmGetMfe",
    "MgmGetMfeStats",
    "MgmGetNextMfe",
    "MgmGetNextMfeStats",
    "MgmGetProtocolOnInterface",
    "MgmGroupEnumerationEnd",
    "MgmGroupEnumerationGetNext",
    "MgmGroupEnumerationStart",
    "MgmInitialize",
    "MgmRegisterMProtocol",
    "MgmReleaseInterfaceOwnership",
    "MgmTakeInterfaceOwnership",
    "NextMatchInTable",
    "RtmAddNextHop",
    "RtmAddRoute",
    "RtmAddRouteToDest",
    "RtmBlockConvertRoutesToStatic",
    "RtmBlockDeleteRoutes",
    "RtmBlockMethods",
    "RtmBlockSetRouteEnable",
    "RtmCloseEnumerationHandle",
    "RtmCreateDestEnum",
    "RtmCreateEnumerationHandle",
    "RtmCreateNextHopEnum",
    "RtmCreateRouteEnum",
    "RtmCreateRouteList",
    "RtmCreateRouteListEnum",
    "RtmCreateRouteTable",
    "RtmDeleteEnumHandle",
    "RtmDeleteNextHop",
    "RtmDeleteRoute",
    "RtmDeleteRouteList",
    "RtmDeleteRouteTable",
    "RtmDeleteRouteToDest",
    "RtmDequeueRouteChangeMessage",
    "RtmDereferenceHandles",
    "RtmDeregisterClient",
    "RtmDeregisterEntity",
    "RtmDeregisterFromChangeNotification",
    "RtmEnumerateGetNextRoute",
    "RtmFindNextHop",
    "RtmGetAddressFamilyInfo",
    "RtmGetChangeStatus",
    "RtmGetChangedDests",
    "RtmGetDestInfo",
    "RtmGetEntityInfo",
    "RtmGetEntityMethods",
    "RtmGetEnumDests",
    "RtmGetEnumNextHops",
    "RtmGetEnumRoutes",
    "RtmGetExactMatchDestination",
    "RtmGetExactMatchRoute",
    "RtmGetFirstRoute",
    "RtmGetInstanceInfo",
    "RtmGetInstances",
    "RtmGetLessSpecificDestination",
    "RtmGetListEnumRoutes",
    "RtmGetMostSpecificDestination",
    "RtmGetNetworkCount",
    "RtmGetNextHopInfo",
    "RtmGetNextHopPointer",
    "RtmGetNextRoute",
    "RtmGetOpaqueInformationPointer",
    "RtmGetRegisteredEntities",
    "RtmGetRouteAge",
    "RtmGetRouteInfo",
    "RtmGetRoutePointer",
    "RtmHoldDestination",
    "RtmIgnoreChangedDests",
    "RtmInsertInRouteList",
    "RtmInvokeMethod",
    "RtmIsBestRoute",
    "RtmIsMarkedForChangeNotification",
    "RtmIsRoute",
    "RtmLockDestination",
    "RtmLockNextHop",
    "RtmLockRoute",
    "RtmLookupIPDestination",
    "RtmMarkDestForChangeNotification",
    "RtmReadAddressFamilyConfig",
    "RtmReadInstanceConfig",
    "RtmReferenceHandles",
    "RtmRegisterClient",
    "RtmRegisterEntity",
    "RtmRegisterForChangeNotification",
    "RtmReleaseChangedDests",
    "RtmReleaseDestInfo",
    "RtmReleaseDests",
    "RtmReleaseEntities",
    "RtmReleaseEntityInfo",
    "RtmReleaseNextHopInfo",
    "RtmReleaseNextHops",
    "RtmReleaseRouteInfo",
    "RtmReleaseRoutes",
    "RtmUpdateAndUnlockRoute",
    "RtmWriteAddressFamilyConfig",
    "RtmWriteInstanceConfig",
    "SearchInTable",
    "RtmConvertIpv6AddressAndLengthToNetAddress",
    "RtmConvertNetAddressToIpv6AddressAndLength",
    "__wine_mgm_receive_packet",
    "__wine_mgm_set_counters",
};

static FARPROC resolve(const char* name)
{
    return GetProcAddress(GetModuleHandleA("rtm.dll"), name);
}

/* client_group_setup has refused a wrong build already; here an unknown one is refused. */
static void build_is_named(void** state)
{
    static const char* const known[] = {"winelib-x86_64", "pe-x86_64", "pe-i686"};
    BOOL found = FALSE;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(known); i++)
        found |= !strcmp(loaded_build(), known[i]);
    if (!found)
        fail_msg("PrivateBuild is \"%s\"", loaded_build());
    assert_true((sizeof(void*) == 4) == !strcmp(loaded_build(), "pe-i686"));
}

static void every_export_resolves(void** state)
{
    UINT missing = 0;

    (void)state;
    assert_int_equal(COUNT_OF(exports), 112 + 2 + 2);
    for (UINT i = 0; i < COUNT_OF(exports); i++) {
        if (!resolve(exports[i])) {
            print_error("%s is not exported\n", exports[i]);
            missing++;
        }
    }
    assert_int_equal(missing, 0);
    assert_null(resolve("RtmNoSuchFunction"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(build_is_named),
        CLIENT_TEST(every_export_resolves),
    };

    return CLIENT_MAIN(tests);
}
