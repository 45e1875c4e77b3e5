// Does what the reducers want done, and turns what comes of it into events again.
#include "client/app/app.hpp"
#include "client/platform/address.hpp"
#include "client/platform/clipboard.hpp"
#include "client/platform/files.hpp"
#include "client/platform/paper.hpp"
#include "client/platform/storage.hpp"
#include "client/views/common/format.hpp"
#include "client/widgets/table_desk.hpp"
#include "client/widgets/theme.hpp"

namespace qudao::client {
namespace {

ui::Tone tone_of(NoticeTone tone) {
    switch (tone) {
        case NoticeTone::good: return ui::Tone::good;
        case NoticeTone::warn: return ui::Tone::warn;
        case NoticeTone::bad: return ui::Tone::bad;
        case NoticeTone::neutral: return ui::Tone::neutral;
    }
    return ui::Tone::neutral;
}

}  // namespace

void App::apply(const AppEvent& event) {
    perform(reduce(model_, event));
    follow_view(event);
}

void App::perform(Effects effects) {
    for (Effect& effect : effects) std::visit([this](auto& one) { run(one); }, effect);
    // An open workbook is kept over a reload (unfinished.cpp); a commit should be seen to its end.
    platform::ask_before_leaving(model_.workbench.committing.has_value());
}

// --- lists --------------------------------------------------------------------------------------------------------------
void App::run(FetchList& effect) {
    Lane& lane = lists_[static_cast<std::size_t>(effect.list)];
    dto::ListRequest request = dto::to_request(effect.spec);
    request.cursor = effect.cursor;
    const bool first = !effect.cursor.has_value();
    const Ticket ticket = first ? lane.renew() : lane.current();
    api_->list(ticket, effect.spec.source, request, [this, first, list = effect.list, generation = effect.generation](Result<dto::ListPage> page) {
        perform(list_arrived(model_, ListArrived{list, generation, first, std::move(page)}));
    });
}

void App::run(ExportList& effect) {
    apply(shell::Event(shell::ExportProgressed{}));
    workbench_->export_list(effect.request);
}
void App::run(SaveShown& effect) { workbench_->shown_table(effect.table, effect.cells); }
void App::run(CopyText& effect) {
    const bool copied = platform::copy_to_clipboard(effect.text);
    const Words& words = model_.world.words;
    if (copied) ui_.toasts.push(ui::Tone::good, words(Text::table_copied, {{"count", format_count(effect.rows)}}));
    else ui_.toasts.push(ui::Tone::warn, std::string(words(Text::table_copy_refused)));
}
void App::run(PrintPage& effect) { platform::print_page(effect.json); }
void App::run(AskTable& effect) { ui::wish_for_table(effect.use, false); }
void App::run(ApplyLayouts& effect) { ui::apply_table_layouts(effect.text); }
void App::run(CancelExport&) { workbench_->cancel_export(); }

// --- screens ------------------------------------------------------------------------------------------------------------
void App::go_to(const std::string& address, bool replace) {
    const auto change = replace || address == platform::address() ? platform::AddressChange::replace : platform::AddressChange::push;
    platform::set_address(address, change);
    perform(open_address(model_, address));
}
void App::follow_view(const AppEvent& event) {
    if (model_.stage != Stage::inside) return;
    const auto* bench = std::get_if<workbench::Event>(&event);
    const auto* batch = std::get_if<batch::Event>(&event);
    std::string address;
    bool step = false;  // that back undoes
    if (bench != nullptr && model_.screen == shell::Screen::workbench) {
        // An address that was opened keeps what it asks for until there is a plan to show it of.
        const bool planned = model_.workbench.stage == workbench::Stage::planned;
        if (!std::exchange(plan_followed_, planned) && !planned) return;
        address = to_text(workbench::address_of(model_.workbench));
        step = std::holds_alternative<workbench::TabPressed>(*bench) || std::holds_alternative<workbench::TreePressed>(*bench);
        if (const auto* filter = std::get_if<workbench::FilterChanged>(bench)) step = filter->filter.text == parse_address(model_.address).get("find");
    } else if (batch != nullptr && model_.screen == shell::Screen::batch && parse_address(model_.address).number("new") == 0) {
        if (model_.batch.id == 0) return;
        address = to_text(batch::address_of(model_.batch));
        step = true;
    }
    if (address.empty() || address == model_.address) return;
    model_.address = address;
    platform::set_address(address, step ? platform::AddressChange::push : platform::AddressChange::replace);
}
void App::run(Navigate& effect) {
    if (shows(model_, effect.address)) model_.address = effect.address;
    go_to(effect.address, effect.replace);
}
void App::run(OpenScreen& effect) {
    const std::string address = address_to_open(model_, effect.path);
    // The same screen pressed again begins anew, whatever stands in its address.
    if (address == model_.address && model_.screen != shell::Screen::workbench) model_.address.clear();
    go_to(address, false);
}
void App::run(Notify& effect) { ui_.toasts.push(tone_of(effect.tone), std::move(effect.words)); }
void App::run(RefreshTotals&) {
    fetch_totals();
    apply(customers::Event(customers::CustomersMoved{}));
}
void App::run(ReloadPage&) { platform::reload_page(); }
void App::run(SetLanguage& effect) {
    model_.world.words = Words(effect.language);
    platform::store("language", tag_of(effect.language));
}
void App::run(SetLook& effect) {
    ui::apply_look(effect.look);
    platform::store("look", ui::to_text(effect.look));
}

// --- session ------------------------------------------------------------------------------------------------------------
void App::run(LogIn& effect) {
    api_->log_in(session_lane_.renew(), {effect.login, effect.password}, [this](Result<dto::SessionDto> session) {
        if (session) enter(std::move(*session));
        else apply(login::Event(login::Refused{session.error()}));
    });
}
void App::run(LogOut&) {
    api_->log_out(session_lane_.renew(), [this](Result<Done>) { left(); });
}
void App::run(LogOutEverywhere&) {
    api_->call(session_lane_.renew(), {"session.close_all", {}, {}, {}}, [this](Result<std::string>) { left(); });
}
// Whatever the server says, this page forgets the person. The browser keeps language and look, which are the machine's, and the
// person's own unfinished work, which nobody else is offered (unfinished.cpp).
void App::left() {
    workbench_->close();
    kept_lane_.cancel();
    forms_lane_.cancel();
    see_as_lane_.cancel();
    refresh_lane_.cancel();
    switching_ = false;
    forms_known_ = false;
    forget_person(model_);
    ui_ = AppUi{};
    last_login_.clear();
    model_.address = "/customers";
    platform::set_address(model_.address);
    model_.stage = Stage::login;
}
void App::run(ChangePassword& effect) {
    api_->change_password(session_lane_.renew(), {effect.current, effect.password}, [this](Result<dto::SessionDto> session) {
        apply(shell::Event(shell::PasswordAnswered{session ? std::nullopt : std::optional(session.error())}));
        if (session && model_.stage == Stage::password) enter(std::move(*session));
        else if (session) session_changed(std::move(*session));
    });
}
void App::run(SeeAs& effect) { look_as(effect.person); }
void App::run(SeeAsOneself&) { look_as({}); }
// Once at a time: a second press would give up the answer to the first, and the server is somebody else's already.
void App::look_as(PersonId person) {
    if (std::exchange(switching_, true)) return;
    api_->see_as(see_as_lane_.renew(), person, [this](Result<dto::SessionDto> session) {
        switching_ = false;
        if (session) return looking(std::move(*session));
        ui_.toasts.push(ui::Tone::bad, sentence_of(model_.world.language(), session.error()));
        perform({RefreshSession{}});  // it may have been done, and its answer lost
    });
}
// Another person's rights from here on: nothing of the one before stays on the page.
void App::looking(dto::SessionDto session) {
    model_.address = "/customers";
    platform::set_address(model_.address);
    enter(std::move(session));
}
void App::run(RefreshSession&) {
    api_->session(refresh_lane_.renew(), [this](Result<dto::SessionDto> session) {
        if (session) session_changed(std::move(*session));
    });
}
void App::run(CallApi& effect) {
    Lane& lane = calls_[static_cast<std::size_t>(effect.asker) * kQuestions + effect.question];
    RawCall call{std::move(effect.use_case), std::move(effect.path), std::move(effect.query), std::move(effect.body)};
    api_->call(lane.renew(), std::move(call), [this, asker = effect.asker, question = effect.question](Result<std::string> body) {
        perform(api_replied(model_, asker, {question, std::move(body)}));
    });
}
void App::run(SetDemoDate& effect) {
    api_->set_demo_date(session_lane_.renew(), effect.day, [this](Result<dto::SessionDto> session) {
        std::optional<Error> error;
        if (session) session_changed(std::move(*session));
        else error = session.error();
        apply(shell::Event(shell::DateAnswered{std::move(error)}));
    });
}

// --- batches ------------------------------------------------------------------------------------------------------------
void App::run(FetchBatch& effect) {
    api_->batch(batch_lane_.renew(), effect.batch, [this, id = effect.batch.value](Result<dto::BatchDto> batch) {
        apply(batch::Event(batch::BatchCame{id, std::move(batch)}));
    });
}
void App::run(FetchUndoPlan& effect) {
    api_->preview_undo(undo_lane_.renew(), effect.batch, effect.after, [this, id = effect.batch.value, after = effect.after](Result<dto::PlanDto> plan) {
        apply(batch::Event(batch::UndoPlanCame{id, std::move(plan), after}));
    });
}
void App::run(UndoBatch& effect) {
    if (!effect.same_key || undo_key_.empty()) undo_key_ = new_idempotency_key();
    const std::int64_t id = effect.batch.value;
    api_->undo(
        undo_lane_.renew(), effect.batch, {undo_key_, effect.digest}, [this, id](const dto::JobDto& job) { apply(batch::Event(batch::UndoProgressed{id, job})); },
        [this, id](Result<dto::BatchDto> batch) { apply(batch::Event(batch::UndoEnded{id, std::move(batch)})); });
}

// --- the monthly round --------------------------------------------------------------------------------------------------
void App::run(FetchRounds&) {
    api_->rounds(rounds_lane_.renew(), [this](Result<dto::RoundsDto> rounds) { apply(round::Event(round::RoundsCame{std::move(rounds)})); });
}
void App::run(FetchRound& effect) {
    api_->round(round_lane_.renew(), effect.period, [this, period = effect.period.yyyymm](Result<dto::RoundDto> round) {
        apply(round::Event(round::RoundCame{period, std::move(round)}));
    });
}
void App::run(ActRound& effect) {
    const auto acted = [this](Result<dto::RoundDto> round) { apply(round::Event(round::Acted{std::move(round)})); };
    const Ticket ticket = round_act_lane_.renew();
    const std::optional<std::string> note = effect.note.empty() ? std::nullopt : std::optional(effect.note);
    const bool of_department = effect.act == "confirm" || effect.act == "send_back" || (effect.act == "reopen" && !model_.world.may(Action::run_round));
    if (of_department) return api_->answer_round(ticket, effect.period, {effect.act, effect.department, note}, acted);
    const std::optional<std::int64_t> department = effect.department == 0 ? std::nullopt : std::optional(effect.department);
    api_->act_round(ticket, effect.period, {effect.act, department, note}, acted);
}
void App::run(DecideRound& effect) {
    api_->decide_round(round_act_lane_.renew(), effect.period, {std::move(effect.decisions)},
                       [this](Result<dto::RoundDto> round) { apply(round::Event(round::Acted{std::move(round)})); });
}
void App::run(PickMarks& effect) {
    platform::pick_files({.accept = ".xlsx,.csv"}, [this, department = effect.department](std::vector<platform::File> files) {
        completions().push([this, department, files = std::move(files)] {
            if (files.empty()) return;
            apply(round::Event(round::MarksOpened{department, files.front().name()}));
            workbench_->open_marks(files.front(), department);
        });
    });
}
void App::take_marks(engine::MarksRead read) {
    api_->send_marks(marks_lane_.renew(), Period{model_.round.period}, std::move(read.body),
                     [this](Result<dto::MarksDto> result) { apply(round::Event(round::MarksEnded{std::move(result)})); });
}
void App::run(SaveMarkFaults& effect) { workbench_->mark_faults(effect.request); }
void App::run(FetchStagePlan& effect) {
    api_->preview_stage_1(stage_lane_.renew(), effect.period, [this](Result<dto::PlanDto> plan) { apply(round::Event(round::StagePlanCame{std::move(plan)})); });
}
void App::run(CommitStage& effect) {
    api_->commit_stage_1(
        stage_lane_.renew(), effect.period, {new_idempotency_key(), effect.digest}, [this](const dto::JobDto& job) { apply(round::Event(round::StageProgressed{job})); },
        [this](Result<dto::BatchDto> batch) { apply(round::Event(round::StageEnded{std::move(batch)})); });
}
void App::run(LiftLock& effect) {
    api_->lift_lock(round_act_lane_.renew(), {effect.customer_code, effect.reason}, [this](Result<Done> lifted) {
        apply(round::Event(round::Lifted{lifted ? std::nullopt : std::optional(lifted.error())}));
    });
}

// --- hand-overs and history ---------------------------------------------------------------------------------------------
void App::run(ConfirmHandover& effect) {
    api_->confirm_handovers(handover_lane_.renew(), {{{effect.batch, effect.unit}}}, [this](Result<dto::ConfirmedDto> confirmed) {
        apply(handovers::Event(handovers::Confirmed{confirmed ? std::nullopt : std::optional(confirmed.error())}));
    });
}
void App::run(CountHandovers&) {
    if (!model_.world.may(Action::confirm_handover) || !model_.world.may(Action::view_customer)) return;
    query::QuerySpec spec;
    spec.source = query::Source::handover;
    spec.filters = {{"confirmed_at", query::Op::has_no_data, {}, Tree::area}, {"undone_by", query::Op::has_no_data, {}, Tree::area}};
    spec.measures = {{query::MeasureKind::count, ""}};
    FetchList count{ListId::handovers_waiting, 0, std::move(spec), std::nullopt};
    run(count);
}
void App::run(OpenHistory& effect) { apply(history::Event(history::Opened{effect.customer_code})); }
void App::run(FetchHistory& effect) {
    api_->customer_history(history_lane_.renew(), effect.customer_code, effect.on, [this, code = effect.customer_code](Result<dto::CustomerHistoryDto> history) {
        apply(history::Event(history::Came{code, std::move(history)}));
    });
}

// --- the workbench ------------------------------------------------------------------------------------------------------
void App::open_dropped(workbench::Event event) {
    if (model_.stage != Stage::inside) return;
    // On the screen of feeds a file is a feed.
    if (const auto* files = std::get_if<workbench::FilesDropped>(&event); files != nullptr && model_.screen == shell::Screen::feeds && !files->files.empty())
        return apply(feeds::Event(feeds::FilePicked{files->files.front()}));
    if (model_.world.may(Action::move_customer) && model_.screen != shell::Screen::workbench) go_to("/moves", false);
    apply(event);
}
void App::run(PickWorkbook&) {
    platform::pick_files({.accept = ".xlsx,.csv"}, [this](std::vector<platform::File> files) {
        completions().push([this, files = std::move(files)] { open_dropped(workbench::FilesDropped{files}); });
    });
}
void App::run(OpenWorkbook& effect) {
    workbench_->open(effect.file, effect.dropped_rows);
    commit_key_.clear();
    const bool again = effect.opened_unix_ms != 0;
    opened_unix_ms_ = again ? effect.opened_unix_ms : platform::unix_ms();
    if (!again) platform::keep_file(kept_key(), effect.file, {});
}
void App::run(OpenCells& effect) {
    const std::string name = std::string(model_.world.words(Text::file_pasted_cells)) + ".csv";
    workbench_->open(name, effect.cells);
    commit_key_.clear();
    opened_unix_ms_ = platform::unix_ms();
    platform::keep_bytes(kept_key(), name, effect.cells, {});
}
void App::run(CloseWorkbook&) {
    workbench_->close();
    forget_work();
}
void App::run(FetchRows& effect) { workbench_->rows(effect.request); }
void App::run(DropRows& effect) { workbench_->drop(effect.request); }
void App::run(FetchSight&) { workbench_->sight(); }
void App::run(SaveRows& effect) { workbench_->refused_workbook(effect.request); }
void App::run(SaveTemplate& effect) { workbench_->move_template(effect.file_name); }
void App::run(CommitMoves& effect) {
    if (!effect.same_key || commit_key_.empty()) commit_key_ = new_idempotency_key();
    keep_decisions();  // the key first: whoever comes back can ask what became of it
    workbench_->commit(commit_key_);
}
void App::run(RereadMoves&) { workbench_->reread(); }
void App::run(RetryWorkbook&) { workbench_->retry(); }

namespace {

// The engine's words as events of the views; a made file is saved on the way.
struct EngineEvents {
    const AppModel& model;

    std::optional<AppEvent> operator()(engine::Progress& progress) const {
        if (model.shell.exporting && (progress.phase == "exporting" || progress.phase == "writing")) return shell::Event(shell::ExportProgressed{progress});
        return workbench::Event(workbench::Progressed{progress});
    }
    std::optional<AppEvent> operator()(engine::Opened& opened) const { return workbench::Event(workbench::FileRead{std::move(opened.facts)}); }
    std::optional<AppEvent> operator()(engine::Planned& planned) const {
        return workbench::Event(workbench::Planned{std::move(planned.summary), std::move(planned.changes)});
    }
    std::optional<AppEvent> operator()(engine::RowsCame& rows) const { return workbench::Event(workbench::RowsCame{std::move(rows.page)}); }
    std::optional<AppEvent> operator()(engine::SightCame& sight) const {
        return workbench::Event(workbench::SightCame{std::move(sight.sight), sight.all_flows});
    }
    std::optional<AppEvent> operator()(engine::FileMade& made) const {
        if (made.file.valid()) platform::save_file(made.file, made.name);
        else platform::save_bytes(made.name, made.mime_type, made.bytes);
        if (made.purpose == "export") return shell::Event(shell::ExportEnded{});
        return std::nullopt;
    }
    std::optional<AppEvent> operator()(engine::Committing& committing) const { return workbench::Event(workbench::Committing{std::move(committing.job)}); }
    std::optional<AppEvent> operator()(engine::Committed& committed) const { return workbench::Event(workbench::Committed{std::move(committed.batch)}); }
    std::optional<AppEvent> operator()(engine::MarksRead&) const { return std::nullopt; }  // App::take_marks
    std::optional<AppEvent> operator()(engine::Failed& failed) const {
        if (failed.during == "marks") return round::Event(round::MarksEnded{failed.error});
        if (failed.during == "export") return shell::Event(shell::ExportEnded{failed.error});
        return workbench::Event(workbench::Failed{std::move(failed.during), std::move(failed.error)});
    }
};

}  // namespace

void App::engine_said(engine::Event event) {
    if (auto* marks = std::get_if<engine::MarksRead>(&event)) return take_marks(std::move(*marks));
    const bool planned = std::holds_alternative<engine::Planned>(event);
    const auto* failed = std::get_if<engine::Failed>(&event);
    if (failed != nullptr && failed->during == "open") forget_work();
    if (const auto said = std::visit(EngineEvents{model_}, event)) apply(*said);
    if (planned) keep_decisions();
}

}  // namespace qudao::client
