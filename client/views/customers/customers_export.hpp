// The customer list as a workbook: its columns, titles and name.
#pragma once

#include "client/engine/workbench_types.hpp"
#include "client/views/customers/customers_model.hpp"

namespace qudao::client::customers {

engine::ExportRequest export_request(const Model& model, const World& world);

}  // namespace qudao::client::customers
