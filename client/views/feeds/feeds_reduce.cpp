#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "client/views/common/format.hpp"
#include "client/views/feeds/feeds_model.hpp"
#include "shared/feed/format.hpp"

namespace qudao::client::feeds {
namespace {

constexpr std::size_t kMostTrendPoints = 400;  // of which days that are missing are made

engine::ExportRequest export_request(const Model& model, const World& world) {
    const Words& words = world.words;
    engine::ExportRequest request;
    request.source = query::code_of(query::Source::arrear_conflict);
    request.list = dto::to_request(model.conflicts.spec);
    request.columns = {
        {"access_number", std::string(words(Text::column_number)), "", 16},
        {"code", std::string(words(Text::column_customer_code)), "", 16},
        {"name", std::string(words(Text::column_customer_name)), "", 28},
        {"place", std::string(words(Text::column_unit_code)), "code", 16},
        {"place", std::string(words(Text::column_unit)), "path", 50},
        {"amount", std::string(words(Text::column_arrear_accounts)), "", 16},
        {"other_amount", std::string(words(Text::column_arrear_billing)), "", 16},
        {"since", std::string(words(Text::column_arrear_since)), "", 12},
    };
    request.sheet = std::string(words(Text::feeds_tab_conflicts));
    request.file_name = words(Text::file_arrear_conflicts, {{"day", format_date(world.day)}});
    request.english = world.language() == Language::en;
    return request;
}

struct Reducer {
    Model& model;
    const World& world;

    Effects fetch() {
        model.feeds.start();
        return {FetchFeeds{0}};
    }
    Effect ask_conflicts() {
        query::QuerySpec spec;
        spec.source = query::Source::arrear_conflict;
        spec.limit = kListPageRows;
        return start(model.conflicts, std::move(spec));
    }
    Effects open(Tab tab) {
        model.tab = tab;
        Effects effects = fetch();
        if (tab == Tab::conflicts) effects.push_back(ask_conflicts());
        return effects;
    }
    Effects operator()(const Opened& event) {
        const std::string_view tab = event.address.get("tab");
        if (const std::string_view kind = event.address.get("kind"); feed::kind_of(kind)) model.trend_kind = kind;
        return open(tab == "conflicts" ? Tab::conflicts : tab == "trend" ? Tab::trend : Tab::imports);
    }
    Effects operator()(const Refreshed&) { return open(model.tab); }
    Effects operator()(const TabPressed& event) {
        Effects effects = open(event.tab);
        effects.push_back(Navigate{to_text(address_of(model)), false});
        return effects;
    }
    Effects operator()(const TrendKindPressed& event) {
        model.trend_kind = event.kind;
        return {Navigate{to_text(address_of(model)), false}};
    }
    Effects operator()(const MoreConflictsWanted&) { return more(model.conflicts); }
    Effects operator()(const ConflictsRetried&) { return model.conflicts.more_error ? more_again(model.conflicts) : Effects{ask_conflicts()}; }
    Effects operator()(const ExportPressed&) {
        if (!world.may(Action::export_list)) return {};
        return {ExportList{export_request(model, world)}};
    }
    Effects operator()(const ListArrived& event) {
        (void)take(model.conflicts, event);
        return {};
    }
    Effects operator()(const FeedsCame& event) {
        if (event.before == 0) {
            if (!event.feeds) {
                model.feeds.finish(event.feeds.error());
                return {};
            }
            model.feeds.finish(event.feeds->feeds);
            model.runs = event.feeds->runs;
            model.next = event.feeds->next;
            return {};
        }
        model.more_loading = false;
        if (!event.feeds || model.next != event.before) return {};
        model.runs.insert(model.runs.end(), event.feeds->runs.begin(), event.feeds->runs.end());
        model.next = event.feeds->next;
        return {};
    }
    Effects operator()(const MoreWanted&) {
        if (!model.next || model.more_loading) return {};
        model.more_loading = true;
        return {FetchFeeds{*model.next}};
    }
    Effects operator()(const PickPressed&) { return model.upload ? Effects{} : Effects{PickFeed{}}; }
    Effects operator()(const FilePicked& event) {
        if (model.upload) return {};
        model.upload = Upload{event.file.name(), 0, event.file.size_bytes(), std::nullopt};
        model.imported.reset();
        model.error.reset();
        return {UploadFeed{event.file}};
    }
    Effects operator()(const Sent& event) {
        if (model.upload) model.upload->sent = event.bytes;
        return {};
    }
    Effects operator()(const Progressed& event) {
        if (model.upload) model.upload->job = event.job;
        return {};
    }
    Effects operator()(const UploadEnded& event) {
        model.upload.reset();
        if (event.run) model.imported = *event.run;
        else model.error = event.run.error();
        Effects effects = fetch();
        if (event.run) effects.push_back(RefreshTotals{});
        return effects;
    }
    Effects operator()(const RejectedPressed& event) {
        model.saving = event.run;
        return {SaveRejectedLines{event.run, world.words(Text::feeds_rejected_file, {{"run", std::to_string(event.run)}})}};
    }
    Effects operator()(const RejectedSaved& event) {
        model.saving = 0;
        if (!event.error) return {};
        return {Notify{NoticeTone::bad, sentence_of(world.language(), *event.error)}};
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"feeds"}, {}};
    if (model.tab == Tab::trend) return address.with("tab", "trend").with("kind", model.trend_kind);
    return address.with("tab", model.tab == Tab::conflicts ? "conflicts" : "");
}

Trend trend_of(const Model& model, const World& world) {
    Trend trend;
    std::map<std::pair<std::int32_t, std::string>, TrendPoint> by_day;
    std::set<std::tuple<std::int32_t, std::string, std::string>> counted;
    for (const dto::FeedRunDto& run : model.runs) {
        if (run.kind != model.trend_kind || run.state != "done" || !counted.emplace(run.period, run.day, run.source).second) continue;
        trend.monthly = trend.monthly || run.period != 0;
        TrendPoint& point = by_day[{run.period, run.day}];
        point.of = day_words(world, run.day, run.period);
        point.came = true;
        point.fresh += run.fresh;
        point.changed += run.changed;
        point.rejected += run.rejected;
    }
    const auto is_daily = [&](const dto::FeedDto& one) { return one.kind == model.trend_kind && !one.by_period && one.rhythm_days == 1; };
    const bool daily = std::any_of(model.feeds.value.begin(), model.feeds.value.end(), is_daily);
    std::optional<Date> before;
    for (auto& [key, point] : by_day) {
        const auto day = parse_date(key.second);
        if (daily && day && before)
            for (Date missing = add_days(*before, 1); missing < *day && trend.points.size() < kMostTrendPoints; missing = add_days(missing, 1)) trend.points.push_back({format_date(missing)});
        if (day) before = *day;
        trend.points.push_back(std::move(point));
    }
    return trend;
}

std::string day_words(const World& world, std::string_view day, std::int32_t period) {
    return period == 0 ? std::string(day) : period_words(world.words, period);
}

std::string refusal_words(const World& world, const dto::FeedRunDto& run) {
    if (run.error.empty()) return {};
    Error error = Error::of(run.error);
    // "name=value name=value": values hold no blank but the last.
    std::string_view rest = run.error_detail;
    while (!rest.empty()) {
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) break;
        std::size_t end = rest.find(' ', equals);
        while (end != std::string_view::npos && rest.substr(end + 1).find('=') == std::string_view::npos) end = std::string_view::npos;
        const std::string_view value = rest.substr(equals + 1, end == std::string_view::npos ? end : end - equals - 1);
        error.params.push_back({std::string(rest.substr(0, equals)), std::string(value)});
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return sentence_of(world.language(), error);
}

std::string unknown_words(const World& world, const dto::FeedRunDto& run) {
    return run.unknown > 0 ? world.words(Text::feeds_unknown, {{"count", format_count(run.unknown)}}) : std::string();
}

std::optional<std::string> kind_of_head(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (!bytes.starts_with(feed::kMark) || bytes.size() <= feed::kMark.size() || bytes[feed::kMark.size()] != '|') return std::nullopt;
    bytes.remove_prefix(feed::kMark.size() + 1);
    const std::string_view kind = bytes.substr(0, bytes.find('|'));
    return feed::kind_of(kind) ? std::optional<std::string>(kind) : std::nullopt;
}

}  // namespace qudao::client::feeds
