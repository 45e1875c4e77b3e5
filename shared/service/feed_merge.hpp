// One step of merging a run's staged rows. Inside shared/service only; see feed_service.hpp.
#pragma once

#include <map>
#include <memory>

#include "shared/domain/partition.hpp"
#include "shared/service/feed_service.hpp"

namespace qudao::service {

// Organisation and mapping of one basis.
struct Placing {
    Basis basis;
    Organisation organisation;
    std::unique_ptr<PlaceMap> map;
    std::map<std::string, std::string> area_codes;
    std::unique_ptr<Scope> everywhere;
    Date today;
    WindowPolicy window;
    bool first_file = false;  // of subscribers: none was imported before
};
Result<std::unique_ptr<Placing>> load_placing(ports::UnitOfWork& work, const ports::Settings& settings, Date today);

// Number of a new customer of this id: the area code, and nine digits that no other customer has (`try_number` counts what
// was taken).
std::string new_customer_code(std::string_view area_code, std::int64_t id, std::int64_t try_number);

class FeedMerge {
public:
    FeedMerge(ports::FeedRun& run, const FeedLimits& limits) : run_(run), limits_(limits) {}
    // Merges some rows, and writes into the run how far it is. True: all rows are merged.
    Result<bool> step(ports::UnitOfWork& work, const Placing& placing);

private:
    Result<bool> subscribers(ports::UnitOfWork& work, const Placing& placing);
    Result<bool> lines(ports::UnitOfWork& work, const Placing& placing);
    Result<bool> whole(ports::UnitOfWork& work);
    Result<bool> revenue(ports::UnitOfWork& work);

    ports::FeedRun& run_;
    const FeedLimits& limits_;
};

}  // namespace qudao::service
