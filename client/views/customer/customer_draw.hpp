// Draws the page of one customer.
#pragma once

#include "client/platform/queue.hpp"
#include "client/views/customer/customer_model.hpp"

namespace qudao::client::customer {

struct Ui {};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::customer
