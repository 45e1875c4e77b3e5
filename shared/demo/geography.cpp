#include "shared/demo/geography.hpp"

namespace qudao::demo {
namespace {

constexpr Network kNetworks[] = {
    {"南宁", "4501", "0771", "nn", 260, 12}, {"柳州", "4502", "0772", "lz", 130, 8}, {"桂林", "4503", "0773", "gl", 120, 8},
    {"梧州", "4504", "0774", "wz", 50, 6},   {"北海", "4505", "0779", "bh", 45, 5},  {"防城港", "4506", "0770", "fcg", 30, 4},
    {"钦州", "4507", "0777", "qz", 50, 6},   {"贵港", "4508", "0775", "gg", 60, 6},  {"玉林", "4509", "0775", "yl", 75, 7},
    {"百色", "4510", "0776", "bs", 50, 8},   {"贺州", "4511", "0774", "hz", 30, 5},  {"河池", "4512", "0778", "hc", 45, 8},
    {"来宾", "4513", "0772", "lb", 30, 6},   {"崇左", "4514", "0771", "cz", 25, 6},
};

constexpr District kNanning[] = {
    {"青秀", "青秀区", "03", true},    {"武鸣", "武鸣区", "10", true},    {"兴宁", "兴宁区", "02", true},  {"西乡塘", "西乡塘区", "07", true},
    {"江南", "江南区", "05", true},    {"良庆", "良庆区", "08", true},    {"邕宁", "邕宁区", "09", true},  {"宾阳", "宾阳县", "26", false},
    {"横州", "横州市", "81", false},   {"隆安", "隆安县", "23", false},   {"马山", "马山县", "24", false}, {"上林", "上林县", "25", false},
};

constexpr District kInvented[] = {
    {"城中", "城中区", "71", true}, {"城东", "城东区", "72", true},  {"城西", "城西区", "73", true},  {"江北", "江北区", "74", true},
    {"高新", "高新区", "75", true}, {"龙岭", "龙岭县", "76", false}, {"清河", "清河县", "77", false}, {"石江", "石江县", "78", false},
};

constexpr ChannelPlan kChannelPlans_[] = {
    {"key_account", "大客户", "Key accounts", "DK", 30, 2, 3},    {"commercial", "商业客户", "Commercial", "SK", 150, 3, 4},
    {"public", "公众客户", "Public", "GZ", 700, 4, 6},            {"contracted", "统包客户", "Contracted", "TB", 70, 0, 4},
    {"mobile", "流动客户", "Mobile", "LD", 50, 1, 4},
};
static_assert(std::size(kChannelPlans_) == kChannelPlans);

}  // namespace

std::span<const Network> networks() { return kNetworks; }
std::span<const District> nanning_districts() { return kNanning; }
std::span<const District> invented_districts() { return kInvented; }
std::span<const ChannelPlan> channel_plans() { return kChannelPlans_; }

}  // namespace qudao::demo
