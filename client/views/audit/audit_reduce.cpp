#include "client/views/audit/audit_model.hpp"

#include <algorithm>
#include <set>

#include "client/i18n/code_text.hpp"
#include "client/views/common/menu_words.hpp"
#include "shared/domain/menu.hpp"

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

// "section/item", with " -" behind it where nobody sees it (the trail of menus), or the item alone (that of roles).
std::string item_text(const World& world, std::string_view code) {
    const bool hidden = code.ends_with(" -");
    if (hidden) code.remove_suffix(2);
    const std::size_t slash = code.find('/');
    const std::string_view item = slash == std::string_view::npos ? code : code.substr(slash + 1);
    if (find_menu_item(item) == nullptr) return std::string(code);
    std::string out;
    if (slash != std::string_view::npos) out.append(world.words(section_words(code.substr(0, slash)))).append(" / ");
    out.append(world.words(item_words(item)));
    if (hidden) out.append(world.words(Text::audit_item_hidden));
    return out;
}

std::string one_value(const World& world, std::string_view member, std::string_view value) {
    if (value == "true") return std::string(world.words(Text::yes));
    if (value == "false") return std::string(world.words(Text::no));
    if (member == "area_parent" || member == "channel_parent") return world.unit_path(number_in(value), member == "area_parent" ? Tree::area : Tree::channel);
    if (member == "channel" && number_in(value) != 0) return world.channel_name(number_in(value));
    if (member == "kind") return std::string(unit_kind_label(world.language(), value));
    if (member == "precedence") return std::string(precedence_label(world.language(), value));
    if (member == "actions") return std::string(action_label(world.language(), value));
    if (member == "hidden_menus" || member == "items") return item_text(world, value);
    return std::string(value);
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
        request.person = model.conditions.person;
        request.before = before;
        return {CallApi{Asker::audit, kList, "audit.list", {}, {}, dto::to_json(request)}};
    }
    Effects operator()(const Opened& event) {
        model.conditions = Conditions{};
        model.conditions.kind = event.address.get("kind");
        model.conditions.search = event.address.get("search");
        model.conditions.from = event.address.get("from");
        model.conditions.until = event.address.get("until");
        model.conditions.person = event.address.number("person");
        ++model.conditions_version;
        model.open = event.address.number("entry");
        model.undo_error.reset();
        return ask();
    }
    Effects operator()(const Asked& event) {
        model.conditions = event.conditions;
        model.open = 0;
        Effects effects = ask();
        effects.push_back(Navigate{to_text(address_of(model)), false});
        return effects;
    }
    Effects operator()(const RowPressed& event) {
        model.open = event.entry;
        model.undo_error.reset();
        return {Navigate{to_text(address_of(model)), false}};
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
        for (const dto::AuditEntryDto& entry : page->entries) {
            const auto same = [&](const dto::PersonNameDto& known) { return known.id == entry.person; };
            if (entry.person != 0 && std::none_of(model.persons.begin(), model.persons.end(), same)) model.persons.push_back({entry.person, entry.person_name});
        }
        return {};
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"audit"}, {}};
    const Conditions& c = model.conditions;
    return address.with("kind", c.kind).with("search", c.search).with("from", c.from).with("until", c.until).with("person", c.person).with("entry", model.open);
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

std::string value_words(const World& world, std::string_view member, const std::string& value) {
    std::string out;
    for (std::size_t from = 0; from < value.size();) {
        const std::size_t end = std::min(value.find('\n', from), value.size());
        out.append(out.empty() ? "" : world.words(Text::list_separator)).append(one_value(world, member, std::string_view(value).substr(from, end - from)));
        from = end + 1;
    }
    return out.empty() ? "—" : out;
}

}  // namespace qudao::client::audit
