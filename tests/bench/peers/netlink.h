// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Messages to and from the routing table of Linux.

#pragma once

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <cstddef>
#include <cstdint>

namespace peers
{

/// A request about a route or an address, with its attributes.
class NetlinkRequest
{
public:
    NetlinkRequest(std::uint16_t type, std::uint16_t flags);

    /// The fixed part; once, first.
    template <typename Header> Header& header()
    {
        return *static_cast<Header*>(reserve(sizeof(Header)));
    }

    void attribute(std::uint16_t type, const void* data, std::size_t size);
    void attribute(std::uint16_t type, std::uint32_t value);

    const nlmsghdr& message() const { return room_.message; }

private:
    void* reserve(std::size_t size);

    union {
        nlmsghdr message;
        unsigned char bytes[256];
    } room_{};
};

class NetlinkSocket
{
public:
    NetlinkSocket();
    ~NetlinkSocket();
    NetlinkSocket(const NetlinkSocket&) = delete;
    NetlinkSocket& operator=(const NetlinkSocket&) = delete;

    void send(const NetlinkRequest& request);
    /// The answer: a message, or the error code of one, negative.
    const nlmsghdr& receive();
    /// Sends what is to be acknowledged; returns 0 or the error code, negative.
    int ask(const NetlinkRequest& request);

private:
    int socket_;
    alignas(nlmsghdr) unsigned char received_[8192];
};

} // namespace peers
