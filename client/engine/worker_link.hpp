// A Link to an engine in a Worker of its own, for the page.
#pragma once

#include "client/engine/link.hpp"

namespace qudao::engine {

// `script_url`: of engine.js, relative to the page.
MakeLink worker_links(std::string script_url = "engine.js");

}  // namespace qudao::engine
