// Work that is not committed is kept by the browser over a reload, the end of a session and a log-out: the opened workbook, which
// rows were dropped, and the key of a commit that may be under way. It lies under the number and log-in name of the person's
// account, so that whoever else logs in on this machine is not offered it. It goes when it is
// committed, closed, or a week old. What is typed into forms and not saved is kept beside it, all forms as one note.
#include <algorithm>
#include <utility>

#include "client/app/app.hpp"
#include "client/platform/timer.hpp"
#include "client/views/common/forms.hpp"
#include "shared/dto/codec.hpp"

namespace qudao::client {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kLookAgainMs = 1000;  // at a commit that still runs

struct Note {
    std::string dropped_rows;
    std::string commit_key;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("dropped_rows", self.dropped_rows);
        v("commit_key", self.commit_key);
    }
};

}  // namespace

// "": nothing is kept. Who looks with another person's rights leaves nothing for that person to find, and finds nothing of theirs.
std::string App::kept_key() const {
    const dto::SessionDto& session = model_.world.session;
    if (session.person == 0 || !session.seen_by.empty()) return {};
    return (model_.world.sandbox ? "sandbox/" : "moves/") + std::to_string(session.person) + "/" + session.login;
}

void App::keep_decisions() {
    if (!model_.workbench.summary) return;
    platform::keep_note(kept_key(), dto::to_json(Note{model_.workbench.summary->dropped_rows, model_.workbench.committing ? commit_key_ : std::string()}));
}

void App::forget_work() { platform::forget_kept(kept_key()); }

void App::find_work() {
    const std::string key = kept_key();
    if (key.empty() || !model_.world.may(Action::move_customer) || model_.workbench.stage != workbench::Stage::empty) return;
    const Ticket ticket = kept_lane_.renew();
    platform::find_kept(key, [this, ticket](std::optional<platform::Kept> kept) {
        if (!kept) return;
        completions().push([this, ticket, kept = std::move(*kept)] {
            if (ticket.wanted() && model_.stage == Stage::inside) found_work(kept);
        });
    });
}

// A commit that was sent may have ended meanwhile: then there is nothing left to do.
void App::found_work(platform::Kept kept) {
    Note note;
    if (auto read = dto::from_json<Note>(kept.note)) note = std::move(*read);
    if (note.commit_key.empty()) return offer_work(std::move(kept), std::move(note.dropped_rows));
    const Ticket ticket = kept_lane_.current();
    api_->job(ticket, note.commit_key, [this, ticket, kept = std::move(kept), note](Result<dto::JobDto> job) {
        if (!job || job->state == "failed") return offer_work(kept, note.dropped_rows);
        if (job->state == "running") {
            (void)platform::call_after(kLookAgainMs, [this, ticket, kept] {
                if (ticket.wanted() && model_.stage == Stage::inside) found_work(kept);
            });
            return;
        }
        forget_work();
        if (job->batch) perform({Notify{NoticeTone::good, model_.world.words(Text::workbench_was_committed, {{"batch", std::to_string(job->batch->id)}})}, RefreshTotals{}, CountHandovers{}});
    });
}

void App::offer_work(platform::Kept kept, std::string dropped_rows) {
    opened_unix_ms_ = kept.at_unix_ms;
    Effects effects = reduce(model_, workbench::Event(workbench::KeptFound{{std::move(kept.file), std::move(dropped_rows), kept.at_unix_ms}}));
    const bool there = model_.screen == shell::Screen::workbench;
    // Whoever is there already need not be told where it can be gone on with.
    if (there) std::erase_if(effects, [](const Effect& effect) { return std::holds_alternative<Notify>(effect); });
    perform(std::move(effects));
    if (there) apply(workbench::Event(workbench::Opened{parse_address(model_.address)}));
}

std::string App::forms_key() const {
    const std::string work = kept_key();
    return work.empty() ? work : "forms/" + work;
}

void App::find_forms() {
    forms_known_ = false;
    const std::string key = forms_key();
    if (key.empty()) return;
    const Ticket ticket = forms_lane_.renew();
    platform::find_kept(key, [this, ticket](std::optional<platform::Kept> kept) {
        completions().push([this, ticket, note = kept ? std::move(kept->note) : std::string()] {
            if (!ticket.wanted()) return;
            forms_known_ = true;
            Forms known;
            if (auto read = dto::from_json<Forms>(note)) known = std::move(*read);
            // What was typed since is newer.
            for (const Form& form : model_.world.forms.forms) put_form(known, form);
            model_.world.forms = std::move(known);
            perform(forms_came(model_));
        });
    });
}

void App::keep_forms() {
    const std::string key = forms_key();
    if (key.empty() || !forms_known_) return;
    if (model_.world.forms.forms.empty()) platform::forget_kept(key);
    else platform::keep_bytes(key, "forms", "-", dto::to_json(model_.world.forms));
}

void App::run(KeepForm& effect) {
    put_form(model_.world.forms, {std::move(effect.screen), effect.record, std::move(effect.json), platform::unix_ms()});
    keep_forms();
}

void App::run(ForgetForm& effect) {
    drop_form(model_.world.forms, effect.screen, effect.record);
    keep_forms();
}

void App::tell_age() {
    if (!model_.workbench.restored) return;
    const std::int64_t minutes = std::max<std::int64_t>(0, platform::unix_ms() - opened_unix_ms_) / kMinuteMs;
    if (minutes != model_.workbench.age_minutes) apply(workbench::Event(workbench::Aged{minutes}));
    if (std::exchange(age_awaited_, true)) return;
    (void)platform::call_after(kMinuteMs, [this] {
        age_awaited_ = false;
        tell_age();
    });
}

}  // namespace qudao::client
