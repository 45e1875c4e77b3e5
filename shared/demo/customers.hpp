// Customers of a demonstration, one by one from their number: any of them in any order, in constant memory.
#pragma once

#include <array>
#include <vector>

#include "shared/base/random.hpp"
#include "shared/demo/demo.hpp"

namespace qudao::demo {

class CustomerMaker {
public:
    // `records` of the same options; not kept.
    CustomerMaker(const Options& options, const ports::OrganisationRecords& records);

    std::int64_t size() const { return options_.customers; }
    // `number` from 0; ids are number + 1. Pure.
    Customer make(std::int64_t number) const;
    std::string code_of(std::int64_t number) const { return code_of(number, home_of(number)); }
    // A code of the right form that no customer of this size has.
    std::string free_code(std::int64_t number) const;

private:
    struct Place {
        UnitId unit;
        std::uint32_t weight_end = 0;  // sum of the weights up to and with this one
        std::uint32_t district = 0;    // into districts_
    };
    struct District {
        std::string name;
        std::string full;
    };
    struct Home {
        std::size_t network = 0;
        std::size_t channel = 0;
        const Place* place = nullptr;
        bool in_pool = false;
    };
    using Places = std::vector<Place>;

    void add_place(const UnitRecord& unit, Random& random);
    Home home_of(std::int64_t number) const;
    Home example_home(std::int64_t number) const;
    std::string code_of(std::int64_t number, const Home& home) const;
    std::string name_for(Random& random, const Home& home, std::int64_t number) const;
    Fen revenue_for(Random& random, const Home& home) const;
    void add_history(Random& random, const Home& home, Customer& customer) const;

    Options options_;
    std::size_t networks_ = 0;
    std::uint32_t network_weights_ = 0;
    std::vector<District> districts_;
    Place example_;
    std::vector<std::array<Places, 5>> served_;  // by network and channel: communities and contracted areas in use
    std::vector<std::array<Places, 5>> pools_;
};

}  // namespace qudao::demo
