#include "shared/demo/names.hpp"

#include <array>
#include <string_view>

namespace qudao::demo {
namespace {

using std::string;
using std::string_view;

constexpr std::array<string_view, 40> kSurnames = {"黄", "李", "韦", "陈", "梁", "覃", "莫", "陆", "农", "蒙", "卢", "周", "刘", "王",
                                                   "张", "吴", "罗", "何", "唐", "蒋", "谢", "邓", "苏", "甘", "潘", "玉", "廖", "龙",
                                                   "杨", "林", "曾", "赵", "岑", "闭", "欧阳", "凌", "石", "雷", "温", "宁"};
constexpr std::array<string_view, 48> kGiven = {"丽", "华", "明", "芳", "军", "伟", "秀", "英", "建", "国", "海", "燕", "桂", "兰", "玉", "梅",
                                                "志", "强", "婷", "红", "文", "静", "春", "凤", "金", "荣", "家", "豪", "雨", "欣", "宇", "轩",
                                                "思", "琪", "晓", "东", "俊", "杰", "美", "珍", "永", "福", "锦", "添", "佩", "雯", "朝", "阳"};
constexpr std::array<string_view, 2> kRare = {"𠮷", "㐂"};
constexpr std::array<string_view, 24> kFirmFirst = {"恒", "瑞", "嘉", "盛", "鑫", "邕", "桂", "天", "华", "永", "宏", "金",
                                                    "汇", "泰", "丰", "腾", "锦", "晟", "诚", "博", "云", "海", "联", "新"};
constexpr std::array<string_view, 24> kFirmSecond = {"源", "达", "丰", "和", "通", "隆", "兴", "祥", "图", "科", "业", "创",
                                                     "安", "顺", "康", "美", "信", "达", "凯", "旺", "江", "宁", "辰", "翔"};
constexpr std::array<string_view, 16> kTrades = {"商贸",   "建材",   "餐饮管理", "物流",     "电子科技", "装饰工程", "食品",   "汽车服务",
                                                 "五金机电", "酒店管理", "农业开发", "服饰",     "印务",     "医药",     "广告传媒", "物业服务"};
constexpr std::array<string_view, 14> kInstitutions = {"第三小学",   "第八中学",   "人民医院城北分院", "职业技术学校", "农村信用联社", "公共资源中心", "水利勘测院",
                                                       "图书馆新馆", "城市规划院", "妇幼保健所",       "电力设计所",   "质量检测所",   "会展中心",     "港务公司"};
constexpr std::array<string_view, 16> kEstateFirst = {"荔园", "凤岭", "翠湖", "江畔", "桂花", "碧云", "绿城", "榕湾",
                                                      "金湖", "丽景", "朱槿", "锦绣", "龙胤", "青竹", "南湖", "西岸"};
constexpr std::array<string_view, 8> kEstateSecond = {"花园", "新城", "家园", "雅苑", "名邸", "公馆", "华庭", "苑"};
constexpr std::array<string_view, 20> kStreets = {"青云路", "荔滨大道", "朱槿路", "长虹二路", "七星东路", "望江路", "桃源西路", "金浦街", "竹塘路", "凤翔大道",
                                                  "教育支路", "古城北路", "明秀西街", "园湖横路", "建政里", "新竹巷", "安吉路", "邕州大道", "友爱中街", "鲤湾路"};

}  // namespace

string person_name(Random& random) {
    if (random.one_in(300)) return rare_person_name(random, random.below(2));
    string name(random.pick(kSurnames));
    name += random.pick(kGiven);
    if (random.percent(80)) name += random.pick(kGiven);
    return name;
}

string rare_person_name(Random& random, std::uint64_t which) {
    string name(random.pick(kSurnames));
    name += random.pick(kGiven);
    return name += kRare[which % kRare.size()];
}

string firm_name(Random& random, string_view city) {
    string name(city);
    name += "市";
    name += random.pick(kFirmFirst);
    name += random.pick(kFirmSecond);
    name += random.pick(kTrades);
    return name += random.percent(85) ? "有限公司" : "经营部";
}

string institution_name(Random& random, string_view city) {
    string name(city);
    name += "市";
    name += random.pick(kFirmFirst);
    name += random.pick(kFirmSecond);
    return name += random.pick(kInstitutions);
}

string estate_name(Random& random) {
    string name(random.pick(kEstateFirst));
    return name += random.pick(kEstateSecond);
}

string street_address(Random& random, string_view city, string_view district) {
    string address(city);
    address += "市";
    address += district;
    address += random.pick(kStreets);
    address += std::to_string(random.between(1, 320));
    address += "号";
    if (random.percent(70)) {
        address += estate_name(random);
        address += std::to_string(random.between(1, 36));
        address += "栋";
        if (random.percent(60)) address += std::to_string(random.between(1, 4)) + "单元";
        const std::int64_t floor = random.between(1, 32);  // not in one expression: compilers differ in the order
        address += std::to_string(floor * 100 + random.between(1, 6));
        address += "室";
    }
    return address;
}

}  // namespace qudao::demo
