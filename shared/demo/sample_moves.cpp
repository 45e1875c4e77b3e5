#include "shared/demo/sample_moves.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "shared/base/text.hpp"
#include "shared/domain/customer_code.hpp"

namespace qudao::demo {
namespace {

constexpr std::size_t kMaxNoteCharacters = 255;
constexpr std::string_view kHeader = "\xEF\xBB\xBF客户编码,目标单位编码,备注\r\n";
constexpr std::array<std::string_view, 8> kNotes = {"", "", "", "月度划分", "客户经理申请", "搬迁", "归并到同一合同", "片区调整"};

// What the next row is to be. The first two are right; each other one is a mistake that people make.
enum class Wanted : std::uint8_t {
    moved,
    unchanged,
    code_missing,
    code_bad,
    target_missing,
    long_note,
    unknown_customer,
    repeated,
    unknown_unit,
    not_a_place,
    inactive_unit,
    target_elsewhere,
    other_channel,
};
constexpr std::int64_t kWanted = 13;

class Sampler {
public:
    Sampler(const Options& options, const SampleOptions& sample)
        : sample_(sample), random_(options.seed ^ mix64(sample.seed), 0x5A3B1E), records_(organisation(options)), maker_(options, records_) {
        auto built = Organisation::build(records_.channels, records_.units);
        org_ = std::move(built).value();  // our own data: cannot fail
        const Staff people = staff(options, records_);
        for (const Person& person : people.persons)
            if (person.login == sample.actor) rights_ = Rights(org_, roles(), people.grants, person.id);
        for (UnitIndex unit = 0; unit < org_.size(); ++unit)
            if (is_place(org_.unit(unit).kind) && org_.unit(unit).active && moves(unit)) targets_.push_back(unit);
        choose();
    }

    std::vector<SampleMove> draw() {
        const std::int64_t count = maker_.size();
        // Every customer once, in an order that jumps all over.
        std::int64_t step = count * 618 / 1000 | 1;
        while (std::gcd(step, count) != 1) ++step;
        std::int64_t number = random_.between(0, count - 1);
        for (std::int64_t seen = 0; seen < count && static_cast<std::int64_t>(drawn_.size()) < sample_.rows; ++seen) {
            const Customer customer = maker_.make(number);
            if (is_movable(customer)) add(customer);
            else add_immovable(customer);
            number = (number + step) % count;
        }
        return std::move(drawn_);
    }

private:
    bool moves(UnitIndex unit) const {
        return rights_.scope(Action::move_customer).covers(unit) || rights_.scope(Action::cross_channel).covers(unit);
    }

    void choose() {
        const bool wrong = sample_.kind == SampleKind::every_reason ? random_.percent(50) : sample_.kind == SampleKind::mixed && random_.one_in(30);
        const bool stays = sample_.kind != SampleKind::clean && random_.one_in(40);
        wanted_ = stays ? Wanted::unchanged : Wanted::moved;
        if (wrong) wanted_ = static_cast<Wanted>(random_.between(2, kWanted - 1));
    }

    bool is_movable(const Customer& customer) const {
        return moves(org_.find(customer.place)) && !is_locked(customer.locked_until, demo_day());
    }

    void add(const Customer& customer) {
        const UnitIndex from = org_.find(customer.place);
        const UnitIndex to = target_for(from, false);
        const std::string target = to == kNoUnit ? any_unit(true) : org_.unit(to).code;
        switch (wanted_) {
            case Wanted::moved: add_move(customer, from); break;
            case Wanted::unchanged: put(customer.code, org_.unit(from).code); break;
            case Wanted::code_missing: put("", target); break;
            case Wanted::code_bad: put(random_.percent(50) ? "7.71000E+11" : customer.code.substr(0, 7), target); break;
            case Wanted::target_missing: put(customer.code, ""); break;
            case Wanted::long_note: put_with_note(customer.code, target, long_note()); break;
            case Wanted::unknown_customer: put(maker_.free_code(random_.between(0, 999)), target); break;
            case Wanted::repeated: put(earlier_code(customer), target); break;
            case Wanted::unknown_unit: put(customer.code, target + "9"); break;
            case Wanted::not_a_place: put(customer.code, any_unit(false)); break;
            case Wanted::inactive_unit: put(customer.code, retired_place()); break;
            case Wanted::target_elsewhere: put(customer.code, any_unit(true)); break;
            case Wanted::other_channel: put(customer.code, org_.unit(other_channel_near(from)).code); break;
        }
        choose();
    }

    // Locked, or of another network or channel: taken as they come by, some of them.
    void add_immovable(const Customer& customer) {
        if (sample_.kind == SampleKind::clean) return;
        const UnitIndex from = org_.find(customer.place);
        const bool visible = rights_.scope(Action::view_customer).covers(from);
        const std::uint64_t one_in = moves(from) ? 2 : visible ? 10 : 200;
        if (!random_.one_in(sample_.kind == SampleKind::every_reason ? std::max<std::uint64_t>(1, one_in / 10) : one_in)) return;
        UnitIndex to = target_for(from, false);
        if (to == kNoUnit && !targets_.empty()) to = random_.pick(targets_);  // of another channel than all of the actor's
        if (to != kNoUnit) put(customer.code, org_.unit(to).code);
    }

    void add_move(const Customer& customer, UnitIndex from) {
        const bool across = rights_.scope(Action::cross_channel).covers(from) && random_.one_in(10);
        const UnitIndex to = target_for(from, across);
        if (to != kNoUnit) put(customer.code, org_.unit(to).code);
    }

    // A place of the actor's, mostly of the same local network. kNoUnit when there is nowhere to go.
    UnitIndex target_for(UnitIndex from, bool across) {
        const std::string_view network = std::string_view(org_.unit(from).code).substr(0, 4);
        for (int attempt = 0; attempt < 400 && !targets_.empty(); ++attempt) {
            const UnitIndex to = random_.pick(targets_);
            const bool near = org_.unit(to).code.starts_with(network) || attempt > 300;
            const bool same_channel = org_.channel_of(to) == org_.channel_of(from);
            if (to != from && near && same_channel != across) return to;
        }
        return kNoUnit;
    }

    template <class Good>
    UnitIndex find_unit(Good good) {
        const auto start = static_cast<UnitIndex>(random_.below(org_.size()));
        for (UnitIndex i = 0; i < org_.size(); ++i) {
            const auto unit = static_cast<UnitIndex>((start + i) % org_.size());
            if (good(unit)) return unit;
        }
        return start;
    }
    std::string any_unit(bool place) {
        return org_.unit(find_unit([&](UnitIndex unit) { return is_place(org_.unit(unit).kind) == place; })).code;
    }
    std::string retired_place() {
        return org_.unit(find_unit([&](UnitIndex unit) { return is_place(org_.unit(unit).kind) && !org_.unit(unit).active; })).code;
    }
    UnitIndex other_channel_near(UnitIndex from) {
        const std::string_view network = std::string_view(org_.unit(from).code).substr(0, 4);
        return find_unit([&](UnitIndex unit) {
            return is_place(org_.unit(unit).kind) && org_.unit(unit).code.starts_with(network) && org_.channel_of(unit) != org_.channel_of(from);
        });
    }
    std::string earlier_code(const Customer& customer) {
        return drawn_.empty() ? customer.code : drawn_[static_cast<std::size_t>(random_.below(drawn_.size()))].customer_code;
    }
    static std::string long_note() {
        std::string note;
        while (note.size() < 3 * (kMaxNoteCharacters + 1)) note += "说明";
        return note;
    }

    void put(std::string customer_code, std::string target_code) {
        put_with_note(std::move(customer_code), std::move(target_code), std::string(random_.pick(kNotes)));
    }
    void put_with_note(std::string customer_code, std::string target_code, std::string note) {
        drawn_.push_back({std::move(customer_code), std::move(target_code), std::move(note)});
    }

    const SampleOptions& sample_;
    Random random_;
    ports::OrganisationRecords records_;
    CustomerMaker maker_;
    Organisation org_;
    Rights rights_;
    std::vector<UnitIndex> targets_;
    std::vector<SampleMove> drawn_;
    Wanted wanted_ = Wanted::moved;
};

Reason defect_of(CodeState state, std::string_view target, std::string_view note) {
    if (state == CodeState::missing) return Reason::customer_code_missing;
    if (state == CodeState::bad) return Reason::customer_code_bad;
    if (target.empty()) return Reason::target_missing;
    return count_code_points(note) > static_cast<std::int64_t>(kMaxNoteCharacters) ? Reason::note_too_long : Reason::none;
}

}  // namespace

std::vector<SampleMove> sample_moves(const Options& options, const SampleOptions& sample) { return Sampler(options, sample).draw(); }

MoveRows rows_of(const std::vector<SampleMove>& moves) {
    MoveRowsBuilder builder;
    std::uint32_t row_number = 1;
    for (const SampleMove& move : moves) {
        const CustomerCode code = read_customer_code(move.customer_code);
        const std::string target = normalize_code(move.target_code);
        const std::string note = normalize_text(move.note);
        builder.add(++row_number, code.text, target, note, defect_of(code.state, target, note));
    }
    return std::move(builder).finish();
}

std::string csv_of(const std::vector<SampleMove>& moves) {
    std::string csv(kHeader);
    for (const SampleMove& move : moves) {
        csv += move.customer_code;  // neither codes nor our notes hold commas, quotes or line ends
        csv += ',';
        csv += move.target_code;
        csv += ',';
        csv += move.note;
        csv += "\r\n";
    }
    return csv;
}

}  // namespace qudao::demo
