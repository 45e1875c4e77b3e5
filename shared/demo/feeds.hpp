// Cabinets, number ranges and subscribers of a demonstration, and sample files of every feed that fit them.
#pragma once

#include <string>
#include <vector>

#include "shared/demo/customers.hpp"
#include "shared/demo/demo.hpp"
#include "shared/ports/feed_store.hpp"

namespace qudao::demo {

// Two cabinets for every community in use of the public channel and every contracted area; a few serve nobody yet.
std::vector<Cabinet> cabinets(const ports::OrganisationRecords& records);
// A hundred fixed-line numbers for every third of those places.
std::vector<NumberRange> number_ranges(const ports::OrganisationRecords& records);
// Billing area to area code.
std::vector<std::pair<std::string, std::string>> area_codes(const ports::OrganisationRecords& records);

// Subscribers of customers, one by one: a fixed line each, a mobile number for some.
class SubscriberMaker {
public:
    SubscriberMaker(const Options& options, const ports::OrganisationRecords& records);
    // Of customer `number` (from 0), made of the customer itself. Ids are two a customer.
    std::vector<ports::Subscriber> make(std::int64_t number, const Customer& customer) const;
    // Why it waits: for customers in a pool, which came by the partition.
    ports::PartitionTrace trace(const Customer& customer, const ports::Subscriber& subscriber) const;

private:
    struct Home {
        std::int64_t unit = 0;
        std::string gb;             // of its billing area
        bool pool = false;
        std::vector<std::string> cabinets;
    };
    const Home& home(UnitId unit) const;
    Options options_;
    std::vector<Home> homes_;  // by unit id - 1
};

// Files as other systems would send them the morning after: name and text.
struct SampleFile {
    std::string name;
    std::string text;
};
std::vector<SampleFile> sample_feeds(const Options& options);

}  // namespace qudao::demo
