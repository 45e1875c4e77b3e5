#include "shared/dto/codec.hpp"

#include <algorithm>
#include <charconv>

namespace qudao::dto {
namespace {

constexpr std::int64_t kNoMinimum = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kNoMaximum = std::numeric_limits<std::int64_t>::max();

std::vector<std::string> split_choices(std::string_view choices) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= choices.size();) {
        const std::size_t bar = std::min(choices.find('|', from), choices.size());
        out.emplace_back(choices.substr(from, bar - from));
        from = bar + 1;
    }
    return out;
}

}  // namespace

bool detail::is_choice(std::string_view choices, std::string_view text) {
    const auto all = split_choices(choices);
    return std::find(all.begin(), all.end(), text) != all.end();
}

void detail::append_text(std::string& out, std::string_view text) {
    if (!is_valid_utf8(text)) return append_text(out, scrub_utf8(text));
    constexpr std::string_view kDigits = "0123456789abcdef";
    out.push_back('"');
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && c != '"' && c != '\\') {
            out.push_back(c);
        } else if (byte < 0x20) {
            out += "\\u00";
            out.push_back(kDigits[byte >> 4]);
            out.push_back(kDigits[byte & 15]);
        } else {
            out.push_back('\\');
            out.push_back(c);
        }
    }
    out.push_back('"');
}

void detail::append_number(std::string& out, std::int64_t number) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void detail::append_number(std::string& out, std::uint64_t number) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void detail::append_json(std::string& out, const Json& json) { out += json.dump(-1, ' ', false, Json::error_handler_t::replace); }

bool Decoder::check_text(const Json& json, const std::string& where, const Rule& rule) {
    if (!json.is_string()) return fault(where, "type"), false;
    const std::string& value = json.get_ref<const std::string&>();
    if (!rule.choices.empty()) {
        if (detail::is_choice(rule.choices, value)) return true;
        return fault(where, "choice"), false;
    }
    if (rule.max == kNoMaximum && rule.min == kNoMinimum) return true;
    // Bytes bound characters, so that most texts are never counted.
    const auto bytes = static_cast<std::int64_t>(value.size());
    if (bytes > rule.max && count_code_points(value) > rule.max) return fault(where, "too_long"), false;
    if (rule.min > 0 && (bytes < rule.min || count_code_points(value) < rule.min)) return fault(where, "too_short"), false;
    return true;
}

bool Decoder::check_number(const Json& json, const std::string& where, std::int64_t& value, const Rule& rule) {
    if (!json.is_number_integer()) return fault(where, "type"), false;
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(kNoMaximum)) return fault(where, "too_large"), false;
    value = json.get<std::int64_t>();
    if (value < rule.min) return fault(where, "too_small"), false;
    if (value > rule.max) return fault(where, "too_large"), false;
    return true;
}

void Decoder::refuse_unknown() {
    for (const auto& entry : object_->items())
        if (std::find(known_.begin(), known_.end(), entry.key()) == known_.end()) fault(path(entry.key().c_str()), "unknown");
}

Result<Json> parse_json(std::string_view bytes) {
    Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (json.is_discarded()) return Error::of("request.not_json");
    return json;
}

Json SchemaWriter::text_schema(const Rule& rule) {
    Json schema{{"type", "string"}};
    if (!rule.choices.empty()) {
        schema["enum"] = split_choices(rule.choices);
        return schema;
    }
    if (rule.min > 0) schema["minLength"] = rule.min;
    if (rule.max != kNoMaximum) schema["maxLength"] = rule.max;
    return schema;
}

Json SchemaWriter::number_schema(const Rule& rule) {
    Json schema{{"type", "integer"}};
    if (rule.min != kNoMinimum) schema["minimum"] = rule.min;
    if (rule.max != kNoMaximum) schema["maximum"] = rule.max;
    return schema;
}

}  // namespace qudao::dto
