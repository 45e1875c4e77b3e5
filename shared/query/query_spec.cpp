#include "shared/query/query_spec.hpp"

namespace qudao::query {}
