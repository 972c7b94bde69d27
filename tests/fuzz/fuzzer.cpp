// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What libFuzzer calls. It changes whole records, so that the others keep their meaning.

#include "steps/args.h"
#include "target.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace
{

using fuzz::record_size;
using Random = std::minstd_rand;
using Records = std::vector<std::array<std::uint8_t, record_size>>;

Records to_records(const std::uint8_t* data, std::size_t size)
{
    Records records((size + record_size - 1) / record_size);
    std::memcpy(records.data(), data, size);
    return records;
}

std::size_t copy_to(const Records& records, std::uint8_t* data, std::size_t most)
{
    const std::size_t count = std::min(records.size(), most / record_size);
    std::memcpy(data, records.data(), count * record_size);
    return count * record_size;
}

std::size_t any_of(const Records& records, Random& random)
{
    return random() % records.size();
}

void insert_new(Records& records, Random& random)
{
    Records::value_type record;
    for (std::uint8_t& byte : record)
        byte = static_cast<std::uint8_t>(random());
    records.insert(records.begin() + static_cast<long>(1 + random() % records.size()), record);
}

void copy_one(Records& records, Random& random)
{
    const auto record = records[any_of(records, random)];
    records.insert(records.begin() + static_cast<long>(1 + random() % records.size()), record);
}

void remove_one(Records& records, Random& random)
{
    if (records.size() > 2)
        records.erase(records.begin() + static_cast<long>(1 + random() % (records.size() - 1)));
}

void swap_two(Records& records, Random& random)
{
    if (records.size() > 2)
        std::swap(records[1 + random() % (records.size() - 1)],
                  records[1 + random() % (records.size() - 1)]);
}

void change_byte(Records& records, Random& random)
{
    std::uint8_t& byte = records[any_of(records, random)][random() % record_size];
    byte = static_cast<std::uint8_t>(random() % 2 != 0 ? random() : byte + random() % 5 - 2);
}

// An argument of one step becomes that of another: often both are handles of one kind.
void copy_byte(Records& records, Random& random)
{
    records[any_of(records, random)][random() % record_size] =
        records[any_of(records, random)][random() % record_size];
}

void change_record(Records& records, Random& random)
{
    auto& record = records[any_of(records, random)];
    LLVMFuzzerMutate(record.data(), record.size(), record.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::run_input({data, size});
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed)
{
    using Mutation = void (*)(Records&, Random&);
    static constexpr Mutation mutations[] = {insert_new, insert_new,  insert_new,   copy_one,
                                             remove_one, remove_one,  swap_two,     change_byte,
                                             copy_byte,  change_byte, change_record};
    Random random(seed);
    Records records = to_records(data, size);
    if (records.empty())
        records.emplace_back();
    for (unsigned n = 1 + random() % 4; n != 0; --n)
        mutations[random() % std::size(mutations)](records, random);
    return copy_to(records, data, most);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data1, std::size_t size1,
                                                 const std::uint8_t* data2, std::size_t size2,
                                                 std::uint8_t* out, std::size_t most, unsigned seed)
{
    Random random(seed);
    Records records = to_records(data1, size1);
    const Records other = to_records(data2, size2);
    if (records.empty() || other.empty())
        return copy_to(records, out, most);
    // A piece of the one at any place of the other.
    const std::size_t from = any_of(other, random);
    const std::size_t length = 1 + random() % (other.size() - from);
    const auto at = records.begin() + static_cast<long>(1 + random() % records.size());
    records.insert(at, other.begin() + static_cast<long>(from),
                   other.begin() + static_cast<long>(from + length));
    return copy_to(records, out, most);
}
