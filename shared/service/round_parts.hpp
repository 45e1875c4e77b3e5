// What the sources of round_service.hpp have in common; for them alone.
#pragma once

#include <algorithm>
#include <vector>

#include "shared/service/round_service.hpp"

namespace qudao::service {

inline constexpr std::int64_t kMaxNoteCharacters = 255;

inline Status needs(bool held, Action right) { return held ? done() : Status(Error::of("rights.missing").with("right", code_of(right))); }

// Each once, without the program itself (0).
inline void list_persons(std::vector<PersonId>& ids) {
    std::erase_if(ids, [](PersonId id) { return !id; });
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace qudao::service
