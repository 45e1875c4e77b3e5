// A use case asked for by name, and its answer: for screens that show one thing and change it. The answer comes back to the
// view that asked, with the number it gave the question; a later question of the same number makes an earlier one moot.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "shared/base/result.hpp"
#include "shared/dto/codec.hpp"

namespace qudao::client {

enum class Asker : std::uint8_t { people, roles, organisation, menus, audit, api_keys, policies, shell };
inline constexpr std::size_t kAskers = 8;
inline constexpr std::size_t kQuestions = 8;  // of one asker, at once

struct CallApi {
    Asker asker = Asker::people;
    std::uint8_t question = 0;
    std::string use_case;                      // "people.show"
    std::map<std::string, std::string> path;   // {"person", "12"}
    std::string query;
    std::string body;
};

struct ApiReplied {
    std::uint8_t question = 0;
    Result<std::string> body;                  // "" when there is none
};

template <class Dto>
Result<Dto> read_reply(const ApiReplied& replied) {
    if (!replied.body) return replied.body.error();
    auto value = dto::from_json<Dto>(*replied.body);
    return value ? std::move(value) : Result<Dto>(Error::of("network.bad_reply").with("status", 200));
}

}  // namespace qudao::client
