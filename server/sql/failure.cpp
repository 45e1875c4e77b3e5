#include "server/sql/failure.hpp"

namespace qudao::sql {
namespace {

std::string_view code_of(Failure::Kind kind) {
    switch (kind) {
        case Failure::Kind::duplicate:
        case Failure::Kind::constraint: return "database.constraint";
        case Failure::Kind::busy: return "database.busy";
        case Failure::Kind::unavailable: return "database.unavailable";
        case Failure::Kind::other: break;
    }
    return "database.failed";
}

}  // namespace

Error error_of(const Failure& failure) {
    return Error::of(code_of(failure.kind())).because(std::to_string(failure.vendor_code()) + ": " + failure.what());
}

}  // namespace qudao::sql
