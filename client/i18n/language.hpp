// The languages of the screen. Chinese is the first and the one a new browser starts with.
#pragma once

#include <cstdint>
#include <string_view>

namespace qudao::client {

enum class Language : std::uint8_t { zh, en };
inline constexpr std::size_t kLanguages = 2;

constexpr std::string_view tag_of(Language language) { return language == Language::zh ? "zh-CN" : "en"; }
// "en", "en-GB" are English; whatever else a browser says, the users' own language is Chinese.
constexpr Language language_of(std::string_view tag) { return tag.substr(0, 2) == "en" ? Language::en : Language::zh; }

}  // namespace qudao::client
