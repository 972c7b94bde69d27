// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The Multicast Group Manager: protocols, interfaces, group membership, forwarding entries.

#include "door.h"

#include "mgm.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

DWORD WINAPI MgmAddGroupMembershipEntry(HANDLE protocol, DWORD source_address, DWORD source_mask,
                                        DWORD group_address, DWORD group_mask,
                                        DWORD interface_index, DWORD next_hop_address, DWORD flags)
{
    FIXME("(%p, %#lx, %#lx, %#lx, %#lx, %#lx, %#lx, %#lx): not implemented yet\n", protocol,
          static_cast<unsigned long>(source_address), static_cast<unsigned long>(source_mask),
          static_cast<unsigned long>(group_address), static_cast<unsigned long>(group_mask),
          static_cast<unsigned long>(interface_index), static_cast<unsigned long>(next_hop_address),
          static_cast<unsigned long>(flags));
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmDeRegisterMProtocol(HANDLE protocol)
{
    FIXME("(%p): not implemented yet\n", protocol);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmDeleteGroupMembershipEntry(HANDLE protocol, DWORD source_address, DWORD source_mask,
                                           DWORD group_address, DWORD group_mask,
                                           DWORD interface_index, DWORD next_hop_address,
                                           DWORD flags)
{
    FIXME("(%p, %#lx, %#lx, %#lx, %#lx, %#lx, %#lx, %#lx): not implemented yet\n", protocol,
          static_cast<unsigned long>(source_address), static_cast<unsigned long>(source_mask),
          static_cast<unsigned long>(group_address), static_cast<unsigned long>(group_mask),
          static_cast<unsigned long>(interface_index), static_cast<unsigned long>(next_hop_address),
          static_cast<unsigned long>(flags));
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmGetFirstMfe(PDWORD buffer_size, PBYTE buffer, PDWORD entry_count)
{
    FIXME("(%p, %p, %p): not implemented yet\n", buffer_size, buffer, entry_count);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmGetFirstMfeStats(PDWORD buffer_size, PBYTE buffer, PDWORD entry_count, DWORD flags)
{
    FIXME("(%p, %p, %p, %#lx): not implemented yet\n", buffer_size, buffer, entry_count,
          static_cast<unsigned long>(flags));
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmGetMfe(PMIB_IPMCAST_MFE entry, PDWORD buffer_size, PBYTE buffer)
{
    FIXME("(%p, %p, %p): not implemented yet\n", entry, buffer_size, buffer);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmGetMfeStats(PMIB_IPMCAST_MFE entry, PDWORD buffer_size, PBYTE buffer, DWORD flags)
{
    FIXME("(%p, %p, %p, %#lx): not implemented yet\n", entry, buffer_size, buffer,
          static_cast<unsigned long>(flags));
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmGetNextMfe(PMIB_IPMCAST_MFE start, PDWORD buffer_size, PBYTE buffer,
                           PDWORD entry_count)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", start, buffer_size, buffer, entry_count);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmGetNextMfeStats(PMIB_IPMCAST_MFE start, PDWORD buffer_size, PBYTE buffer,
                                PDWORD entry_count, DWORD flags)
{
    FIXME("(%p, %p, %p, %p, %#lx): not implemented yet\n", start, buffer_size, buffer, entry_count,
          static_cast<unsigned long>(flags));
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmGetProtocolOnInterface(DWORD interface_index, DWORD next_hop_address,
                                       PDWORD protocol_id, PDWORD component_id)
{
    FIXME("(%#lx, %#lx, %p, %p): not implemented yet\n",
          static_cast<unsigned long>(interface_index), static_cast<unsigned long>(next_hop_address),
          protocol_id, component_id);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmGroupEnumerationEnd(HANDLE enumeration)
{
    FIXME("(%p): not implemented yet\n", enumeration);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmGroupEnumerationGetNext(HANDLE enumeration, PDWORD buffer_size, PBYTE buffer,
                                        PDWORD entry_count)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", enumeration, buffer_size, buffer, entry_count);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmGroupEnumerationStart(HANDLE protocol, MGM_ENUM_TYPES type, HANDLE* enumeration)
{
    FIXME("(%p, %#lx, %p): not implemented yet\n", protocol, static_cast<unsigned long>(type),
          enumeration);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmRegisterMProtocol(PROUTING_PROTOCOL_CONFIG info, DWORD protocol_id,
                                  DWORD component_id, HANDLE* protocol)
{
    FIXME("(%p, %#lx, %#lx, %p): not implemented yet\n", info,
          static_cast<unsigned long>(protocol_id), static_cast<unsigned long>(component_id),
          protocol);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmReleaseInterfaceOwnership(HANDLE protocol, DWORD interface_index,
                                          DWORD next_hop_address)
{
    FIXME("(%p, %#lx, %#lx): not implemented yet\n", protocol,
          static_cast<unsigned long>(interface_index),
          static_cast<unsigned long>(next_hop_address));
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI MgmTakeInterfaceOwnership(HANDLE protocol, DWORD interface_index,
                                       DWORD next_hop_address)
{
    FIXME("(%p, %#lx, %#lx): not implemented yet\n", protocol,
          static_cast<unsigned long>(interface_index),
          static_cast<unsigned long>(next_hop_address));
    return ERROR_CALL_NOT_IMPLEMENTED;
}
