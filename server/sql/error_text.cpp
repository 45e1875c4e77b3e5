#include "server/sql/error_text.hpp"

#include <nlohmann/json.hpp>

namespace qudao::sql {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const std::vector<ErrorParam>& params) {
    Json out = Json::array();
    for (const ErrorParam& param : params) out.push_back({param.name, param.value});
    return out;
}

std::vector<ErrorParam> params_in(const Json& json) {
    std::vector<ErrorParam> out;
    for (const Json& pair : json) out.push_back({pair.at(0).get<std::string>(), pair.at(1).get<std::string>()});
    return out;
}

}  // namespace

std::string text_of(const Error& error) {
    Json fields = Json::array();
    for (const FieldError& field : error.fields)
        fields.push_back({{"field", field.field}, {"code", field.code}, {"row", field.row}, {"params", json_of(field.params)}});
    const Json all{{"code", error.code}, {"params", json_of(error.params)}, {"fields", std::move(fields)}};
    return all.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Error error_in(std::string_view text) {
    try {
        const Json all = Json::parse(text);
        Error error = Error::of(all.at("code").get<std::string>());
        error.params = params_in(all.at("params"));
        for (const Json& field : all.at("fields"))
            error.fields.push_back({field.at("field").get<std::string>(), field.at("code").get<std::string>(), field.at("row").get<std::int64_t>(),
                                    params_in(field.at("params"))});
        return error;
    } catch (const Json::exception&) {
        return Error::of("internal");
    }
}

}  // namespace qudao::sql
