// Unsaved forms as they are kept: client/views/common/forms.hpp has what is done with them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace qudao::client {

struct Form {
    std::string screen;
    std::int64_t record = 0;
    std::string json;              // the screen's own
    std::int64_t at_unix_ms = 0;   // changed last
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("screen", self.screen);
        v("record", self.record);
        v("json", self.json);
        v("at", self.at_unix_ms);
    }
};

struct Forms {
    std::vector<Form> forms;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("forms", self.forms);
    }
};

// Those of the person have come from the browser.
struct FormsCame {};

}  // namespace qudao::client
