// JSON for the DTOs. A DTO names its fields once, in a static `fields(visitor, self)`; encoding, strict decoding with the
// place of every mistake, and the JSON Schema of the OpenAPI document all come from that one list.
//
//     struct LogIn {
//         std::string login;
//         template <class V, class Self> static void fields(V& v, Self& self) { v("login", self.login, text(1, 64)); }
//     };
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "shared/base/result.hpp"
#include "shared/base/string_column.hpp"
#include "shared/base/text.hpp"

namespace qudao::dto {

using Json = nlohmann::json;

// What a field may hold. Lengths are in characters, items in elements; numbers are inclusive.
struct Rule {
    std::int64_t min = std::numeric_limits<std::int64_t>::min();
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
    std::size_t max_items = 1'000'000;
    std::string_view choices = {};  // "a|b|c": one of these texts
};
constexpr Rule text(std::int64_t min_length, std::int64_t max_length) { return {min_length, max_length}; }
constexpr Rule number(std::int64_t min, std::int64_t max) { return {min, max}; }
constexpr Rule items(std::size_t max_items, std::int64_t max_length = 4096) { return {0, max_length, max_items}; }
constexpr Rule one_of(std::string_view choices) { return {0, 64, 0, choices}; }
inline constexpr Rule kAnything{};

// A scalar of a list's row: no data, a number or a text.
using Scalar = std::variant<std::monostate, std::int64_t, std::string>;

namespace detail {

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
inline constexpr bool kIsNumber = std::is_integral_v<T> && !std::is_same_v<T, bool>;

bool is_choice(std::string_view choices, std::string_view text);

}  // namespace detail

// --- encode -----------------------------------------------------------------------------------------------------------
class Encoder {
public:
    template <class T>
    static Json encode(const T& value) {
        if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, bool> || detail::kIsNumber<T> || std::is_same_v<T, Json>) {
            return Json(value);
        } else if constexpr (std::is_same_v<T, Scalar>) {
            if (const auto* number_value = std::get_if<std::int64_t>(&value)) return Json(*number_value);
            if (const auto* text_value = std::get_if<std::string>(&value)) return Json(*text_value);
            return Json(nullptr);
        } else if constexpr (std::is_same_v<T, StringColumn>) {
            Json array = Json::array();
            for (std::size_t i = 0; i < value.size(); ++i) array.push_back(std::string(value[i]));
            return array;
        } else if constexpr (detail::is_optional<T>::value) {
            return value ? encode(*value) : Json(nullptr);
        } else if constexpr (detail::is_vector<T>::value) {
            Json array = Json::array();
            for (const auto& item : value) array.push_back(encode(item));
            return array;
        } else {
            Encoder encoder;
            T::fields(encoder, value);
            return std::move(encoder.object_);
        }
    }
    template <class T>
    void operator()(const char* name, const T& value, const Rule& = kAnything) {
        if constexpr (detail::is_optional<T>::value)
            if (!value) return;  // absent says the same in fewer bytes
        object_[name] = encode(value);
    }

private:
    Json object_ = Json::object();
};

namespace detail {

void append_text(std::string& out, std::string_view text);  // quoted; what is not UTF-8 becomes U+FFFD
void append_number(std::string& out, std::int64_t number);
void append_number(std::string& out, std::uint64_t number);
void append_json(std::string& out, const Json& json);

}  // namespace detail

// Writes the text at once: columns of a hundred thousand rows never become a tree of JSON values. Members stand in the
// order in which the fields are named.
class TextEncoder {
public:
    template <class T>
    static void write(std::string& out, const T& value) {
        if constexpr (std::is_same_v<T, std::string>) {
            detail::append_text(out, value);
        } else if constexpr (std::is_same_v<T, bool>) {
            out += value ? "true" : "false";
        } else if constexpr (detail::kIsNumber<T>) {
            using Wide = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
            detail::append_number(out, static_cast<Wide>(value));
        } else if constexpr (std::is_same_v<T, Json>) {
            detail::append_json(out, value);
        } else if constexpr (std::is_same_v<T, Scalar>) {
            if (const auto* number_value = std::get_if<std::int64_t>(&value)) detail::append_number(out, *number_value);
            else if (const auto* text_value = std::get_if<std::string>(&value)) detail::append_text(out, *text_value);
            else out += "null";
        } else if constexpr (std::is_same_v<T, StringColumn>) {
            out.push_back('[');
            for (std::size_t i = 0; i < value.size(); ++i) {
                if (i != 0) out.push_back(',');
                detail::append_text(out, value[i]);
            }
            out.push_back(']');
        } else if constexpr (detail::is_optional<T>::value) {
            if (value) write(out, *value);
            else out += "null";
        } else if constexpr (detail::is_vector<T>::value) {
            out.push_back('[');
            for (std::size_t i = 0; i < value.size(); ++i) {
                if (i != 0) out.push_back(',');
                write(out, value[i]);
            }
            out.push_back(']');
        } else {
            TextEncoder encoder(out);
            out.push_back('{');
            T::fields(encoder, value);
            out.push_back('}');
        }
    }
    template <class T>
    void operator()(const char* name, const T& value, const Rule& = kAnything) {
        if constexpr (detail::is_optional<T>::value)
            if (!value) return;
        if (!std::exchange(first_, false)) out_.push_back(',');
        detail::append_text(out_, name);
        out_.push_back(':');
        write(out_, value);
    }

private:
    explicit TextEncoder(std::string& out) : out_(out) {}
    std::string& out_;
    bool first_ = true;
};

template <class T>
std::string to_json(const T& value) {
    std::string out;
    TextEncoder::write(out, value);
    return out;
}

// --- decode -----------------------------------------------------------------------------------------------------------
// Gathers every mistake (at most 20): missing, type, too_short, too_long, too_small, too_large, too_many, choice, unknown.
class Decoder {
public:
    template <class T>
    static Result<T> decode(const Json& json) {
        T value{};
        Error error = Error::of("request.invalid");
        Decoder decoder(error, "");
        decoder.read(json, "", value, kAnything);
        if (!error.fields.empty()) return error;
        return value;
    }

    template <class T>
    void operator()(const char* name, T& value, const Rule& rule = kAnything) {
        known_.push_back(name);
        const auto it = object_->find(name);
        if (it == object_->end() || it->is_null()) {
            if constexpr (!detail::is_optional<T>::value) fault(path(name), "missing");
            return;
        }
        read(*it, path(name), value, rule);
    }

private:
    static constexpr std::size_t kMaxFaults = 20;
    Decoder(Error& error, std::string prefix) : error_(error), prefix_(std::move(prefix)) {}

    std::string path(const char* name) const { return prefix_.empty() ? std::string(name) : prefix_ + "." + name; }
    void fault(std::string field, std::string_view code) {
        if (error_.fields.size() < kMaxFaults) error_.fields.push_back({std::move(field), std::string(code), 0, {}});
    }
    bool check_text(const Json& json, const std::string& where, const Rule& rule);
    bool check_number(const Json& json, const std::string& where, std::int64_t& value, const Rule& rule);

    template <class T>
    void read(const Json& json, const std::string& where, T& value, const Rule& rule) {
        if constexpr (std::is_same_v<T, Json>) {
            value = json;
        } else if constexpr (std::is_same_v<T, std::string>) {
            if (check_text(json, where, rule)) value = json.get_ref<const std::string&>();
        } else if constexpr (std::is_same_v<T, bool>) {
            if (!json.is_boolean()) return fault(where, "type");
            value = json.get<bool>();
        } else if constexpr (detail::kIsNumber<T>) {
            std::int64_t wide = 0;
            Rule narrow = rule;
            narrow.min = std::max(narrow.min, static_cast<std::int64_t>(std::numeric_limits<T>::min()));
            if constexpr (sizeof(T) < 8) narrow.max = std::min(narrow.max, static_cast<std::int64_t>(std::numeric_limits<T>::max()));
            if (check_number(json, where, wide, narrow)) value = static_cast<T>(wide);
        } else if constexpr (std::is_same_v<T, Scalar>) {
            std::int64_t wide = 0;
            if (json.is_null()) value = std::monostate{};
            else if (json.is_string() && check_text(json, where, text(0, 4096))) value = json.get<std::string>();
            else if (!json.is_string() && check_number(json, where, wide, kAnything)) value = wide;
        } else if constexpr (detail::is_optional<T>::value) {
            if (json.is_null()) return;
            value.emplace();
            read(json, where, *value, rule);
        } else if constexpr (std::is_same_v<T, StringColumn>) {
            if (!check_array(json, where, rule)) return;
            for (std::size_t i = 0; i < json.size(); ++i)
                value.push_back(check_text(json[i], item(where, i), rule) ? std::string_view(json[i].get_ref<const std::string&>()) : "");
        } else if constexpr (detail::is_vector<T>::value) {
            if (!check_array(json, where, rule)) return;
            value.resize(json.size());
            Rule inner = rule;
            for (std::size_t i = 0; i < json.size(); ++i) {
                if (error_.fields.size() >= kMaxFaults) return;
                read_item(json[i], where, i, value[i], inner);
            }
        } else {
            if (!json.is_object()) return fault(where, "type");
            Decoder inner(error_, where);
            inner.object_ = &json;
            T::fields(inner, value);
            inner.refuse_unknown();
        }
    }
    template <class T>
    void read_item(const Json& json, const std::string& where, std::size_t at, T& value, const Rule& rule) {
        // The usual number costs no text: a column has a hundred thousand of them.
        if constexpr (detail::kIsNumber<T>) {
            if (json.is_number_integer()) {
                const auto wide = json.get<std::int64_t>();
                if (wide >= rule.min && wide <= rule.max && static_cast<std::int64_t>(static_cast<T>(wide)) == wide) {
                    value = static_cast<T>(wide);
                    return;
                }
            }
        }
        read(json, item(where, at), value, rule);
    }
    bool check_array(const Json& json, const std::string& where, const Rule& rule) {
        if (!json.is_array()) return fault(where, "type"), false;
        if (json.size() > rule.max_items) return fault(where, "too_many"), false;
        return true;
    }
    static std::string item(const std::string& where, std::size_t at) { return where + "[" + std::to_string(at) + "]"; }
    void refuse_unknown();

    Error& error_;
    std::string prefix_;
    const Json* object_ = nullptr;
    std::vector<std::string_view> known_;
};

// `request.not_json`, or `request.invalid` with a FieldError for each mistake.
Result<Json> parse_json(std::string_view bytes);

template <class T>
Result<T> from_json(std::string_view bytes) {
    QUDAO_TRY(json, parse_json(bytes));
    return Decoder::decode<T>(json);
}

// --- schema -----------------------------------------------------------------------------------------------------------
class SchemaWriter {
public:
    template <class T>
    static Json schema(const Rule& rule = kAnything) {
        if constexpr (std::is_same_v<T, Json>) {
            return Json::object();
        } else if constexpr (std::is_same_v<T, std::string>) {
            return text_schema(rule);
        } else if constexpr (std::is_same_v<T, bool>) {
            return Json{{"type", "boolean"}};
        } else if constexpr (detail::kIsNumber<T>) {
            return number_schema(rule);
        } else if constexpr (std::is_same_v<T, Scalar>) {
            return Json{{"type", Json::array({"null", "integer", "string"})}};
        } else if constexpr (std::is_same_v<T, StringColumn>) {
            return Json{{"type", "array"}, {"maxItems", rule.max_items}, {"items", text_schema(rule)}};
        } else if constexpr (detail::is_optional<T>::value) {
            Json inner = schema<typename T::value_type>(rule);
            if (inner.contains("type") && inner["type"].is_string()) inner["type"] = Json::array({inner["type"], "null"});
            return inner;
        } else if constexpr (detail::is_vector<T>::value) {
            Rule inner = rule;
            return Json{{"type", "array"}, {"maxItems", rule.max_items}, {"items", schema<typename T::value_type>(inner)}};
        } else {
            SchemaWriter writer;
            T value{};
            T::fields(writer, value);
            return Json{{"type", "object"}, {"properties", std::move(writer.properties_)}, {"required", std::move(writer.required_)},
                        {"additionalProperties", false}};
        }
    }
    template <class T>
    void operator()(const char* name, T&, const Rule& rule = kAnything) {
        properties_[name] = schema<T>(rule);
        if constexpr (!detail::is_optional<T>::value) required_.push_back(name);
    }

private:
    static Json text_schema(const Rule& rule);
    static Json number_schema(const Rule& rule);
    Json properties_ = Json::object();
    Json required_ = Json::array();
};

}  // namespace qudao::dto
