// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "table_text.h"

#include "door.h"
#include "fields.h"
#include "layouts.h"

#include <cstdio>
#include <string>
#include <vector>

// In ntdll and in no header of mingw-w64's.
extern "C" char* WINAPI RtlIpv6AddressToStringA(const IN6_ADDR* address, char* text);

namespace rtm
{

namespace
{

template <class... Args> std::string format(const char* form, Args... args)
{
    char text[128];
    std::snprintf(text, sizeof(text), form, args...);
    return text;
}

std::string text_of(const std::uint8_t* bytes, Family family)
{
    if (family == Family::ipv4)
        return format("%u.%u.%u.%u", bytes[0], bytes[1], bytes[2], bytes[3]);
    IN6_ADDR address;
    std::memcpy(&address, bytes, sizeof(address));
    char text[46];
    RtlIpv6AddressToStringA(&address, text);
    return text;
}

std::string text_of(const Prefix& prefix, Family family)
{
    return text_of(prefix.bytes.data(), family) + format("/%u", prefix.length);
}

std::string text_of(const EntityId& id)
{
    return format("%#lx/%lu", static_cast<unsigned long>(id.protocol),
                  static_cast<unsigned long>(id.instance));
}

const char* names_of(ViewSet views)
{
    static const char* const names[] = {"none", "unicast", "multicast", "unicast,multicast"};
    return names[views & views_supported];
}

class Writer
{
public:
    Writer(Table& table, const std::function<void(std::string_view)>& say)
        : table_(table), say_(say), family_(table.id().family),
          route_(sizeof(RouteInfo) / sizeof(Handle) + table.limits().next_hops_in_route)
    {
    }

    void write()
    {
        say_(format("table instance %u %s\n", table_.id().instance,
                    family_ == Family::ipv4 ? "AF_INET" : "AF_INET6"));
        Prefix last;
        for (bool is_first = true; write_some(last, is_first); is_first = false) {
        }
    }

private:
    /// Some destinations behind `last`, so that no read section lasts long. False at the end.
    bool write_some(Prefix& last, bool inclusive)
    {
        unsigned count = 0;
        std::string text;
        {
            ReadSections::Scope scope(rib().sections());
            if (table_.has_ended())
                return false;
            table_.destinations().tree().walk(last, inclusive, [&](Destination& destination) {
                last = destination.prefix(family_);
                add(text, destination);
                return ++count != 256;
            });
        }
        say_(text);
        return count == 256;
    }

    void add(std::string& text, const Destination& destination)
    {
        Place place = destination.first_route.load(std::memory_order_acquire);
        // As long as it can be without going round in a circle while it is changed.
        for (unsigned most = 1024; place != 0 && most != 0; --most) {
            const Route& route = table_.routes().at(place);
            place = route.next.load(std::memory_order_acquire);
            add(text, destination, route);
        }
        for (unsigned view = 0; view < view_count; ++view)
            if (const Place held = table_.destinations().held_route(destination, view)) {
                text += "held in " + std::string(names_of(ViewSet(1) << view)) + ' ';
                add(text, destination, table_.routes().at(held));
            }
    }

    void add(std::string& text, const Destination& destination, const Route& route)
    {
        auto& info = *reinterpret_cast<RouteInfo*>(route_.data());
        table_.reports().copy(route, info);
        text += text_of(destination.prefix(family_), family_);
        if (info.next_hop_count == 1)
            add_next_hop(text, info.next_hops[0]);
        text += " proto " + text_of(table_.routes().owner(route).id);
        text += format(" preference %lu metric %lu view %s",
                       static_cast<unsigned long>(info.pref.preference),
                       static_cast<unsigned long>(info.pref.metric), names_of(info.views));
        if (const ViewSet best = table_.routes().best_in(route))
            text += format(" best %s", names_of(best));
        if (info.flags != 0)
            text += format(" flags %#x", info.flags);
        text += '\n';
        for (std::uint16_t i = 0; info.next_hop_count > 1 && i < info.next_hop_count; ++i) {
            text += "\tnexthop";
            add_next_hop(text, info.next_hops[i]);
            text += '\n';
        }
    }

    void add_next_hop(std::string& text, Handle handle)
    {
        const NextHop* next_hop = table_.next_hops().find(handle);
        if (!next_hop) {
            text += " via nothing";
            return;
        }
        text += " via " + text_of(next_hop->key.address.bytes.data(), family_) +
                format(" dev if%lu", static_cast<unsigned long>(next_hop->key.interface_index));
        if ((read_field(next_hop->info.flags) & next_hop_is_remote) != 0)
            text += " remote";
    }

    Table& table_;
    const std::function<void(std::string_view)>& say_;
    const Family family_;
    std::vector<Handle> route_; // a RouteInfo with all next hops
};

} // namespace

void write_text(Table& table, const std::function<void(std::string_view)>& say)
{
    Writer(table, say).write();
}

} // namespace rtm
