// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The news of a table: who came and who left, told to every entity that listens.
//
// All readers share one list. Each has a mark at the first announcement that it has not
// taken yet; everything from there on is for it. An announcement is part of the entity it
// is about, so that neither coming nor leaving allocates anything per listener, and leaving
// cannot fail. It counts its readers; the last one gives the entity free.

#pragma once

#include "host.h"

namespace rtm
{

class Entity;

struct Announcement {
    Announcement(EntityEvent e, Entity& s) noexcept : event(e), subject(s) {}

    const EntityEvent event;
    Entity& subject;
    Announcement* next = nullptr;
    unsigned readers = 0; // who have not finished with it
};

/// One listener's mark. Belongs to the list's owner, which serializes all calls.
class NewsReader
{
    friend class News;
    Announcement* unread_ = nullptr;
};

class News
{
public:
    /// Adds `item`; to be followed by post_to() for each of its readers, of which there must be
    /// one.
    void post(Announcement& item) noexcept
    {
        if (newest_)
            newest_->next = &item;
        newest_ = &item;
    }

    /// Makes `reader` a reader of `item`, which has just been posted.
    void post_to(NewsReader& reader, Announcement& item) noexcept
    {
        ++item.readers;
        if (!reader.unread_)
            reader.unread_ = &item;
    }

    /// The next announcement for `reader`, or nullptr. To be given to finish() after use.
    Announcement* take(NewsReader& reader) noexcept
    {
        Announcement* item = reader.unread_;
        if (item)
            reader.unread_ = item->next;
        return item;
    }

    /// One reader is done with `item`. True if it was the last one.
    bool finish(Announcement& item) noexcept
    {
        if (--item.readers != 0)
            return false;
        if (newest_ == &item)
            newest_ = nullptr;
        return true;
    }

private:
    Announcement* newest_ = nullptr;
};

} // namespace rtm
