// Values as people read them: thousands, two decimals, yyyy-MM-dd. No data is said so, never printed as 0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/i18n/text.hpp"
#include "client/views/common/list_rows.hpp"
#include "shared/base/date.hpp"
#include "shared/base/money.hpp"
#include "shared/domain/move_plan.hpp"

namespace qudao::client {

std::string signed_count(std::int64_t change);      // "+12", "−3", "0"
std::string signed_yuan(std::int64_t change_fen);
std::string period_words(Words words, std::int32_t yyyymm);      // 2026年10月, 2026-10
std::string yuan_or_no_data(Words words, std::optional<std::int64_t> fen);
std::string revenue_words(Words words, const UnitTotal& total);  // 无数据 when nobody has any
std::string date_cell(const ListRows& rows, std::int64_t row, int column);     // "" without a date
std::string instant_cell(const ListRows& rows, std::int64_t row, int column);
std::string count_cell(const ListRows& rows, std::int64_t row, int column);
// "2026-11-23 09:30": an instant's text to the minute, for lists.
std::string to_the_minute(std::string_view instant);
// "3 小时": how long ago, in the largest unit that fits.
std::string age_words(const Words& words, std::int64_t minutes);

}  // namespace qudao::client
