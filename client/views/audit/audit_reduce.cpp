#include "client/views/audit/audit_model.hpp"

#include <algorithm>
#include <set>

namespace qudao::client::audit {
namespace {

enum Question : std::uint8_t { kList, kUndo };

std::string text_of(const dto::Json& json, const std::string& member) {
    const auto it = json.is_object() ? json.find(member) : json.end();
    if (!json.is_object() || it == json.end()) return {};
    if (it->is_string()) return it->get<std::string>();
    if (!it->is_array()) return it->dump();
    std::string out;
    for (const dto::Json& item : *it) out.append(out.empty() ? "" : "\n").append(item.is_string() ? item.get<std::string>() : item.dump());
    return out;
}

struct Reducer {
    Model& model;
    const World& world;

    Effects ask(std::int64_t before = 0) {
        model.state = RemoteState::loading;
        if (before == 0) model.rows.clear();
        dto::AuditRequest request;
        request.kind = model.conditions.kind;
        request.search = model.conditions.search;
        request.from = model.conditions.from;
        request.until = model.conditions.until;
        request.before = before;
        return {CallApi{Asker::audit, kList, "audit.list", {}, {}, dto::to_json(request)}};
    }
    Effects operator()(const Opened& event) {
        model.conditions = Conditions{};
        model.conditions.kind = event.address.get("kind");
        model.conditions.search = event.address.get("search");
        ++model.conditions_version;
        model.open = 0;
        return ask();
    }
    Effects operator()(const Asked& event) {
        model.conditions = event.conditions;
        model.open = 0;
        return ask();
    }
    Effects operator()(const RowPressed& event) {
        model.open = event.entry;
        model.undo_error.reset();
        return {};
    }
    Effects operator()(const UndoPressed&) {
        if (model.open == 0 || model.undoing) return {};
        model.undoing = true;
        model.undo_error.reset();
        return {CallApi{Asker::audit, kUndo, "units.undo", {{"entry", std::to_string(model.open)}}, {}, {}}};
    }
    Effects operator()(const MoreWanted&) {
        return model.next == 0 || model.state == RemoteState::loading ? Effects{} : ask(model.next);
    }
    Effects operator()(const Retried&) { return ask(); }
    Effects operator()(const ApiReplied& replied) {
        if (replied.question == kUndo) {
            model.undoing = false;
            if (!replied.body) {
                model.undo_error = replied.body.error();
                return {};
            }
            Effects effects = ask();
            effects.push_back(RefreshSession{});
            effects.push_back(Notify{NoticeTone::good, std::string(world.words(Text::units_undone))});
            return effects;
        }
        auto page = read_reply<dto::AuditPageDto>(replied);
        if (!page) {
            model.state = RemoteState::failed;
            model.error = page.error();
            return {};
        }
        model.state = RemoteState::ready;
        model.next = page->next;
        model.rows.insert(model.rows.end(), page->entries.begin(), page->entries.end());
        return {};
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"audit"}, {}};
    return address.with("kind", model.conditions.kind).with("search", model.conditions.search);
}

const dto::AuditEntryDto* opened(const Model& model) {
    for (const dto::AuditEntryDto& row : model.rows)
        if (row.id == model.open) return &row;
    return nullptr;
}

std::vector<Difference> differences(const dto::AuditEntryDto& entry) {
    std::set<std::string> members;
    for (const dto::Json* json : {&entry.before, &entry.after})
        if (json->is_object())
            for (const auto& [member, value] : json->items()) members.insert(member);
    std::vector<Difference> out;
    for (const std::string& member : members) {
        Difference difference{member, text_of(entry.before, member), text_of(entry.after, member)};
        if (difference.before != difference.after) out.push_back(std::move(difference));
    }
    return out;
}

}  // namespace qudao::client::audit
