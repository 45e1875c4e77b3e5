#include "tests/unit/api/allowed_table.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

namespace qudao::test {

AllowedTable read_allowed_table() {
    std::ifstream file(kAllowedTable);
    if (!file) FAIL("cannot read " << kAllowedTable << ": run from the top of the sources");
    AllowedTable table;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        std::istringstream words(line);
        std::string name;
        std::string marks;
        words >> name;
        for (std::string word; words >> word;) marks += word;
        if (!table.lines.emplace(name, marks).second) table.repeated.push_back(name);
    }
    return table;
}

std::string in_groups(const std::string& marks) {
    if (marks.size() != 17) return marks;
    return marks.substr(0, 3) + ' ' + marks.substr(3, 7) + ' ' + marks.substr(10, 5) + ' ' + marks.substr(15);
}

}  // namespace qudao::test
