// The use cases of feeds, cabinets and number ranges, and of the page of one customer.
#include <array>

#include "shared/api/feed_calls.hpp"
#include "shared/api/list_calls.hpp"
#include "shared/api/partition_calls.hpp"
#include "shared/api/use_case_parts.hpp"
#include "shared/dto/customer_page_dto.hpp"
#include "shared/dto/feed_dto.hpp"
#include "shared/dto/list_dto.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/dto/partition_dto.hpp"

namespace qudao::api {
namespace {

constexpr std::array<std::string_view, 1> kAfter = {"after"};
constexpr std::array<std::string_view, 1> kBefore = {"before"};
constexpr std::array<std::string_view, 1> kVersion = {"version"};
constexpr std::array<std::string_view, 2> kTextAfter = {"text", "after"};
constexpr std::array<std::string_view, 3> kRangeAfter = {"first", "last", "after"};
constexpr std::array<std::string_view, 3> kPartitionQuestion = {"access_number", "contract", "cabinet"};

}  // namespace

std::vector<UseCase> feed_use_cases() {
    using namespace dto;
    return {
        needing_everywhere(Action::manage_feeds, asking(kBefore, get("feeds.show", "/api/v1/feeds", "Feeds: when each last went well, how late it is, and the runs",
                                                          feeds_show, schema_of<FeedsDto>))),
        needing_everywhere(Action::manage_feeds, post("feeds.upload", "/api/v1/feed-runs", "Begin the upload of a feed", feeds_upload, schema_of<UploadRequest>,
                                           schema_of<FeedRunDto>), 201),
        needing_everywhere(Action::manage_feeds, get("feeds.show_run", "/api/v1/feed-runs/{run}", "One run", feeds_show_run, schema_of<FeedRunDto>)),
        needing_everywhere(Action::manage_feeds, with(post("feeds.add_part", "/api/v1/feed-runs/{run}/parts/{part}", "A part of an upload, counted from 1",
                                                feeds_add_part, schema_of<PartRequest>, schema_of<NothingDto>, 2 * kMb), Method::put)),
        needing_everywhere(Action::manage_feeds, post("feeds.import", "/api/v1/feed-runs/{run}/import", "Import what was uploaded", feeds_import,
                                           schema_of<NothingDto>, schema_of<JobDto>), 202),
        needing_everywhere(Action::manage_feeds, asking(kAfter, get("feeds.rejected", "/api/v1/feed-runs/{run}/rejected", "Lines that a run left out, with the reason",
                                                         feeds_rejected, schema_of<RejectedLinesDto>))),
        reading(needing(Action::view_customer, post("arrear_conflicts.list", "/api/v1/arrear-conflicts/list", "Numbers whose arrears the two sources state differently",
                                                    arrear_conflicts_list, schema_of<ListRequest>, schema_of<ListPage>))),
        needing(Action::manage_cabinets, asking(kTextAfter, get("cabinets.list", "/api/v1/cabinets", "A page of cabinets", cabinets_list, schema_of<CabinetsDto>))),
        needing(Action::manage_cabinets, with(post("cabinets.save", "/api/v1/cabinets/{cabinet}", "Change what a cabinet serves, or enter a new one",
                                                   cabinets_save, schema_of<CabinetRequest>, schema_of<CabinetDto>), Method::put)),
        needing(Action::manage_cabinets, asking(kAfter, get("cabinets.subscribers", "/api/v1/cabinets/{cabinet}/subscribers",
                                                            "Subscribers on a cabinet whose customers the asker may see", cabinets_subscribers,
                                                            schema_of<ServedSubscribersDto>))),
        needing(Action::manage_cabinets, asking(kTextAfter, get("number_ranges.list", "/api/v1/number-ranges", "A page of number ranges", ranges_list, schema_of<NumberRangesDto>))),
        needing(Action::manage_cabinets, post("number_ranges.save", "/api/v1/number-ranges", "Change a number range, or enter a new one", ranges_save,
                                              schema_of<NumberRangeDto>, schema_of<NumberRangeDto>)),
        needing(Action::manage_cabinets, asking(kVersion, with(get("number_ranges.remove", "/api/v1/number-ranges/{range}", "Take a number range out",
                                                                   ranges_remove, schema_of<NothingDto>), Method::del))),
        needing(Action::manage_cabinets, asking(kRangeAfter, get("number_ranges.subscribers", "/api/v1/number-range-subscribers",
                                                                 "Subscribers in a range whose customers the asker may see", ranges_subscribers,
                                                                 schema_of<ServedSubscribersDto>))),
        needing(Action::manage_cabinets, asking(kPartitionQuestion, get("partition.facts", "/api/v1/partition-facts", "All that decides where a subscriber would go",
                                                                        partition_facts_show, schema_of<PartitionFactsDto>))),
        needing(Action::manage_cabinets, asking(kAfter, get("proposals.list", "/api/v1/cabinet-proposals", "Moves that changed cabinets propose", proposals_list,
                                                            schema_of<ProposalsDto>))),
        needing(Action::manage_cabinets, post("proposals.close", "/api/v1/cabinet-proposals/{proposal}/close", "Close a proposal without a move",
                                              proposals_close, schema_of<NothingDto>, schema_of<NothingDto>)),
        needing(Action::view_customer, get("customers.show", "/api/v1/customers/{customer}", "One customer, and why it is where it is", customers_show,
                                           schema_of<CustomerPageDto>)),
    };
}

}  // namespace qudao::api
