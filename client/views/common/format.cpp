#include "client/views/common/format.hpp"

namespace qudao::client {
namespace {

constexpr std::string_view kMinus = "\u2212";

std::string with_sign(std::int64_t change, std::string digits) {
    if (change == 0) return digits;
    if (change > 0) return "+" + digits;
    return std::string(kMinus) + digits.substr(1);  // the hyphen of a negative number becomes a minus
}

}  // namespace

std::string signed_count(std::int64_t change) { return with_sign(change, format_count(change)); }
std::string signed_yuan(std::int64_t change_fen) { return with_sign(change_fen, format_yuan(change_fen)); }

std::string period_words(Words words, std::int32_t yyyymm) {
    if (yyyymm == 0) return {};
    const std::string year = std::to_string(yyyymm / 100);
    const std::string month = std::to_string(yyyymm % 100);
    const std::string month_two = month.size() == 1 ? "0" + month : month;
    return words(Text::format_period, {{"year", year}, {"month", words.language() == Language::zh ? month : month_two}});
}

std::string yuan_or_no_data(Words words, std::optional<std::int64_t> fen) {
    return fen ? format_yuan(*fen) : std::string(words(Text::no_data));
}

std::string revenue_words(Words words, const UnitTotal& total) {
    return total.with_revenue == 0 ? std::string(words(Text::no_data)) : format_yuan(total.revenue_fen);
}

std::string date_cell(const ListRows& rows, std::int64_t row, int column) {
    const auto days = rows.number(row, column);
    return days ? format_date(Date{static_cast<std::int32_t>(*days)}) : std::string();
}

std::string instant_cell(const ListRows& rows, std::int64_t row, int column) {
    const auto at = rows.number(row, column);
    return at ? format_instant(Instant{*at}) : std::string();
}

std::string count_cell(const ListRows& rows, std::int64_t row, int column) {
    const auto count = rows.number(row, column);
    return count ? format_count(*count) : std::string();
}

std::string to_the_minute(std::string_view instant) { return std::string(instant.substr(0, 16)); }

std::string age_words(const Words& words, std::int64_t minutes) {
    if (minutes < 1) return std::string(words(Text::age_moment));
    if (minutes < 60) return words(Text::age_minutes, {{"count", std::to_string(minutes)}});
    if (minutes < 24 * 60) return words(Text::age_hours, {{"count", std::to_string(minutes / 60)}});
    return words(Text::age_days, {{"count", std::to_string(minutes / (24 * 60))}});
}

}  // namespace qudao::client
