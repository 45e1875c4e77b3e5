#include "client/engine/protocol.hpp"

#include <array>

namespace qudao::engine {
namespace {

constexpr std::size_t kTypes = static_cast<std::size_t>(MessageType::failed) + 1;
constexpr std::array<std::string_view, kTypes> kTypeCodes = {
    "sandbox_start", "request",  "open",        "answer",      "rows",          "drop",   "sight",  "refused_workbook", "commit_body",
    "reread",        "retry",    "move_template", "export_list", "marks", "mark_faults", "shown_table", "ready",       "response", "job", "ask",             "progress",
    "opened",        "planned",  "rows_page",   "sight_done",  "file",          "body",   "marks_read", "failed"};
constexpr std::size_t kLengthBytes = 4;

Error broken(std::string_view detail) { return Error::of("protocol.broken").with("detail", detail); }

std::optional<MessageType> type_of(std::string_view code) {
    for (std::size_t i = 0; i < kTypes; ++i)
        if (kTypeCodes[i] == code) return static_cast<MessageType>(i);
    return std::nullopt;
}

std::vector<std::vector<std::string>> pairs_of(const std::vector<ErrorParam>& params) {
    std::vector<std::vector<std::string>> pairs;
    for (const ErrorParam& param : params) pairs.push_back({param.name, param.value});
    return pairs;
}

std::vector<ErrorParam> params_of(const std::vector<std::vector<std::string>>& pairs) {
    std::vector<ErrorParam> params;
    for (const auto& pair : pairs)
        if (pair.size() == 2) params.push_back({pair[0], pair[1]});
    return params;
}

}  // namespace

std::string_view code_of(MessageType type) { return kTypeCodes[static_cast<std::size_t>(type)]; }

std::string encode_text(MessageType type, std::int64_t id, std::string_view head_json, std::string_view body) {
    std::string head = "{\"type\":\"";
    head.append(code_of(type)).append("\",\"id\":").append(std::to_string(id)).append(",\"head\":").append(head_json).append("}");
    std::string bytes;
    bytes.reserve(kLengthBytes + head.size() + body.size());
    const auto length = static_cast<std::uint32_t>(head.size());
    for (unsigned shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>((length >> shift) & 0xFFu));
    bytes.append(head).append(body);
    return bytes;
}

Result<Message> decode(std::string_view bytes) {
    if (bytes.size() < kLengthBytes) return broken("length");
    std::uint32_t length = 0;
    for (unsigned i = 0; i < kLengthBytes; ++i) length |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    if (length > bytes.size() - kLengthBytes) return broken("head");
    auto json = dto::parse_json(bytes.substr(kLengthBytes, length));
    if (!json || !json->is_object()) return broken("json");
    const auto type = json->find("type");
    const auto id = json->find("id");
    const auto head = json->find("head");
    if (type == json->end() || !type->is_string() || id == json->end() || !id->is_number_integer() || head == json->end()) return broken("fields");
    const auto known = type_of(type->get_ref<const std::string&>());
    if (!known) return broken("type");
    return Message{*known, id->get<std::int64_t>(), std::move(*head), std::string(bytes.substr(kLengthBytes + length))};
}

ErrorHead to_head(const Error& error) {
    ErrorHead head{error.code, pairs_of(error.params), {}};
    for (const FieldError& field : error.fields) head.fields_wrong.push_back({field.field, field.code, field.row, pairs_of(field.params)});
    return head;
}

Error to_error(const ErrorHead& head) {
    Error error{head.code, params_of(head.params), {}, {}};
    for (const ErrorHead::Field& field : head.fields_wrong) error.fields.push_back({field.field, field.code, field.row, params_of(field.params)});
    return error;
}

}  // namespace qudao::engine
