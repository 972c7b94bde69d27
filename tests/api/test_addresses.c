/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The IPv6 helpers and the macros that call them. */

#include "client.h"

#include <string.h>

#define INET6 23 /* Windows' AF_INET6 */

static IN6_ADDR some_address(void)
{
    IN6_ADDR address;

    for (UINT i = 0; i < sizeof(address); i++)
        address.u.Byte[i] = (UCHAR)(0x20 + 7 * i);
    return address;
}

static void there_and_back(void** state)
{
    const IN6_ADDR address = some_address();

    (void)state;
    for (DWORD bits = 0; bits <= 128; bits++) {
        RTM_NET_ADDRESS net;
        IN6_ADDR got;
        DWORD length = ~0u;

        memset(&net, 0xa5, sizeof(net));
        memset(&got, 0xa5, sizeof(got));
        ASSERT_STATUS(RTM_IPV6_SET_ADDR_AND_LEN(&net, address, bits), NO_ERROR);
        assert_int_equal(net.AddressFamily, INET6);
        assert_int_equal(net.NumBits, bits);
        assert_memory_equal(net.AddrBits, &address, sizeof(address));
        ASSERT_STATUS(RTM_IPV6_GET_ADDR_AND_LEN(&got, &length, &net), NO_ERROR);
        assert_int_equal(length, bits);
        assert_memory_equal(&got, &address, sizeof(address));
    }
}

static void making_refuses_bad_arguments(void** state)
{
    const IN6_ADDR address = some_address();
    RTM_NET_ADDRESS net, before;

    (void)state;
    memset(&net, 0xa5, sizeof(net));
    before = net;
    ASSERT_STATUS(RtmConvertIpv6AddressAndLengthToNetAddress(NULL, address, 64, 16),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmConvertIpv6AddressAndLengthToNetAddress(&net, address, 129, 16),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmConvertIpv6AddressAndLengthToNetAddress(&net, address, 64, 4),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmConvertIpv6AddressAndLengthToNetAddress(&net, address, 64, 17),
                  ERROR_INVALID_PARAMETER);
    assert_memory_equal(&net, &before, sizeof(net));
}

static void reading_refuses_bad_arguments(void** state)
{
    RTM_NET_ADDRESS net, ipv4, too_long;
    IN6_ADDR got = some_address();
    const IN6_ADDR before = got;
    DWORD length = 77;

    (void)state;
    memset(&net, 0, sizeof(net));
    net.AddressFamily = INET6;
    net.NumBits = 64;
    ipv4 = too_long = net;
    ipv4.AddressFamily = 2;
    too_long.NumBits = 129;
    ASSERT_STATUS(RtmConvertNetAddressToIpv6AddressAndLength(NULL, &got, &length, 16),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmConvertNetAddressToIpv6AddressAndLength(&net, NULL, &length, 16),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmConvertNetAddressToIpv6AddressAndLength(&net, &got, NULL, 16),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmConvertNetAddressToIpv6AddressAndLength(&net, &got, &length, 15),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmConvertNetAddressToIpv6AddressAndLength(&ipv4, &got, &length, 16),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmConvertNetAddressToIpv6AddressAndLength(&too_long, &got, &length, 16),
                  ERROR_INVALID_PARAMETER);
    assert_int_equal(length, 77);
    assert_memory_equal(&got, &before, sizeof(got));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(making_refuses_bad_arguments),
        cmocka_unit_test(reading_refuses_bad_arguments),
    };

    return CLIENT_MAIN(tests);
}
