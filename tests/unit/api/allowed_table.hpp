// tests/unit/api/allowed.txt: who may call what, as it was decided.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace qudao::test {

inline constexpr const char* kAllowedTable = "tests/unit/api/allowed.txt";

struct AllowedTable {
    std::map<std::string, std::string> lines;  // use case → "anyone", "key", or 17 of + and ., without the blanks
    std::vector<std::string> repeated;
};
AllowedTable read_allowed_table();

// "+++ +++++++ +++++ ++": by province, local network, branch, front line.
std::string in_groups(const std::string& marks);

}  // namespace qudao::test
