// Does what the screens of feeds, cabinets and one customer want done.
#include "client/app/app.hpp"
#include "client/platform/files.hpp"
#include "shared/base/text.hpp"

namespace qudao::client {

void App::run(FetchFeeds& effect) {
    feed_api_->feeds(feed_lanes_.feeds.renew(), effect.before, [this, before = effect.before](Result<dto::FeedsDto> feeds) {
        apply(feeds::Event(feeds::FeedsCame{before, std::move(feeds)}));
    });
}

void App::run(PickFeed&) {
    platform::pick_files({.accept = ".txt,.csv,.dat"}, [this](std::vector<platform::File> files) {
        completions().push([this, file = files.front()] { apply(feeds::Event(feeds::FilePicked{file})); });
    });
}

// The first line says of which kind it is.
void App::run(UploadFeed& effect) {
    platform::read_file(effect.file, 0, 200, [this, file = effect.file](platform::FileBytes head) {
        completions().push([this, file, head = std::move(head)] {
            const auto kind = feeds::kind_of_head(head.bytes);
            if (head.ok && kind) return upload(file, *kind);
            const std::string found = scrub_utf8(head.bytes.substr(0, std::min<std::size_t>(head.bytes.find('\n'), 40)));
            apply(feeds::Event(feeds::UploadEnded{head.ok ? Error::of("feed.no_head").with("found", found) : Error::of("feed.read")}));
        });
    });
}

void App::upload(const platform::File& file, const std::string& kind) {
    FeedClient::Upload upload;
    upload.request = {kind, file.name(), file.size_bytes()};
    upload.read = [this, file](std::int64_t from, std::int64_t length, std::function<void(Result<std::string>)> read) {
        platform::read_file(file, from, length, [this, read = std::move(read)](platform::FileBytes bytes) {
            completions().push([read, bytes = std::move(bytes)] {
                if (bytes.ok && !bytes.bytes.empty()) read(bytes.bytes);
                else read(Error::of("feed.read"));
            });
        });
    };
    upload.on_sent = [this](std::int64_t sent) { apply(feeds::Event(feeds::Sent{sent})); };
    upload.on_progress = [this](const dto::JobDto& job) { apply(feeds::Event(feeds::Progressed{job})); };
    feed_api_->import_file(feed_lanes_.upload.renew(), std::move(upload), [this](Result<dto::FeedRunDto> run) {
        apply(feeds::Event(feeds::UploadEnded{std::move(run)}));
    });
}

void App::run(SaveRejectedLines& effect) {
    feed_api_->rejected(feed_lanes_.rejected.renew(), effect.run, [this, name = effect.file_name](Result<std::string> lines) {
        std::optional<Error> error;
        if (lines) platform::save_bytes(name, "text/plain", *lines);
        else error = lines.error();
        apply(feeds::Event(feeds::RejectedSaved{std::move(error)}));
    });
}

void App::run(FetchCabinets& effect) {
    const bool first = effect.after.empty();
    feed_api_->cabinets(feed_lanes_.cabinets.renew(), effect.text, effect.after, [this, first, text = effect.text](Result<dto::CabinetsDto> cabinets) {
        apply(cabinets::Event(cabinets::CabinetsCame{text, first, std::move(cabinets)}));
    });
}

void App::run(FetchRanges& effect) {
    const bool first = effect.after.empty();
    feed_api_->ranges(feed_lanes_.ranges.renew(), effect.text, effect.after, [this, first, text = effect.text](Result<dto::NumberRangesDto> ranges) {
        apply(cabinets::Event(cabinets::RangesCame{text, first, std::move(ranges)}));
    });
}

void App::run(FetchServed& effect) {
    const bool first = effect.after.empty();
    const Ticket ticket = first ? feed_lanes_.served.renew() : feed_lanes_.served.current();
    auto came = [this, first, generation = effect.generation](Result<dto::ServedSubscribersDto> served) {
        apply(cabinets::Event(cabinets::ServedCame{generation, first, std::move(served)}));
    };
    if (effect.range) feed_api_->in_range(ticket, effect.first, effect.last, effect.after, came);
    else feed_api_->on_cabinet(ticket, effect.first, effect.after, came);
}

void App::run(SaveCabinet& effect) {
    feed_api_->save_cabinet(feed_lanes_.save.renew(), effect.code, effect.request, [this](Result<dto::CabinetDto> cabinet) {
        apply(cabinets::Event(cabinets::Saved{cabinet ? std::optional<Error>() : cabinet.error()}));
    });
}

void App::run(SaveRange& effect) {
    feed_api_->save_range(feed_lanes_.save.renew(), effect.range, [this](Result<dto::NumberRangeDto> range) {
        apply(cabinets::Event(cabinets::Saved{range ? std::optional<Error>() : range.error()}));
    });
}

void App::run(RemoveRange& effect) {
    feed_api_->remove_range(feed_lanes_.save.renew(), effect.range, effect.version, [this](Result<dto::NothingDto> nothing) {
        apply(cabinets::Event(cabinets::Saved{nothing ? std::optional<Error>() : nothing.error()}));
    });
}

void App::run(FetchFacts& effect) {
    feed_api_->facts(feed_lanes_.facts.renew(), effect.access_number, effect.contract, effect.cabinet, [this](Result<dto::PartitionFactsDto> facts) {
        apply(cabinets::Event(cabinets::FactsCame{std::move(facts)}));
    });
}

void App::run(FetchProposals& effect) {
    feed_api_->proposals(feed_lanes_.proposals.renew(), effect.after, [this, after = effect.after](Result<dto::ProposalsDto> proposals) {
        apply(cabinets::Event(cabinets::ProposalsCame{after, std::move(proposals)}));
    });
}

void App::run(CloseProposal& effect) {
    feed_api_->close_proposal(feed_lanes_.save.renew(), effect.proposal, [this, proposal = effect.proposal](Result<dto::NothingDto> nothing) {
        apply(cabinets::Event(cabinets::ProposalClosed{proposal, nothing ? std::optional<Error>() : nothing.error()}));
    });
}

void App::run(FetchCustomer& effect) {
    feed_api_->customer(feed_lanes_.customer.renew(), effect.code, [this, code = effect.code](Result<dto::CustomerPageDto> page) {
        apply(customer::Event(customer::PageCame{code, std::move(page)}));
    });
}

void App::run(OpenMoves& effect) { open_dropped(workbench::CellsPasted{effect.cells}); }

}  // namespace qudao::client
