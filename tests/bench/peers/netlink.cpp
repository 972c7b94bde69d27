// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "netlink.h"

#include "peer.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace peers
{

NetlinkRequest::NetlinkRequest(std::uint16_t type, std::uint16_t flags)
{
    room_.message.nlmsg_len = NLMSG_HDRLEN;
    room_.message.nlmsg_type = type;
    room_.message.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
}

void* NetlinkRequest::reserve(std::size_t size)
{
    void* place = room_.bytes + NLMSG_ALIGN(room_.message.nlmsg_len);
    room_.message.nlmsg_len =
        static_cast<std::uint32_t>(NLMSG_ALIGN(room_.message.nlmsg_len) + size);
    return place;
}

void NetlinkRequest::attribute(std::uint16_t type, const void* data, std::size_t size)
{
    auto* made = static_cast<rtattr*>(reserve(RTA_LENGTH(size)));
    made->rta_type = type;
    made->rta_len = static_cast<std::uint16_t>(RTA_LENGTH(size));
    std::memcpy(RTA_DATA(made), data, size);
}

void NetlinkRequest::attribute(std::uint16_t type, std::uint32_t value)
{
    attribute(type, &value, sizeof(value));
}

NetlinkSocket::NetlinkSocket() : socket_(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE))
{
    if (socket_ < 0)
        throw Unavailable("no netlink here");
}

NetlinkSocket::~NetlinkSocket()
{
    close(socket_);
}

void NetlinkSocket::send(const NetlinkRequest& request)
{
    const nlmsghdr& message = request.message();
    if (::send(socket_, &message, message.nlmsg_len, 0) != static_cast<ssize_t>(message.nlmsg_len))
        throw Unavailable("netlink takes no message");
}

const nlmsghdr& NetlinkSocket::receive()
{
    if (recv(socket_, received_, sizeof(received_), 0) < static_cast<ssize_t>(sizeof(nlmsghdr)))
        throw Unavailable("netlink does not answer");
    return *reinterpret_cast<const nlmsghdr*>(received_);
}

int NetlinkSocket::ask(const NetlinkRequest& request)
{
    send(request);
    const nlmsghdr& answer = receive();
    return answer.nlmsg_type == NLMSG_ERROR
               ? static_cast<const nlmsgerr*>(NLMSG_DATA(&answer))->error
               : -EPROTO;
}

} // namespace peers
