/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * macros.c: what the macros of the headers compute, and that each is one statement or expression.
 */
#include <stdarg.h>
#include <stddef.h>

#include <setjmp.h>

#include <stdint.h>

#include <cmocka.h>

#include <winsock2.h>

#include <rtm.h>
#include <rtmv2.h>

#include <string.h>

#define GARBAGE 0xa5

/* An IPv4 address in network byte order. */
#define IP(a, b, c, d) htonl((ULONG)(a) << 24 | (b) << 16 | (c) << 8 | (d))

static RTM_NET_ADDRESS garbage(void)
{
    RTM_NET_ADDRESS net;

    memset(&net, GARBAGE, sizeof(net));
    return net;
}

static void assert_net(const RTM_NET_ADDRESS* net, USHORT bits, UCHAR a, UCHAR b, UCHAR c, UCHAR d)
{
    const UCHAR addr[4] = {a, b, c, d};
    size_t i;

    assert_int_equal(net->AddressFamily, 2);
    assert_int_equal(net->NumBits, bits);
    assert_memory_equal(net->AddrBits, addr, sizeof(addr));
    for (i = sizeof(addr); i < RTM_MAX_ADDRESS_SIZE; ++i)
        assert_int_equal(net->AddrBits[i], GARBAGE);
}

/* ---- The helpers of the IPv6 macros, replaced ---- */

static struct {
    PRTM_NET_ADDRESS net;
    IN6_ADDR addr;
    PIN6_ADDR addr_pointer;
    PDWORD length_pointer;
    DWORD length;
    DWORD size;
    USHORT family;
} seen;

DWORD __cdecl RtmConvertNetAddressToIpv6AddressAndLength(PRTM_NET_ADDRESS net, PIN6_ADDR addr,
                                                         PDWORD length, DWORD size)
{
    seen.net = net;
    seen.addr_pointer = addr;
    seen.length_pointer = length;
    seen.size = size;
    return 77;
}

DWORD __cdecl RtmConvertIpv6AddressAndLengthToNetAddress(PRTM_NET_ADDRESS net, IN6_ADDR addr,
                                                         DWORD length, DWORD size)
{
    seen.net = net;
    seen.addr = addr;
    seen.length = length;
    seen.size = size;
    seen.family = net->AddressFamily;
    return 88;
}

/* ---- Tests ---- */

static void mask_from_len(void** state)
{
    USHORT length;

    (void)state;
    assert_int_equal(RTM_IPV4_MASK_FROM_LEN(0), IP(0, 0, 0, 0));
    assert_int_equal(RTM_IPV4_MASK_FROM_LEN(1), IP(128, 0, 0, 0));
    assert_int_equal(RTM_IPV4_MASK_FROM_LEN(8), IP(255, 0, 0, 0));
    assert_int_equal(RTM_IPV4_MASK_FROM_LEN(24), IP(255, 255, 255, 0));
    assert_int_equal(RTM_IPV4_MASK_FROM_LEN(31), IP(255, 255, 255, 254));
    assert_int_equal(RTM_IPV4_MASK_FROM_LEN(32), IP(255, 255, 255, 255));

    length = 16;
    assert_int_equal(IP(10, 1, 2, 3) & RTM_IPV4_MASK_FROM_LEN(length), IP(10, 1, 0, 0));
    assert_int_equal(~RTM_IPV4_MASK_FROM_LEN(length + 8), IP(0, 0, 0, 255));
}

static void len_from_mask(void** state)
{
    static const struct {
        UCHAR mask[4];
        int length;
    } cases[] = {
        {{0, 0, 0, 0}, 0},        {{255, 0, 0, 0}, 8},        {{255, 255, 255, 0}, 24},
        {{128, 0, 0, 0}, 1},      {{255, 255, 255, 255}, 32}, {{255, 0, 255, 0}, 24},
        {{0, 255, 255, 255}, 32}, {{0, 0, 0, 1}, 32},         {{0, 0, 1, 0}, 24},
        {{0, 1, 0, 0}, 16},       {{0, 1, 0, 16}, 28},
    };
    size_t i;
    USHORT length;

    (void)state;
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        const UCHAR* mask = cases[i].mask;

        length = 99;
        RTM_IPV4_LEN_FROM_MASK(length, IP(mask[0], mask[1], mask[2], mask[3]));
        assert_int_equal(length, cases[i].length);
    }
}

static void len_and_mask_agree(void** state)
{
    int given;

    (void)state;
    for (given = 0; given <= 32; ++given) {
        ULONG found;

        RTM_IPV4_LEN_FROM_MASK(found, RTM_IPV4_MASK_FROM_LEN(given));
        assert_int_equal(found, given);
    }
}

static void check_nth_bit(void** state)
{
    ULONG value = 0x00010100;
    int length = 3;

    (void)state;
    RTM_CHECK_NTH_BIT(value, 4, length);
    assert_int_equal(value, 0x00010100);
    assert_int_equal(length, 3);
    RTM_CHECK_NTH_BIT(value, 16, length);
    assert_int_equal(value, 0x01000000);
    assert_int_equal(length, 19);
}

static void set_addr_and_len(void** state)
{
    RTM_NET_ADDRESS net = garbage();

    (void)state;
    RTM_IPV4_SET_ADDR_AND_LEN(&net, IP(10, 10, 10, 0), 24);
    assert_net(&net, 24, 10, 10, 10, 0);
    RTM_IPV4_MAKE_NET_ADDRESS(&net, 0, 0);
    assert_net(&net, 0, 0, 0, 0, 0);
    /* Host bits stay. */
    RTM_IPV4_MAKE_NET_ADDRESS(&net, inet_addr("10.10.10.10"), 24L);
    assert_net(&net, 24, 10, 10, 10, 10);
}

static void set_addr_and_mask(void** state)
{
    RTM_NET_ADDRESS net = garbage();

    (void)state;
    RTM_IPV4_SET_ADDR_AND_MASK(&net, IP(10, 10, 10, 0), IP(255, 255, 255, 0));
    assert_net(&net, 24, 10, 10, 10, 0);
    RTM_IPV4_SET_ADDR_AND_MASK(&net, IP(192, 168, 0, 1), IP(255, 255, 255, 255));
    assert_net(&net, 32, 192, 168, 0, 1);
    RTM_IPV4_SET_ADDR_AND_MASK(&net, 0, 0);
    assert_net(&net, 0, 0, 0, 0, 0);
}

static void get_addr(void** state)
{
    RTM_NET_ADDRESS net = garbage();
    RTM_NET_ADDRESS before;
    struct in_addr in;
    ULONG addr, mask;
    USHORT length;

    (void)state;
    RTM_IPV4_SET_ADDR_AND_LEN(&net, IP(10, 10, 10, 0), 24);
    before = net;
    RTM_IPV4_GET_ADDR_AND_LEN(in.s_addr, length, &net);
    assert_int_equal(in.s_addr, IP(10, 10, 10, 0));
    assert_int_equal(length, 24);
    RTM_IPV4_GET_ADDR_AND_MASK(addr, mask, &net);
    assert_int_equal(addr, IP(10, 10, 10, 0));
    assert_int_equal(mask, IP(255, 255, 255, 0));
    assert_memory_equal(&net, &before, sizeof(net));
    /* The family does not matter. */
    net.AddressFamily = 23;
    net.NumBits = 0;
    RTM_IPV4_GET_ADDR_AND_MASK(addr, mask, &net);
    assert_int_equal(mask, 0);
}

static void one_statement(void** state)
{
    RTM_NET_ADDRESS net = garbage();
    RTM_NET_ADDRESS other = garbage();
    ULONG addr = 1, mask = 2, value = 0x10000;
    USHORT length = 3;
    int i;

    (void)state;
    for (i = 0; i < 2; ++i) {
        if (i)
            RTM_IPV4_SET_ADDR_AND_LEN(&net, IP(10, 0, 0, 0), 8);
        else
            RTM_IPV4_SET_ADDR_AND_MASK(&other, IP(172, 16, 0, 0), IP(255, 240, 0, 0));
    }
    assert_net(&net, 8, 10, 0, 0, 0);
    assert_net(&other, 12, 172, 16, 0, 0);

    /* None of these runs, in part or in whole. */
    if (i < 2)
        RTM_IPV4_SET_ADDR_AND_MASK(&net, 0, 0);
    if (i < 2)
        RTM_IPV4_MAKE_NET_ADDRESS(&net, 0, 0);
    if (i < 2)
        RTM_IPV4_GET_ADDR_AND_LEN(addr, length, &net);
    else if (i < 3)
        value = 0x10000;
    else
        RTM_IPV4_GET_ADDR_AND_MASK(addr, mask, &net);
    if (i < 2)
        RTM_IPV4_LEN_FROM_MASK(length, mask);
    if (i < 2)
        RTM_CHECK_NTH_BIT(value, 16, length);
    assert_net(&net, 8, 10, 0, 0, 0);
    assert_int_equal(addr, 1);
    assert_int_equal(mask, 2);
    assert_int_equal(length, 3);
    assert_int_equal(value, 0x10000);
}

static void inputs_are_evaluated_once(void** state)
{
    RTM_NET_ADDRESS net = garbage();
    ULONG list[] = {IP(1, 2, 3, 4), IP(255, 255, 0, 0), IP(5, 6, 7, 8)};
    const ULONG* next = list;
    int length = 9;

    (void)state;
    RTM_IPV4_SET_ADDR_AND_LEN(&net, *next++, length++);
    assert_ptr_equal(next, list + 1);
    assert_int_equal(length, 10);
    RTM_IPV4_LEN_FROM_MASK(length, *next++);
    assert_ptr_equal(next, list + 2);
    assert_int_equal(length, 16);
    next = list;
    RTM_IPV4_SET_ADDR_AND_MASK(&net, list[2], *++next);
    assert_ptr_equal(next, list + 1);
    assert_net(&net, 16, 5, 6, 7, 8);
}

static void any_place_in_memory(void** state)
{
    union {
        ULONGLONG aligned;
        UCHAR bytes[64];
    } memory;
    PRTM_NET_ADDRESS net;
    ULONG addr, mask;
    int offset;

    (void)state;
    for (offset = 0; offset < 8; offset += 2) {
        memset(&memory, GARBAGE, sizeof(memory));
        net = (PRTM_NET_ADDRESS)(memory.bytes + offset);
        RTM_IPV4_SET_ADDR_AND_LEN(net, IP(1, 2, 3, 4), 30);
        assert_net(net, 30, 1, 2, 3, 4);
        RTM_IPV4_GET_ADDR_AND_MASK(addr, mask, net);
        assert_int_equal(addr, IP(1, 2, 3, 4));
        assert_int_equal(mask, IP(255, 255, 255, 252));
    }
}

static void ipv6(void** state)
{
    RTM_NET_ADDRESS net = garbage();
    IN6_ADDR addr;
    DWORD length = 0;
    int i;

    (void)state;
    for (i = 0; i < 16; ++i)
        addr.u.Byte[i] = (UCHAR)(i + 1);
    assert_int_equal(RTM_IPV6_SET_ADDR_AND_LEN(&net, addr, 48), 88);
    assert_ptr_equal(seen.net, &net);
    assert_memory_equal(&seen.addr, &addr, sizeof(addr));
    assert_int_equal(seen.length, 48);
    assert_int_equal(seen.size, 16);
    assert_int_equal(seen.family, AF_INET6);

    if (i < 0)
        RTM_IPV6_MAKE_NET_ADDRESS(&net, addr, 1);
    else
        RTM_IPV6_MAKE_NET_ADDRESS(&net, addr, 64);
    assert_int_equal(seen.length, 64);

    seen.size = 0;
    assert_int_equal(RTM_IPV6_GET_ADDR_AND_LEN(&addr, &length, &net), 77);
    assert_ptr_equal(seen.net, &net);
    assert_ptr_equal(seen.addr_pointer, &addr);
    assert_ptr_equal(seen.length_pointer, &length);
    assert_int_equal(seen.size, IPV6_ADDRESS_LEN_IN_BYTES);
}

static void sizes_hold_what_they_say(void** state)
{
    RTM_DEST_INFO dest[8];
    RTM_ROUTE_INFO route[2];
    UINT n;

    (void)state;
    for (n = 1; n <= 4; ++n) {
        assert_ptr_equal((char*)dest + RTM_SIZE_OF_DEST_INFO(n), &dest[0].ViewInfo[n]);
        assert_ptr_equal((char*)route + RTM_SIZE_OF_ROUTE_INFO(n),
                         route[0].NextHopsList.NextHops + n);
    }
}

static void version1(void** state)
{
    RTM_IP_ROUTE route;

    (void)state;
    memset(&route, 0xff, sizeof(route));
    ClearRouteFlags(&route);
    assert_int_equal(route.RR_FamilySpecificData.FSD_Flags, 0);
    assert_false(IsRouteValid(&route));
    SetRouteValid(&route);
    assert_true(IsRouteValid(&route));
    assert_int_equal(route.RR_FamilySpecificData.FSD_Flags, IP_VALID_ROUTE);
    ClearRouteValid(&route);
    assert_false(IsRouteValid(&route));

    route.RR_Network.N_NetNumber = IP(223, 255, 255, 0);
    assert_false(IsRouteNonUnicast(&route));
    assert_false(IsRouteLoopback(&route));
    route.RR_Network.N_NetNumber = IP(224, 0, 0, 0);
    assert_true(IsRouteNonUnicast(&route));
    route.RR_Network.N_NetNumber = IP(127, 1, 0, 0);
    assert_true(IsRouteLoopback(&route));
    route.RR_Network.N_NetNumber = IP(10, 0, 0, 0);
    route.RR_NextHopAddress.N_NetNumber = IP(127, 0, 0, 1);
    assert_true(IsRouteLoopback(&route));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mask_from_len),
        cmocka_unit_test(len_from_mask),
        cmocka_unit_test(len_and_mask_agree),
        cmocka_unit_test(check_nth_bit),
        cmocka_unit_test(set_addr_and_len),
        cmocka_unit_test(set_addr_and_mask),
        cmocka_unit_test(get_addr),
        cmocka_unit_test(one_statement),
        cmocka_unit_test(inputs_are_evaluated_once),
        cmocka_unit_test(any_place_in_memory),
        cmocka_unit_test(ipv6),
        cmocka_unit_test(sizes_hold_what_they_say),
        cmocka_unit_test(version1),
    };

    return cmocka_run_group_tests_name("macros", tests, NULL, NULL);
}
