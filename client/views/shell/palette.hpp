// The command palette (Ctrl+K): one field that finds screens, commands, saved views, units and customers, by Chinese,
// by the first letters of the pinyin, or by code.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/paged_list.hpp"
#include "shared/domain/saved_view.hpp"

namespace qudao::client::shell {

enum class PaletteKind : std::uint8_t { screen, command, view, unit, customer };
enum class Command : std::uint8_t { look, shortcuts, views, other_language, print_table, save_table, log_out };

struct PaletteItem {
    PaletteKind kind = PaletteKind::screen;
    std::string title;
    std::string detail;
    std::string address;               // of a screen, unit or customer
    Command command = Command::look;
    std::size_t view = 0;              // index of a saved view
};

inline constexpr std::size_t kMostUnitsFound = 8;
inline constexpr std::int32_t kMostCustomersFound = 8;
inline constexpr std::size_t kFewestInitials = 3;   // of a customer

struct Palette {
    bool open = false;
    std::string text;
    std::vector<PaletteItem> items;
    std::size_t chosen = 0;
    PagedList customers{ListId::palette, query::Source::customer};
};

struct PaletteToggled { bool open = false; };
struct PaletteTyped { std::string text; };
struct PaletteMoved { int by = 0; };

// What the text finds now, the best first; customers are what the server has answered so far.
std::vector<PaletteItem> palette_items(const Palette& palette, const std::vector<SavedView>& views, const World& world);
// The rows to ask the server for; none when the text is too short to mean a customer.
std::optional<query::QuerySpec> palette_query(std::string_view text);

}  // namespace qudao::client::shell
