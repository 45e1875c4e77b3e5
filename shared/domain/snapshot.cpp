#include "shared/domain/snapshot.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "shared/base/cache_line.hpp"
#include "shared/base/digest.hpp"

namespace qudao {
namespace {

std::uint64_t eight_bytes(const char* at) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

// Codes have 13 bytes: two overlapping words tell, where WASM's memcmp would go byte by byte.
bool same_text(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    if (a.size() < 8 || a.size() > 16) return a == b;
    const std::size_t last = a.size() - 8;
    return eight_bytes(a.data()) == eight_bytes(b.data()) && eight_bytes(a.data() + last) == eight_bytes(b.data() + last);
}

}  // namespace

void CustomerColumns::reserve(std::size_t rows) {
    code.reserve(rows, rows * 13);
    id.reserve(rows);
    version.reserve(rows);
    place.reserve(rows);
    locked_until.reserve(rows);
    revenue_fen.reserve(rows);
    has_revenue.reserve(rows);
}

void CustomerColumns::push_back(std::string_view code_text, std::int64_t customer_id, std::int32_t row_version, UnitIndex unit,
                                Date lock, bool revenue_known, Fen revenue) {
    code.push_back(code_text);
    id.push_back(customer_id);
    version.push_back(row_version);
    place.push_back(unit);
    locked_until.push_back(lock);
    has_revenue.push_back(revenue_known ? 1 : 0);
    revenue_fen.push_back(revenue_known ? revenue : 0);
}

void CustomerColumns::append(const CustomerColumns& other) {
    for (std::size_t i = 0; i < other.size(); ++i)
        push_back(other.code[i], other.id[i], other.version[i], other.place[i], other.locked_until[i], other.has_revenue[i] != 0,
                  other.revenue_fen[i]);
}

CodeIndex::CodeIndex(const StringColumn& codes) : codes_(codes) {
    std::uint32_t slots = 16;
    while (slots < codes.size() * 2) slots *= 2;
    mask_ = slots - 1;
    slots_.assign(slots, Slot{0, kNone});
    for (std::uint32_t row = 0; row < codes.size(); ++row) {
        const std::uint64_t hash = hash64(codes[row]);
        std::uint32_t at = static_cast<std::uint32_t>(hash) & mask_;
        while (slots_[at].row != kNone) at = (at + 1) & mask_;
        slots_[at] = {static_cast<std::uint32_t>(hash >> 32), row};
    }
}

std::uint32_t CodeIndex::probe(std::uint64_t hash, std::string_view code) const {
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    for (std::uint32_t at = static_cast<std::uint32_t>(hash) & mask_; slots_[at].row != kNone; at = (at + 1) & mask_)
        if (slots_[at].tag == tag && same_text(codes_[slots_[at].row], code)) return slots_[at].row;
    return kNone;
}

std::uint32_t CodeIndex::find(std::string_view code) const { return probe(hash64(code), code); }

void CodeIndex::find_all(const StringColumn& codes, std::vector<std::uint32_t>& rows) const {
    constexpr std::size_t kAhead = 64;
    std::array<std::uint64_t, kAhead> hashes;
    for (std::size_t start = 0; start < codes.size(); start += kAhead) {
        const std::size_t count = std::min(kAhead, codes.size() - start);
        for (std::size_t i = 0; i < count; ++i) {
            hashes[i] = hash64(codes[start + i]);
            ask_for_line(&slots_[static_cast<std::uint32_t>(hashes[i]) & mask_]);
        }
        // By now the slots are there: the text that each is going to be compared with is next.
        for (std::size_t i = 0; i < count; ++i) {
            const Slot& slot = slots_[static_cast<std::uint32_t>(hashes[i]) & mask_];
            if (slot.row != kNone) ask_for_line(codes_[slot.row].data());
        }
        for (std::size_t i = 0; i < count; ++i) rows[start + i] = probe(hashes[i], codes[start + i]);
    }
}

}  // namespace qudao
