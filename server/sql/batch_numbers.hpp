// The numbers of a batch as somebody is told them (query::Source::batch), as expressions over the batch under the alias b.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "server/sql/sql_text.hpp"
#include "shared/ports/query_store.hpp"

namespace qudao::sql {

// `column`: row_count, moved, unchanged or kept.
void append_batch_number(SqlText& sql, std::string_view column, PersonId actor, const Scope& view);
// By field, those that the spec asks for; their values are added to `binds`.
std::map<std::string, std::string, std::less<>> batch_numbers(const query::QuerySpec& spec, const ports::Viewer& viewer, Binds& binds);

}  // namespace qudao::sql
