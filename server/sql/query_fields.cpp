#include "server/sql/query_fields.hpp"

#include <algorithm>
#include <array>

namespace qudao::sql {
namespace {

using query::Source;

constexpr std::array kCustomer = {
    Expression{"id", "c.id", {}},
    Expression{"code", "c.code", {}},
    Expression{"name", "c.name", {}},
    Expression{"name_key", "c.name_key", {}},
    Expression{"initials", "c.initials", {}},
    Expression{"contract", "c.contract", {}},
    Expression{"address", "c.address", {}},
    Expression{"place", "c.place_id", "u"},
    Expression{"channel", "u.channel_id", {}},
    Expression{"statistical", "c.statistical_id", {}},
    Expression{"installed_on", "c.installed_on", {}},
    Expression{"revenue", "c.revenue_fen", {}},
    Expression{"version", "c.version", {}},
    Expression{"locked_until", "c.locked_until", {}},
    Expression{"new_in", "c.new_in", {}},
    Expression{"unassigned", "u.is_pool", {}},
};
constexpr std::array kAdjustment = {
    Expression{"at", "a.valid_from", {}},     Expression{"customer", "a.customer_id", {}}, Expression{"code", "c.code", {}},
    Expression{"name", "c.name", {}},         Expression{"from", "a.from_unit", "uf"},     Expression{"to", "a.to_unit", "ut"},
    Expression{"batch", "b.id", {}},          Expression{"row", "a.row_no", {}},           Expression{"note", "a.note", {}},
    Expression{"person", "b.person_id", {}},  Expression{"kind", "b.kind", {}},
};
constexpr std::array kBatch = {
    Expression{"id", "b.id", {}},           Expression{"at", "b.at", {}},           Expression{"kind", "b.kind", {}},
    Expression{"person", "b.person_id", {}}, Expression{"day", "b.day", {}},         Expression{"undo_of", "b.undo_of", {}},
    Expression{"file_name", "b.file_name", {}}, Expression{"rows", "b.row_count", {}}, Expression{"moved", "b.moved", {}},
    Expression{"unchanged", "b.unchanged", {}}, Expression{"kept", "b.kept", {}},
};
constexpr std::array kHandover = {
    Expression{"batch", "h.batch_id", {}}, Expression{"unit", "h.unit_id", "u"}, Expression{"at", "b.at", {}},
    Expression{"customers", "h.customers", {}}, Expression{"person", "b.person_id", {}},
    Expression{"confirmed_at", "hr.at", {}}, Expression{"confirmed_by", "hr.person_id", {}},
    Expression{"undone_by", "hb.undone_by", {}},
};
constexpr std::array kRoundCustomer = {
    Expression{"period", "r.period", {}},
    Expression{"customer", "r.customer_id", {}},
    Expression{"code", "c.code", {}},
    Expression{"name", "c.name", {}},
    Expression{"contract", "c.contract", {}},
    Expression{"address", "c.address", {}},
    Expression{"installed_on", "c.installed_on", {}},
    Expression{"place", "c.place_id", "u"},
    Expression{"channel", "u.channel_id", {}},
    Expression{"unassigned", "u.is_pool", {}},
    Expression{"revenue", "c.revenue_fen", {}},
    Expression{"locked_until", "c.locked_until", {}},
    Expression{"claims", "r.claims", {}},
    Expression{"decided", "r.decided", {}},
    Expression{"target", "r.target_unit", "ut"},
};
constexpr std::array kRoundMark = {
    Expression{"period", "m.period", {}},
    Expression{"customer", "m.customer_id", {}},
    Expression{"department", "m.channel_id", {}},
    Expression{"unit", "m.unit_id", "u"},
    Expression{"claimed", "m.claimed", {}},
    Expression{"note", "m.note", {}},
    Expression{"code", "c.code", {}},
    Expression{"name", "c.name", {}},
    Expression{"contract", "c.contract", {}},
    Expression{"address", "c.address", {}},
    Expression{"installed_on", "c.installed_on", {}},
    Expression{"place", "c.place_id", "up"},
    Expression{"revenue", "c.revenue_fen", {}},
    Expression{"claims", "r.claims", {}},
    Expression{"decided", "r.decided", {}},
};
constexpr std::array kLock = {
    Expression{"id", "l.id", {}},
    Expression{"at", "l.at", {}},
    Expression{"customer", "l.customer_id", {}},
    Expression{"code", "c.code", {}},
    Expression{"name", "c.name", {}},
    Expression{"place", "c.place_id", "u"},
    Expression{"person", "l.person_id", {}},
    Expression{"period", "l.period", {}},
    Expression{"locked_before", "l.locked_before", {}},
    Expression{"locked_until", "l.locked_until", {}},
    Expression{"reason", "l.reason", {}},
};

constexpr std::array kArrearConflict = {
    Expression{"access_number", "x.access_number", {}},
    Expression{"customer", "s.customer_id", {}},
    Expression{"code", "c.code", {}},
    Expression{"name", "c.name", {}},
    Expression{"place", "c.place_id", "u"},
    Expression{"since", "x.since", {}},
    Expression{"amount", "x.amount", {}},
    Expression{"other_amount", "x.other_amount", {}},
};

template <std::size_t N>
const Expression* find_in(const std::array<Expression, N>& all, std::string_view field) {
    const auto it = std::find_if(all.begin(), all.end(), [&](const Expression& e) { return e.field == field; });
    return it == all.end() ? nullptr : &*it;
}

}  // namespace

const Expression* find_expression(Source source, std::string_view field) {
    switch (source) {
        case Source::customer: return find_in(kCustomer, field);
        case Source::adjustment: return find_in(kAdjustment, field);
        case Source::batch: return find_in(kBatch, field);
        case Source::handover: return find_in(kHandover, field);
        case Source::round_customer: return find_in(kRoundCustomer, field);
        case Source::round_mark: return find_in(kRoundMark, field);
        case Source::lock: return find_in(kLock, field);
        case Source::arrear_conflict: return find_in(kArrearConflict, field);
    }
    return nullptr;
}

}  // namespace qudao::sql
