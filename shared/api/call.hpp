// One call under way: what a use case's handler has at hand, and how it answers.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/api/message.hpp"
#include "shared/api/use_case.hpp"
#include "shared/dto/codec.hpp"
#include "shared/ports/key_store.hpp"
#include "shared/ports/people_store.hpp"
#include "shared/service/context.hpp"

namespace qudao::api {

using Parameters = std::vector<std::pair<std::string, std::string>>;

struct Call {
    const service::Services& services;
    const Request& request;
    const UseCase& use_case;
    Parameters path;                          // {batch} and the like, decoded
    Parameters query;                         // decoded
    std::optional<ports::Session> session;    // of whoever is logged in
    std::optional<ports::ApiKey> key;         // of the system that asks

    std::string_view path_parameter(std::string_view name) const;
    std::string_view query_parameter(std::string_view name) const;
    // A positive id in the path: request.invalid.
    Result<std::int64_t> path_id(std::string_view name) const;
    // A number in the query, 0 when it is not there: request.invalid.
    Result<std::int64_t> query_number(std::string_view name) const;
    // Whose rights hold: whoever is logged in, or whom they look as.
    PersonId person() const { return !session ? PersonId{} : session->seen_as ? session->seen_as : session->person; }
};

// "%E5%8D%97+x" decoded; `plus_is_space` in queries. request.encoding for a broken escape or what is not UTF-8.
Result<std::string> percent_decode(std::string_view text, bool plus_is_space);
Result<Parameters> parse_query(std::string_view query);

Response problem(const Error& error);

template <class Dto>
Response reply(const Dto& dto, int status = 200) {
    Response response;
    response.status = status;
    response.body = dto::to_json(dto);
    return response;
}

// Runs `work(actor, unit_of_work)` in a reading transaction and replies with the DTO it results in.
template <class Work>
Response read_as_actor(Call& call, Work work) {
    auto transaction = call.services.database.begin(ports::Access::read);
    if (!transaction) return problem(transaction.error());
    auto actor = service::load_actor(call.services, **transaction, call.person());
    if (!actor) return problem(actor.error());
    auto result = work(*actor, **transaction);
    return result ? reply(*result, call.use_case.success_status) : problem(result.error());
}

template <class Dto>
std::string schema_of() {
    return dto::SchemaWriter::schema<Dto>().dump();
}

}  // namespace qudao::api
