// The one way to report what is expected to fail. An Error carries a stable code and parameters, never prose: the
// words are the client's (i18n). `detail` is for the server's log and is never sent to anybody.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace qudao {

// One named value that a message needs, e.g. {"opens_on", "2026-12-09"}.
struct ErrorParam {
    std::string name;
    std::string value;
    friend bool operator==(const ErrorParam&, const ErrorParam&) = default;
};

// What is wrong with one field of the input. `row` counts from 1 as a spreadsheet does; 0 = not in a row.
struct FieldError {
    std::string field;
    std::string code;
    std::int64_t row = 0;
    std::vector<ErrorParam> params;
    friend bool operator==(const FieldError&, const FieldError&) = default;
};

struct [[nodiscard]] Error {
    std::string code;                // stable, dotted: "workbook.header", "window.closed"
    std::vector<ErrorParam> params;  // what the sentence about it needs
    std::vector<FieldError> fields;
    std::string detail;              // logged, never sent

    static Error of(std::string_view code) { return Error{std::string(code), {}, {}, {}}; }
    Error&& with(std::string_view name, std::string_view value) && {
        params.push_back({std::string(name), std::string(value)});
        return std::move(*this);
    }
    Error&& with(std::string_view name, std::int64_t value) && {
        return std::move(*this).with(name, std::string_view(std::to_string(value)));
    }
    Error&& at(std::string_view field, std::string_view field_code, std::int64_t row = 0) && {
        fields.push_back({std::string(field), std::string(field_code), row, {}});
        return std::move(*this);
    }
    Error&& because(std::string_view internal) && {
        detail = std::string(internal);
        return std::move(*this);
    }
    std::string_view param(std::string_view name) const {
        for (const auto& p : params)
            if (p.name == name) return p.value;
        return {};
    }
};

struct Done {  // the value of a Result that has nothing to say but "done"
    friend bool operator==(Done, Done) = default;
};

// A value or an Error. Reading the wrong side is a bug and asserts.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & { assert(ok()); return *std::get_if<0>(&state_); }
    const T& value() const& { assert(ok()); return *std::get_if<0>(&state_); }
    T&& value() && { assert(ok()); return std::move(*std::get_if<0>(&state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    Error& error() & { assert(!ok()); return *std::get_if<1>(&state_); }
    const Error& error() const& { assert(!ok()); return *std::get_if<1>(&state_); }
    Error&& error() && { assert(!ok()); return std::move(*std::get_if<1>(&state_)); }

private:
    std::variant<T, Error> state_;
};

using Status = Result<Done>;
inline Status done() { return Status(Done{}); }

}  // namespace qudao

// Returns the error of `expr` to the caller, else binds its value: QUDAO_TRY(page, store.page(...));
#define QUDAO_CONCAT_(a, b) a##b
#define QUDAO_CONCAT(a, b) QUDAO_CONCAT_(a, b)
#define QUDAO_TRY(name, expr)                                                 \
    auto name##_result = (expr);                                              \
    if (!name##_result) return std::move(name##_result).error();              \
    auto& name = name##_result.value()
#define QUDAO_CHECK(expr)                                                     \
    do {                                                                      \
        if (auto qudao_status = (expr); !qudao_status)                        \
            return std::move(qudao_status).error();                           \
    } while (false)
