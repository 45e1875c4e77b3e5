#include "shared/domain/standard_roles.hpp"

namespace qudao {
namespace {

using enum Action;

constexpr ActionMask mask(std::initializer_list<Action> actions) {
    ActionMask all = 0;
    for (const Action action : actions) all |= action_bit(action);
    return all;
}

// Whoever asks, checks, supports or leads looks at lists and takes them out; only administrators of channels and of
// departments move customers; only system administrators administer.
constexpr ActionMask kLooks = mask({view_customer, export_list});
constexpr ActionMask kMoves = kLooks | mask({move_customer});
// Those who answer for what is handed over confirm it. A department of the monthly round (大客户, 商业, 统包) is the channel
// administrator at that channel of the province: the same role, held there.
constexpr ActionMask kReceives = mask({confirm_handover});

Role role(std::int64_t number, RoleLevel level, const char* code, const char* name, ActionMask actions) {
    return {RoleId{number}, code, name, actions, level, {}};
}

}  // namespace

const std::vector<Role>& standard_roles() {
    using enum RoleLevel;
    static const std::vector<Role> all = {
        role(1, province, "system_administrator", "系统管理员",
             mask({view_customer, set_demo_date, manage_people, manage_units, manage_roles, see_as, view_audit, manage_keys, manage_feeds, manage_cabinets,
                   manage_policies})),
        role(2, province, "data_query", "资料查询", kLooks),
        role(3, province, "channel_administrator", "渠道管理员", kMoves | mask({cross_channel, undo_anytime, set_demo_date, run_round, confirm_round, lift_lock, confirm_handover, manage_feeds, manage_cabinets})),
        role(4, network, "network_data_query", "本地网资料查询", kLooks),
        role(5, network, "network_channel_lead", "渠道领导", kLooks),
        role(6, network, "network_channel_support", "渠道业务支撑", kLooks),
        role(7, network, "network_channel_administrator", "本地网渠道管理员", kMoves | kReceives | mask({manage_cabinets})),
        role(8, network, "network_system_administrator", "本地网系统管理员", mask({view_customer, manage_people, manage_units, manage_cabinets})),
        role(9, network, "network_performance_review", "本地网绩效考核", kLooks),
        role(10, network, "network_support", "本地网业务支撑", kLooks),
        role(11, branch, "branch_performance_review", "中心绩效考核", kLooks),
        role(12, branch, "branch_support", "中心业务支撑", kLooks),
        role(13, branch, "department_administrator", "部门管理员", kMoves | kReceives),
        role(14, branch, "department_support", "部门业务支撑", kLooks),
        role(15, branch, "department_lead", "部门领导", kLooks),
        role(16, front_line, "team_lead", "小组负责人", kLooks | kReceives),
        role(17, front_line, "customer_manager", "客户经理", mask({view_customer}) | kReceives),
    };
    return all;
}

}  // namespace qudao
