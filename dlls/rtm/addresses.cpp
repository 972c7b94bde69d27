// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Conversion of IPv6 addresses, for the RTM_IPV6_* macros.

#include "door.h"
#include "families.h"

#include <cstring>

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

constexpr DWORD ipv6_bytes = 16;
constexpr DWORD ipv6_bits = 128;

} // namespace

DWORD __cdecl RtmConvertNetAddressToIpv6AddressAndLength(PRTM_NET_ADDRESS net, IN6_ADDR* address,
                                                         PDWORD length, DWORD address_size)
{
    TRACE("(%s, %p, %p, %lu)\n", describe(net), address, length,
          static_cast<unsigned long>(address_size));
    return answer(__func__, [&]() -> DWORD {
        if (!net || !address || !length || address_size != ipv6_bytes ||
            net->AddressFamily != af_inet6 || net->NumBits > ipv6_bits)
            return ERROR_INVALID_PARAMETER;
        std::memcpy(address, net->AddrBits, ipv6_bytes);
        *length = net->NumBits;
        return NO_ERROR;
    });
}

DWORD __cdecl RtmConvertIpv6AddressAndLengthToNetAddress(PRTM_NET_ADDRESS net, IN6_ADDR address,
                                                         DWORD length, DWORD address_size)
{
    TRACE("(%p, /%lu, %lu)\n", net, static_cast<unsigned long>(length),
          static_cast<unsigned long>(address_size));
    return answer(__func__, [&]() -> DWORD {
        if (!net || address_size != ipv6_bytes || length > ipv6_bits)
            return ERROR_INVALID_PARAMETER;
        net->AddressFamily = af_inet6;
        net->NumBits = static_cast<USHORT>(length);
        std::memcpy(net->AddrBits, &address, ipv6_bytes);
        return NO_ERROR;
    });
}
