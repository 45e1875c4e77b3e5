#include <algorithm>

#include "client/views/shell/palette.hpp"
#include "client/views/shell/shell_model.hpp"
#include "shared/base/pinyin.hpp"
#include "shared/base/text.hpp"

namespace qudao::client::shell {
namespace {

std::string folded(std::string_view text) {
    std::string out = normalize_code(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// How well a name or code meets what is typed; lower is better, negative is not at all.
int rank_of(std::string_view name, std::string_view code, const std::string& typed) {
    if (typed.empty()) return 0;
    const std::string low_code = folded(code);
    if (!low_code.empty() && low_code == typed) return 0;
    const std::string low = folded(name);
    if (const std::size_t at = low.find(typed); at != std::string::npos) return at == 0 ? 1 : 3;
    if (!low_code.empty() && low_code.starts_with(typed)) return 2;
    const int at = find_initials(name, typed);
    return at < 0 ? -1 : at == 0 ? 4 : 6;
}

struct Found {
    int rank = 0;
    PaletteItem item;
};

void add(std::vector<Found>& found, int rank, PaletteItem item) {
    if (rank >= 0) found.push_back({rank, std::move(item)});
}

void find_units(std::vector<Found>& found, const std::string& typed, const World& world) {
    if (!world.organisation || typed.empty()) return;
    const Organisation& org = *world.organisation;
    std::vector<Found> units;
    for (UnitIndex unit = 0; unit < org.size(); ++unit) {
        const UnitRecord& record = org.unit(unit);
        if (!record.active) continue;
        const int rank = rank_of(record.name, record.code, typed);
        if (rank < 0) continue;
        Address address{{"customers"}, {}};
        units.push_back({rank + 1, {PaletteKind::unit, record.name, {}, to_text(address.with("unit", record.id.value)), Command::look, 0}});
    }
    std::stable_sort(units.begin(), units.end(), [](const Found& a, const Found& b) { return a.rank < b.rank; });
    units.resize(std::min(units.size(), kMostUnitsFound));
    for (Found& unit : units) {
        const std::int64_t id = number_in(std::string_view(unit.item.address).substr(unit.item.address.find('=') + 1));
        unit.item.detail = world.unit_above(id);
        found.push_back(std::move(unit));
    }
}

void find_customers(std::vector<Found>& found, const Palette& palette, const World& world) {
    const ListRows& rows = palette.customers.rows;
    if (palette.customers.state != RemoteState::ready) return;
    for (std::int64_t row = 0; row < std::min<std::int64_t>(rows.size(), kMostCustomersFound); ++row) {
        Address address{{"customers"}, {}};
        const std::string code(rows.text(row, "code"));
        address.with("code", code);
        found.push_back({5, {PaletteKind::customer, std::string(rows.text(row, "name")), code + " · " + world.unit_name(rows.number(row, "place").value_or(0)), to_text(address), Command::look, 0}});
    }
}

}  // namespace

std::optional<query::QuerySpec> palette_query(std::string_view text) {
    const std::string typed = normalize_text(text), code = normalize_code(text);
    query::QuerySpec spec;
    spec.source = query::Source::customer;
    spec.limit = kMostCustomersFound;
    const bool digits = !code.empty() && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits) {
        if (code.size() < 3) return std::nullopt;
        spec.filters = {{"code", query::Op::prefix, {code}, Tree::area}};
        spec.order = {{"code", false}};
        return spec;
    }
    // A name has something Chinese in it; letters are the initials of one, from three on, as two have half a province.
    const bool chinese = std::any_of(typed.begin(), typed.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
    if (!chinese) {
        const std::string initials = name_initials(typed);
        if (initials.size() < kFewestInitials) return std::nullopt;
        spec.filters = {{"initials", query::Op::prefix, {initials}, Tree::area}};
        spec.order = {{"initials", false}};
        return spec;
    }
    // By the sort key, which has an index: names that begin with it.
    const std::string key = name_key(typed);
    spec.filters = {{"name_key", query::Op::prefix, {key}, Tree::area}};
    spec.order = {{"name_key", false}};
    return spec;
}

std::vector<PaletteItem> palette_items(const Palette& palette, const std::vector<SavedView>& views, const World& world) {
    const std::string typed = folded(palette.text);
    const Words& words = world.words;
    std::vector<Found> found;
    for (const MenuEntry& entry : menu_entries(world)) {
        const std::string title(words(entry.label));
        add(found, rank_of(title, path_of(entry.screen), typed), {PaletteKind::screen, title, {}, "/" + std::string(path_of(entry.screen)), Command::look, 0});
    }
    for (std::size_t i = 0; i < views.size(); ++i) add(found, rank_of(views[i].name, {}, typed), {PaletteKind::view, views[i].name, {}, views[i].address, Command::look, i});
    constexpr std::pair<Command, Text> kCommands[] = {{Command::look, Text::look_title},           {Command::views, Text::views_title},
                                                      {Command::shortcuts, Text::shortcuts_title}, {Command::print_table, Text::table_print},
                                                      {Command::save_table, Text::table_save},     {Command::other_language, Text::language_other},
                                                      {Command::log_out, Text::shell_log_out}};
    for (const auto& [command, label] : kCommands) {
        if (command == Command::save_table && !world.may(Action::export_list)) continue;
        const std::string title(words(label));
        add(found, rank_of(title, {}, typed), {PaletteKind::command, title, {}, {}, command, 0});
    }
    find_units(found, typed, world);
    find_customers(found, palette, world);
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.rank < b.rank; });
    std::vector<PaletteItem> items;
    for (Found& one : found) items.push_back(std::move(one.item));
    return items;
}

}  // namespace qudao::client::shell
