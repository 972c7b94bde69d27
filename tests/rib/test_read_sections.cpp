// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What is retired lives until no reader can see it.

#include "cmocka_cpp.h"

#include "read_sections.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using namespace rtm;

namespace
{

struct Node : Retired {
    static void end(Retired* node) noexcept
    {
        auto* self = static_cast<Node*>(node);
        self->value = -1;
        if (self->destroyed)
            ++*self->destroyed;
        delete self;
    }

    explicit Node(int v, int* count = nullptr) : value(v), destroyed(count) { destroy = &end; }
    int value;
    int* destroyed;
};

void without_readers_it_goes_at_once(void**)
{
    ReadSections sections;
    int destroyed = 0;
    sections.retire(*new Node(1, &destroyed));
    sections.reclaim();
    assert_int_equal(destroyed, 1);
}

void a_reader_keeps_what_was_there_when_it_began(void**)
{
    ReadSections sections;
    int destroyed = 0;
    {
        ReadSections::Scope reading(sections);
        sections.retire(*new Node(1, &destroyed));
        for (int i = 0; i < 10; ++i)
            sections.reclaim();
        assert_int_equal(destroyed, 0);
    }
    sections.reclaim();
    assert_int_equal(destroyed, 1);
}

void a_late_reader_does_not_hold_up_for_ever(void**)
{
    // Readers that overlap without end: each begins before the one before it ends.
    ReadSections sections;
    int destroyed = 0;
    std::unique_ptr<ReadSections::Scope> readers[2];
    readers[0] = std::make_unique<ReadSections::Scope>(sections);
    sections.retire(*new Node(1, &destroyed));
    for (int i = 1; i < 6; ++i) {
        readers[i % 2] = std::make_unique<ReadSections::Scope>(sections);
        readers[(i + 1) % 2].reset();
        sections.reclaim();
    }
    assert_int_equal(destroyed, 1);
}

void what_is_left_goes_with_the_sections(void**)
{
    int destroyed = 0;
    {
        ReadSections sections;
        sections.retire(*new Node(1, &destroyed));
    }
    assert_int_equal(destroyed, 1);
}

void readers_and_a_writer_share_a_pointer(void**)
{
    ReadSections sections;
    std::atomic<Node*> shared{new Node(1)};
    std::atomic<bool> stop{false};
    std::atomic<int> wrong{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i)
        readers.emplace_back([&] {
            while (!stop) {
                ReadSections::Scope reading(sections);
                if (shared.load()->value < 1)
                    ++wrong;
            }
        });
    for (int i = 0; i < 20000; ++i) {
        sections.retire(*shared.exchange(new Node(i + 1)));
        sections.reclaim();
    }
    stop = true;
    for (std::thread& reader : readers)
        reader.join();
    sections.retire(*shared.load());
    assert_int_equal(wrong, 0);
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(without_readers_it_goes_at_once),
        cmocka_unit_test(a_reader_keeps_what_was_there_when_it_began),
        cmocka_unit_test(a_late_reader_does_not_hold_up_for_ever),
        cmocka_unit_test(what_is_left_goes_with_the_sections),
        cmocka_unit_test(readers_and_a_writer_share_a_pointer),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
