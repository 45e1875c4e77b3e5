// The list of batches: bulk moves and undos that the person made or may see something of, the newest first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/paged_list.hpp"
#include "client/views/common/world.hpp"

namespace qudao::client::batches {

struct Model {
    std::string kind;        // "" | move | undo
    bool mine = false;
    std::string file;        // part of the file's name
    PagedList list{ListId::batches, query::Source::batch};
    std::uint32_t conditions_version = 0;
};

struct Opened { Address address; };
struct KindPressed { std::string kind; };
struct MinePressed { bool mine = false; };
struct FileAsked { std::string file; };
struct RowPressed { std::int64_t batch = 0; };
struct MoreWanted {};
struct Retried {};
using Event = std::variant<Opened, KindPressed, MinePressed, FileAsked, RowPressed, MoreWanted, Retried, ListShaped, ListArrived>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.list);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
Address address_of(const Model& model);
std::string address_of_batch(std::int64_t batch);  // "/batch/12"

}  // namespace qudao::client::batches
