#include "shared/feed/format.hpp"

#include <array>

namespace qudao::feed {
namespace {

constexpr std::array<std::string_view, kKinds> kCodes = {"subscribers", "lines", "charges", "arrears", "orders"};

constexpr std::array kSubscribers = {
    Column{"access_number", Type::code, true, 32},  Column{"name", Type::text, true, 120},
    Column{"address", Type::text, true, 200},       Column{"status", Type::status, true, 24},
    Column{"contract", Type::code, true, 32},       Column{"billing_area", Type::code, false, 32},
    Column{"installed_on", Type::date, false, 10},  Column{"cabinet", Type::code, false, 32},
};
constexpr std::array kLines = {Column{"access_number", Type::code, true, 32}, Column{"cabinet", Type::code, true, 32}};
constexpr std::array kCharges = {Column{"access_number", Type::code, true, 32}, Column{"fee_item", Type::code, true, 32},
                                 Column{"amount", Type::money, true, 20}};
constexpr std::array kArrears = {Column{"access_number", Type::code, true, 32}, Column{"amount", Type::money, true, 20},
                                 Column{"since", Type::period, true, 6}};
constexpr std::array kOrders = {Column{"order_no", Type::code, true, 32}, Column{"access_number", Type::code, true, 32},
                                Column{"service", Type::text, true, 60},  Column{"stage", Type::text, true, 60},
                                Column{"accepted_on", Type::date, true, 10}};

constexpr std::array<std::string_view, 1> kBilling = {"billing"};
constexpr std::array<std::string_view, 1> kLineSystem = {"97"};
constexpr std::array<std::string_view, 1> kAnalysis = {"analysis"};
constexpr std::array<std::string_view, 2> kArrearSources = {"billing", "accounts"};
constexpr std::array<std::string_view, 1> kAcceptance = {"10000"};

constexpr std::array<Format, kKinds> kFormats = {{
    {Kind::subscribers, false, kSubscribers, 1, kBilling, 1},
    {Kind::lines, false, kLines, 1, kLineSystem, 7},
    {Kind::charges, true, kCharges, 2, kAnalysis, 31},
    {Kind::arrears, false, kArrears, 1, kArrearSources, 1},
    {Kind::orders, false, kOrders, 1, kAcceptance, 1},
}};

constexpr std::array kStatuses = {
    StatusWord{"in_use", "在用"},         StatusWord{"arrears_one_way", "欠费单停"}, StatusWord{"arrears_two_way", "欠费双停"},
    StatusWord{"kept", "停机保号"},       StatusWord{"removed", "主动拆机"},         StatusWord{"removed_arrears", "欠费拆机"},
};

}  // namespace

std::string_view code_of(Kind kind) { return kCodes[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_of(std::string_view code) {
    for (std::size_t i = 0; i < kKinds; ++i)
        if (kCodes[i] == code) return static_cast<Kind>(i);
    return std::nullopt;
}

const Format& format_of(Kind kind) { return kFormats[static_cast<std::size_t>(kind)]; }

std::span<const StatusWord> statuses() { return kStatuses; }

}  // namespace qudao::feed
