// What the store knows of the customers that a workbook names, by columns. Only customers that the actor may see are in
// it: one outside the scope and one that does not exist look alike.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/money.hpp"
#include "shared/base/string_column.hpp"
#include "shared/domain/organisation.hpp"

namespace qudao {

// Bumped by every change of units, rights or policy: two replies with one basis fit together.
struct Basis {
    std::int64_t number = 0;
    std::int64_t rights_version = 0;
    std::int64_t policy_version = 0;
    friend bool operator==(const Basis&, const Basis&) = default;
};

struct CustomerColumns {
    StringColumn code;
    std::vector<std::int64_t> id;
    std::vector<std::int32_t> version;
    std::vector<UnitIndex> place;
    std::vector<Date> locked_until;
    std::vector<Fen> revenue_fen;           // 0 where there is no data
    std::vector<std::uint8_t> has_revenue;  // no data is not 0

    std::size_t size() const { return id.size(); }
    void reserve(std::size_t rows);
    void append(const CustomerColumns& other);
    void push_back(std::string_view code_text, std::int64_t customer_id, std::int32_t row_version, UnitIndex unit, Date lock,
                   bool revenue_known, Fen revenue);
};

// Finds a customer of the columns by code: open addressing over the column, a third full at most. Codes are unique; of
// two equal ones the first is found. The columns must outlive the index and not grow.
class CodeIndex {
public:
    static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
    explicit CodeIndex(const StringColumn& codes);
    std::uint32_t find(std::string_view code) const;
    // Each of `codes` at once, into `rows` (as long as `codes`): hashes run ahead of the probes, so that these seldom wait
    // for memory.
    void find_all(const StringColumn& codes, std::vector<std::uint32_t>& rows) const;

private:
    std::uint32_t probe(std::uint64_t hash, std::string_view code) const;
    struct Slot {
        std::uint32_t tag;  // upper hash bits: most probes end without touching the text
        std::uint32_t row;
    };
    const StringColumn& codes_;
    std::vector<Slot> slots_;
    std::uint32_t mask_ = 0;
};

}  // namespace qudao
