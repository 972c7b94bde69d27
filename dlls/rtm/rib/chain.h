// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A doubly linked list through its own items, so that linking never fails and unlinking needs no
// search. An item may be in several chains, one for each Link base with another tag.

#pragma once

namespace rtm
{

struct DefaultChain;

template <class T, class Tag = DefaultChain> class Chain;

/// Base of what is linked.
template <class T, class Tag = DefaultChain> class ChainLink
{
    friend class Chain<T, Tag>;
    T* previous_in_chain = nullptr;
    T* next_in_chain = nullptr;
    bool in_chain = false;
};

template <class T, class Tag> class Chain
{
    using Link = ChainLink<T, Tag>;

public:
    T* first() const noexcept { return first_; }
    static T* after(const T& item) noexcept { return link(item).next_in_chain; }
    static bool is_linked(const T& item) noexcept { return link(item).in_chain; }

    void append(T& item) noexcept
    {
        Link& its = link(item);
        its.previous_in_chain = last_;
        its.next_in_chain = nullptr;
        its.in_chain = true;
        (last_ ? link(*last_).next_in_chain : first_) = &item;
        last_ = &item;
    }

    void remove(T& item) noexcept
    {
        Link& its = link(item);
        (its.previous_in_chain ? link(*its.previous_in_chain).next_in_chain : first_) =
            its.next_in_chain;
        (its.next_in_chain ? link(*its.next_in_chain).previous_in_chain : last_) =
            its.previous_in_chain;
        its.in_chain = false;
    }

    T* take_first() noexcept
    {
        T* item = first_;
        if (item)
            remove(*item);
        return item;
    }

private:
    static Link& link(T& item) noexcept { return item; }
    static const Link& link(const T& item) noexcept { return item; }

    T* first_ = nullptr;
    T* last_ = nullptr;
};

} // namespace rtm
