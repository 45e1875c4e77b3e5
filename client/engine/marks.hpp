// A department's marked workbook in the engine: read, made the body of a request, and its faulty rows given back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/engine/protocol.hpp"
#include "shared/workbook/round_marks.hpp"

namespace qudao::engine {

class Marks {
public:
    Status read(std::string_view bytes);
    MarksReadHead facts(const MarksHead& asked) const;
    std::string request(std::int64_t department) const;  // a dto::MarksRequest
    Result<std::string> faulty(const MarkFaultsRequest& request) const;

private:
    std::optional<workbook::MarkSheet> sheet_;
};

}  // namespace qudao::engine
