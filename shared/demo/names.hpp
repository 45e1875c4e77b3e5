// Invented names of persons, firms, institutions, estates and streets. Inside shared/demo only.
#pragma once

#include <string>

#include "shared/base/random.hpp"

namespace qudao::demo {

std::string person_name(Random& random);  // now and then with a rare character: 𠮷, 㐂
std::string rare_person_name(Random& random, std::uint64_t which);  // always with one of the two
std::string firm_name(Random& random, std::string_view city);
std::string institution_name(Random& random, std::string_view city);
std::string estate_name(Random& random);
std::string street_address(Random& random, std::string_view city, std::string_view district);

}  // namespace qudao::demo
