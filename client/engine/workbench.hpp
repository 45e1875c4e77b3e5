// One workbook of moves, opened: read, planned, looked at page by page, thinned out, written, as often as the person likes.
// Pure C++: requests go through the Asker, what happens is told to the Listener. Rows and states are columns, so that a
// hundred thousand rows take some fifteen megabytes whatever the database holds; the file's bytes are gone once read.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/engine/asker.hpp"
#include "client/engine/row_pages.hpp"
#include "client/engine/workbench_types.hpp"
#include "client/engine/world.hpp"
#include "client/engine/world_reader.hpp"
#include "shared/workbook/move_template.hpp"

namespace qudao::engine {

class Workbench {
public:
    class Listener {
    public:
        virtual ~Listener() = default;
        virtual bool progress(const Progress& progress) = 0;  // false: cancelled
        virtual void opened(const FileFacts& facts) = 0;
        virtual void planned(const Summary& summary, const std::optional<Changes>& changes) = 0;
        virtual void failed(std::string_view during, const Error& error) = 0;  // "open", "ask" or "reread"
    };

    Workbench(Asker& asker, Listener& listener);

    // Reads, tells opened(), then reads the world and tells planned(). Replaces what was open before. `dropped_rows` as a
    // Summary told them when the same bytes were open before.
    void open(std::string name, std::string bytes, std::string dropped_rows = {});
    bool has_plan() const { return world_ != nullptr; }
    // The world anew; planned() says what differs from the one before.
    void reread();
    void retry();  // after failed("ask") or failed("reread")

    // All of these: engine.no_plan when there is none.
    Result<RowsPage> rows(const RowsRequest& request);
    Status drop(const DropRequest& request);  // tells planned()
    Result<std::string> refused_workbook(const RefusedWorkbookRequest& request);
    Result<std::string> commit_body(const std::string& key);  // moves.refused_rows {count}, moves.nothing
    // The flows to ask moves.sight about, the largest first; false when there are more than it takes.
    Result<std::pair<dto::SightRequest, bool>> sight_request();

private:
    void read_world(std::string_view during);
    void came(Result<std::unique_ptr<World>> world, std::string_view during);
    void plan();
    void tell(const std::optional<Changes>& changes);
    std::vector<std::uint32_t> distinct_codes() const;
    Judged judged() const;
    void set_dropped(std::uint32_t row, bool drop);
    void make_room_for_drops();
    void drop_again();

    Asker& asker_;
    Listener& listener_;
    std::string name_;
    std::int64_t size_bytes_ = 0;
    std::unique_ptr<workbook::MoveSheet> sheet_;
    std::unique_ptr<World> world_;
    std::unique_ptr<WorldReader> reader_;
    std::string last_reading_;  // "ask" or "reread"
    MovePlan plan_;
    std::string digest_;
    std::int64_t revision_ = 0;
    Drops drops_;
    std::string dropped_before_;  // to be dropped with the first plan
    std::vector<std::uint8_t> marks_;  // by row: kHidden, kRestored
    RowPages pages_;
};

}  // namespace qudao::engine
