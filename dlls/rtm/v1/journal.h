// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Change messages: what became of best routes, for every client with an event.
//
// All clients read one list; each has a mark at the first message that it has not fetched. A
// message goes when the last reader has passed it. Of the messages of its own calls a client gets
// none, but passes them by.
//
// Changes that cannot fail must be noted even if there is no memory: one message is always kept in
// reserve.

#pragma once

#include "faults.h"
#include "v1/families.h"

#include <memory>
#include <mutex>

namespace rtm::v1
{

/// RTM_ROUTE_* of a change, which also say which of the two routes there are.
namespace change_flag
{
constexpr std::uint32_t none = 0;
constexpr std::uint32_t added = 1;
constexpr std::uint32_t deleted = 2;
constexpr std::uint32_t changed = added | deleted;
} // namespace change_flag

template <class Family> struct BestRouteChange {
    std::uint32_t flags = change_flag::none;
    typename Family::Route current{};
    typename Family::Route previous{};
};

/// What has happened if a network's best route was `before` and is `after`; null for none.
template <class Family>
BestRouteChange<Family> compare(const typename Family::Route* before,
                                const typename Family::Route* after) noexcept
{
    BestRouteChange<Family> change;
    if (before && after && is_same_to_watchers<Family>(*before, *after))
        return change;
    if (after) {
        change.flags |= change_flag::added;
        change.current = *after;
    }
    if (before) {
        change.flags |= change_flag::deleted;
        change.previous = *before;
    }
    return change;
}

/// A client's event. Calls may come from any thread, one at a time.
class Signal
{
public:
    virtual ~Signal() = default;
    virtual void raise() noexcept = 0;
    virtual void clear() noexcept = 0;
};

enum class Fetched { none, last, more };

/// Messages that a client did not get.
struct Missed {
    std::size_t waiting = 0; ///< it has not fetched them
    std::size_t lost = 0;    ///< there was no memory for them
};

template <class Family> class Journal
{
    struct Message {
        BestRouteChange<Family> change;
        const void* exempt = nullptr; // the reader that does not get it
        unsigned readers = 0;         // that have not passed it
        Message* next = nullptr;
    };

public:
    /// A client's place in the journal. Belongs to the journal from add() to remove().
    class Reader
    {
        friend class Journal;

    public:
        explicit Reader(std::unique_ptr<Signal> signal) noexcept : signal_(std::move(signal)) {}

        /// Clients without an event get no messages.
        bool has_signal() const noexcept { return signal_ != nullptr; }

    private:
        const std::unique_ptr<Signal> signal_;
        Reader* next_ = nullptr;
        bool is_added_ = false;
        Message* unread_ = nullptr;
        Missed missed_;
    };

    Journal() = default;
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    void add(Reader& reader) noexcept
    {
        std::lock_guard lock(mutex_);
        if (!reader.has_signal())
            return;
        reader.is_added_ = true;
        reader.next_ = readers_;
        readers_ = &reader;
        ++count_;
    }

    Missed remove(Reader& reader) noexcept
    {
        std::lock_guard lock(mutex_);
        if (!reader.is_added_)
            return {};
        reader.is_added_ = false;
        Reader** link = &readers_;
        while (*link != &reader)
            link = &(*link)->next_;
        *link = reader.next_;
        while (reader.unread_)
            pass(reader);
        if (--count_ == 0)
            reserve_.reset();
        return reader.missed_;
    }

    /// Whether a change would be told to anyone.
    bool has_readers() noexcept
    {
        std::lock_guard lock(mutex_);
        return count_ != 0;
    }

    /// Before a change: sees to it that it can be noted. Throws std::bad_alloc.
    void prepare()
    {
        std::lock_guard lock(mutex_);
        if (count_ == 0 || reserve_)
            return;
        faults::before_allocation();
        reserve_ = std::make_unique<Message>();
    }

    /// Notes a change for all, but for `exempt`, who may be null.
    void post(const BestRouteChange<Family>& change, const Reader* exempt) noexcept
    {
        std::lock_guard lock(mutex_);
        if (count_ == 0 || (count_ == 1 && readers_ == exempt))
            return;
        Message* message = make();
        if (!message) {
            count_loss(exempt);
            return;
        }
        message->change = change;
        message->exempt = exempt;
        for (Reader* reader = readers_; reader; reader = reader->next_)
            post_to(*reader, *message);
        (newest_ ? newest_->next : oldest_) = message;
        newest_ = message;
    }

    /// Takes the next message off. The signal is cleared when none is left.
    Fetched fetch(Reader& reader, BestRouteChange<Family>& change) noexcept
    {
        std::lock_guard lock(mutex_);
        if (!reader.is_added_)
            return Fetched::none;
        Fetched fetched = Fetched::none;
        if (reader.missed_.waiting != 0) {
            while (reader.unread_->exempt == &reader)
                pass(reader);
            change = reader.unread_->change;
            pass(reader);
            fetched = --reader.missed_.waiting != 0 ? Fetched::more : Fetched::last;
        }
        if (fetched == Fetched::more)
            return fetched;
        while (reader.unread_)
            pass(reader); // what is left is of its own calls
        reader.signal_->clear();
        return fetched;
    }

private:
    Message* make() noexcept
    {
        try {
            faults::before_allocation();
            return new Message;
        } catch (const std::bad_alloc&) {
            return reserve_.release();
        }
    }

    /// Memory has run out, and so has the reserve.
    void count_loss(const Reader* exempt) noexcept
    {
        for (Reader* reader = readers_; reader; reader = reader->next_)
            reader->missed_.lost += reader != exempt;
    }

    void post_to(Reader& reader, Message& message) noexcept
    {
        const bool is_exempt = message.exempt == &reader;
        if (is_exempt && !reader.unread_)
            return; // it has read all before that, and need not pass this
        ++message.readers;
        if (!reader.unread_)
            reader.unread_ = &message;
        if (!is_exempt && reader.missed_.waiting++ == 0)
            reader.signal_->raise();
    }

    /// Moves a reader's mark behind the message that it is at.
    void pass(Reader& reader) noexcept
    {
        Message* message = reader.unread_;
        reader.unread_ = message->next;
        --message->readers;
        drop_passed();
    }

    void drop_passed() noexcept
    {
        while (oldest_ && oldest_->readers == 0) {
            std::unique_ptr<Message> message(oldest_);
            oldest_ = message->next;
            if (!oldest_)
                newest_ = nullptr;
        }
    }

    std::mutex mutex_;
    Reader* readers_ = nullptr;
    unsigned count_ = 0;
    Message* oldest_ = nullptr;
    Message* newest_ = nullptr;
    std::unique_ptr<Message> reserve_;
};

} // namespace rtm::v1
