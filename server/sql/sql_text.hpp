// A statement under construction: text, and the values it names. Values only ever enter as named binds.
#pragma once

#include <string>
#include <string_view>

#include "server/sql/session.hpp"

namespace qudao::sql {

struct SqlText {
    std::string text;
    Binds binds;

    SqlText& operator+=(std::string_view more) {
        text += more;
        return *this;
    }
    // Appends ":v<n>" and binds the value to it.
    SqlText& value(Value value) {
        std::string name = 'v' + std::to_string(binds.size());
        text.append(":").append(name);
        binds.push_back({std::move(name), std::move(value)});
        return *this;
    }
};

}  // namespace qudao::sql
