// identity_cases --seed S --count N [--dump CASE]
// Random bulk moves from their workbook's bytes to the report, the workbook of refused rows and the text of an error, in
// both languages: a line for each with a digest of it all and the reasons met. Then the template and every sentence there
// is about errors. Compiled natively and to WASM; tests/identity/run compares.
#include <charconv>
#include <iostream>
#include <string_view>

#include "client/i18n/code_text.hpp"
#include "client/i18n/error_text.hpp"
#include "client/i18n/placeholders.hpp"
#include "shared/api/dispatcher.hpp"
#include "shared/base/digest.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/service/plan_report.hpp"
#include "shared/workbook/refused_rows.hpp"
#include "tests/identity/rows.hpp"

namespace qudao::identity {
namespace {

constexpr std::uint64_t kPairs = (kReasons - 1) * (kReasons - 2) / 2;

struct Met {
    std::array<std::int64_t, kReasons> count{};
    void add(const MovePlan& plan) {
        for (std::size_t i = 0; i < kReasons; ++i) count[i] += plan.by_reason[i];
    }
    std::uint32_t mask() const {
        std::uint32_t bits = 0;
        for (std::size_t i = 1; i < kReasons; ++i)
            if (count[i] != 0) bits |= 1u << i;
        return bits;
    }
};

// The pair of reasons that a case is made to meet.
std::pair<Reason, Reason> pair_of(std::uint64_t number) {
    std::uint64_t left = number % kPairs;
    for (std::size_t a = 1; a < kReasons; ++a) {
        const std::size_t count = kReasons - 1 - a;
        if (left < count) return {static_cast<Reason>(a), static_cast<Reason>(a + 1 + left)};
        left -= count;
    }
    return {};
}

constexpr client::Language kBoth[] = {client::Language::zh, client::Language::en};

std::string refused_bytes(const MoveRows& rows, const MovePlan& plan, const WindowPolicy& policy, client::Language language) {
    std::vector<std::string> texts;
    std::vector<workbook::RefusedRow> refused;
    texts.reserve(rows.size());
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        if (plan.verdict[row] != Verdict::refused) continue;
        texts.push_back(client::reason_sentence(language, code_of(plan.reason[row]), dto::detail_text(plan.reason[row], plan.detail[row], policy)));
        refused.push_back({row, code_of(plan.reason[row]), texts.back()});
    }
    const auto bytes = workbook::write_refused_rows(rows, refused);
    return bytes ? *bytes : bytes.error().code;
}

std::string told(const Error& error) {
    std::string out = "error " + api::problem(error).body + "\n";
    for (const client::Language language : kBoth) out += client::sentence_of(language, error) + "\n";
    return out;
}

std::string facts(const workbook::TableInfo& table) {
    std::string out = "table " + std::to_string(static_cast<int>(table.kind)) + " " + std::to_string(static_cast<int>(table.encoding));
    for (const std::int64_t number : {table.rows, table.blank_rows, table.hidden_rows, table.skipped_sheets, table.hidden_sheets, table.merged_ranges,
                                      table.uncomputed_cells, static_cast<std::int64_t>(table.separator), static_cast<std::int64_t>(table.header_row)})
        out += " " + std::to_string(number);
    return out + " " + table.sheet + "\n";
}

// Everything that both sides must agree on, as text; `met` gets the reasons.
std::string told(std::uint64_t seed, std::uint64_t number, Met& met) {
    Random random(seed, number);
    const bool directed = number % 2 == 0;
    const auto [first, second] = pair_of(number / 2);
    const auto wished = [&, a = first, b = second](Reason reason) { return directed && (a == reason || b == reason); };
    const World world = make_world(random, {directed, wished(Reason::window_closed) || random.one_in(8)});
    const auto typed = make_rows(random, world, directed ? first : Reason::none, directed ? second : Reason::none);
    const std::string bytes = make_workbook(random, typed, !directed);
    auto sheet = workbook::read_moves(bytes);
    if (!sheet) return told(sheet.error());

    const CustomerColumns customers = world.visible();
    const CodeIndex index(customers.code);
    PlanContext context = world.context();
    // No row meets both: what is no undo asks for the window of today.
    const bool past = wished(Reason::undo_window_past) && !wished(Reason::window_closed);
    if (past || wished(Reason::changed_since) || random.one_in(6)) {
        // As an undo: each row with the version that its batch left; some have changed since.
        for (std::size_t row = 0; row < sheet->rows.size(); ++row) {
            const std::uint32_t customer = index.find(sheet->rows.customer_code[row]);
            const std::int32_t version = customer == CodeIndex::kNone ? 1 : customers.version[customer];
            const bool changed = wished(Reason::changed_since) ? row + 1 == sheet->rows.size() || random.one_in(9) : !past && random.one_in(3);
            sheet->rows.expected_version.push_back(version + (changed ? 1 : 0));
        }
        if (past) context.time_allows = false;
        else if (random.one_in(2) && !wished(Reason::window_closed)) context.time_allows = random.one_in(2);
        const Date made = add_days(world.day, -static_cast<std::int32_t>(random.between(0, 400)));
        if (!random.one_in(4)) context.undo_window = window_on(made, context.window_policy).opened_on;
    }
    const std::vector<UnitTotal> totals = world.totals();
    std::string out = facts(sheet->table);
    const auto report = [&](const std::vector<std::uint8_t>& dropped) {
        const MovePlan plan = plan_moves(sheet->rows, customers, index, context, dropped);
        met.add(plan);
        const service::PlanReport of{"actor", *sheet, customers, plan, context, totals, world.revenue_period};
        out += service::plan_report_text(of) + service::plan_report_json(of);
        out += dto::to_json(dto::to_dto(plan, sheet->rows, customers, context)) + "\n";
        return plan;
    };
    const MovePlan plan = report({});
    for (const client::Language language : kBoth) {
        const std::string workbook = refused_bytes(sheet->rows, plan, context.window_policy, language);
        out += "refused rows: " + std::to_string(workbook.size()) + " bytes, " + Digest().add(workbook).hex() + "\n";
    }
    std::vector<std::uint8_t> dropped(sheet->rows.size(), 0);
    for (auto& one : dropped) one = random.one_in(3) ? 1 : 0;
    report(dropped);
    return out;
}

// The sentences' own list, with something awkward for each value they take.
std::string all_sentences(std::uint64_t seed) {
    struct Sentence {
        std::string_view code, zh, en;
    };
    constexpr Sentence kSentences[] = {
#define QUDAO_ERROR(code, zh, en) Sentence{code, zh, en},
#include "client/i18n/texts/errors.inc"
#undef QUDAO_ERROR
    };
    constexpr std::string_view kValues[] = {"", "12", "2026-12-09", "𠮷野“家”", "{name}", "<b>&\"\\", "-9223372036854775808", "move_customer", "\xFF"};
    Random random(seed, UINT64_MAX);
    std::string out;
    for (const Sentence& sentence : kSentences) {
        Error error = Error::of(sentence.code);
        for (std::size_t at = 0; at < sentence.zh.size();) {
            const std::string_view name = client::next_placeholder(sentence.zh, at);
            if (!name.empty()) error = std::move(error).with(name, kValues[random.below(std::size(kValues))]);
        }
        out += told(error);
    }
    return out;
}

struct Arguments {
    std::uint64_t seed = 1;
    std::uint64_t count = 100;
    std::int64_t dump = -1;
};

bool read_arguments(int argc, char** argv, Arguments& arguments) {
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i];
        const std::string_view value = argv[i + 1];
        const auto parse = [&](auto& into) { return std::from_chars(value.data(), value.data() + value.size(), into).ec == std::errc{}; };
        if (!(name == "--seed" ? parse(arguments.seed) : name == "--count" ? parse(arguments.count) : name == "--dump" && parse(arguments.dump)))
            return false;
    }
    return argc % 2 == 1;
}

void print_all(const Arguments& arguments) {
    Met total;
    for (std::uint64_t number = 0; number < arguments.count; ++number) {
        Met met;
        const std::string text = told(arguments.seed, number, met);
        std::cout << "case " << number << ' ' << Digest().add(text).hex() << ' ' << met.mask() << '\n';
        for (std::size_t i = 0; i < kReasons; ++i) total.count[i] += met.count[i];
    }
    const auto whole = workbook::write_move_template();
    std::cout << "template " << (whole ? Digest().add(*whole).hex() : whole.error().code) << '\n';
    std::cout << "sentences " << Digest().add(all_sentences(arguments.seed)).hex() << '\n';
    for (std::size_t i = 1; i < kReasons; ++i) std::cout << "reason " << code_of(static_cast<Reason>(i)) << ' ' << total.count[i] << '\n';
}

}  // namespace
}  // namespace qudao::identity

int main(int argc, char** argv) {
    qudao::identity::Arguments arguments;
    if (!qudao::identity::read_arguments(argc, argv, arguments)) {
        std::cerr << "identity_cases --seed S --count N [--dump CASE]\n";
        return 2;
    }
    if (arguments.dump < 0) {
        qudao::identity::print_all(arguments);
    } else {
        qudao::identity::Met met;
        std::cout << qudao::identity::told(arguments.seed, static_cast<std::uint64_t>(arguments.dump), met);
    }
    return std::cout.flush() ? 0 : 1;
}
