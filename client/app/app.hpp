// The application in the page: the model, the queues, and what does the reducers' effects: the typed calls, the engine,
// the browser. Live it talks to the server; with ?sandbox in the address to an engine that is the server.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "client/api/api_client.hpp"
#include "client/api/feed_client.hpp"
#include "client/api/lane.hpp"
#include "client/app/app_model.hpp"
#include "client/app/app_ui.hpp"
#include "client/app/frame_loop.hpp"
#include "client/engine/engine_transport.hpp"
#include "client/engine/workbench_client.hpp"
#include "client/platform/kept.hpp"
#include "client/platform/platform.hpp"

namespace qudao::client {

// Each of these is one wish at a time.
struct FeedLanes {
    Lane feeds;
    Lane upload;
    Lane rejected;
    Lane cabinets;
    Lane ranges;
    Lane served;
    Lane save;
    Lane facts;
    Lane proposals;
    Lane customer;
};

class App final : public FrameLoop<AppEvent, std::function<void()>> {
public:
    App();
    void opened() override;

protected:
    void handle_event(std::function<void()> completion) override;
    void handle_command(AppEvent event) override;
    void draw_screen(CommandQueue<AppEvent>& commands) override;

private:
    // --- starting and sessions (session.cpp)
    std::unique_ptr<Transport> make_transport();
    void start();
    void ask_session();
    void enter(dto::SessionDto session);
    void session_ended();
    void fetch_organisation();
    void fetch_totals();
    void organisation_came(OrganisationReply reply);
    void organisation_failed(const Error& error);
    void session_changed(dto::SessionDto session);

    // --- network, and the version of the page (network.cpp)
    void line_changed(LineState line);
    void probe_later();
    void came_back();
    void look_after_commit();
    void check_version();
    void check_version_later();

    // --- work that is kept over a reload and the end of a session (unfinished.cpp)
    std::string kept_key() const;
    void keep_decisions();
    void forget_work();
    void find_work();
    void found_work(platform::Kept kept);
    void offer_work(platform::Kept kept, std::string dropped_rows);
    void tell_age();
    std::string forms_key() const;
    void find_forms();
    void keep_forms();

    void draw_notice();

    // --- effects (perform.cpp)
    void apply(const AppEvent& event);
    void perform(Effects effects);
    void settle_state();  // title, language, leaving, whether something is awaited
    void go_to(const std::string& address, bool replace);
    std::string copied_rows();
    void follow_view(const AppEvent& event);  // what is looked at goes into the address
    void open_dropped(workbench::Event event);

    void run(FetchList& effect);
    void run(ExportList& effect);
    void run(CancelExport&);
    void run(SaveShown& effect);
    void run(CopyText& effect);
    void run(PrintPage& effect);
    void run(AskTable& effect);
    void run(ApplyLayouts& effect);
    void run(Navigate& effect);
    void run(OpenScreen& effect);
    void run(Notify& effect);
    void run(RefreshTotals&);
    void run(LogIn& effect);
    void run(LogOut&);
    void run(SetLanguage& effect);
    void run(SetLook& effect);
    void run(SetDemoDate& effect);
    void run(ReloadPage&);
    void run(FetchBatch& effect);
    void run(FetchUndoPlan& effect);
    void run(UndoBatch& effect);
    void run(PickWorkbook&);
    void run(OpenWorkbook& effect);
    void run(OpenCells& effect);
    void run(CloseWorkbook&);
    void run(FetchRows& effect);
    void run(DropRows& effect);
    void run(FetchSight&);
    void run(SaveRows& effect);
    void run(SaveTemplate& effect);
    void run(CommitMoves& effect);
    void run(RereadMoves&);
    void run(RetryWorkbook&);
    void run(FetchRounds&);
    void run(FetchRound& effect);
    void run(ActRound& effect);
    void run(DecideRound& effect);
    void run(PickMarks& effect);
    void run(SaveMarkFaults& effect);
    void run(FetchStagePlan& effect);
    void run(CommitStage& effect);
    void run(LiftLock& effect);
    void run(ConfirmHandover& effect);
    void run(CountHandovers&);
    void run(OpenHistory& effect);
    void run(FetchHistory& effect);
    void take_marks(engine::MarksRead read);

    // --- feeds, cabinets, one customer (perform_feeds.cpp)
    void run(FetchFeeds& effect);
    void run(PickFeed&);
    void run(UploadFeed& effect);
    void upload(const platform::File& file, const std::string& kind);
    void run(SaveRejectedLines& effect);
    void run(FetchCabinets& effect);
    void run(FetchRanges& effect);
    void run(FetchServed& effect);
    void run(SaveCabinet& effect);
    void run(SaveRange& effect);
    void run(RemoveRange& effect);
    void run(FetchFacts& effect);
    void run(FetchProposals& effect);
    void run(CloseProposal& effect);
    void run(FetchCustomer& effect);
    void run(OpenMoves& effect);
    void run(CallApi& effect);
    void run(ChangePassword& effect);
    void run(SeeAs& effect);
    void run(SeeAsOneself&);
    void run(LogOutEverywhere&);
    void run(RefreshSession&);
    void run(KeepForm& effect);
    void run(ForgetForm& effect);
    void left();
    void look_as(PersonId person);
    void looking(dto::SessionDto session);

    void engine_said(engine::Event event);

    AppModel model_;
    AppUi ui_;
    std::string last_login_;           // of the session before, to tell whether another person came
    std::string commit_key_;
    std::int64_t opened_unix_ms_ = 0;  // of the open workbook
    bool age_awaited_ = false;
    bool plan_followed_ = false;  // the address says how a plan is looked at
    bool probe_awaited_ = false;
    Lane probe_lane_;
    Lane kept_lane_;
    Lane commit_lane_;
    Lane forms_lane_;
    bool forms_known_ = false;    // those kept before have been read
    std::string undo_key_;
    std::array<Lane, kListIds> lists_;
    std::array<Lane, kAskers * kQuestions> calls_;
    Lane session_lane_;
    Lane see_as_lane_;
    bool switching_ = false;           // to another person's rights, or back
    Lane refresh_lane_;
    Lane organisation_lane_;
    Lane totals_lane_;
    Lane batch_lane_;
    Lane undo_lane_;
    Lane rounds_lane_;
    Lane round_lane_;
    Lane round_act_lane_;
    Lane marks_lane_;
    Lane stage_lane_;
    Lane history_lane_;
    Lane handover_lane_;
    std::unique_ptr<Transport> transport_;
    std::unique_ptr<ApiClient> api_;
    std::unique_ptr<FeedClient> feed_api_;
    FeedLanes feed_lanes_;
    std::unique_ptr<engine::WorkbenchClient> workbench_;
    std::optional<platform::Busy> busy_;
    std::string title_;
    bool table_asked_ = false;         // by the browser, which waits for it: not for the reducer
};

}  // namespace qudao::client
