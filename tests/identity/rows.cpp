#include "tests/identity/rows.hpp"

#include <array>
#include <functional>

#include "shared/base/gbk.hpp"
#include "shared/base/text.hpp"
#include "shared/workbook/move_template.hpp"
#include "shared/workbook/table_writer.hpp"

namespace qudao::identity {
namespace {

constexpr std::array<std::string_view, 5> kSpaces = {" ", "\u00A0", "\u3000", "\u200B", "\t "};
constexpr std::array<std::string_view, 12> kNotes = {"", "", "调整", "按 9 月会议纪要", "\"引号\", 逗号", "=1+1", "𠮷野家", "tab\there", "new\nline", "Ünïcödé", "'", " 前后空格 "};

class RowMaker {
public:
    RowMaker(Random& random, const World& world) : random_(random), world_(world), org_(world.organisation) {}

    TypedRow meeting(Reason reason, const std::vector<TypedRow>& before) {
        const Scope& moves = world_.rights.scope(Action::move_customer);
        const auto movable = [&](const Customer& c) { return moves.covers(org_.find(c.place)); };
        const auto unlocked = [&](const Customer& c) { return movable(c) && !is_locked(c.locked_until, world_.day); };
        TypedRow row{customer(unlocked), {}, {}};
        row.target = target_beside(row.customer);
        switch (reason) {
            case Reason::customer_code_missing: row.customer = random_.one_in(2) ? "" : "  "; break;
            case Reason::customer_code_bad: row.customer = random_.one_in(2) ? "7.71E+11" : "0771-12345"; break;
            case Reason::target_missing: row.target.clear(); break;
            case Reason::note_too_long: row.note = long_note(); break;
            case Reason::customer_not_visible: row.customer = "0779" + std::to_string(999'000'000 + random_.below(1'000'000)); break;
            case Reason::repeated: if (!before.empty()) row.customer = before.front().customer; break;
            case Reason::unit_unknown: row.target = "NOWHERE" + std::to_string(random_.below(9)); break;
            case Reason::unit_not_place: row.target = unit([](const UnitRecord& u) { return !is_place(u.kind); }); break;
            case Reason::unit_inactive: row.target = unit([](const UnitRecord& u) { return is_place(u.kind) && !u.active; }); break;
            case Reason::customer_out_of_scope:
                row.customer = customer([&](const Customer& c) { return !movable(c); });
                row.target = target_beside(row.customer);
                break;
            case Reason::target_out_of_scope:
                row.target = unit([&](const UnitRecord& u) { return usable(u) && !moves.covers(org_.find(u.id)); });
                break;
            case Reason::cross_channel: {
                const ChannelIndex own = channel_of(row.customer);
                row.target = unit([&](const UnitRecord& u) { return usable(u) && moves.covers(org_.find(u.id)) && org_.channel_of(org_.find(u.id)) != own; });
                break;
            }
            case Reason::locked:
                row.customer = customer([&](const Customer& c) { return movable(c) && is_locked(c.locked_until, world_.day); });
                row.target = target_beside(row.customer);
                break;
            default: break;  // changed_since is in the customer's version, window_closed and undo_window_past in the day
        }
        return row;
    }

    TypedRow any() {
        TypedRow row{customer([](const Customer&) { return true; }), unit([](const UnitRecord&) { return true; }), std::string(random_.pick(kNotes))};
        if (random_.percent(60)) row.target = target_beside(row.customer);
        if (random_.percent(25)) row.customer = as_typed(row.customer);
        if (random_.percent(15)) row.target = std::string(random_.pick(kSpaces)) + full_width(row.target);
        return row;
    }

private:
    using Likes = std::function<bool(const Customer&)>;
    bool usable(const UnitRecord& unit) const { return is_place(unit.kind) && unit.active; }

    std::string customer(const Likes& likes) {
        const std::size_t from = index_below(random_, world_.customers.size());
        for (std::size_t i = 0; i < world_.customers.size(); ++i) {
            const Customer& one = world_.customers[(from + i) % world_.customers.size()];
            if (likes(one)) return one.code;
        }
        return world_.customers[from].code;
    }
    std::string unit(const std::function<bool(const UnitRecord&)>& likes) {
        const auto& units = org_.units();
        const std::size_t from = index_below(random_, units.size());
        for (std::size_t i = 0; i < units.size(); ++i)
            if (likes(units[(from + i) % units.size()])) return units[(from + i) % units.size()].code;
        return units[from].code;
    }
    const Customer* find(const std::string& code) const {
        for (const Customer& one : world_.customers)
            if (one.code == code) return &one;
        return nullptr;
    }
    ChannelIndex channel_of(const std::string& code) const {
        const Customer* one = find(code);
        return one == nullptr ? kNoChannel : org_.channel_of(org_.find(one->place));
    }
    // Another place of the same channel, where the actor may move to if there is one.
    std::string target_beside(const std::string& code) {
        const Customer* one = find(code);
        const ChannelIndex own = channel_of(code);
        const Scope& moves = world_.rights.scope(Action::move_customer);
        return unit([&](const UnitRecord& u) {
            return usable(u) && moves.covers(org_.find(u.id)) && org_.channel_of(org_.find(u.id)) == own && (one == nullptr || !(u.id == one->place));
        });
    }

    std::string long_note() {
        std::string note;
        const std::int64_t length = random_.between(254, 300);
        for (std::int64_t i = 0; i < length; ++i) note += random_.one_in(2) ? "长" : "n";
        return note;
    }
    static std::string full_width(const std::string& text) {
        std::string wide;
        for (const char c : text) append_utf8(wide, c > ' ' && c < 127 ? static_cast<char32_t>(0xFF01 + (c - '!')) : static_cast<char32_t>(c));
        return wide;
    }
    std::string as_typed(const std::string& code) {
        switch (random_.below(5)) {
            case 0: return full_width(code);
            case 1: return std::string(random_.pick(kSpaces)) + code + "\u3000 ";
            case 2: return code.substr(1);
            case 3: return code.substr(0, 12);
            default: return "'" + code;
        }
    }

    Random& random_;
    const World& world_;
    const Organisation& org_;
};

std::string quoted(std::string_view text, char separator) {
    if (text.find_first_of("\"\r\n") == std::string_view::npos && text.find(separator) == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string as_csv(const std::vector<TypedRow>& rows, char separator, std::string_view line_end) {
    std::string csv;
    const auto line = [&](std::string_view a, std::string_view b, std::string_view c) {
        csv += quoted(a, separator) + separator + quoted(b, separator) + separator + quoted(c, separator);
        csv += line_end;
    };
    line(workbook::kMoveColumns[0], workbook::kMoveColumns[1], workbook::kMoveColumns[2]);
    for (const TypedRow& row : rows) line(row.customer, row.target, row.note);
    return csv;
}

std::string as_gbk(std::string_view utf8) {
    std::string out;
    for (std::size_t pos = 0; pos < utf8.size();) {
        const char32_t c = next_code_point(utf8, pos);
        const std::uint16_t code = gbk_code(c);
        if (c < 0x80) {
            out.push_back(static_cast<char>(c));
        } else if (code != 0) {
            out.push_back(static_cast<char>(code >> 8));
            out.push_back(static_cast<char>(code & 0xFF));
        } else {
            out.push_back('?');
        }
    }
    return out;
}

std::string as_xlsx(const std::vector<TypedRow>& rows) {
    workbook::TableSpec spec;
    spec.sheet = "移动";
    for (const std::string_view title : workbook::kMoveColumns) spec.columns.push_back({std::string(title), workbook::ColumnKind::text, 16});
    std::size_t next = 0;
    auto bytes = workbook::write_table(spec, [&](workbook::RowWriter& writer) {
        if (next == rows.size()) return false;
        const TypedRow& row = rows[next++];
        row.customer.empty() ? writer.empty() : writer.text(row.customer);
        row.target.empty() ? writer.empty() : writer.text(row.target);
        if (!row.note.empty()) writer.text(row.note);
        return true;
    });
    return bytes ? std::move(*bytes) : std::string();
}

void damage(Random& random, std::string& bytes) {
    if (bytes.empty()) return;
    switch (random.below(4)) {
        case 0: bytes.resize(index_below(random, bytes.size())); break;
        case 1:
            for (std::int64_t i = random.between(1, 4); i > 0; --i) {
                const std::size_t at = index_below(random, bytes.size());
                bytes[at] = static_cast<char>(random.below(256));
            }
            break;
        case 2: bytes.insert(index_below(random, bytes.size()), "\"多,\xFF"); break;
        default: bytes = std::string("客户代码,目标单位编码,备注\r\n") + bytes; break;
    }
}

}  // namespace

std::vector<TypedRow> make_rows(Random& random, const World& world, Reason first, Reason second) {
    RowMaker maker(random, world);
    std::vector<TypedRow> rows;
    const auto add = [&](TypedRow row) { rows.push_back(std::move(row)); };
    if (first != Reason::none || second != Reason::none) add(maker.meeting(Reason::none, {}));
    if (first != Reason::none) add(maker.meeting(first, rows));
    if (second != Reason::none) add(maker.meeting(second, rows));
    const std::int64_t others = random.between(0, 30);
    for (std::int64_t i = 0; i < others; ++i)
        add(random.one_in(4) ? maker.meeting(static_cast<Reason>(random.below(kReasons)), rows) : maker.any());
    if (rows.empty()) add(maker.any());
    return rows;
}

std::string make_workbook(Random& random, const std::vector<TypedRow>& rows, bool may_be_damaged) {
    std::string bytes;
    const std::uint64_t kind = random.below(8);
    if (kind < 2) {
        bytes = as_xlsx(rows);
    } else {
        constexpr char kSeparators[] = {',', ';', '\t'};
        const char separator = random.percent(70) ? ',' : kSeparators[random.below(3)];
        bytes = as_csv(rows, separator, random.one_in(3) ? "\n" : "\r\n");
        if (kind < 4) bytes = "\xEF\xBB\xBF" + bytes;
        else if (kind < 5) bytes = as_gbk(bytes);
    }
    if (may_be_damaged && random.percent(8)) damage(random, bytes);
    return bytes;
}

}  // namespace qudao::identity
