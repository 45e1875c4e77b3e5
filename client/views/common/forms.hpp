// What was typed into a form and is not saved: kept over other screens, a reload and a log-out, for the person whose it is. The
// reducer of a form says what is to be kept (KeepForm, ForgetForm), the application keeps it (client/app/unfinished.cpp) and
// shows it in the world; a form that is opened begins with it. Not for workbooks, which are files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "client/views/common/effects.hpp"
#include "client/views/common/world.hpp"
#include "shared/dto/codec.hpp"

namespace qudao::client {

// Null: there is nothing. `record` 0: of something new, or of the one thing a screen has.
const Form* find_form(const World& world, std::string_view screen, std::int64_t record);
// As its screen wrote it, with what it was made from; none: there is nothing, or it is an older page's.
template <class Unsaved>
std::optional<Unsaved> kept_form(const World& world, std::string_view screen, std::int64_t record) {
    const Form* form = find_form(world, screen, record);
    if (form == nullptr) return std::nullopt;
    auto kept = dto::from_json<Unsaved>(form->json);
    return kept ? std::optional(std::move(*kept)) : std::nullopt;
}
// After every change of a form: kept while it differs from what is stored, forgotten when it no longer does.
Effects follow_form(const World& world, std::string_view screen, std::int64_t record, bool differs, std::string json);
// Saved, or given up.
Effects forget_form(const World& world, std::string_view screen, std::int64_t record);

void put_form(Forms& forms, Form form);
void drop_form(Forms& forms, std::string_view screen, std::int64_t record);

}  // namespace qudao::client
