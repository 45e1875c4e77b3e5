#include "client/views/customers/customers_export.hpp"

#include "client/views/common/format.hpp"

namespace qudao::client::customers {

engine::ExportRequest export_request(const Model& model, const World& world) {
    const Words& words = world.words;
    engine::ExportRequest request;
    request.source = query::code_of(query::Source::customer);
    query::QuerySpec spec = model.list.spec;
    spec.start_at.reset();  // a place in the list, not a condition
    request.list = dto::to_request(spec);
    const std::string revenue = words(Text::column_revenue_of, {{"period", period_words(words, world.session.revenue_period)}});
    request.columns = {
        {"code", std::string(words(Text::column_customer_code)), "", 16},
        {"name", std::string(words(Text::column_customer_name)), "", 28},
        {"contract", std::string(words(Text::column_contract)), "", 16},
        {"place", std::string(words(Text::column_unit_code)), "code", 16},
        {"place", std::string(words(Text::column_unit)), "path", 60},
        {"channel", std::string(words(Text::column_channel)), "", 12},
        {"statistical", std::string(words(Text::column_statistical)), "", 12},
        {"revenue", revenue, "", 16},
        {"installed_on", std::string(words(Text::column_installed)), "", 12},
        {"locked_until", std::string(words(Text::column_locked_until)), "", 12},
        {"address", std::string(words(Text::column_address)), "", 50},
    };
    request.sheet = std::string(words(Text::menu_customers));
    request.file_name = words(Text::file_customers, {{"day", format_date(world.day)}});
    request.english = world.language() == Language::en;
    return request;
}

}  // namespace qudao::client::customers
