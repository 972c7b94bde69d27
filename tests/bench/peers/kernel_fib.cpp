// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Each route has its value for a metric. One message for each call, as a routing daemon sends them.

#include "kernel.h"
#include "netlink.h"

#include <net/if.h>
#include <sched.h>

#include <cstring>

namespace peers
{

namespace
{

void enter_namespace()
{
    if (unshare(CLONE_NEWNET) && unshare(CLONE_NEWUSER | CLONE_NEWNET))
        throw Unavailable("no network namespace can be made here");
}

class KernelFib final : public Peer
{
public:
    explicit KernelFib(std::uint16_t family) : family_(static_cast<std::uint8_t>(family))
    {
        switch_on_loopback();
        if (family == AF_INET)
            delete_loopback_address();
    }

    void add(const prefix& prefix, std::uint32_t value) override
    {
        NetlinkRequest request(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK);
        describe(request, prefix);
        request.attribute(RTA_PRIORITY, value);
        if (netlink_.ask(request))
            throw Unavailable("the kernel refuses a route");
    }

    void erase(const prefix& prefix) override
    {
        NetlinkRequest request(RTM_DELROUTE, NLM_F_ACK);
        describe(request, prefix);
        if (netlink_.ask(request))
            throw Unavailable("the kernel does not delete a route");
    }

    bool finds_exact() const override { return false; }
    bool takes_any_host() const override { return false; } // broadcasts and its own are special

    std::uint32_t longest(const prefix& host) override
    {
        NetlinkRequest request(RTM_GETROUTE, 0);
        rtmsg& route = request.header<rtmsg>();
        route.rtm_family = family_;
        route.rtm_dst_len = host.length;
        route.rtm_flags = RTM_F_FIB_MATCH;
        request.attribute(RTA_DST, host.bytes, host.length / 8);
        netlink_.send(request);
        return metric_of(netlink_.receive());
    }

private:
    void switch_on_loopback()
    {
        NetlinkRequest request(RTM_NEWLINK, NLM_F_ACK);
        ifinfomsg& link = request.header<ifinfomsg>();
        link.ifi_index = loopback;
        link.ifi_flags = link.ifi_change = IFF_UP;
        if (netlink_.ask(request))
            throw Unavailable("the loopback device cannot be switched on");
    }

    /// 127.0.0.1/8, whose routes would come before ours.
    void delete_loopback_address()
    {
        NetlinkRequest request(RTM_DELADDR, NLM_F_ACK);
        ifaddrmsg& address = request.header<ifaddrmsg>();
        address.ifa_family = family_;
        address.ifa_prefixlen = 8;
        address.ifa_index = loopback;
        const std::uint8_t bytes[] = {127, 0, 0, 1};
        request.attribute(IFA_LOCAL, bytes, sizeof(bytes));
        netlink_.ask(request);
    }

    void describe(NetlinkRequest& request, const prefix& prefix) const
    {
        rtmsg& route = request.header<rtmsg>();
        route.rtm_family = family_;
        route.rtm_dst_len = prefix.length;
        route.rtm_table = RT_TABLE_MAIN;
        route.rtm_protocol = RTPROT_STATIC;
        route.rtm_scope = RT_SCOPE_LINK;
        route.rtm_type = RTN_UNICAST;
        request.attribute(RTA_DST, prefix.bytes, address_bits(family_) / 8);
        request.attribute(RTA_OIF, loopback);
    }

    static std::uint32_t metric_of(const nlmsghdr& answer)
    {
        if (answer.nlmsg_type != RTM_NEWROUTE)
            return 0;
        const auto* route = static_cast<const rtmsg*>(NLMSG_DATA(&answer));
        auto left = static_cast<int>(RTM_PAYLOAD(&answer));
        for (const rtattr* at = RTM_RTA(route); RTA_OK(at, left); at = RTA_NEXT(at, left)) {
            if (at->rta_type == RTA_PRIORITY)
                return *static_cast<const std::uint32_t*>(RTA_DATA(at));
        }
        return 0;
    }

    static constexpr std::uint32_t loopback = 1; // in every namespace

    std::uint8_t family_;
    NetlinkSocket netlink_;
};

} // namespace

std::unique_ptr<Peer> make_kernel_fib(std::uint16_t family)
{
    enter_namespace();
    return std::make_unique<KernelFib>(family);
}

} // namespace peers
